"""Least-cost flow in a small network, and dealing the lines of a graph over rounds. Both exact, both without tools."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

L = TypeVar("L", bound=Hashable)
R = TypeVar("R", bound=Hashable)

SOURCE, SINK = 0, 1
FAR = 1 << 60


class _Network:
    """A flow network; each arc knows its way back at the next odd or even number."""

    def __init__(self) -> None:
        self.head: list[list[int]] = [[], []]
        self.to: list[int] = []
        self.room: list[int] = []
        self.cost: list[int] = []

    def node(self) -> int:
        """Return a new node."""
        self.head.append([])
        return len(self.head) - 1

    def arc(self, start: int, end: int, *, room: int, cost: int = 0) -> int:
        """Add an arc and return its number."""
        number = len(self.to)
        for one, other, space, price in ((start, end, room, cost), (end, start, 0, -cost)):
            self.head[one].append(len(self.to))
            self.to.append(other)
            self.room.append(space)
            self.cost.append(price)
        return number

    def _cheapest(self) -> list[int] | None:
        """Return the arcs of the cheapest way from source to sink with room left."""
        price, came, waiting = {SOURCE: 0}, {}, deque([SOURCE])
        inside = {SOURCE}
        while waiting:
            node = waiting.popleft()
            inside.discard(node)
            for arc in self.head[node]:
                end, total = self.to[arc], price[node] + self.cost[arc]
                if self.room[arc] and total < price.get(end, FAR):
                    price[end], came[end] = total, arc
                    if end not in inside:
                        inside.add(end)
                        waiting.append(end)
        if SINK not in came:
            return None
        way, node = [], SINK
        while node != SOURCE:
            way.append(came[node])
            node = self.to[came[node] ^ 1]
        return way

    def fill(self) -> None:
        """Push as much as fits from source to sink, at the least cost."""
        while way := self._cheapest():
            amount = min(self.room[arc] for arc in way)
            for arc in way:
                self.room[arc] -= amount
                self.room[arc ^ 1] += amount


def share_out(left: Mapping[L, int], right: Mapping[R, int], able: Iterable[tuple[L, R]]) -> Mapping[tuple[L, R], int]:
    """Return how much of each on the left goes to whom on the right: together as much as can be.

    `left` is how much there is of each, `right` how much each takes at most, `able` which may go together.
    """
    network = _Network()
    lefts = {each: network.node() for each in left}
    rights = {each: network.node() for each in right}
    for each, amount in left.items():
        network.arc(SOURCE, lefts[each], room=amount)
    for each_right, amount in right.items():
        network.arc(rights[each_right], SINK, room=amount)
    arcs = {(one, other): network.arc(lefts[one], rights[other], room=left[one]) for one, other in able}
    network.fill()
    return {line: network.room[arc ^ 1] for line, arc in arcs.items() if network.room[arc ^ 1]}


def choose_pairs(
    left: Mapping[L, int],
    right: Mapping[R, int],
    lines: Mapping[tuple[L, R], int],
) -> frozenset[tuple[L, R]]:
    """Return as many of these lines as fit, of all such sets the fairest, then one of the least cost.

    `left` and `right` say how many lines each may have at most, `lines` what each line costs. Fair is that
    what cannot be had is missed in turn; at equal cost the lines are spread over the right as evenly as can
    be. The same numbers give the same lines.
    """
    network = _Network()
    lefts = {each: network.node() for each in left}
    rights = {each: network.node() for each in right}
    dearest = 1 + max((abs(cost) for cost in lines.values()), default=0)
    widest = 1 + max(right.values(), default=0)
    for each, most in left.items():
        for number in range(most):
            network.arc(SOURCE, lefts[each], room=1, cost=number * 4 * dearest * widest)
    for each_right, most in right.items():
        for number in range(min(most, len(left))):
            network.arc(rights[each_right], SINK, room=1, cost=number)
    arcs = {
        (one, other): network.arc(lefts[one], rights[other], room=1, cost=cost * widest)
        for (one, other), cost in lines.items()
    }
    network.fill()
    return frozenset(line for line, arc in arcs.items() if not network.room[arc])


def deal_rounds(lines: Iterable[tuple[L, R]], rounds: Sequence[int]) -> Mapping[tuple[L, R], int]:
    """Return a round for each line so that nobody, left or right, has two lines in one round.

    This always works when nobody has more lines than there are rounds (Kőnig); IndexError otherwise. A line
    takes the first round that is free on its left; where it is not free on its right, the two rounds are
    exchanged along the chain of lines behind it.
    """
    taken: dict[tuple[int, Hashable, int], tuple[L, R]] = {}
    found: dict[tuple[L, R], int] = {}

    def first_free(side: int, end: Hashable) -> int:
        return [each for each in rounds if (side, end, each) not in taken][0]  # noqa: RUF015 - IndexError is meant

    def put(line: tuple[L, R], number: int) -> None:
        found[line] = number
        taken[0, line[0], number] = taken[1, line[1], number] = line

    for line in lines:
        here, there = first_free(0, line[0]), first_free(1, line[1])
        if (1, line[1], here) in taken:
            _exchange(taken, found, line[1], here, there)
        put(line, here)
    return found


def _exchange(
    taken: dict[tuple[int, Hashable, int], tuple[L, R]],
    found: dict[tuple[L, R], int],
    start: Hashable,
    one: int,
    other: int,
) -> None:
    """Swap two rounds along the chain of lines that begins on the right at `start`, so that `one` is free there."""
    chain: list[tuple[L, R]] = []
    side, end, number = 1, start, one
    while (line := taken.get((side, end, number))) is not None:
        chain.append(line)
        side, end = 1 - side, line[1 - side]
        number = other if number == one else one
    for line in chain:
        for at in (0, 1):
            del taken[at, line[at], found[line]]
    for line in chain:
        found[line] = other if found[line] == one else one
        taken[0, line[0], found[line]] = taken[1, line[1], found[line]] = line
