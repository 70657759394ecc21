"""The frame of a page on which something is done: show it, do it, show it again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from madang.documents.rules.uploads import LARGEST, Upload
from madang.foundation.refusals import NotValid, Refusal
from madang.web.typed import typed


def act_and_show(
    request: HttpRequest,
    act: Callable[[], HttpResponse | None],
    show: Callable[[Refusal | None], HttpResponse],
) -> HttpResponse:
    """Show the page; of a form that was sent, do what it asks and come back to it.

    A refusal is shown on the page itself, with what was typed. An act may answer by a page of
    its own.
    """
    if request.method != "POST":
        return show(None)
    try:
        answered = act()
    except Refusal as problem:
        return show(problem)
    return answered or redirect(request.path)


def entry_of_form(request: HttpRequest) -> int:
    """Which entry a button stands beside. Raises NotValid: web.nothing_chosen."""
    asked = typed(request, "entry", 12)
    if not (asked.isascii() and asked.isdigit()):
        raise NotValid("web.nothing_chosen")
    return int(asked)


def upload_of(request: HttpRequest, name: str = "file") -> Upload:
    """The file that was handed in; an empty one where there was none."""
    file = request.FILES.get(name)
    if file is None:
        return Upload("", b"")
    # One byte more than may be: then the rule sees that it is too much, and no more is read.
    return Upload(file.name or "", file.read(LARGEST + 1))
