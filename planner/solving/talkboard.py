"""A plan of talks in the making: who is where on which day, what fits, and what that costs. Made for speed."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from planner.domain.talks.cost import COMING, GAP, GUEST, OPEN, WAIT, WISH, comes_from_outside, idle_minutes
from planner.domain.talks.plan import STEP, Slot, Talk, TalkProblem
from planner.domain.talks.rules import apart_fit, most_minutes, siblings_fit

CHANGE = 600  # minutes of cost: a family that hears another time; less than a talk without a time
Spans = list[tuple[int, int]]  # starts and ends in minutes, in order


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of one way to hold a talk: who must be free, who is there for work, and of those who has limits."""

    interpreter_id: str
    guest_id: str
    everybody: tuple[str, ...]
    workers: tuple[str, ...]
    limited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A place for a talk on the board, and what it adds to the cost."""

    cost: int
    slot: Slot
    crew: Crew


def _up(minute: int) -> int:
    return -(-minute // STEP) * STEP


def _both(one: Spans, other: Spans) -> Spans:
    """Return what two lists of spans have in common."""
    shared = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return sorted({(start, end) for start, end in shared if start < end})


def rank(option: Option) -> tuple[object, ...]:
    """Return what puts options in order: the cheapest first, then the earliest."""
    return option.cost, option.slot.day, option.slot.start, option.slot.interpreter_id, option.slot.guest_id


class Board:
    """A plan that talks go on and off, one at a time. What `options` offers keeps every hard rule.

    The fixed slots of the problem are on it from the start, whatever they break. Another place than a talk had in
    `old` costs as much as `CHANGE`.
    """

    def __init__(self, problem: TalkProblem, old: Mapping[str, Slot] | None = None) -> None:
        self.problem = problem
        self.old = old or {}
        self.slots: dict[str, Slot] = {}
        self.cost = OPEN * len(problem.talks)
        self.busy: defaultdict[tuple[str, date], list[tuple[int, int, str]]] = defaultdict(list)
        self.work: defaultdict[tuple[str, date], Spans] = defaultdict(list)
        self.idle: dict[tuple[str, date], int] = {}
        self.comes: defaultdict[str, set[date]] = defaultdict(set)
        self.weight = {person.id: GAP if person.id in problem.mentors else WAIT for person in problem.people}
        self.coming = {p.id: COMING if comes_from_outside(problem, p.id) else 0 for p in problem.people}
        self.longest = {p.id: most_minutes(p) for p in problem.people}
        self.groups: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for group in problem.siblings:
            for talk_id in group:
                self.groups[talk_id].append(group)
        self.apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in problem.apart:
            self.apart[one].add(other)
            self.apart[other].add(one)
        self.related = {*self.groups, *self.apart}
        rooms = {talk.mentors[:1]: talk for talk in problem.talks}
        gaps = {(here, there): problem.gap(rooms[here], rooms[there]) for here in rooms for there in rooms}
        self._gap = {here: {there: gaps[here, there] for there in rooms} for here in rooms}
        self._room = {talk.id: talk.mentors[:1] for talk in problem.talks}
        self._crews: dict[str, tuple[Crew, ...]] = {}
        self._places: dict[str, tuple[tuple[Crew, date, Spans], ...]] = {}
        for slot, _ in problem.known({slot.talk_id: slot for slot in problem.fixed}.values()):
            self.put(slot)

    def crews(self, talk: Talk) -> tuple[Crew, ...]:
        """Return every way to hold a talk; without a mentor, or an interpreter who can, there is none."""
        if talk.id not in self._crews:
            self._crews[talk.id] = tuple(self._find_crews(talk))
        return self._crews[talk.id]

    def places(self, talk: Talk) -> tuple[tuple[Crew, date, Spans], ...]:
        """Return each crew and day with the first and last minute at which they can begin."""
        if talk.id not in self._places:
            self._places[talk.id] = tuple(self._find_places(talk))
        return self._places[talk.id]

    def _find_crews(self, talk: Talk) -> Iterator[Crew]:
        known, kin = self.problem.person, self.problem.kin[talk.id]
        if not talk.mentors or any(mentor not in known for mentor in talk.mentors):
            return
        for interpreter in self.problem.interpreters[talk.id] if talk.language else ("",):
            for guest in (*(each for each in talk.guests if each in known), ""):
                helpers = tuple(who for who in (interpreter, guest) if who)
                workers = (*talk.mentors, *helpers)
                limited = tuple(who for who in helpers if who not in self.problem.mentors)
                yield Crew(interpreter, guest, tuple(dict.fromkeys((*workers, *kin))), workers, limited)

    def _find_places(self, talk: Talk) -> Iterator[tuple[Crew, date, Spans]]:
        for crew in self.crews(talk):
            for day in self.problem.days:
                found = [(window.start, window.end) for window in self.problem.windows if window.day == day]
                for who in crew.workers:
                    found = _both(found, [(w.start, w.end) for w in self.problem.open_for[who] if w.day == day])
                long_enough = [(start, end - talk.minutes) for start, end in found if start + talk.minutes <= end]
                if long_enough:
                    yield crew, day, long_enough

    # ---- on and off ----

    def put(self, slot: Slot) -> None:
        """Put a talk on the board."""
        talk, span = self.problem.talk[slot.talk_id], self._span(slot)
        self.cost += self._own_cost(talk, slot) - OPEN
        for who in self._workers(talk, slot):
            self.cost -= self._day_cost(who, slot.day)
            insort(self.work[who, slot.day], span)
            self.comes[who].add(slot.day)
            self._count_idle(who, slot.day)
            self.cost += self._day_cost(who, slot.day)
        for who in self.problem.people_of(slot):
            insort(self.busy[who, slot.day], (*span, talk.id))
        self.slots[talk.id] = slot

    def take(self, talk_id: str) -> Slot:
        """Take a talk off the board and return the slot it had."""
        talk, slot = self.problem.talk[talk_id], self.slots.pop(talk_id)
        span = self._span(slot)
        self.cost -= self._own_cost(talk, slot) - OPEN
        for who in self._workers(talk, slot):
            self.cost -= self._day_cost(who, slot.day)
            self.work[who, slot.day].remove(span)
            if not self.work[who, slot.day]:
                self.comes[who].discard(slot.day)
            self._count_idle(who, slot.day)
            self.cost += self._day_cost(who, slot.day)
        for who in self.problem.people_of(slot):
            self.busy[who, slot.day].remove((*span, talk.id))
        return slot

    def _span(self, slot: Slot) -> tuple[int, int]:
        return slot.start, slot.start + self.problem.talk[slot.talk_id].minutes

    def _workers(self, talk: Talk, slot: Slot) -> tuple[str, ...]:
        return tuple(w for w in (*talk.mentors, slot.interpreter_id, slot.guest_id) if w in self.problem.person)

    def _own_cost(self, talk: Talk, slot: Slot) -> int:
        alone = GUEST if talk.guests and not slot.guest_id else 0
        moved = CHANGE if talk.id in self.old and self.old[talk.id].place != slot.place else 0
        return WISH * talk.wishes_missed(slot.day, slot.start) + alone + moved

    def _count_idle(self, who: str, day: date) -> None:
        self.idle[who, day] = idle_minutes(self.work[who, day], self.problem.times.pause)

    def _day_cost(self, who: str, day: date) -> int:
        """Return what a day costs somebody: coming, and the minutes without a talk."""
        return self.coming[who] + self.weight[who] * self.idle[who, day] if self.work[who, day] else 0

    def _added(self, who: str, day: date, start: int, end: int) -> int:
        """Return what one more talk costs somebody on a day; negative when it fills a gap."""
        spans = self.work[who, day]
        if not spans:
            return self.coming[who]
        first, last = spans[0][0], spans[-1][1]
        longer = max(last, end) - min(first, start) - (last - first)
        return self.weight[who] * (longer - (end - start) - self.problem.times.pause)

    # ---- what fits ----

    def fits(self, talk: Talk, crew: Crew, day: date, start: int) -> bool:
        """Return whether a talk fits then, next to what is on the board; `places` were looked at before."""
        end, gaps, room = start + talk.minutes, self._gap[self._room[talk.id]], self._room
        for who in crew.everybody:
            for begin, until, other in self.busy[who, day]:
                gap = gaps[room[other]]
                if begin < end + gap and start < until + gap:
                    return False
        for who in crew.limited:
            if not self._within_limits(who, day, start, end):
                return False
        return talk.id not in self.related or self._family_fits(talk, day, start)

    def _within_limits(self, who: str, day: date, start: int, end: int) -> bool:
        if day not in self.comes[who] and len(self.comes[who]) >= self.problem.person[who].max_evenings:
            return False
        spans = self.work[who, day]
        first, last = (min(start, spans[0][0]), max(end, spans[-1][1])) if spans else (start, end)
        return last - first <= self.longest[who]

    def _family_fits(self, talk: Talk, day: date, start: int) -> bool:
        here = (Slot(talk_id=talk.id, day=day, start=start), talk)
        for group in self.groups[talk.id]:
            others = [(self.slots[each], self.problem.talk[each]) for each in group if each in self.slots]
            held = sorted((*others, here), key=lambda each: (each[0].day, each[0].start))
            if not all(siblings_fit(self.problem, *pair) for pair in pairwise(held) if here in pair):
                return False
        far = (self.slots[each] for each in self.apart[talk.id] if each in self.slots)
        return all(apart_fit(self.problem, here, (slot, self.problem.talk[slot.talk_id])) for slot in far)

    def _beside(self, talk: Talk) -> tuple[set[date], set[int]] | None:
        """Return the days of brothers' and sisters' talks, and the starts next to them; None when there are none."""
        if talk.id not in self.groups:
            return None
        days, starts = set(), set()
        for other in {each for group in self.groups[talk.id] for each in group if each in self.slots}:
            slot, longest = self.slots[other], self.problem.times.siblings
            begin, until = self._span(slot)
            days.add(slot.day)
            starts |= {*range(until, until + longest + STEP, STEP)}
            starts |= {*range(begin - talk.minutes - longest, begin - talk.minutes + STEP, STEP)}
        return (days, starts) if days else None

    def _starts(self, talk: Talk, crew: Crew, day: date, spans: Spans) -> set[int]:
        """Return the starts worth looking at: next to what the crew does that day, or where a wish or window begins."""
        gaps, minutes = self._gap[self._room[talk.id]], talk.minutes
        found = {edge for span in spans for edge in span}
        if talk.id in self.old and self.old[talk.id].day == day:
            found.add(self.old[talk.id].start)
        for who in crew.everybody:
            for begin, until, other in self.busy[who, day]:
                gap = gaps[self._room[other]]
                found.add(until + gap)
                found.add(begin - gap - minutes)
        for wish in talk.wishes:
            found |= {wish.earliest or 0, (wish.latest or minutes) - minutes}
        return found

    def options(self, talk: Talk, *, every: bool = False) -> Iterator[Option]:
        """Yield the places where a talk can go; with `every` also those in the middle of an empty afternoon."""
        beside = self._beside(talk)
        for crew, day, spans in self.places(talk):
            if beside is None or day in beside[0]:
                yield from self._on(talk, crew, day, spans, beside and beside[1], every=every)

    def best(self, talk: Talk, most: int = 1) -> list[Option]:
        """Return the cheapest of the options, the earlier ones when equal, at most so many."""
        beside, best = self._beside(talk), list[Option]()
        places = [place for place in self.places(talk) if beside is None or place[1] in beside[0]]
        # Measured: with the cheapest days first, and no look at those that cost more, a search takes half the time.
        least = [(self._least(talk, crew, day), day, at) for at, (crew, day, _) in enumerate(places)]
        for cost, day, at in sorted(least):
            if len(best) == most and (cost, day) > (best[-1].cost, best[-1].slot.day):
                break
            crew, _, spans = places[at]
            best = sorted([*best, *self._on(talk, crew, day, spans, beside and beside[1])], key=rank)[:most]
        return best

    def _least(self, talk: Talk, crew: Crew, day: date) -> int:
        """Return what a talk costs at least on a day: who comes for it alone, less the gaps that it may fill."""
        least = WISH * sum(bool(wish.weekdays) and day.weekday() not in wish.weekdays for wish in talk.wishes)
        if talk.guests and not crew.guest_id:
            least += GUEST
        if talk.id in self.old and self.old[talk.id].day != day:
            least += CHANGE
        fills = talk.minutes + self.problem.times.pause
        for who in crew.workers:
            if not self.work[who, day]:
                least += self.coming[who]
            elif self.idle[who, day] >= fills:
                least -= self.weight[who] * fills
        return least

    def _on(
        self, talk: Talk, crew: Crew, day: date, spans: Spans, beside: set[int] | None, *, every: bool = False
    ) -> Iterator[Option]:
        """Yield the places on one day with one crew; `beside` are the starts next to brothers and sisters."""
        if every:
            starts = {at for first, last in spans for at in range(_up(first), last + 1, STEP)}
        else:
            # Rounded both ways: a gap of seven minutes is ten on the clock.
            found = beside or self._starts(talk, crew, day, spans)
            starts = {start - start % STEP for start in found} | {_up(start) for start in found}
        for start in sorted(starts):
            if any(first <= start <= last for first, last in spans) and self.fits(talk, crew, day, start):
                yield self._option(talk, crew, day, start)

    def _option(self, talk: Talk, crew: Crew, day: date, start: int) -> Option:
        slot = Slot(talk_id=talk.id, day=day, start=start, interpreter_id=crew.interpreter_id, guest_id=crew.guest_id)
        end = start + talk.minutes
        added = sum(self._added(who, day, start, end) for who in crew.workers)
        return Option(self._own_cost(talk, slot) + added, slot, crew)
