"""What an event asks of people: one need for each role and each class, language, sector or group it serves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from math import ceil
from typing import Protocol

from planner.domain.event import groups_for, sectors_of
from planner.domain.families.answers import Reply
from planner.domain.families.expected import NOBODY_ANSWERED, Expected, expected_for
from planner.domain.rooms.room import Room
from planner.domain.runbook import Kind, Per, Role, Row, Runbook, Split
from planner.domain.school import School
from planner.domain.year import Occurrence, PlannedEvent, event_times, local

DUTCH = "nl"  # the school's own language: nobody has to interpret it
MENTOR = "mentor"  # the one role of a conversation round that is filled here


class Timed(Protocol):
    """Something with a start and an end."""

    @property
    def start(self) -> datetime:
        """When it starts."""
        ...

    @property
    def end(self) -> datetime:
        """When it has ended."""
        ...


def overlap(one: Timed, other: Timed) -> bool:
    """Return whether two half-open time windows share a moment; two that start together always do."""
    return one.start == other.start or (one.start < other.end and other.start < one.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one need is for: the whole event, a class, a language, a sector or a group.

    `spare` marks a scope that nobody of those who answered needs any more: all of them said they cannot come.
    It stays, so that who was asked for it is not forgotten, but it obliges to nothing.
    """

    id: str
    about: str = ""
    language: str | None = None
    class_id: str | None = None
    sector: str | None = None
    spare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """People asked for in one role, for one scope of one event.

    `start` and `end` are aware UTC, `day` the local day; `rows` are the draaiboek rows a person of this
    need does and `place_ids` where those are. `spread` marks work that is spread over the days of a
    conversation round: no evening, no clash. `present` are the invited pupils of the scope. For roles that
    interpret, `guests` holds each language to interpret with the invited pupils of its families, and
    `together` says that the families of the scope sit together in one group. `about` names the scope for
    a reader, except for a language, which `label` names. `rooms` are the rooms of its places, as far as
    these are known, `barred` ids of people whom the school keeps from it, `led` ids of
    classes that are with their own mentor at that moment.
    """

    id: str
    event_id: str
    role: str
    title: str
    scope: str
    day: date
    start: datetime
    end: datetime
    minimum: int
    maximum: int | None
    about: str = ""
    rows: tuple[str, ...] = ()
    place_ids: tuple[str, ...] = ()
    interprets: bool = False
    language: str | None = None
    class_id: str | None = None
    sector: str | None = None
    optional: bool = False
    spread: bool = False
    together: bool = False
    present: frozenset[str] = frozenset()
    guests: tuple[tuple[str, frozenset[str]], ...] = ()
    rooms: tuple[Room, ...] = ()
    barred: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to interpret; empty for a role that does not interpret."""
        return tuple(code for code, _ in self.guests)

    @property
    def is_obliged(self) -> bool:
        """Whether the runbook wants at least one person here."""
        return self.minimum > 0 and not self.optional

    def label(self, names: Mapping[str, str]) -> str:
        """Return the need for a reader: "Sleutelouder (Arabisch)", "Mentor (1A)". `names` are Dutch language names."""
        language = names.get(self.language, self.language) if self.language else ""
        about = ", ".join(part for part in (language, self.about) if part)
        return f"{self.title} ({about})" if about else self.title


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """An event with its runbook in the chosen form and what families said, by household id."""

    event: PlannedEvent
    runbook: Runbook
    school: School
    occurrence: Occurrence
    answers: Mapping[str, Reply] = field(default_factory=lambda: NOBODY_ANSWERED)

    @cached_property
    def expected(self) -> Expected:
        """Who is expected."""
        return expected_for(self.school, self.event.pupil_ids, self.answers)

    def window(self, rows: Iterable[Row]) -> tuple[datetime, datetime]:
        """Return start and end (aware UTC) of these rows; without rows, of the part for which guests are invited.

        A row with an open end lasts until the event ends, which is the last time that is known.
        """
        mine, invitation = tuple(rows), self.runbook.invitation
        known = [row.end or row.start for row in self.runbook.rows]
        last = max([*known, invitation.end or invitation.start])
        start = min((row.start for row in mine), default=invitation.start)
        end = max((row.end or last for row in mine), default=last)
        day = self.event.span.first
        return local(day, start).astimezone(UTC), local(day, max(start, end)).astimezone(UTC)

    def scopes(self, per: Per) -> Iterator[Scope]:
        """Yield what something that is counted `per` class, language and so on is for, in a fixed order."""
        if per is Per.CLASS:
            names = {each.id: each.name for each in self.school.classes}
            for class_id, pupils in self.expected.class_pupils.items():
                yield Scope(id=class_id, about=names.get(class_id, class_id), class_id=class_id, spare=not pupils)
        elif per is Per.LANGUAGE:
            for code, families in self.expected.per_language.items():
                yield Scope(id=code, language=code, spare=not families)
        elif per is Per.GROUP:
            size = self.runbook.group_size
            groups = groups_for(self.expected.persons, size)
            for number in range(1, max(groups, groups_for(self.expected.invited, size)) + 1):
                yield Scope(id=str(number), about=f"groep {number}", spare=number > groups)
        elif per is Per.SECTOR and not self.occurrence.sector and self.runbook.sectors:
            for sector in sectors_of(self.runbook, self.school, self.event.id):
                yield Scope(id=sector, about=sector, sector=sector)
        else:
            yield Scope(id=Per.EVENT.value, sector=self.occurrence.sector or None)


def _present(expected: Expected, scope: Scope) -> frozenset[str]:
    """Return the invited pupils of a scope."""
    if scope.class_id:
        return expected.class_pupils[scope.class_id]
    if scope.language:
        return expected.language_pupils[scope.language]
    return frozenset().union(*expected.class_pupils.values())


def _guests(expected: Expected, scope: Scope) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the languages to interpret within a scope, each with the invited pupils of its families."""
    present = _present(expected, scope)
    codes = [scope.language] if scope.language else [code for code in expected.per_language if code != DUTCH]
    found = ((code, expected.language_pupils[code] & present) for code in codes)
    return tuple((code, pupils) for code, pupils in found if pupils)


def _sit_together(gathering: Gathering, scope: Scope, place_ids: Iterable[str]) -> bool:
    """Return whether the families of a scope sit in one group, so that one interpreter speaks for all of them.

    A class does, and so does a language group with an evening or a room of its own. Where families of one
    language are spread over class rooms, a sleutelouder can stay out of the room of the own child.
    """
    own_room = any(place.id in place_ids and place.per is Per.LANGUAGE for place in gathering.runbook.places)
    return bool(scope.class_id) or own_room or gathering.runbook.occurrences.split is Split.LANGUAGE


def rows_for(gathering: Gathering, role: Role) -> tuple[Row, ...]:
    """Return the draaiboek rows a role does; who interprets without a row of the own does those of the other role."""
    mine = tuple(row for row in gathering.runbook.rows if role.id in row.responsible)
    if mine or not role.interprets:
        return mine
    others = {other.id for other in gathering.runbook.roles if other.interprets}
    return tuple(row for row in gathering.runbook.rows if others.intersection(row.responsible))


def _minimum(gathering: Gathering, role: Role, scope: Scope) -> int:
    """Return how many people a role asks at least for a scope; per parents it follows who is expected."""
    if scope.spare:
        return 0
    if role.per is Per.PARENT:
        return ceil(role.minimum * gathering.expected.parents / role.each)
    return role.minimum


def _need(gathering: Gathering, role: Role, scope: Scope) -> Need:
    rows = rows_for(gathering, role)
    places = tuple(dict.fromkeys(place for row in rows for place in row.places))
    is_round = gathering.runbook.kind is Kind.CONVERSATION
    if is_round:
        first, last = event_times(gathering.runbook, gathering.event.span)
        start, end = first.astimezone(UTC), last.astimezone(UTC)
    else:
        start, end = gathering.window(rows)
    guests = _guests(gathering.expected, scope) if role.interprets else ()
    return Need(
        id=f"{gathering.event.id}:{role.id}:{scope.id}",
        event_id=gathering.event.id,
        role=role.id,
        title=role.title,
        scope=scope.id,
        day=gathering.event.span.first,
        start=start,
        end=end,
        minimum=0 if role.interprets and not guests else _minimum(gathering, role, scope),
        maximum=role.maximum,
        about=f"nummer {scope.id}" if role.per is Per.GROUP else scope.about,
        rows=tuple(row.id for row in rows),
        place_ids=places,
        interprets=role.interprets,
        language=scope.language,
        class_id=scope.class_id,
        sector=scope.sector,
        optional=role.optional,
        spread=is_round,
        together=role.interprets and _sit_together(gathering, scope, places),
        present=_present(gathering.expected, scope),
        guests=guests,
    )


def _is_asked(gathering: Gathering, role: Role) -> bool:
    """Return whether a role asks people on the day itself, and not only for the preparation.

    It does when a row names it, when the runbook wants at least one, or when it interprets.
    """
    named = any(role.id in row.responsible for row in gathering.runbook.rows)
    return named or role.minimum > 0 or role.interprets


def needs_of(gathering: Gathering) -> tuple[Need, ...]:
    """Return what an event asks of people, in the order of the runbook's roles.

    Ids are `event:role:scope` and stay the same when a date moves or a form is read again. Dutch asks for
    no interpreter. Of a conversation round only the mentor of each class is asked here, and of a form without
    a draaiboek nobody: who prepares it is in the steps.
    """
    if gathering.runbook.kind is Kind.CONVERSATION:
        mentors = (role for role in gathering.runbook.roles if role.id == MENTOR)
        return tuple(_need(gathering, role, scope) for role in mentors for scope in gathering.scopes(Per.CLASS))
    return tuple(
        _need(gathering, role, scope)
        for role in (gathering.runbook.roles if gathering.runbook.gathers else ())
        if _is_asked(gathering, role)
        for scope in gathering.scopes(role.per)
        if not (role.interprets and scope.language == DUTCH)
    )


def row_needs(needs: Iterable[Need]) -> Mapping[str, tuple[Need, ...]]:
    """Return who does each draaiboek row: the needs by row id."""
    found: defaultdict[str, list[Need]] = defaultdict(list)
    for need in needs:
        for row_id in need.rows:
            found[row_id].append(need)
    return {row_id: tuple(mine) for row_id, mine in found.items()}
