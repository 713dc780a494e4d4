"""What a list would do to the school: who is new, who changes in what, who stays, who is not in it any more."""

import re
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from planner.domain.rooms.room import Room
from planner.domain.school import Household, Pupil, SchoolClass
from planner.domain.staffing.people import Person, PersonKind
from planner.imports.columns import Kind, plain
from planner.imports.records import Problem, Record
from planner.imports.writing import FIELDS

DEFAULT_ROUTE = 2  # the middle one; the school corrects it where it matters
DUTCH = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The school as it is, as far as lists are about it. `first_day` is when new pupils start, unless told."""

    classes: tuple[SchoolClass, ...]
    pupils: tuple[Pupil, ...]
    households: tuple[Household, ...]
    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    first_day: date


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What comes of a list. `pairs` are (before, after); nobody in `vanished` is gone yet."""

    new: list[Any] = field(default_factory=list)
    pairs: list[tuple[Any, Any]] = field(default_factory=list)
    vanished: list[Any] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> list[tuple[Any, Any]]:
        """Those that become different."""
        return [(before, after) for before, after in self.pairs if before != after]


def slug(text: str) -> str:
    """Return an id for a code or a name: small letters, digits and dashes; never empty."""
    bare = normalize("NFKD", text.replace("ı", "i")).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    return found or f"x{sha256(text.encode()).hexdigest()[:10]}"


def short(number: str) -> str:
    """Return a number without the zeros in front, which some exports lose."""
    return number.lstrip("0") or "0"


def match(kind: Kind, records: Sequence[Record], stored: Stored, *, new_classes: bool) -> Outcome:
    """Return what these rows would do. With `new_classes` an unknown class is made, otherwise it is a problem."""
    if kind is Kind.PUPILS:
        outcome = Outcome()
        classes = _classes(records, stored, outcome, new_classes=new_classes)
        return _laid_over(kind, records, stored.pupils, _Pupils(stored, classes), outcome)
    if kind is Kind.HOUSEHOLDS:
        return _laid_over(kind, records, stored.households, _Households(stored, records), Outcome())
    if kind is Kind.PEOPLE:
        kinds = {record.values.get("kind", PersonKind.STAFF) for record in records}
        outcome = _laid_over(kind, records, stored.people, _People(stored), Outcome())
        outcome.vanished = [person for person in outcome.vanished if person.kind in kinds]
        return outcome
    return _laid_over(kind, records, stored.rooms, _Rooms(stored), Outcome())


class _Matcher(ABC):
    """Finds whom a row is about, and says what a new one needs."""

    key = ""  # the column to blame for a double one
    needs: tuple[tuple[str, str], ...] = ()  # column id and how it is called in a sentence

    @abstractmethod
    def find(self, record: Record) -> str | None:
        """Return the id of whom the row is about, None for somebody new."""

    @abstractmethod
    def new_key(self, record: Record) -> str:
        """Return what makes two new rows the same."""

    def values(self, record: Record) -> dict[str, Any]:
        return dict(record.values)

    @abstractmethod
    def make(self, new_id: str, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of four classes
        """Return the new one."""


def _laid_over(
    kind: Kind, records: Sequence[Record], existing: Sequence[Any], matcher: _Matcher, outcome: Outcome
) -> Outcome:
    by_id = {each.id: each for each in existing}
    seen: dict[str, int] = {}
    taken = set(by_id)
    for record in records:
        known = matcher.find(record)
        key = known or f"nieuw {matcher.new_key(record)}"
        if key in seen:
            text = f"dit staat ook in rij {seen[key]}. Haal een van de twee rijen weg."
            outcome.problems.append(Problem(record.row, matcher.key, text))
            continue
        seen[key] = record.row
        values = {FIELDS[kind][column]: value for column, value in matcher.values(record).items()}
        if known:
            values.pop("id", None)
            outcome.pairs.append((by_id[known], replace(by_id[known], **values)))
            continue
        missing = [said for column, said in matcher.needs if column not in record.values]
        if missing and record.wrong:
            continue
        if missing:
            text = f"dit is een nieuwe regel, maar {' en '.join(missing)} ontbreekt. Vul het aan."
            outcome.problems.append(Problem(record.row, "", text))
            continue
        values["id"] = _free(matcher.new_key(record), taken)
        outcome.new.append(matcher.make(values.pop("id"), values))
    outcome.vanished = [each for each in existing if each.id not in seen]
    return outcome


def _free(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    taken.add(found)
    return found


def _classes(
    records: Sequence[Record], stored: Stored, outcome: Outcome, *, new_classes: bool
) -> Mapping[str, SchoolClass]:
    """Return the classes by plain name, new ones included; a new one has the phase of most of its pupils."""
    known = {plain(each.name): each for each in stored.classes}
    rows: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        if "class" in record.values and plain(record.values["class"]) not in known:
            rows[plain(record.values["class"])].append(record)
    taken = {each.id for each in stored.classes}
    for name, mine in rows.items():
        said = mine[0].values["class"]
        if new_classes or not stored.classes:
            phases = Counter(record.values.get("phase", 1) for record in mine)
            made = SchoolClass(id=_free(slug(said), taken), name=said, phase=phases.most_common(1)[0][0])
            known[name] = made
            outcome.classes.append(made)
            continue
        near = get_close_matches(name, {plain(each.name) for each in stored.classes}, n=1, cutoff=0.5)
        advice = f'Bedoelt u "{known[near[0]].name}"? Of vink' if near else "Verbeter de naam, of vink"
        text = f"de klas \"{said[:30]}\" kennen we niet. {advice} 'Nieuwe klassen maken' aan."
        outcome.problems += [Problem(record.row, "Klas", text) for record in mine]
    return known


class _Pupils(_Matcher):
    key = "Stamnummer"
    needs = (("first", "de roepnaam"), ("last", "de achternaam"), ("class", "de klas"))

    def __init__(self, stored: Stored, classes: Mapping[str, SchoolClass]) -> None:
        self._stored, self._classes = stored, classes
        self._exact = {each.number: each.id for each in stored.pupils}
        self._short = {short(each.number): each.id for each in stored.pupils}

    def find(self, record: Record) -> str | None:
        number = record.values["number"]
        return self._exact.get(number) or self._short.get(short(number))

    def new_key(self, record: Record) -> str:
        return f"l{slug(short(record.values['number']))}"

    def values(self, record: Record) -> dict[str, Any]:
        values = dict(record.values)
        known = self.find(record)
        if known:  # the number stays as the school knows it
            del values["number"]
        if "class" in values:
            found = self._classes.get(plain(values["class"]))
            values["class"] = found.id if found else ""
        return values

    def make(self, new_id: str, values: Mapping[str, Any]) -> Pupil:
        phases = {each.id: each.phase for each in self._classes.values()}
        defaults = {
            "phase": phases.get(values["class_id"], 1),
            "route": DEFAULT_ROUTE,
            "started": self._stored.first_day,
        }
        return Pupil(id=new_id, **{**defaults, **values})


class _Households(_Matcher):
    key = "Gezinscode"
    needs = (("name", "de naam"),)

    def __init__(self, stored: Stored, records: Iterable[Record]) -> None:
        self._ids = {each.id: each.id for each in stored.households}
        self._by_pupils: defaultdict[frozenset[str], list[Household]] = defaultdict(list)
        for home in stored.households:
            self._by_pupils[frozenset(home.pupil_ids)].append(home)
        self._rows = Counter(frozenset(record.values["pupils"]) for record in records)

    def find(self, record: Record) -> str | None:
        if "code" in record.values:
            return self._ids.get(record.values["code"]) or self._ids.get(slug(record.values["code"]))
        pupils = frozenset(record.values["pupils"])
        homes = self._by_pupils[pupils]
        same = [home for home in homes if plain(home.name) == plain(record.values.get("name", ""))]
        if len(same) == 1:
            return same[0].id
        return homes[0].id if len(homes) == 1 and self._rows[pupils] == 1 else None

    def new_key(self, record: Record) -> str:
        if "code" in record.values:
            return slug(record.values["code"])
        return f"g-{'-'.join(sorted(record.values['pupils']))}-{slug(record.values.get('name', ''))}"[:60]

    def make(self, new_id: str, values: Mapping[str, Any]) -> Household:
        return Household(id=new_id, **{"language": DUTCH, **values})


class _People(_Matcher):
    key = "Naam"
    needs = (("name", "de naam"),)

    def __init__(self, stored: Stored) -> None:
        self._ids = {each.id: each.id for each in stored.people}
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        for person in stored.people:
            self._names[plain(person.name)].append(person.id)

    def find(self, record: Record) -> str | None:
        if "code" in record.values:
            found = self._ids.get(record.values["code"]) or self._ids.get(slug(record.values["code"]))
            if found:
                return found
        same = self._names.get(plain(record.values.get("name", "")), [])
        return same[0] if len(same) == 1 and "code" not in record.values else None

    def new_key(self, record: Record) -> str:
        return slug(record.values.get("code") or record.values.get("name", ""))

    def make(self, new_id: str, values: Mapping[str, Any]) -> Person:
        return Person(id=new_id, **{"kind": PersonKind.STAFF, "roles": frozenset(), **values})


class _Rooms(_Matcher):
    key = "Lokaal"
    needs = (("name", "de naam"), ("capacity", "het aantal plaatsen"))

    def __init__(self, stored: Stored) -> None:
        self._ids = {each.id: each.id for each in stored.rooms}
        self._names = {plain(each.name): each.id for each in stored.rooms}

    def find(self, record: Record) -> str | None:
        if "code" in record.values:
            return self._ids.get(record.values["code"]) or self._ids.get(slug(record.values["code"]))
        return self._names.get(plain(record.values["name"]))

    def new_key(self, record: Record) -> str:
        return slug(record.values.get("code") or record.values.get("name", ""))

    def make(self, new_id: str, values: Mapping[str, Any]) -> Room:
        return Room(id=new_id, **values)
