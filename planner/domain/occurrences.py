"""How an activity is divided into occurrences: moments of the year, language groups, classes, destinations."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from planner.domain.cycle import Cycle
from planner.domain.evenings import on_evenings
from planner.domain.families.audience import audience_of, belongs
from planner.domain.runbook import Clause, Moment, OccurrenceRule, Runbook, Split
from planner.domain.school import Pupil, School
from planner.domain.year import Occurrence, year_date

# Clauses hold for runs of at least four weeks, so a look each week and at both ends misses none.
_LOOK = timedelta(weeks=1)


def _days_looked_at(first: date, last: date) -> tuple[date, ...]:
    count = (last - first) // _LOOK + 1
    return (*(first + _LOOK * index for index in range(count)), last)


def _by_moment(runbook: Runbook, audience: tuple[Clause, ...], school: School, label: str) -> dict[str, list[Pupil]]:
    """Give each pupil the moment on most of whose days they belong to the audience; the first when equal."""
    moments = runbook.occurrences.moments
    looks = {m.id: _days_looked_at(year_date(label, m.first), year_date(label, m.last)) for m in moments}
    found: dict[str, list[Pupil]] = {moment.id: [] for moment in moments}
    for pupil in school.pupils:
        shares = {
            moment_id: sum(belongs(audience, pupil, day=day) for day in days) / len(days)
            for moment_id, days in looks.items()
        }
        best = max(shares, key=lambda moment_id: shares[moment_id])
        if shares[best] > 0:
            found[best].append(pupil)
    return found


def _language_groups(pupils: list[Pupil], school: School, rule: OccurrenceRule) -> Iterator[tuple[str, ...]]:
    """Yield the languages with enough families for a group of their own, largest first, then `()` for the rest."""
    spoken = {pupil.id: school.language_of(pupil.id) for pupil in pupils}
    # A family counts for the language in which its children are invited, so that no group stays empty.
    families = Counter(
        home.language for home in school.households if any(spoken.get(each) == home.language for each in home.pupil_ids)
    )
    large_first = sorted(families.items(), key=lambda item: (-item[1], item[0]))
    own = [code for code, count in large_first if count >= rule.own_group_from][: rule.own_groups]
    for code in own:
        yield (code,)
    if not spoken or set(spoken.values()) - set(own):
        yield ()


_EVERYWHERE = frozenset({"mbo", "werk", "vmbo", "pro", "havo-vwo"})
_MEETINGS = {
    1: (("", _EVERYWHERE),),
    2: (("mbo", frozenset({"mbo", "werk"})), ("vo", frozenset({"vmbo", "pro", "havo-vwo"}))),
    3: (
        ("mbo", frozenset({"mbo", "werk"})),
        ("vmbo", frozenset({"vmbo", "pro"})),
        ("havo-vwo", frozenset({"havo-vwo"})),
    ),
}


def destination_of(pupil: Pupil) -> str:
    """Return where a pupil goes; vmbo, the middle road, while that is not known."""
    return pupil.destination or "vmbo"


def _destinations(pupils: list[Pupil], split: int, own_from: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield (name, destinations) for one, two or three meetings of 'Verder na de ISK' (rule C13).

    A group of fewer than `own_from` pupils gets no meeting of its own: then all meet together.
    """
    sizes = {name: sum(destination_of(pupil) in members for pupil in pupils) for name, members in _MEETINGS[split]}
    if any(0 < size < own_from for size in sizes.values()):
        yield from _MEETINGS[1]
        return
    for name, members in _MEETINGS[split]:
        if not pupils or sizes[name]:
            yield name, members


def _parts(
    runbook: Runbook, school: School, pupils: list[Pupil], names: Mapping[str, str]
) -> Iterator[tuple[str, str, list[Pupil], tuple[str, ...], str]]:
    """Yield (id part, title part, pupils, languages, sector) for each occurrence within one moment."""
    rule = runbook.occurrences
    if rule.split is Split.LANGUAGE:
        groups = list(_language_groups(pupils, school, rule))
        own = {code for group in groups for code in group}
        for group in groups:
            code = group[0] if group else ""
            mine = [
                p for p in pupils if (school.language_of(p.id) == code if code else school.language_of(p.id) not in own)
            ]
            mixed = "alle talen" if len(groups) == 1 else "andere talen"
            yield code or "gemengd", names.get(code, code) if code else mixed, mine, group, ""
    elif rule.split is Split.CLASS:
        for each in school.classes:
            mine = [pupil for pupil in pupils if pupil.class_id == each.id]
            if mine:
                yield each.id, each.name, mine, (), ""
    elif rule.split is Split.DESTINATION:
        for name, members in _destinations(pupils, school.verder_split, rule.own_group_from):
            mine = [pupil for pupil in pupils if destination_of(pupil) in members]
            yield name, name, mine, (), name
    else:
        yield "", "", pupils, (), ""


def _occurrences_at(
    runbook: Runbook,
    moment: Moment,
    school: School,
    pupils: list[Pupil],
    *,
    label: str,
    names: Mapping[str, str],
) -> Iterator[Occurrence]:
    several = len(runbook.occurrences.moments) > 1
    for part, title, mine, languages, sector in _parts(runbook, school, pupils, names):
        words = [moment.title if several else "", title]
        extra = ", ".join(word for word in words if word)
        yield Occurrence(
            id="-".join(word for word in (runbook.id, moment.id if several else "", part) if word),
            runbook_id=runbook.id,
            title=f"{runbook.title} ({extra})" if extra else runbook.title,
            moment=moment.id if several else "",
            first=year_date(label, moment.first),
            last=year_date(label, moment.last),
            pupil_ids=tuple(pupil.id for pupil in mine),
            languages=languages,
            sector=sector,
        )


def make_occurrences(
    cycle: Cycle, school: School, *, label: str, names: Mapping[str, str], known: Sequence[Occurrence] = ()
) -> tuple[Occurrence, ...]:
    """Return every occurrence the year needs, in cycle order.

    `label` is the school year ("2026-2027"), `names` gives the Dutch name of a language code. `known` are the
    occurrences as they were: who was on one of several evenings stays on it. A moment that is planned only when
    there are pupils is left out when there are none.
    """
    found: list[Occurrence] = []
    for runbook in cycle.runbooks:
        by_moment = _by_moment(runbook, audience_of(runbook, cycle=cycle, school=school), school, label)
        for moment in runbook.occurrences.moments:
            pupils = by_moment[moment.id]
            if pupils or not moment.only_with_pupils:
                for whole in _occurrences_at(runbook, moment, school, pupils, label=label, names=names):
                    found += on_evenings(whole, school, school.evenings_of.get(whole.id, 1), known=known)
    return tuple(found)
