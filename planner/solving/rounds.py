"""Who is where in which round, without tools: an exact first answer, and a simple search that keeps what there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from planner.domain.routes.pairing import choose_pairs, deal_rounds, share_out
from planner.domain.routes.rounds import Round, RoundsProblem, Stop, Visit, Visits, Walker, can_walk


class RoundSolver(Protocol):
    """Plans visits. `planner.domain.routes.rules.validate_rounds` judges any answer.

    An answer breaks no hard rule, apart from what its pinned visits break on their own. It never fails: what
    does not fit is left out.
    """

    def propose(self, problem: RoundsProblem) -> Visits:
        """Return the best plan from nothing; pinned visits hold."""
        ...

    def replan(self, problem: RoundsProblem, visits: Visits) -> Visits:
        """Return a plan that repairs these visits with the fewest changes."""
        ...


def in_order(problem: RoundsProblem, visits: Iterable[Visit]) -> Visits:
    """Return visits in the order of the walkers and the rounds."""
    order = {walker.id: index for index, walker in enumerate(problem.walkers)}
    return tuple(sorted(visits, key=lambda visit: (order.get(visit.walker, len(order)), visit.round, visit.stop)))


def first_answer(problem: RoundsProblem) -> Visits:
    """Return a plan from nothing that is best in what it counts, by a construction; it looks at no pinned visits.

    Families with time slots are laid one after another along the tables (McNaughton's rule), a tour goes round
    the stops in one circle with every group at another place, and all else is chosen as pairs and then dealt over
    the rounds (Kőnig). Walking times, waiting at stops of more groups and seats are left to the judge.
    """
    if problem.limits:
        return in_order(problem, _in_slots(problem))
    if problem.longest_wait is not None:
        return in_order(problem, _in_a_circle(problem))
    return in_order(problem, _dealt(problem))


def _in_slots(problem: RoundsProblem) -> Iterator[Visit]:
    rounds, stops = [each.number for each in problem.rounds], problem.stops
    left = {walker.id for walker in problem.walkers}
    blocks: list[list[str]] = []
    for limit in sorted(problem.limits, key=lambda limit: (-len(limit.walkers), limit.about)):
        mine = [walker.id for walker in problem.walkers if walker.id in limit.walkers & left]
        left.difference_update(mine)
        size = max(1, -(-len(mine) // limit.most)) if limit.most else len(rounds)
        blocks += [mine[at : at + size][: len(rounds)] for at in range(0, len(mine), size)][: limit.most]
    rest = [walker.id for walker in problem.walkers if walker.id in left]
    total = sum(map(len, blocks)) + len(rest)
    deep = min(len(rounds), max([-(-total // max(1, len(stops))), *map(len, blocks)], default=0))
    places = ((stop, number) for stop in stops for number in rounds[:deep])
    for walker_id, (stop, number) in zip([each for block in blocks for each in block] + rest, places, strict=False):
        yield Visit(walker=walker_id, round=number, stop=stop.id)


def _in_a_circle(problem: RoundsProblem) -> Iterator[Visit]:
    """Send every group round the same circle of stops and, when there are more groups than stops, empty places.

    The empty places are spread between the stops, so that nobody finds two of them after each other while there
    are no more than twice as many groups as stops.
    """
    stops, walkers = problem.stops, problem.walkers
    length = max(len(stops), len(walkers))
    at = {index * length // len(stops): stop for index, stop in enumerate(stops)}
    for offset, walker in enumerate(walkers):
        for turn, each in enumerate(problem.rounds[:length]):
            if stop := at.get((offset + turn) % length):
                yield Visit(walker=walker.id, round=each.number, stop=stop.id)


def _dealt(problem: RoundsProblem) -> Iterator[Visit]:
    rounds = [each.number for each in problem.rounds]
    pairs = _own_pairs(problem) if problem.one_of else frozenset[tuple[str, str]]()
    pairs |= _spread(problem, pairs) if problem.one_of else _wished(problem)
    copies = [(stop.id, copy) for stop in problem.stops for copy in range(stop.groups)]
    of_topic: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for stop_id, copy in copies:
        of_topic[problem.stop[stop_id].topic].append((stop_id, copy))
    turn: defaultdict[str, int] = defaultdict(int)
    lines = []
    for walker_id, topic in sorted(pairs):
        places = of_topic[topic]
        lines.append((walker_id, places[turn[topic] % len(places)]))
        turn[topic] += 1
    for (walker_id, (stop_id, _)), number in deal_rounds(lines, rounds).items():
        yield Visit(walker=walker_id, round=number, stop=stop_id)


def _room(problem: RoundsProblem) -> dict[str, int]:
    return {topic: len(problem.rounds) * sum(stop.groups for stop in stops) for topic, stops in problem.topics.items()}


def _wished(problem: RoundsProblem) -> frozenset[tuple[str, str]]:
    """Return which walker sees which topic: as many as wanted, then as they wish."""
    most = min(problem.wanted, len(problem.rounds))
    lines = {
        (walker.id, topic): -problem.wish(walker.id, topic)
        for walker in problem.walkers
        for topic in problem.topics
        if problem.may_see(walker.id, topic)
    }
    return choose_pairs({walker.id: most for walker in problem.walkers}, _room(problem), lines)


def _own_pairs(problem: RoundsProblem) -> frozenset[tuple[str, str]]:
    """Return one line in the own language for as many walkers as can have one."""
    alike: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for walker in problem.walkers:
        mine = problem.one_of.get(walker.id, frozenset()).intersection(problem.topics)
        alike[mine - problem.never.get(walker.id, frozenset())].append(walker.id)
    able = [(topics, topic) for topics in alike for topic in sorted(topics)]
    shared = share_out({topics: len(mine) for topics, mine in alike.items()}, _room(problem), able)
    pairs = []
    for (topics, topic), amount in shared.items():
        pairs += [(alike[topics].pop(0), topic) for _ in range(amount)]
    return frozenset(pairs)


def _spread(problem: RoundsProblem, taken: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return further lines: in turns, each walker one more with whoever has the most time left."""
    room, has = _room(problem), defaultdict[str, set[str]](set)
    for walker_id, topic in taken:
        room[topic] -= 1
        has[walker_id].add(topic)
    most = min(problem.wanted, len(problem.rounds))
    pairs = []
    for turn in range(1, most + 1):
        for walker in problem.walkers:
            if len(has[walker.id]) < turn:
                free = [
                    topic for topic, left in room.items() if left > 0 and topic not in has[walker.id]
                    and problem.may_see(walker.id, topic)
                ]  # fmt: skip
                if free:
                    best = max(free, key=lambda topic: room[topic])
                    room[best] -= 1
                    has[walker.id].add(best)
                    pairs.append((walker.id, best))
    return frozenset(pairs)


class _Draft:
    """A plan in the making: which walkers are where, and what may still be added."""

    def __init__(self, problem: RoundsProblem) -> None:
        self.problem = problem
        self.cells: dict[tuple[str, int], Visit] = {}
        self.there: defaultdict[tuple[str, int], list[Walker]] = defaultdict(list)
        self.seen: defaultdict[str, set[str]] = defaultdict(set)
        self.used: defaultdict[str, int] = defaultdict(int)

    def fits(self, walker: Walker, stop: Stop, each: Round) -> bool:
        """Return whether this visit breaks nothing in the plan so far."""
        there, problem = self.there[stop.id, each.number], self.problem
        return (
            (walker.id, each.number) not in self.cells
            and stop.topic not in self.seen[walker.id]
            and problem.may_see(walker.id, stop.topic)
            and len(there) < stop.groups
            and (stop.seats is None or sum(other.persons for other in there) + walker.persons <= stop.seats)
            and self._in_time(walker, stop, each)
            and self._within_limits(walker, each)
        )

    def _in_time(self, walker: Walker, stop: Stop, each: Round) -> bool:
        for other in self.problem.rounds:
            if visit := self.cells.get((walker.id, other.number)):
                there = self.problem.stop[visit.stop]
                pair = (stop, there, each, other) if each.number < other.number else (there, stop, other, each)
                if not can_walk(*pair):
                    return False
        return True

    def _within_limits(self, walker: Walker, each: Round) -> bool:
        return all(
            sum((other, each.number) in self.cells for other in limit.walkers) < limit.most
            for limit in self.problem.limits
            if walker.id in limit.walkers
        )

    def add(self, walker: Walker, stop: Stop, each: Round, *, pinned: bool = False) -> None:
        """Take up a visit."""
        self.cells[walker.id, each.number] = Visit(walker=walker.id, round=each.number, stop=stop.id, pinned=pinned)
        self.there[stop.id, each.number].append(walker)
        self.seen[walker.id].add(stop.topic)
        self.used[stop.topic] += 1

    def fill(self, each: Round, only: frozenset[str] | None = None) -> None:
        """Give walkers who still miss something a stop in this round, those who miss the most first.

        With `only` no others than these.
        """
        problem = self.problem
        order = {walker.id: index for index, walker in enumerate(problem.walkers)}
        walkers = problem.walkers if only is None else [walker for walker in problem.walkers if walker.id in only]
        for walker in sorted(walkers, key=lambda one: (len(self.seen[one.id]), order[one.id])):
            if len(self.seen[walker.id]) < problem.wanted:
                fit = [stop for stop in problem.stops if self.fits(walker, stop, each)]
                if fit:
                    self.add(walker, min(fit, key=lambda stop: self._rank(walker, stop)), each)

    def _rank(self, walker: Walker, stop: Stop) -> tuple[bool, int, int]:
        """Return how badly a stop suits a walker: own language first, then wishes, then what few have seen."""
        own = self.problem.one_of.get(walker.id, frozenset())
        asks = bool(own) and not own & self.seen[walker.id]
        wish = self.problem.wish(walker.id, stop.topic)
        return asks and stop.topic not in own, -wish, self.used[stop.topic]


class GreedyRounds:
    """Plans round by round without ever taking a choice back. The same problem gives the same answer."""

    def propose(self, problem: RoundsProblem) -> Visits:
        """Return a plan from nothing; see RoundSolver."""
        return self.replan(problem, ())

    def replan(self, problem: RoundsProblem, visits: Visits) -> Visits:
        """Return a plan that keeps every visit that still can be, and fills what is open; see RoundSolver."""
        draft = _Draft(problem)
        fixed = (*problem.pinned, *(visit for visit in visits if visit.pinned))
        for visit, walker, stop, each in problem.known(fixed):
            if visit.key not in draft.cells:
                draft.add(walker, stop, each, pinned=True)
        for _, walker, stop, each in problem.known(sorted(visits, key=lambda visit: (visit.round, visit.walker))):
            if draft.fits(walker, stop, each):
                draft.add(walker, stop, each)
        # Whoever lost a visit gets another one at the same time: that is one change, any other time is two.
        for each in problem.rounds:
            lost = (v.walker for v in visits if v.round == each.number and v.key not in draft.cells)
            draft.fill(each, frozenset(lost))
        for each in problem.rounds:
            draft.fill(each)
        return in_order(problem, without_waiting(problem, draft.cells.values()))


def without_waiting(problem: RoundsProblem, visits: Iterable[Visit]) -> Iterator[Visit]:
    """Yield the visits up to where a walker would have to wait too long; what comes after is left out."""
    by_walker: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_walker[visit.walker].append(visit)
    for mine in by_walker.values():
        last = 0
        for visit in sorted(mine, key=lambda visit: visit.round):
            if problem.longest_wait is not None and visit.round - last - 1 > problem.longest_wait and not visit.pinned:
                break
            last = visit.round
            yield visit
