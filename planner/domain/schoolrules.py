"""The school's own rules on a date (K01–K14): school days, evenings, feasts, test weeks, months."""

from collections.abc import Callable, Iterator
from datetime import date

from planner.domain.calendar import MONTHS, WEEK, WEEKDAYS, Period, PeriodKind, say_day, say_day_and_month
from planner.domain.families.audience import audience_of, is_left_out
from planner.domain.requirements import DayRule, DistinctDays, Finding, Requirement, WeekLimit, monday
from planner.domain.rulebook import RuleBook, SchoolRule
from planner.domain.runbook import Runbook
from planner.domain.year import Occurrence, Span, YearProblem

__all__ = [
    "EVENINGS_A_WEEK",
    "MONTHS",
    "SCHOOL_RULES",
    "WEEKDAYS",
    "say_day",
    "say_day_and_month",
    "school_requirements",
]

EVENINGS_A_WEEK = 2  # proposed: what a team can carry
BACK_AT_SCHOOL = 2  # school days after a holiday in which a class finds its feet again; proposed


SCHOOL_RULES = RuleBook(
    SchoolRule(
        "K01",
        "Op een schooldag",
        "In een vakantie of op een vrije dag is de school dicht.",
        advice="Kies een schooldag.",
    ),
    SchoolRule(
        "K02",
        "Binnen het schooljaar",
        "De activiteit hoort bij dit schooljaar.",
        advice="Kies een dag binnen het schooljaar, of pas de lesdagen aan bij Instellingen.",
    ),
    SchoolRule(
        "K03",
        "Op een avond die past",
        "De school heeft gekozen op welke dagen en vanaf hoe laat ouders kunnen komen.",
        advice="Kies een andere dag of tijd, of voeg deze dag toe bij Instellingen.",
        can_be_overridden=True,
    ),
    SchoolRule(
        "K04",
        "Eén avond per dag",
        "Dezelfde mensen en ruimtes kunnen niet op twee avonden tegelijk zijn.",
        advice="Verzet een van de twee.",
        can_be_overridden=True,
    ),
    SchoolRule(
        "K05",
        "Niet te veel avonden in een week",
        "Het team houdt het vol met hooguit twee avonden in een week.",
        advice="Verzet een van de avonden naar een andere week.",
        weight=8,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K06",
        "Niet op een feest of bijzondere dag",
        "Gezinnen vieren dan feest en kunnen niet komen.",
        advice="Kies een dag ernaast.",
        weight=40,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K07",
        "Liever niet in de ramadan",
        "Veel gezinnen vasten en eten pas na zonsondergang.",
        advice="Begin na de iftar, bied eten aan, of kies een andere week.",
        weight=6,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K08",
        "Niet in een toetsweek",
        "Leerlingen en docenten hebben dan hun handen vol.",
        advice="Kies een week ervoor of erna.",
        weight=20,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K09",
        "In de maanden van het draaiboek",
        "Elke activiteit heeft een plek in het jaar waar zij het meeste helpt.",
        advice="Verzet de datum, of zet deze regel uit met een reden.",
        weight=15,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K10",
        "Een ronde zonder vakantie ertussen",
        "Gesprekken lopen beter door als er geen vakantie tussen valt.",
        advice="Begin een week eerder of later.",
        weight=6,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K11",
        "Iedereen valt binnen de doelgroep",
        "Wie op deze dag buiten de doelgroep valt, krijgt geen uitnodiging.",
        advice="Verzet de datum, of nodig deze gezinnen uit voor een langer gesprek.",
        weight=3,
        can_be_overridden=True,
    ),
    SchoolRule(
        "K12", "Vastgezette datum", "Iemand heeft deze datum vastgezet.", advice="Maak de datum los bij de activiteit."
    ),
    SchoolRule(
        "K13", "Het jaar is compleet", "Elke activiteit van de cyclus heeft een datum.", advice="Plan het jaar opnieuw."
    ),
    SchoolRule(
        "K14",
        "Niet meteen na een vakantie",
        "De laatste les ervoor en de laatste herinnering vallen anders in de vakantie.",
        advice="Kies een dag later.",
        weight=4,
        can_be_overridden=True,
    ),
)


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
