"""Which two changes make it fit together, when no change is enough on its own."""

from collections.abc import Iterator
from dataclasses import replace

from planner.domain.routes.count import Leeway, Repair, RepairKind, RoundCount, repairs_of, say_evenings, say_fewer


def together_of(count: RoundCount, leeway: Leeway) -> tuple[Repair, ...]:
    """Return first changes with which one other change is enough: the fewest evenings, and the most topics each.

    None when it fits, or when one change is enough. `then` of each says the other one, of one evening as it would be.
    """
    if count.fits or repairs_of(count, leeway):
        return ()
    return tuple(found for kind in (_evenings, _fewer) if (found := next(kind(count, leeway), None)))


def _second(count: RoundCount, leeway: Leeway) -> str:
    """Return what is enough once the first change is made; empty when nothing is."""
    left = replace(leeway, evening_groups=(), fewest_groups=min(count.groups, leeway.fewest_groups))
    return next((repair.what for repair in repairs_of(count, left)), "")


def _evenings(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    for evenings, groups in enumerate(leeway.evening_groups, 2):
        # Which families come on one evening is known only then, and so is in how few groups they go.
        one = replace(leeway, fewest_groups=groups)
        if then := _second(replace(count, groups=groups), one):
            what = say_evenings(evenings, groups, leeway)
            yield Repair(kind=RepairKind.EVENINGS, amount=evenings, what=what, then=then)


def _fewer(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    for wanted in range(count.wanted - 1, 0, -1):
        if then := _second(replace(count, wanted=wanted), leeway):
            yield Repair(kind=RepairKind.FEWER, amount=wanted, what=say_fewer(wanted, count.wanted, leeway), then=then)
