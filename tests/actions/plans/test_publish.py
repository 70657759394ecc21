"""Publishing: only what was approved, word for word, with both keys, once."""

import pytest

from madang.ballots.models import Key
from madang.documents.files import canonical_digest
from madang.documents.models import Document
from madang.drafting.models import Commitment
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.plans.actions.due import papers_due
from madang.plans.actions.publish import publish_plan, turn_edition_key
from madang.plans.models import Edition
from madang.plans.papers.paper_data import paper_data
from madang.plans.papers.setting import set_plan
from madang.plans.reading import is_published
from madang.record import log
from madang.record.guard import writing
from tests.actions.plans.reading import Paper
from tests.makers.ballots import again, an_open_ballot, co_chair, seated, secretary
from tests.makers.editions import (
    KEYED,
    a_deciding_ballot,
    a_published_plan,
    digest_of,
    key,
    the_plan,
)


def editions():
    return Edition.objects.filter(plan=the_plan(), loaded_from=None)


def refuses_and_changes_nothing(code, ballot, *, digest="0" * 64, side="government"):
    before = log.state()
    with pytest.raises((NotNow, NotValid), match=code):
        turn_edition_key(the_plan(), ballot=ballot, digest=digest, by=co_chair(side), at=KEYED)
    assert log.state() == before
    assert not Key.objects.filter(what__startswith="edition:").exists()
    assert not editions().exists()


def test_with_the_second_key_the_plan_is_published_in_the_same_act(practice_forum):
    ballot = a_deciding_ballot()

    first = key(ballot, "government")
    assert not editions().exists()
    second = key(ballot, "civil_society")

    [edition] = editions()
    assert (first.keys, second.keys) == (1, 2)
    assert edition.number == 1
    assert edition.adopted_by == ballot.ref
    assert edition.published_at == KEYED
    assert is_published(the_plan())


def test_an_edition_holds_exactly_the_versions_of_the_ballot_s_papers(practice_forum):
    ballot = a_published_plan()

    [edition] = editions()
    versions = edition.versions.select_related("commitment").order_by("commitment__number")
    voted = {paper["ref"]: paper["sha256"] for paper in ballot.papers}
    assert {version.commitment.ref: version.sha256 for version in versions} == voted
    assert edition.sha256 == canonical_digest([[v.commitment.number, v.sha256] for v in versions])


def test_the_record_says_whose_keys_and_which_edition(practice_forum):
    a_published_plan()

    acts = list(log.about("plan:2").order_by("index"))[-3:]
    [first, second, published] = [log.said(act)["d"] for act in acts]
    assert [act.kind for act in acts] == ["edition.keyed", "edition.keyed", "plan.published"]
    assert [first["seat"], second["seat"]] == ["exo-1", "cso-1"]
    assert published["sha256"] == editions().get().sha256
    assert published["edition"] == "edition:2-1"


def test_a_ballot_that_is_open_publishes_nothing(practice_forum):
    refuses_and_changes_nothing(r"plans\.not_decided", an_open_ballot(3, decides="plan:2"))


def test_a_ballot_that_did_not_approve_publishes_nothing(practice_forum):
    refuses_and_changes_nothing(r"plans\.not_approved", a_deciding_ballot(3))


def test_a_ballot_on_another_plan_publishes_nothing(practice_forum):
    refuses_and_changes_nothing(r"plans\.other_plan", a_deciding_ballot(decides="plan:1"))


def test_a_ballot_without_the_plan_s_commitments_publishes_nothing(practice_forum):
    refuses_and_changes_nothing(r"plans\.nothing_adopted", a_deciding_ballot(papers=[]))


def test_a_text_changed_since_the_vote_is_not_published(practice_forum):
    ballot = a_deciding_ballot()
    with writing():
        Commitment.objects.filter(plan=the_plan(), number=2).update(title=Text({"ko": "다른 글"}))

    with pytest.raises(NotNow, match=r"plans\.wording_changed") as refused:
        key(ballot, "government", digest="0" * 64)
    assert refused.value.facts == {"numbers": [2]}
    assert not editions().exists()


def test_a_commitment_that_was_not_voted_on_is_not_published(practice_forum):
    ballot = a_deciding_ballot()
    with_papers(ballot, ballot.papers[1:])

    refuses_and_changes_nothing(r"plans\.wording_changed", ballot)


def test_a_direction_changed_since_the_vote_is_not_published(practice_forum):
    old = {"ref": "plan:2", "title": {"ko": "방향"}, "sha256": "ab" * 32}
    ballot = a_deciding_ballot()
    with_papers(ballot, [*ballot.papers, old])

    refuses_and_changes_nothing(r"plans\.direction_changed", ballot)


def with_papers(ballot, papers):
    """A ballot as no act makes it: a key is turned only on papers that the plan says."""
    ballot.papers = papers
    with writing():
        ballot.save(update_fields=["papers"])


def test_a_key_on_another_edition_than_was_read_is_refused(practice_forum):
    refuses_and_changes_nothing(r"ballots\.text_changed", a_deciding_ballot())


def test_one_side_has_one_key(practice_forum):
    ballot = a_deciding_ballot()
    key(ballot, "government")

    with pytest.raises(NotNow, match=r"ballots\.key_turned"):
        key(ballot, "government")
    assert not editions().exists()


def test_without_both_keys_nothing_is_published(practice_forum):
    ballot = a_deciding_ballot()
    key(ballot, "government")

    with pytest.raises(NotNow, match=r"plans\.keys_missing"):
        publish_plan(the_plan(), ballot=ballot, by=co_chair("government"), at=KEYED)
    assert not editions().exists()


def test_what_is_published_is_not_published_again(practice_forum):
    ballot = a_published_plan()

    with pytest.raises(NotNow, match=r"plans\.already_published"):
        key(ballot, "government", digest="0" * 64)
    assert editions().count() == 1


@pytest.mark.parametrize("who", ["the secretariat", "a member", "the clock"])
def test_nobody_but_a_co_chair_publishes(practice_forum, who):
    ballot = a_deciding_ballot()
    actor = {"the secretariat": secretary(), "a member": seated("cso-5"), "the clock": CLOCK}[who]

    with pytest.raises(NotAllowed):
        key(ballot, "government", by=actor, digest=digest_of(ballot))


def test_the_clock_sets_the_papers_of_what_was_published_once(practice_forum):
    a_published_plan()

    assert papers_due(CLOCK, KEYED) == 1
    assert papers_due(CLOCK, KEYED) == 0

    papers = editions().get().papers.select_related("document")
    entry = log.said(log.about("plan:2").filter(kind="papers.fixed").order_by("-index")[0])["d"]
    assert {p.document.sha256 for p in papers} == {made["sha256"] for made in entry["papers"]}
    assert Document.objects.filter(about="plan:2").count() == 2


def test_the_plan_s_paper_says_by_which_ballot_the_forum_adopted_it(practice_forum):
    ballot = again(a_published_plan())

    paper = Paper(set_plan(paper_data(editions().get()), practice_forum, "en"))
    said = f"The forum adopted this plan in the ballot of meeting {ballot.meeting.number}"
    assert said.replace(" ", "") in paper.words
