"""Groups of families that walk together: at most so many people, one language and one class where that can be."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from math import ceil

from planner.domain.routes.parties import Party
from planner.domain.staffing.needs import DUTCH

GROUP_SIZE = 16  # the toolkit: groups of at most 16 people, pupils and parents together


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group on its way: `id` stays the same when families come and go; `number` is what is on the paper.

    `name` is for a group that already has one, such as a class.
    """

    id: str
    number: int
    parties: tuple[Party, ...] = ()
    name: str = ""

    @cached_property
    def persons(self) -> int:
        """How many people walk in it."""
        return sum(party.persons for party in self.parties)

    @cached_property
    def families(self) -> Mapping[str, int]:
        """Families by language, the largest first."""
        counted = Counter(party.language for party in self.parties)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that need somebody between them and Dutch, the largest first."""
        return tuple(code for code in self.families if code != DUTCH)

    @cached_property
    def children(self) -> frozenset[str]:
        """The pupils of these families, also those who walk elsewhere."""
        return frozenset[str]().union(*(party.child_ids for party in self.parties))

    @cached_property
    def classes(self) -> Mapping[str, int]:
        """Families by class, the largest first."""
        counted = Counter(class_id for party in self.parties for class_id in party.class_ids)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    @property
    def label(self) -> str:
        """The group for a reader."""
        return self.name or f"Groep {self.number}"


def fewest_groups(parties: Iterable[Party], size: int) -> int:
    """Return the number of groups below which nobody can go: people over seats; at least 1."""
    return max(1, ceil(sum(party.persons for party in parties) / size))


class _Bins:
    """Groups in the making. A family is never split; one that is larger than a group gets one of its own."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.bins: list[list[Party]] = []

    def left(self, index: int) -> int:
        """Return the places that are left in a group."""
        return self.size - sum(party.persons for party in self.bins[index])

    def put(self, chunk: Sequence[Party]) -> None:
        """Give families that belong together a place: with their language, then their class, else the fullest."""
        persons = sum(party.persons for party in chunk)
        fit = [index for index in range(len(self.bins)) if self.left(index) >= persons]
        if not fit:
            self.bins.append(list(chunk))
            return
        self.bins[min(fit, key=lambda index: self._distance(chunk, index))].extend(chunk)

    def put_apart(self, party: Party) -> None:
        """Give a family a place away from its own language, as far as that can be without one group more."""
        fit = [index for index in range(len(self.bins)) if self.left(index) >= party.persons]
        away = [index for index in fit if all(other.language != party.language for other in self.bins[index])]
        if away:
            self.bins[min(away, key=lambda index: self._distance([party], index))].append(party)
        else:
            self.put([party])

    def _distance(self, chunk: Sequence[Party], index: int) -> tuple[int, int, int, int]:
        """Return how badly families suit a group, the best first."""
        there = self.bins[index]
        languages, classes = {party.language for party in there}, {each for party in there for each in party.class_ids}
        strangers = sum(party.language not in languages for party in chunk)
        apart = sum(not classes.intersection(party.class_ids) for party in chunk)
        return strangers, apart, self.left(index), index


def _by_language(parties: Iterable[Party]) -> list[list[Party]]:
    """Return families by language, the language with the most people first, and within it by class."""
    found: defaultdict[str, list[Party]] = defaultdict(list)
    for party in parties:
        found[party.language].append(party)
    people = {code: sum(party.persons for party in mine) for code, mine in found.items()}
    return [
        sorted(found[code], key=lambda party: (party.class_ids, -party.persons, party.id))
        for code in sorted(found, key=lambda code: (-people[code], code))
    ]


def _chunks(families: Sequence[Party], size: int) -> list[list[Party]]:
    """Return one language in chunks of about the same size, none larger than a group."""
    number = max(1, ceil(sum(party.persons for party in families) / size))
    while len(chunks := _cut(families, size, number)) > number and number < len(families):
        number += 1
    return chunks


def _cut(families: Sequence[Party], size: int, number: int) -> list[list[Party]]:
    """Return families in chunks no larger than a group, aiming at this number of them."""
    goal = ceil(sum(party.persons for party in families) / number)
    chunks: list[list[Party]] = [[]]
    for party in families:
        there = sum(each.persons for each in chunks[-1])
        if chunks[-1] and (there + party.persons > size or (there >= goal and len(chunks) < number)):
            chunks.append([])
        chunks[-1].append(party)
    return chunks


def _packed(
    parties: Sequence[Party], size: int, *, whole: bool, apart: frozenset[str] = frozenset()
) -> list[list[Party]]:
    """Return the families in groups: by language as a whole, or family by family in as few groups as that gives."""
    bins = _Bins(size)
    together = [party for party in parties if party.id not in apart]
    chunks = [chunk for mine in _by_language(together) for chunk in _chunks(mine, size)]
    if whole:
        for chunk in sorted(chunks, key=lambda chunk: -sum(party.persons for party in chunk)):
            bins.put(chunk)
        for party in (party for party in parties if party.id in apart):
            bins.put_apart(party)
        return bins.bins
    for party in sorted(parties, key=lambda party: -party.persons):
        bins.put([party])
    return bins.bins


def make_groups(
    parties: Sequence[Party],
    size: int = GROUP_SIZE,
    *,
    most: int | None = None,
    apart: frozenset[str] = frozenset(),
) -> tuple[Group, ...]:
    """Return families in groups of at most `size` people, kept together by language and then by class.

    With `most` the groups are packed closer when keeping languages whole takes more groups than that; the
    result may still be more, since a family is never split. `apart` are the families of sleutelouders: they
    walk with others, so that the sleutelouder can interpret for the language without the own child. The same
    families give the same groups.
    """
    bins = _packed(parties, size, whole=True, apart=apart)
    if most is not None and len(bins) > most:
        bins = min(bins, _packed(parties, size, whole=False), key=len)
    return tuple(
        Group(id=f"g{number}", number=number, parties=tuple(families)) for number, families in enumerate(bins, 1)
    )


def _fresh(groups: Sequence[Group]) -> Group:
    number = max((group.number for group in groups), default=0) + 1
    taken = {group.id for group in groups}
    return Group(id=next(f"g{each}" for each in count(number) if f"g{each}" not in taken), number=number)


def regroup(groups: Sequence[Group], parties: Sequence[Party], size: int = GROUP_SIZE) -> tuple[Group, ...]:
    """Return the groups with these families: who is known stays, who left is out, who is new joins.

    A newcomer joins the group with the own language and class that has room, or starts a new one: the
    fewest changes, since nobody else moves. A group that is empty is gone.
    """
    known = {party.id: party for party in parties}
    kept = [
        replace(group, parties=tuple(known[each.id] for each in group.parties if each.id in known)) for group in groups
    ]
    kept = [group for group in kept if group.parties]
    placed = {party.id for group in kept for party in group.parties}
    for party in sorted((party for party in parties if party.id not in placed), key=lambda party: -party.persons):
        _join(kept, party, size)
    return tuple(sorted(kept, key=lambda group: group.number))


def relieved(groups: Sequence[Group], size: int = GROUP_SIZE) -> tuple[Group, ...]:
    """Return the groups with as few families moved as makes them fit, each to where a newcomer would go.

    Families that come with more people than they said make a group too large. A family is never split.
    """
    parties = [party for group in groups for party in group.parties]
    return regroup([_fitting(group, size) for group in groups], parties, size)


def _fitting(group: Group, size: int) -> Group:
    """Return a group without the fewest families that make it fit, the smallest such ones; one family always stays."""
    parties = list(group.parties)
    while len(parties) > 1 and (over := sum(party.persons for party in parties) - size) > 0:
        enough = [party for party in parties if party.persons >= over]
        least = min(enough, key=_size) if enough else max(parties, key=_size)
        parties.remove(least)
    return replace(group, parties=tuple(parties))


def _size(party: Party) -> tuple[int, str]:
    return party.persons, party.id


def _join(groups: list[Group], party: Party, size: int) -> None:
    fit = [group for group in groups if group.persons + party.persons <= size]
    best = min(
        fit,
        key=lambda group: (
            party.language not in group.families,
            not set(party.class_ids) & set(group.classes),
            group.persons,
            group.number,
        ),
        default=None,
    )
    if best is None:
        groups.append(replace(_fresh(groups), parties=(party,)))
    else:
        groups[groups.index(best)] = replace(best, parties=(*best.parties, party))


def move_party(groups: Sequence[Group], party_id: str, group_id: str) -> tuple[Group, ...]:
    """Return the groups with one family in another group; KeyError for an unknown family or group."""
    party = {each.id: each for group in groups for each in group.parties}[party_id]
    if group_id not in {group.id for group in groups}:
        raise KeyError(group_id)
    moved = []
    for group in groups:
        others = tuple(each for each in group.parties if each.id != party_id)
        moved.append(replace(group, parties=(*others, party) if group.id == group_id else others))
    return tuple(group for group in moved if group.parties)
