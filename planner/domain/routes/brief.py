"""One evening's going round, made of a runbook and a school: groups, stops, rounds and the people for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from planner.domain.rooms.plan import RoomNeed, lacking
from planner.domain.rooms.room import Room
from planner.domain.routes.companions import CompanionProblem, Helper, Task
from planner.domain.routes.groups import Group, make_groups, regroup
from planner.domain.routes.guests import Guest, Partner, families_of, parents_of, speed_dates, time_slots
from planner.domain.routes.helping import Post, spoken
from planner.domain.routes.parties import Party
from planner.domain.routes.rounds import Round, RoundsProblem, Stop, Visits, rounds_between, rounds_from
from planner.domain.routes.setup import RouteSetup
from planner.domain.runbook import Per, Place, Row, Shape, Walk
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person
from planner.domain.year import local

WITH_STOPS = frozenset({Shape.CAROUSEL, Shape.TOUR})
IN_GROUPS = frozenset({Shape.CAROUSEL, Shape.TOUR, Shape.GROUPS, Shape.CLASSES})


@dataclass(frozen=True, kw_only=True)
class RouteBrief:
    """Everything that is known before going round is planned.

    `start` and `end` (aware) are those of the draaiboek row. `places` are the places of the walk in its order,
    `room_needs` their needs and `rooms_of` the rooms these have; `free_rooms` are rooms that nothing of the event
    uses. `posts` is who does what in which of the draaiboek's `rows`. `class_names`, `languages` and `people`
    are names by id and code. `divisions` are the pupils of each evening if there were two, three … evenings.
    """

    walk: Walk
    setup: RouteSetup
    start: datetime
    end: datetime
    parties: tuple[Party, ...]
    places: tuple[Place, ...]
    room_needs: tuple[RoomNeed, ...]
    rooms_of: Mapping[str, tuple[Room, ...]]
    free_rooms: tuple[Room, ...]
    posts: tuple[Post, ...]
    rows: tuple[Row, ...]
    class_names: Mapping[str, str]
    languages: Mapping[str, str]
    people: Mapping[str, str] = field(default_factory=dict)
    divisions: tuple[Sequence[frozenset[str]], ...] = ()

    @property
    def shape(self) -> Shape:
        """How people go round."""
        return self.walk.shape

    @property
    def size(self) -> int:
        """The most people in a group."""
        return self.setup.group_size or self.walk.group_size

    @property
    def session(self) -> timedelta:
        """How long a round lasts."""
        return timedelta(minutes=self.setup.session_minutes or self.walk.session_minutes)

    @property
    def gap(self) -> timedelta:
        """The least time between two rounds."""
        return timedelta(minutes=self.walk.gap_minutes)

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds: as many as fit, or as many as the school decided; a shape without rounds has one."""
        if self.shape in {Shape.GROUPS, Shape.CLASSES}:
            mine = (row for row in self.rows if set(row.places).intersection(self.walk.places) and row.end)
            ends = [local(self.start.date(), row.end) for row in mine if row.end]
            return (Round(number=1, start=self.start, end=max([self.end, *ends])),)
        if self.setup.rounds:
            return rounds_from(self.start, self.setup.rounds, session=self.session, gap=self.gap)
        return rounds_between(self.start, self.end, session=self.session, gap=self.gap)

    @cached_property
    def coming(self) -> tuple[Party, ...]:
        """The families without those who do not come."""
        return tuple(party for party in self.parties if party.id not in self.setup.away)

    def groups(self, known: Sequence[Group] = ()) -> tuple[Group, ...]:
        """Return the groups: those that are known with who is new or gone, or fresh ones; none without groups."""
        if self.shape not in IN_GROUPS:
            return ()
        if self.shape is Shape.CLASSES:
            return tuple(self._classes())
        if known:
            return regroup(known, self.coming, self.size)
        return make_groups(self.coming, self.size, most=self.setup.most_groups, apart=self.own_families)

    @cached_property
    def own_families(self) -> frozenset[str]:
        """The families of who interprets their language tonight: nobody interprets for the own child."""
        able = [helper for helper in self.helpers() if helper.task is Task.INTERPRETER]
        return frozenset(
            party.id
            for party in self.coming
            if any(party.child_ids & helper.children and party.language in helper.languages for helper in able)
        )

    def _classes(self) -> Iterator[Group]:
        order = list(self.class_names)
        classes = sorted({party.class_ids[0] for party in self.coming if party.class_ids}, key=order.index)
        for number, class_id in enumerate(classes, 1):
            mine = tuple(party for party in self.coming if party.class_ids[:1] == (class_id,))
            yield Group(id=class_id, number=number, parties=mine, name=f"Klas {self.class_names[class_id]}")

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The stops in the order of the route, without those that are lost."""
        made: list[Stop] = []
        for place in self.places:
            for need in (need for need in self.room_needs if need.place_id == place.id):
                made += self._of_need(place, need, taken={stop.room.id for stop in made if stop.room})
        return tuple(stop for stop in made if stop.id not in self.setup.lost)

    def _of_need(self, place: Place, need: RoomNeed, *, taken: set[str]) -> Iterator[Stop]:
        topic = need.about or place.name
        rooms: list[Room | None] = [*self.rooms_of.get(need.id, ())]
        for _ in range(self.setup.extra.count(topic)):
            used = taken | {room.id for room in rooms if room}
            rooms.append(self._spare(need, used))
        share = self.setup.shared.count(topic)
        for number, room in enumerate(rooms or [None], 1):
            both = number <= share and room is not None
            yield Stop(
                id=f"{place.id}:{need.scope}:{number}",
                name=topic if number == 1 else f"{topic} ({number})",
                topic=topic,
                room=room,
                groups=2 if both else 1,
                seats=room.capacity if both and room else None,
            )

    def _spare(self, need: RoomNeed, used: set[str]) -> Room | None:
        fit = (
            room
            for room in self.free_rooms
            if room.id not in used and room.capacity >= min(need.persons, self.size) and not lacking(room, need)
        )
        return min(fit, key=lambda room: (room.floor, room.name), default=None)

    @cached_property
    def _present(self) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.person.id not in self.setup.absent)

    def helpers(self) -> tuple[Helper, ...]:
        """Return who can walk with a group: first the roles that guide, then who interprets."""
        found: dict[tuple[str, Task], Helper] = {}
        for post in self._present:
            task = Task.INTERPRETER if post.need.interprets else Task.GUIDE
            if post.need.interprets or post.need.role in self.walk.guides:
                found[post.person.id, task] = Helper(
                    id=post.person.id,
                    name=post.person.name,
                    task=task,
                    languages=spoken(post.person),
                    children=post.person.children,
                    class_id=post.person.class_id,
                )
        guides = {person_id for person_id, task in found if task is Task.GUIDE}
        return tuple(h for (p, task), h in found.items() if task is Task.GUIDE or p not in guides)

    def _going_on(self, need: Need) -> Iterator[Row]:
        """Yield the rows of a need that go on while people go round."""
        day = self.start.date()
        for row in self.rows:
            starts, ends = local(day, row.start), local(day, row.end) if row.end else self.end
            if row.id in need.rows and starts < self.end and ends > self.start:
                yield row

    def hosts(self, stop: Stop) -> tuple[Person, ...]:
        """Return who is at a stop all the time and tells about it; two rooms for one topic share its people."""
        place_id, _, rest = stop.id.partition(":")
        scope = rest.rpartition(":")[0]
        found = dict.fromkeys(
            post.person
            for post in self._present
            if any(place_id in row.places for row in self._going_on(post.need))
            and (scope == Per.EVENT.value or post.need.sector in {None, scope})
            and not post.need.interprets
            and post.need.role not in self.walk.guides
        )
        alike = [each.id for each in self.stops if each.id.startswith(f"{place_id}:{scope}:")]
        return tuple(found)[alike.index(stop.id) :: len(alike)] if stop.id in alike else ()

    @cached_property
    def at_tables(self) -> tuple[Person, ...]:
        """Who sits at a table to talk with parents: everybody of the draaiboek row who does not interpret."""
        mine = (post for post in self._present if self.walk.row in post.need.rows and not post.need.interprets)
        return tuple(dict.fromkeys(post.person for post in mine))

    @cached_property
    def guests(self) -> tuple[Guest, ...]:
        """Who goes past the tables: each parent at a speed date, each family for time slots."""
        if self.shape is Shape.SPEED_DATE:
            return parents_of(self.coming)
        return families_of(self.coming) if self.shape is Shape.SLOTS else ()

    @property
    def _talks(self) -> int:
        """How many talks a parent has at a speed date: one in each round of the runbook, so nobody sits alone.

        A round more is there to have them in, and asks for none.
        """
        session = timedelta(minutes=self.walk.session_minutes)
        usual = len(rounds_between(self.start, self.end, session=session, gap=self.gap))
        return min(self.setup.wanted or self.walk.wanted or usual, len(self.rounds))

    def problem(self, groups: tuple[Group, ...], *, pinned: Visits = ()) -> RoundsProblem:
        """Return the rounds to plan for these groups, or for the guests of a shape with tables."""
        if self.shape is Shape.SPEED_DATE:
            partners = [
                Partner(id=person.id, name=person.name, languages=spoken(person), family=person.children)
                for person in self.at_tables
            ]
            return speed_dates(self.guests, partners, self.rounds, wanted=self._talks, pinned=pinned)
        if self.shape is Shape.SLOTS:
            return self._slots(pinned)
        stops = self.stops if self.shape in WITH_STOPS else ()
        topics = len({stop.topic for stop in stops})
        wanted = self.setup.wanted or self.walk.wanted
        return RoundsProblem(
            walkers=groups,
            stops=stops,
            rounds=self.rounds,
            wanted=min(wanted, topics) if wanted else topics,
            wishes={group.id: self._wishes(group) for group in groups} if self.setup.wishes else {},
            longest_wait=1 if self.shape is Shape.TOUR else None,
            pinned=pinned,
        )

    def _wishes(self, group: Group) -> Mapping[str, int]:
        """Return the wishes of a group: the points of each of its families' classes together."""
        points: dict[str, int] = {}
        for class_id, families in group.classes.items():
            for topic, number in self.setup.wishes.get(class_id, {}).items():
                points[topic] = points.get(topic, 0) + families * number
        return points

    def _slots(self, pinned: Visits) -> RoundsProblem:
        able: dict[str, set[str]] = {}
        for post in self._present:
            if post.need.interprets:
                for code in spoken(post.person):
                    able.setdefault(code, set()).add(post.person.id)
        return time_slots(
            self.guests,
            [(person.id, person.name) for person in self.at_tables],
            self.rounds,
            interpreters={code: len(people) for code, people in able.items()},
            names=self.languages,
            pinned=pinned,
        )

    def companion_problem(self, groups: tuple[Group, ...]) -> CompanionProblem:
        """Return who could walk with which group."""
        return CompanionProblem(groups=groups, helpers=self.helpers(), names=self.languages, people=self.people)
