"""Who finds nobody of the own language in time, and how many people more would be enough."""

from dataclasses import dataclass

from planner.domain.routes.guests import Guest
from planner.domain.routes.pairing import share_out
from planner.domain.routes.rounds import RoundsProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Walkers for whom there is nobody of their language in time; `more` people would be enough."""

    walkers: tuple[str, ...]
    missing: int
    more: int


def own_shortages(problem: RoundsProblem) -> tuple[Shortage, ...]:
    """Return for which walkers `one_of` cannot hold, by how much, and how many people more would do.

    Walkers with the same choice are counted together: each stop takes as many of them as there are rounds. Who has
    no choice at all is counted by language: one person more does not speak them all.
    """
    alike: dict[tuple[frozenset[str], str], list[str]] = {}
    for walker_id, topics in problem.one_of.items():
        if walker := problem.walker.get(walker_id):
            there = topics.intersection(problem.topics)
            language = walker.language if isinstance(walker, Guest) and not there else ""
            alike.setdefault((there, language), []).append(walker_id)
    rounds = len(problem.rounds)
    room = {topic: rounds * sum(stop.groups for stop in stops) for topic, stops in problem.topics.items()}
    able = [(which, topic) for which in alike for topic in sorted(which[0])]
    shared = share_out({which: len(mine) for which, mine in alike.items()}, room, able)
    found = []
    for which, mine in alike.items():
        missing = len(mine) - sum(amount for (owner, _), amount in shared.items() if owner == which)
        if missing:
            found.append(Shortage(walkers=tuple(mine), missing=missing, more=-(-missing // max(1, rounds))))
    return tuple(found)


def limit_shortages(problem: RoundsProblem) -> tuple[Shortage, ...]:
    """Return the limits that leave walkers over: more of them than rounds × interpreters, for one visit each."""
    rounds, found = len(problem.rounds), []
    for limit in problem.limits:
        mine = [walker.id for walker in problem.walkers if walker.id in limit.walkers]
        missing = len(mine) - rounds * limit.most
        if missing > 0:
            found.append(Shortage(walkers=tuple(mine), missing=missing, more=-(-missing // max(1, rounds))))
    return tuple(found)
