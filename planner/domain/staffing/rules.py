"""The judge of who does what: every rule (S01–S11) that a plan breaks, whoever made it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median

from planner.domain.requirements import Violation
from planner.domain.rulebook import RuleBook, SchoolRule
from planner.domain.schoolrules import say_day
from planner.domain.staffing.gaps import gaps
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person, PersonKind
from planner.domain.staffing.plan import StaffPlan, StaffProblem, bookings_of, evenings
from planner.domain.staffing.refusals import refusals

SPREAD = 2  # proposed: nobody carries more than twice what is usual
FINE = 3  # proposed: as many evenings a year are fine for anybody

STAFF_RULES = RuleBook(
    SchoolRule(
        "S01", "Wie iets doet, kan dat ook", "Iemand heeft de rol. Wie tolkt, verstaat en spreekt de taal goed genoeg."
    ),
    SchoolRule(
        "S02",
        "Alleen als iemand kan",
        "Mensen hebben gezegd of wij mogen vragen, en op welke dagen en vanaf hoe laat zij kunnen.",
    ),
    SchoolRule(
        "S03",
        "Niet op twee plekken tegelijk",
        "Twee taken van één persoon vallen niet samen, en ertussen is tijd om te lopen.",
    ),
    SchoolRule("S04", "Niet tolken bij het eigen kind", "Een sleutelouder is bij het eigen kind gewoon ouder."),
    SchoolRule(
        "S05",
        "Niet meer dan iemand wil",
        "Mensen hebben gezegd hoeveel avonden in een jaar en uren op een avond zij willen.",
    ),
    SchoolRule("S06", "Niet te veel mensen in een rol", "Het draaiboek noemt een hoogste aantal."),
    SchoolRule("S07", "Genoeg mensen", "Het draaiboek noemt hoeveel mensen een rol ten minste vraagt.", weight=20),
    SchoolRule(
        "S08",
        "Voor elke taal een tolk",
        "Ouders moeten kunnen volgen wat er wordt gezegd, en zelf iets kunnen zeggen.",
        weight=30,
    ),
    SchoolRule("S09", "Het werk is verdeeld", "Wie steeds wordt gevraagd, houdt het niet vol.", weight=2),
    SchoolRule("S10", "Wat de school koos, blijft", "De school heeft iemand op een taak vastgezet, of eraf gehaald."),
    SchoolRule("S11", "Elke taak bestaat", "Een taak of een persoon kan ondertussen zijn verdwenen."),
)
_broken = STAFF_RULES.broken


def _moment(problem: StaffProblem, need: Need) -> str:
    """Return a need and its day for a reader: "Docent op dinsdag 6 oktober 2026"."""
    when = f"in de ronde vanaf {say_day(need.day)}" if need.spread else f"op {say_day(need.day)}"
    return f"{need.label(problem.names)} {when}"


def _unknown(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S11: a duty points to a need and a person that exist."""
    for duty in plan:
        person = problem.person.get(duty.person_id)
        who = person.name if person else "Iemand die niet meer bekend is"
        if duty.need_id not in problem.needs:
            yield _broken("S11", where=duty.need_id, why=f"{who} heeft een taak die niet meer bestaat.")
        elif person is None:
            moment = _moment(problem, problem.needs[duty.need_id])
            yield _broken("S11", where=duty.need_id, why=f"{who} heeft een taak: {moment}.")


def _forbidden(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S01 to S05, and S10: nothing stands in the way of any duty.

    Pinned duties come first and then the order of time, so that of two duties that clash the one that can
    still be changed is named.
    """
    known = sorted(problem.known(plan), key=lambda each: (not each[0].pinned, each[1].start, each[1].id))
    booked: defaultdict[str, list[Need]] = defaultdict(list)
    for _, need, person in known:
        for refusal in refusals(person, need, booked[person.id], problem.names):
            why = f"{person.name} {refusal.why} ({_moment(problem, need)})."
            yield _broken(refusal.rule, where=need.id, why=why)
        booked[person.id].append(need)


def _twice(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S03 for a round of conversations, where times do not clash: nobody has the same task twice."""
    for (need_id, _), (need, person, times) in _counted(problem, plan).items():
        if need.spread and times > 1:
            why = f"{person.name} heeft dezelfde taak {times} keer: {_moment(problem, need)}."
            yield _broken("S03", where=need_id, why=why)


def _counted(problem: StaffProblem, plan: StaffPlan) -> dict[tuple[str, str], tuple[Need, Person, int]]:
    times = Counter(duty.key for duty in plan)
    return {duty.key: (need, person, times[duty.key]) for duty, need, person in problem.known(plan)}


def _too_many(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S06: no need has more people than its maximum."""
    counts = Counter(need.id for _, need, _ in problem.known(plan))
    for need in problem.needs.values():
        if need.maximum is not None and counts[need.id] > need.maximum:
            why = f"{_moment(problem, need)}: {counts[need.id]} mensen, hooguit {need.maximum} is de bedoeling."
            yield _broken("S06", where=need.id, why=why)


def _missing(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S07 and S08: every gap, with who could fill it."""
    for gap in gaps(problem, plan):
        moment = _moment(problem, problem.needs[gap.need_id])
        people = "ontbreekt 1 persoon" if gap.missing == 1 else f"ontbreken {gap.missing} mensen"
        rule = "S08" if gap.language else "S07"
        yield _broken(rule, where=gap.need_id, why=f"{moment}: er {people}. {gap.why}", count=gap.missing)


def _overloaded(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S09: nobody has more than twice the evenings of the one in the middle of their own kind.

    Staff are compared with staff, sleutelouders with sleutelouders. Who has no evening does not count.
    `where` is the person's id.
    """
    loads = {person_id: evenings(needs) for person_id, needs in bookings_of(problem, plan).items()}
    by_kind: defaultdict[PersonKind, list[int]] = defaultdict(list)
    for person_id, load in loads.items():
        if load:
            by_kind[problem.person[person_id].kind].append(load)
    for person_id, load in loads.items():
        person = problem.person[person_id]
        limit = max(FINE, int(SPREAD * median(by_kind[person.kind] or [0])))
        if load > limit:
            why = f"{person.name} heeft dit jaar {load} avonden. Hooguit {limit} past beter bij wat anderen doen."
            yield _broken("S09", where=person_id, why=why, count=load - limit)


def _pinned(problem: StaffProblem, plan: StaffPlan) -> Iterator[Violation]:
    """S10: every pinned duty whose need and person still exist is in the plan."""
    there = {duty.key for duty in plan}
    for duty, need, person in problem.known(problem.pinned):
        if duty.key not in there:
            why = f"{person.name} is vastgezet voor {_moment(problem, need)} en staat er niet."
            yield _broken("S10", where=need.id, why=why)


def validate_staffing(problem: StaffProblem, plan: StaffPlan) -> tuple[Violation, ...]:
    """Return every rule the plan breaks, hard ones first. `where` is a need's id, for S09 a person's id."""
    checks = (_unknown, _forbidden, _twice, _too_many, _missing, _overloaded, _pinned)
    found = [violation for check in checks for violation in check(problem, plan)]
    return tuple(sorted(found, key=lambda v: (not v.hard, v.rule, v.where, v.why)))
