"""What a school decided about going round on one evening, apart from the runbook; empty means as the runbook says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.domain.routes.count import Repair, RepairKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSetup:
    """Decisions that last: numbers, rooms, who is ill, who came after all.

    `rounds` is an exact number of rounds, `most_groups` the number of groups to pack families in, `extra` the
    topics that get one room more (one for each time it is named), `shared` those where two groups may be at
    once. `lost` are stops that cannot be used, `absent` people who are ill, `away` families who do not come,
    `late` families who come though they were not invited. `wishes` are points of a class for a topic.
    """

    group_size: int | None = None
    session_minutes: int | None = None
    rounds: int | None = None
    wanted: int | None = None
    most_groups: int | None = None
    extra: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    wishes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


_NUMBERS = {
    RepairKind.FULLER: "most_groups",
    RepairKind.ROUNDS: "rounds",
    RepairKind.SHORTER: "session_minutes",
    RepairKind.FEWER: "wanted",
}


def repaired(setup: RouteSetup, repair: Repair) -> RouteSetup:
    """Return the setup with one smallest change taken over; KeyError for a sector or an evening more."""
    if repair.kind is RepairKind.SHARE:
        return replace(setup, shared=(*setup.shared, *repair.topics))
    if repair.kind is RepairKind.ROOMS:
        return replace(setup, extra=(*setup.extra, *repair.topics))
    if repair.kind is RepairKind.SHORTER:
        setup = replace(setup, rounds=None)
    changed: dict[str, Any] = {_NUMBERS[repair.kind]: repair.amount}
    return replace(setup, **changed)


# What is decided about numbers and rooms, by the field of a RouteSetup; the rest is about one evening's people.
DECISIONS = ("most_groups", "shared", "extra", "rounds", "session_minutes", "wanted")


def taken_back(setup: RouteSetup, decision: str) -> RouteSetup:
    """Return the setup without one of the DECISIONS."""
    empty = RouteSetup()
    back: dict[str, Any] = {decision: getattr(empty, decision)}
    return replace(setup, **back)


def decisions_of(setup: RouteSetup) -> RouteSetup:
    """Return what holds for another evening too: without who is ill or late and what is out on this one."""
    return replace(setup, lost=frozenset(), absent=frozenset(), away=frozenset(), late=frozenset())
