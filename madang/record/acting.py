"""`@action`: the only way to change what is kept.

An action is one transaction in which the permission is asked, the subject's row is read fresh
under a lock, the rule and the write happen, and an entry is added to the public record. If any
of it fails, none of it happened.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import models, transaction

from madang.foundation.actors import Actor
from madang.foundation.refusals import NotAllowed
from madang.record import log
from madang.record.events import Event
from madang.record.guard import writing

S = TypeVar("S", bound=models.Model)
P = ParamSpec("P")
E = TypeVar("E", bound=Event)

Predicate = Callable[[Actor, Any], bool]
Permissions = Mapping[str, Sequence[Sequence[Predicate]]]
"""For each act the lines of which one must hold, each line the predicates that must all hold."""

Follower = Callable[[Event, Actor, datetime], None]

ACTIONS: dict[str, "Action[Any, Any, Any]"] = {}
"""Every act there is, by its name."""

followers: list[Follower] = []
"""Who hears of an event inside its transaction; filled by `web.followers`."""


class Action(Generic[S, P, E]):
    """A function that changes what is kept, and the question whether someone may call it."""

    def __init__(self, name: str, may: Permissions, do: Callable[Concatenate[S, P], E]) -> None:
        self.name = name
        self.lines = may[name]
        self.do = do
        update_wrapper(self, do)

    def open_to(self, actor: Actor, subject: S) -> bool:
        """Whether the actor may do this to the subject: the button and the act ask the same."""
        return any(all(holds(actor, subject) for holds in line) for line in self.lines)

    def __call__(self, subject: S, *args: P.args, **kwargs: P.kwargs) -> E:
        with transaction.atomic():
            return self._act(subject, *args, **kwargs)

    def to_end(self, subject: S, *args: P.args, **kwargs: P.kwargs) -> E:
        """Act as the end of a transaction that was begun outside: what refuses the act undoes all
        of it, so whoever began it may not go on. It spares the savepoint that an act sets there."""
        with transaction.atomic(savepoint=False):
            return self._act(subject, *args, **kwargs)

    def _act(self, subject: S, *args: P.args, **kwargs: P.kwargs) -> E:
        by, at = kwargs["by"], kwargs["at"]
        assert isinstance(by, Actor) and isinstance(at, datetime)
        with writing():
            # The record's head first, always: acts that follow one another inside this one lock
            # other rows, and two acts that lock the same rows in another order would wait for ever.
            head = log.hold()
            # The caller's copy may be old, and another may be acting on the same thing.
            fresh = head if subject == head else _again(subject)
            if not self.open_to(by, fresh):
                raise NotAllowed("record.not_allowed", act=self.name)
            event = self.do(fresh, *args, **kwargs)
            log.append(
                head,
                event.KIND,
                about=event.about,
                at=at,
                clear={**event.clear(), "by": by.label},
                hidden=event.hidden() | ({"actor": by.name} if by.name else {}),
            )
            for follower in followers:
                follower(event, by, at)
        return event


def _again(subject: S) -> S:
    fresh: S = _locked(type(subject)).get(pk=subject.pk)
    return fresh


@cache
def _locked(kind: type[models.Model]) -> models.QuerySet[Any]:
    """The rows of a kind, each locked when read. What an act always needs of other rows comes
    with its own, which alone is locked."""
    rows = kind._base_manager.select_for_update(of=("self",))
    beside = getattr(kind, "acts_with", ())
    return rows.select_related(*beside) if beside else rows


def action(
    name: str, *, may: Permissions
) -> Callable[[Callable[Concatenate[S, P], E]], Action[S, P, E]]:
    """Make a function `(subject, …, *, by, at) -> Event` an action under `name`.

    Raises NotAllowed: record.not_allowed, when no line of `may[name]` holds for the actor.
    """

    def made(do: Callable[Concatenate[S, P], E]) -> Action[S, P, E]:
        assert name not in ACTIONS, f"two actions are called {name}"
        ACTIONS[name] = Action(name, may, do)
        return ACTIONS[name]

    return made
