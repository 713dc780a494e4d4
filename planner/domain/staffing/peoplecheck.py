"""What is odd about the people a school has: each a Dutch sentence that says what to do."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.staffing.people import Person
from planner.domain.staffing.plan import StaffProblem
from planner.domain.staffing.refusals import person_refusals

INTERPRET = frozenset({"sleutelouder", "tolk"})  # the roles of the runbooks that interpret


def _interpreting_roles(problem: StaffProblem) -> frozenset[str]:
    return INTERPRET | {need.role for need in problem.needs.values() if need.interprets}


def _same_name(problem: StaffProblem) -> Iterator[str]:
    names = Counter(" ".join(person.name.split()).casefold() for person in problem.people)
    said = {" ".join(person.name.split()).casefold(): person.name for person in problem.people}
    for name, number in names.items():
        if number > 1:
            yield (
                f"Er zijn {number} mensen die {said[name]} heten. Zet er iets bij, zoals een klas of een letter; "
                "dan weet iedereen wie het is."
            )


def _languages(problem: StaffProblem, person: Person) -> Iterator[str]:
    """Yield what keeps an interpreter from interpreting at all."""
    spoken = {skill.language for skill in person.skills if skill.interprets} - {"nl"}
    if not spoken:
        yield f"{person.name} zou tolken, maar er staat geen taal bij die goed genoeg is. Vul bij Talen een taal in."
        return
    asked = [need for need in problem.needs.values() if spoken.intersection(need.languages)]
    mine = [need for need in asked if need.role in person.roles]
    reasons = {next(iter(person_refusals(person, need, problem.names)), None) for need in mine}
    if mine and None not in reasons:
        why = min(refusal.why for refusal in reasons if refusal)
        yield (
            f"{person.name} kan bij geen enkele avond tolken waar dat nodig is: {why}. "
            "Vraag iemand anders, of verzet een avond."
        )


def odd_people(problem: StaffProblem) -> tuple[str, ...]:
    """Return what to look at: two people with one name, an interpreter without a language or without a moment."""
    roles = _interpreting_roles(problem)
    found = list(_same_name(problem))
    for person in problem.people:
        if not person.consent:
            found.append(f"{person.name} wordt nergens ingedeeld: er staat bij dat we niet mogen vragen.")
        elif roles & person.roles:
            found += _languages(problem, person)
    return tuple(found)
