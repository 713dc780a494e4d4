"""What a new plan of rounds changes, for whom: the list that has to be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.routes.companions import Companions
from planner.domain.routes.groups import Group
from planner.domain.routes.rounds import RoundsProblem, Visits

NOWHERE = "geen plek"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChange:
    """One thing that is different, `who` it is for, in words."""

    who: str
    what: str


def moved(old: Mapping[str, str], new: Mapping[str, str], *, names: Mapping[str, str]) -> tuple[RouteChange, ...]:
    """Return what has another time or room: words by id, before and now; `names` says who or what each id is."""
    return tuple(
        RouteChange(who=names.get(key, key), what=f"{new[key]} in plaats van {was}.")
        for key, was in old.items()
        if was and new.get(key) and new[key] != was
    )


def visit_changes(
    problem: RoundsProblem, old: Visits, new: Visits, *, stop_names: Mapping[str, str]
) -> tuple[RouteChange, ...]:
    """Return what changes for each walker, in the order of the walkers and the rounds.

    `stop_names` names also stops that are gone. A walker who is new has no changes: everything is new.
    """
    before, after = ({visit.key: visit.stop for visit in visits} for visits in (old, new))
    known = {walker_id for walker_id, _ in before}
    found = []
    for walker in (walker for walker in problem.walkers if walker.id in known):
        for each in problem.rounds:
            was, now = before.get((walker.id, each.number)), after.get((walker.id, each.number))
            if was != now:
                names = [stop_names.get(stop, stop) if stop else NOWHERE for stop in (was, now)]
                what = f"Ronde {each.number}: {names[1]} in plaats van {names[0]}."
                found.append(RouteChange(who=walker.label, what=what))
    fresh = (walker for walker in problem.walkers if walker.id not in known and old)
    return (*found, *(RouteChange(who=walker.label, what="Is nieuw in het schema.") for walker in fresh))


def group_changes(old: tuple[Group, ...], new: tuple[Group, ...]) -> tuple[RouteChange, ...]:
    """Return which families are in another group, came, or are gone."""
    was = {party.id: group for group in old for party in group.parties}
    now = {party.id: group for group in new for party in group.parties}
    names = {party.id: party.name for group in (*old, *new) for party in group.parties}
    found = []
    for party_id in dict.fromkeys((*was, *now)):
        before, after = was.get(party_id), now.get(party_id)
        if before is None and after is not None:
            found.append(RouteChange(who=names[party_id], what=f"Komt in {after.label}."))
        elif after is None and before is not None:
            found.append(RouteChange(who=names[party_id], what=f"Is niet meer in {before.label}."))
        elif before is not None and after is not None and before.id != after.id:
            found.append(RouteChange(who=names[party_id], what=f"{after.label} in plaats van {before.label}."))
    return tuple(found)


def companion_changes(
    old: Companions, new: Companions, *, people: Mapping[str, str], groups: Mapping[str, str]
) -> tuple[RouteChange, ...]:
    """Return who walks with another group than before; `people` and `groups` are names by id."""
    was, now = ({(each.person_id, each.group_id) for each in companions} for companions in (old, new))
    found = []
    for person_id in sorted({person_id for person_id, _ in was ^ now}, key=lambda each: people.get(each, each)):
        before = [groups.get(group_id, group_id) for each, group_id in sorted(was) if each == person_id]
        after = [groups.get(group_id, group_id) for each, group_id in sorted(now) if each == person_id]
        name = people.get(person_id, person_id)
        if not after:
            found.append(RouteChange(who=name, what=f"Loopt niet meer mee met {' en '.join(before)}."))
        elif not before:
            found.append(RouteChange(who=name, what=f"Loopt mee met {' en '.join(after)}."))
        else:
            what = f"Loopt mee met {' en '.join(after)} in plaats van {' en '.join(before)}."
            found.append(RouteChange(who=name, what=what))
    return tuple(found)
