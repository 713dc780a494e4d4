"""What a plan still misses, and why in one Dutch sentence: who could help, or why nobody can."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person
from planner.domain.staffing.plan import StaffEvent, StaffPlan, StaffProblem, bookings_of, covered_lanes, lanes_of
from planner.domain.staffing.refusals import Refusal, refusals

NAMED = 2  # people a sentence names before it says "en nog 3 anderen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """People that are missing for a need, and why in plain Dutch: who could help, or why nobody can.

    `language` is set when families of that language would have nobody who interprets.
    """

    need_id: str
    missing: int
    why: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Option:
    """Someone a sentence could name, with the mildest reason why not; None when the task is possible."""

    name: str
    refusal: Refusal | None


def _options(
    problem: StaffProblem, people: Iterable[Person], needs: tuple[Need, ...], bookings: Mapping[str, list[Need]]
) -> list[_Option]:
    """Return everyone who does none of these needs yet, the most promising first."""
    found = []
    for person in people:
        booked = bookings.get(person.id, [])
        if not any(need in booked for need in needs):
            first = [next(refusals(person, need, booked, problem.names), None) for need in needs]
            # A later rule is about a moment, an earlier one about who someone is: the latest is the mildest.
            mildest = max(first, key=lambda refusal: refusal.rule if refusal else "T")
            found.append(_Option(person.name, mildest))
    return sorted(found, key=lambda option: option.refusal.rule if option.refusal else "T", reverse=True)


def _sentence(options: list[_Option], *, opening: str, nobody: str) -> str:
    """Return "Fatima spreekt Arabisch, maar kan niet op dinsdag; Ali kan pas vanaf 19:30." or who is free."""
    free = [option.name for option in options if option.refusal is None][:NAMED]
    if free:
        return f"{' of '.join(free)} kan dit nog doen."
    refused = [(option.name, option.refusal.why) for option in options if option.refusal]
    if not refused:
        return nobody
    if len(refused) > NAMED and all(option.refusal and option.refusal.rule == "S03" for option in options):
        return "Iedereen die dit kan, heeft dan al een taak."
    parts = [f"{name} {why}" for name, why in refused[:NAMED]]
    if opening:
        parts[0] = f"{refused[0][0]} {opening}, maar {refused[0][1]}"
    more = len(refused) - len(parts)
    if more:
        parts.append("nog 1 ander kan ook niet" if more == 1 else f"nog {more} anderen kunnen ook niet")
    return "; ".join(parts) + "."


def _why_language(
    problem: StaffProblem, language: str, needs: tuple[Need, ...], bookings: Mapping[str, list[Need]]
) -> str:
    name = problem.names.get(language, language)
    speakers = (person for person in problem.people if person.interprets(language))
    nobody = f"Niemand van de school spreekt {name}. Vraag een collega van een andere school of een telefonische tolk."
    return _sentence(_options(problem, speakers, needs, bookings), opening=f"spreekt {name}", nobody=nobody)


def _nobody(problem: StaffProblem, need: Need, bookings: Mapping[str, list[Need]]) -> str:
    if need.spread:
        return f"Voor {need.about} is nog geen mentor bekend. Geef de klas een mentor."
    who = "Niemand anders" if any(need in booked for booked in bookings.values()) else "Niemand"
    if need.languages:
        names = " of ".join(problem.names.get(code, code) for code in need.languages)
        return f"{who} met de rol '{need.title}' spreekt {names}. Vraag er iemand bij."
    return f"{who} heeft de rol '{need.title}'. Vraag er iemand bij."


def _why_role(problem: StaffProblem, need: Need, bookings: Mapping[str, list[Need]]) -> str:
    able = [
        person
        for person in problem.people
        if need.role in person.roles
        and (not need.spread or person.class_id == need.class_id)
        and (not need.languages or any(person.interprets(code) for code in need.languages))
    ]
    nobody = _nobody(problem, need, bookings)
    return _sentence(_options(problem, able, (need,), bookings), opening="", nobody=nobody)


def gaps(problem: StaffProblem, plan: StaffPlan) -> tuple[Gap, ...]:
    """Return what a plan still misses: people below a minimum, and languages nobody interprets.

    An optional role has no gap of its own. A language that several roles can interpret is missing once, at
    the first of them; the families are missing there whatever the role asks.
    """
    bookings = bookings_of(problem, plan)
    counts = Counter(duty.need_id for duty, _, _ in problem.known(plan))
    covered = covered_lanes(problem, plan)
    found = []
    for need in problem.needs.values():
        short = problem.short(need, counts)
        open_lanes = [lane for lane in lanes_of(need) if lane not in covered and problem.lanes[lane][0] is need]
        for _, _, code in open_lanes:
            missing = max(1, short) if need.language else 1
            why = _why_language(problem, code, problem.lanes[need.event_id, need.class_id, code], bookings)
            found.append(Gap(need_id=need.id, missing=missing, why=why, language=code))
        if short and not (need.language and open_lanes):
            found.append(Gap(need_id=need.id, missing=short, why=_why_role(problem, need, bookings)))
    return tuple(found)


def nobody_at_all(problem: StaffProblem, plan: StaffPlan, event: StaffEvent) -> str:
    """Return a sentence to act on when an event has nobody for anything it must have; else an empty text."""
    obliged = [need for need in event.needs if need.is_obliged]
    mine = {need.id for need in event.needs}
    if not obliged or any(duty.need_id in mine for duty, _, _ in problem.known(plan)):
        return ""
    whys = Counter(
        refusal.why
        for need in obliged
        for person in problem.people
        if need.role in person.roles
        for refusal in refusals(person, need, (), problem.names)
    )
    if not whys:
        return (
            "Voor deze avond is er nog niemand, en niemand heeft een rol die gevraagd wordt. "
            "Lees eerst de mensen in, met hun rollen."
        )
    why, _ = min(whys.items(), key=lambda item: (-item[1], item[0]))
    return (
        f"Voor deze avond is er nog niemand. Van de meeste mensen staat vast: {why}. "
        "Verzet de avond, of vraag mensen van een andere school."
    )
