"""Which kinds of states are drawn on `/about/states/`: a new one is drawn, or says why not."""

import ast
from pathlib import Path

import madang
from madang.web.pages.states import DRAWINGS

PACKAGE = Path(madang.__file__).parent
ENUMS = {"StrEnum", "TextChoices"}
NOT_DRAWN = {
    # No act moves these: the mail, the reading of a file, or a report's own word does.
    "LetterStatus": "the worker sends letters, and that is no act",
    "MilestoneStatus": "what a report says of a milestone",
    # Told in the words of their own pages, and held to by their rooms' rules.
    "AssessmentState": "monitoring/rules/assessing.py",
    "CallStatus": "calls/rules/window.py",
    "CandidateStatus": "taskforces/rules/weighing.py",
    "ChangeState": "plans/rules/amending.py",
    "CommentState": "consultation/rules/commenting.py, monitoring/rules/commenting.py",
    "ImportState": "calls/importing.py",
    "ProposalState": "calls/rules/moderating.py",
    "RoundStatus": "consultation/rules/commenting.py",
}


def states_in(source: str) -> set[str]:
    """The enums of a module that are words for where something stands."""
    return {
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and node.name.endswith(("Status", "State"))
        and any(getattr(base, "id", getattr(base, "attr", "")) in ENUMS for base in node.bases)
    }


def test_every_kind_of_states_is_drawn_or_says_why_not():
    found = set().union(*(states_in(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")))
    drawn = {drawing.states.__name__ for drawing in DRAWINGS.values()}

    assert found - drawn == set(NOT_DRAWN)
    assert drawn <= found


def test_a_kind_of_states_that_nobody_drew_is_noticed():
    source = "class LoanStatus(StrEnum):\n    OPEN = 'open'\nclass Way(StrEnum):\n    BY = 'by'\n"

    assert states_in(source) == {"LoanStatus"}
    assert states_in(source.replace("StrEnum", "models.TextChoices")) == {"LoanStatus"}
