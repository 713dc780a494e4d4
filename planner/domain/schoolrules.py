"""The school's own rules on a date (K01–K14): school days, evenings, feasts, test weeks, months."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from planner.domain.calendar import MONTHS, WEEK, WEEKDAYS, Period, PeriodKind, say_day, say_day_and_month
from planner.domain.families.audience import audience_of, is_left_out
from planner.domain.requirements import DayRule, DistinctDays, Finding, Requirement, WeekLimit, monday
from planner.domain.runbook import Runbook
from planner.domain.year import Occurrence, Span, YearProblem

__all__ = [
    "EVENINGS_A_WEEK",
    "MONTHS",
    "SCHOOL_RULES",
    "WEEKDAYS",
    "SchoolRule",
    "say_day",
    "say_day_and_month",
    "school_requirements",
]

EVENINGS_A_WEEK = 2  # proposed: what a team can carry
BACK_AT_SCHOOL = 2  # school days after a holiday in which a class finds its feet again; proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRule:
    """A rule that does not come from the toolkit but from how a school works. All are proposed."""

    id: str
    title: str
    hard: bool
    weight: int
    reason: str
    advice: str = ""
    can_be_overridden: bool = True


SCHOOL_RULES = {
    rule.id: rule
    for rule in (
        SchoolRule(id="K01", title="Op een schooldag", hard=True, weight=0, can_be_overridden=False,
                   reason="In een vakantie of op een vrije dag is de school dicht.",
                   advice="Kies een schooldag."),
        SchoolRule(id="K02", title="Binnen het schooljaar", hard=True, weight=0, can_be_overridden=False,
                   reason="De activiteit hoort bij dit schooljaar.",
                   advice="Kies een dag binnen het schooljaar, of pas de lesdagen aan bij Instellingen."),
        SchoolRule(id="K03", title="Op een avond die past", hard=True, weight=0,
                   reason="De school heeft gekozen op welke dagen en vanaf hoe laat ouders kunnen komen.",
                   advice="Kies een andere dag of tijd, of voeg deze dag toe bij Instellingen."),
        SchoolRule(id="K04", title="Eén avond per dag", hard=True, weight=0,
                   reason="Dezelfde mensen en ruimtes kunnen niet op twee avonden tegelijk zijn.",
                   advice="Verzet een van de twee."),
        SchoolRule(id="K05", title="Niet te veel avonden in een week", hard=False, weight=8,
                   reason="Het team houdt het vol met hooguit twee avonden in een week.",
                   advice="Verzet een van de avonden naar een andere week."),
        SchoolRule(id="K06", title="Niet op een feest of bijzondere dag", hard=False, weight=40,
                   reason="Gezinnen vieren dan feest en kunnen niet komen.",
                   advice="Kies een dag ernaast."),
        SchoolRule(id="K07", title="Liever niet in de ramadan", hard=False, weight=6,
                   reason="Veel gezinnen vasten en eten pas na zonsondergang.",
                   advice="Begin na de iftar, bied eten aan, of kies een andere week."),
        SchoolRule(id="K08", title="Niet in een toetsweek", hard=False, weight=20,
                   reason="Leerlingen en docenten hebben dan hun handen vol.",
                   advice="Kies een week ervoor of erna."),
        SchoolRule(id="K09", title="In de maanden van het draaiboek", hard=False, weight=15,
                   reason="Elke activiteit heeft een plek in het jaar waar zij het meeste helpt.",
                   advice="Verzet de datum, of zet deze regel uit met een reden."),
        SchoolRule(id="K10", title="Een ronde zonder vakantie ertussen", hard=False, weight=6,
                   reason="Gesprekken lopen beter door als er geen vakantie tussen valt.",
                   advice="Begin een week eerder of later."),
        SchoolRule(id="K11", title="Iedereen valt binnen de doelgroep", hard=False, weight=3,
                   reason="Wie op deze dag buiten de doelgroep valt, krijgt geen uitnodiging.",
                   advice="Verzet de datum, of nodig deze gezinnen uit voor een langer gesprek."),
        SchoolRule(id="K12", title="Vastgezette datum", hard=True, weight=0, can_be_overridden=False,
                   reason="Iemand heeft deze datum vastgezet.",
                   advice="Maak de datum los bij de activiteit."),
        SchoolRule(id="K13", title="Het jaar is compleet", hard=True, weight=0, can_be_overridden=False,
                   reason="Elke activiteit van de cyclus heeft een datum.",
                   advice="Plan het jaar opnieuw."),
        SchoolRule(id="K14", title="Niet meteen na een vakantie", hard=False, weight=4,
                   reason="De laatste les ervoor en de laatste herinnering vallen anders in de vakantie.",
                   advice="Kies een dag later."),
    )
}  # fmt: skip


def _named(periods: tuple[Period, ...]) -> str:
    return " en ".join(f"{period.name} ({period.about})" if period.about else period.name for period in periods)


Look = Callable[[Span], Finding | None]


def _on_school_day(problem: YearProblem) -> Look:
    def look(span: Span) -> Finding | None:
        because = problem.calendar.free_because(span.first)
        return Finding(f"{say_day(span.first).capitalize()} is vrij: {because}.") if because else None

    return look


def _in_year(problem: YearProblem) -> Look:
    first, last = problem.calendar.first_day, problem.calendar.last_day

    def look(span: Span) -> Finding | None:
        if first <= span.first and span.last <= last:
            return None
        return Finding(f"Het schooljaar loopt van {say_day(first)} tot en met {say_day(last)}.")

    return look


def _evening_fits(problem: YearProblem, runbook: Runbook) -> Look:
    evenings = problem.school.evenings

    def look(span: Span) -> Finding | None:
        name = WEEKDAYS[span.first.weekday()]
        earliest = evenings.get(span.first.weekday())
        if earliest is None:
            return Finding(f"De school heeft {name} niet gekozen als dag voor ouders.")
        # Teachers set up before that; the school chose when parents can come.
        begins = runbook.invitation.start
        if begins >= earliest:
            return None
        return Finding(f"Op {name} kunnen ouders pas vanaf {earliest:%H:%M}; deze activiteit begint om {begins:%H:%M}.")

    return look


def _not_on(problem: YearProblem, *kinds: PeriodKind) -> Look:
    def look(span: Span) -> Finding | None:
        periods = tuple(p for p in problem.calendar.periods if p.kind in kinds and p.may_hold(span.first))
        return Finding(f"{say_day_and_month(span.first)} valt af: {_named(periods)}.") if periods else None

    return look


def _not_after_holiday(problem: YearProblem) -> Look:
    calendar = problem.calendar
    back: dict[date, Period] = {}
    for period in (period for period in calendar.periods if period.kind is PeriodKind.HOLIDAY):
        day = period.last
        for _ in range(BACK_AT_SCHOOL):
            day = calendar.next_school_day(day)
            back[day] = period

    def look(span: Span) -> Finding | None:
        if span.first not in back:
            return None
        return Finding(f"{say_day_and_month(span.first)} is meteen na de {back[span.first].name.lower()}.")

    return look


def _in_window(occurrence: Occurrence) -> Look:
    def look(span: Span) -> Finding | None:
        if occurrence.first <= span.first <= occurrence.last:
            return None
        return Finding(
            f"Het past het best van {say_day_and_month(occurrence.first)} tot en met "
            f"{say_day_and_month(occurrence.last)}."
        )

    return look


def _uninterrupted(problem: YearProblem) -> Look:
    def look(span: Span) -> Finding | None:
        inside = tuple(
            p for p in problem.calendar.periods
            if p.kind is PeriodKind.HOLIDAY and span.first < p.first and p.last < span.last
        )  # fmt: skip
        weeks = (monday(span.last) - monday(span.first)) // WEEK + 1
        why = f"Er valt een vakantie tussen: {_named(inside)}. De ronde loopt nu over {weeks} weken."
        return Finding(why) if inside else None

    return look


def _everyone_in(problem: YearProblem, occurrence: Occurrence, runbook: Runbook) -> Look:
    pupils = [problem.school.pupil(pupil_id) for pupil_id in occurrence.pupil_ids]
    audience = audience_of(runbook, cycle=problem.cycle, school=problem.school)

    def look(span: Span) -> Finding | None:
        left_out = sum(is_left_out(audience, pupil, day=span.first) for pupil in pupils)
        if not left_out:
            return None
        who = "1 leerling valt" if left_out == 1 else f"{left_out} leerlingen vallen"
        return Finding(f"{who} op {say_day(span.first)} buiten de doelgroep.", left_out)

    return look


def _pinned(day: date) -> Look:
    def look(span: Span) -> Finding | None:
        return None if span.first == day else Finding(f"De datum is vastgezet op {say_day(day)}.")

    return look


def _looks(problem: YearProblem, occurrence: Occurrence) -> Iterator[tuple[str, Look]]:
    runbook = problem.runbook_of(occurrence.id)
    yield "K01", _on_school_day(problem)
    yield "K02", _in_year(problem)
    if problem.is_evening(occurrence.id):
        yield "K03", _evening_fits(problem, runbook)
        yield "K06", _not_on(problem, PeriodKind.FEAST, PeriodKind.MEMORIAL)
        yield "K07", _not_on(problem, PeriodKind.RAMADAN)
        yield "K08", _not_on(problem, PeriodKind.TEST_WEEK)
        yield "K14", _not_after_holiday(problem)
    else:
        yield "K10", _uninterrupted(problem)
    yield "K09", _in_window(occurrence)
    yield "K11", _everyone_in(problem, occurrence, runbook)
    if occurrence.id in problem.pins:
        yield "K12", _pinned(problem.pins[occurrence.id])


def school_requirements(problem: YearProblem) -> Iterator[Requirement]:
    """Yield the requirements of K01–K12 for every occurrence of the year."""
    for occurrence in problem.occurrences:
        for rule_id, look in _looks(problem, occurrence):
            rule = SCHOOL_RULES[rule_id]
            yield DayRule(rule=rule_id, hard=rule.hard, weight=rule.weight, event=occurrence.id, look=look)
    titles = {o.id: o.title for o in problem.occurrences if problem.is_evening(o.id)}
    evenings = tuple(titles)
    yield DistinctDays(rule="K04", hard=True, weight=0, events=evenings, titles=titles)
    week = SCHOOL_RULES["K05"]
    yield WeekLimit(rule="K05", hard=False, weight=week.weight, events=evenings, limit=EVENINGS_A_WEEK)
