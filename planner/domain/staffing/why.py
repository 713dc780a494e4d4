"""Why somebody does something, and who else could help: one Dutch sentence each, from the rules alone."""

from collections.abc import Iterable, Iterator, Mapping

from planner.domain.schoolrules import WEEKDAYS
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person, PersonKind
from planner.domain.staffing.plan import Duty, Lane, StaffPlan, StaffProblem, bookings_of, evenings
from planner.domain.staffing.refusals import covered_languages, refusals

LIGHT = "fase-2-leerling"  # a pupil who welcomes and shows around, and never interprets a talk
PHONE = "een tolk aan de telefoon"
NAMED = 2  # people of one kind that a sentence names


def _listed(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} en {last}" if others else last


def _fits(problem: StaffProblem, need: Need, person: Person) -> Iterator[str]:
    """Yield what makes this person fit the need."""
    languages = [problem.names.get(code, code) for code in need.languages if person.interprets(code)]
    if languages:
        yield f"spreekt {_listed(languages)}"
        if covered_languages(person, need) and person.children and not need.present & person.children:
            yield "heeft hier geen eigen kind"
    elif need.class_id and person.class_id == need.class_id:
        yield f"is mentor van {need.about}"
    else:
        yield f"heeft de rol '{need.title}'"
    if person.rooms and not person.rooms.isdisjoint(room.id for room in need.rooms):
        yield "hoort bij deze ruimte"


def why_here(problem: StaffProblem, plan: StaffPlan, duty: Duty) -> str:
    """Return why a person has a task: what makes them fit, how many others could, and how busy they are.

    KeyError for a duty of which the need or the person does not exist.
    """
    need, person = problem.needs[duty.need_id], problem.person[duty.person_id]
    booked = bookings_of(problem, plan)
    mine = [other for other in booked.get(person.id, ()) if other.id != need.id]
    broken = next(refusals(person, need, mine, problem.names), None)
    if duty.pinned:
        return f"Vastgezet door de school, maar {broken.why}." if broken else "Vastgezet door de school."
    if broken:
        return f"Dit kan niet meer: {person.name} {broken.why}."
    parts = [f"{person.name} {_listed(_fits(problem, need, person))}"]
    if need.spread:
        return f"{parts[0]}."
    parts.append(f"kan op {WEEKDAYS[need.day.weekday()]}")
    number = evenings(booked.get(person.id, ()))
    parts.append(f"doet dit jaar {number} {'avond' if number == 1 else 'avonden'}")
    others = _others(problem, need, person, booked)
    rest = (
        "niemand anders kan dan"
        if not others
        else f"ook {_listed(others[:NAMED])} kan dit"
        if len(others) == 1
        else (f"nog {len(others)} anderen kunnen dit ook")
    )
    return f"{'; '.join([', '.join(parts), rest])}."


def _others(problem: StaffProblem, need: Need, person: Person, booked: Mapping[str, list[Need]]) -> list[str]:
    """Return who could do this as well, as the plan is now."""
    return [
        other.name
        for other in problem.people
        if other.id != person.id
        and need not in booked.get(other.id, ())
        and not any(refusals(other, need, booked.get(other.id, ()), problem.names))
    ]


def _who_speaks(
    problem: StaffProblem, lane: Lane, booked: Mapping[str, list[Need]]
) -> Iterator[tuple[PersonKind, bool, str]]:
    """Yield (kind, only for light parts, name) of who speaks the language, is free, and lacks nothing but the role."""
    for person in problem.people:
        if not person.interprets(lane[2]):
            continue
        for need in problem.lanes[lane]:
            mine = booked.get(person.id, ())
            broken = {refusal.why for refusal in refusals(person, need, mine, problem.names)}
            if broken <= {f"heeft de rol '{need.title}' niet"} and covered_languages(person, need):
                yield person.kind, LIGHT in person.roles, person.name
                break


ONLY_PHONE = f"Vraag {PHONE}."  # what is left when nobody the school knows could


def who_could(problem: StaffProblem, plan: StaffPlan, lane: Lane) -> str:
    """Return who could fill a language that nobody interprets: colleagues first, an interpreter by telephone last."""
    found = list(_who_speaks(problem, lane, bookings_of(problem, plan)))
    groups = (
        ("", [name for kind, light, name in found if not light and kind is not PersonKind.ALUMNUS]),
        ("oud-leerling ", [name for kind, light, name in found if not light and kind is PersonKind.ALUMNUS]),
        ("voor de lichte delen leerling ", [name for _, light, name in found if light]),
    )
    parts = [f"{what}{' of '.join(names[:NAMED])}" for what, names in groups if names]
    return f"Vraag {', of '.join((*parts, PHONE))}."
