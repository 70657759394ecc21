"""What a commitment says, gathered from its rows for a version of it."""

from typing import Any

from madang.drafting.models import Commitment


def parts_of(commitment: Commitment) -> dict[str, Any]:
    """The parts of a commitment that make up its wording; what is not recorded is null."""
    return {
        "number": commitment.number,
        "title": commitment.title.kept(),
        "vision": commitment.vision.key if commitment.vision else None,
        "description": _kept(commitment.description),
        "problem": _kept(commitment.problem),
        # Left out where nothing is answered, so that wordings of before keep their hash.
        **({"template": commitment.template} if commitment.template else {}),
        "period": {"from": commitment.starts, "to": commitment.ends},
        "leads": [
            {
                "agency": lead.agency.slug,
                "part": lead.sub_commitment.label if lead.sub_commitment else None,
            }
            for lead in commitment.leads.all()
        ],
        "sub_commitments": [
            {"label": sub.label, "title": _kept(sub.title)}
            for sub in commitment.sub_commitments.all()
        ],
        "milestones": [
            {
                "label": step.label,
                "title": step.title.kept(),
                "output": _kept(step.output),
                "from": step.starts,
                "due": step.due,
                "agency": step.agency.slug if step.agency else None,
            }
            for step in commitment.milestones.all()
        ],
    }


def _kept(text: Any) -> Any:
    return text.kept() if text else None
