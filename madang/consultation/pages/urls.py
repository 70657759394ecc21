"""Drafts before the public, and the comments on them."""

from madang.consultation.pages import draft
from madang.foundation.addresses import twinned

urlpatterns = [
    *twinned("plans/<number:number>/draft", draft.draft, "draft", ("json", "csv")),
    *twinned(
        "plans/<number:number>/draft/<number:commitment>",
        draft.commitment,
        "draft.commitment",
        ("json", "csv"),
    ),
    *twinned(
        "plans/<number:number>/draft/comments", draft.comments, "draft.comments", ("json", "csv")
    ),
    *twinned(
        "plans/<number:number>/draft/comments/<number:comment>", draft.comment, "draft.comment"
    ),
]
