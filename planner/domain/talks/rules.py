"""The judge of a round of conversations: every rule (G01–G13) that a plan breaks, whoever made it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise

from planner.domain.requirements import Violation
from planner.domain.rulebook import RuleBook, SchoolRule
from planner.domain.schoolrules import WEEKDAYS, say_day
from planner.domain.staffing.people import Person
from planner.domain.staffing.refusals import say_hours
from planner.domain.talks.cost import GUEST, OPEN, WISH
from planner.domain.talks.plan import STEP, Slot, Talk, TalkPlan, TalkProblem, say_minutes, say_time

Held = tuple[Slot, Talk]

TALK_RULES = RuleBook(
    SchoolRule("G01", "Elk gesprek en elke persoon bestaat", "Een leerling, mentor of tolk kan ondertussen weg zijn."),
    SchoolRule(
        "G02", "Binnen de uren van de ronde", "De school heeft gekozen op welke dagen en uren de gesprekken zijn."
    ),
    SchoolRule(
        "G03", "Iedereen kan dan", "Mentor, tolk en gast hebben gezegd op welke dagen en vanaf hoe laat zij kunnen."
    ),
    SchoolRule(
        "G04",
        "Niet op twee plekken tegelijk",
        "Tussen twee gesprekken is er pauze, of tijd om naar de andere kamer te lopen.",
    ),
    SchoolRule(
        "G05",
        "Een tolk die de taal spreekt",
        "Een gezin dat een tolk nodig heeft, krijgt er een. Het kind tolkt nooit.",
    ),
    SchoolRule("G06", "Niet tolken bij het eigen kind", "Bij het eigen kind is een sleutelouder gewoon ouder."),
    SchoolRule("G07", "Broers en zussen na elkaar", "Een gezin komt één keer naar school."),
    SchoolRule("G08", "Gescheiden ouders apart", "Ouders die dat vragen, komen elkaar niet tegen."),
    SchoolRule(
        "G09",
        "Niet meer dan een helper wil",
        "Helpers hebben gezegd hoeveel uur op een dag en hoeveel keer zij willen komen.",
    ),
    SchoolRule(
        "G10", "Wat vaststaat, blijft staan", "Het gezin heeft de afspraak bevestigd, of de school heeft hem vastgezet."
    ),
    SchoolRule("G11", "Elk gesprek heeft een tijd", "Elk gezin komt aan de beurt.", weight=OPEN),
    SchoolRule("G12", "Zoals het gezin vraagt", "Een gezin heeft gezegd welke dag of tijd past.", weight=WISH),
    SchoolRule(
        "G13",
        "De nieuwe school sluit aan",
        "Bij de overdracht leert het gezin iemand van de nieuwe school kennen.",
        weight=GUEST,
    ),
)
_broken = TALK_RULES.broken


def say_slot(slot: Slot) -> str:
    """Return when a talk is: "dinsdag 6 oktober 2026 om 15:30"."""
    return f"{say_day(slot.day)} om {say_time(slot.start)}"


def _name(problem: TalkProblem, person_id: str) -> str:
    person = problem.person.get(person_id)
    return person.name if person else "Iemand die niet meer bekend is"


def _unknown(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G01: slots of talks that are gone, talks twice, people who left."""
    seen: set[str] = set()
    for slot in plan:
        talk = problem.talk.get(slot.talk_id)
        if talk is None:
            yield _broken("G01", where=slot.talk_id, why=f"Op {say_slot(slot)} staat een gesprek dat niet meer hoeft.")
        elif slot.talk_id in seen:
            yield _broken("G01", where=slot.talk_id, why=f"Gesprek met {talk.about} staat er twee keer.")
        else:
            for who in (*talk.mentors, slot.interpreter_id, slot.guest_id):
                if who and who not in problem.person:
                    why = f"Gesprek met {talk.about}: iemand die erbij hoort, is niet meer bekend."
                    yield _broken("G01", where=slot.talk_id, why=why)
            if not talk.mentors:
                yield _broken("G01", where=slot.talk_id, why=f"Gesprek met {talk.about}: de klas heeft geen mentor.")
        seen.add(slot.talk_id)


def _hours(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G02: within one window of the round, on the grid."""
    for slot, talk in problem.known(plan):
        end = slot.start + talk.minutes
        fits = any(w.day == slot.day and w.start <= slot.start and end <= w.end for w in problem.windows)
        if not fits or slot.start % STEP:
            why = f"Gesprek met {talk.about} is op {say_slot(slot)} tot {say_time(end)}. Dat past niet in de uren."
            yield _broken("G02", where=talk.id, why=why)


def cannot_come(problem: TalkProblem, person: Person, day: date, start: int) -> str:
    """Return why a person cannot be at a talk then, the end of a sentence that begins with a name; empty when fine."""
    if day in person.unavailable or (person.id, day) in problem.away:
        return f"is er niet op {say_day(day)}"
    if day.weekday() not in person.weekdays:
        return f"kan niet op {WEEKDAYS[day.weekday()]}"
    if person.not_before and start < person.not_before.hour * 60 + person.not_before.minute:
        return f"kan pas vanaf {person.not_before:%H:%M}"
    return ""


def _there(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G03: everybody at work can come."""
    for slot, talk in problem.known(plan):
        for who in dict.fromkeys((*talk.mentors, slot.interpreter_id, slot.guest_id)):
            person = problem.person.get(who)
            if person and (why := cannot_come(problem, person, slot.day, slot.start)):
                yield _broken("G03", where=talk.id, why=f"{person.name} {why} (gesprek met {talk.about}).")


def _by_person(problem: TalkProblem, plan: TalkPlan) -> dict[tuple[str, date], list[Held]]:
    """Return the talks of each person and day in order of time; a talk that is in the plan twice counts once."""
    found: defaultdict[tuple[str, date], list[Held]] = defaultdict(list)
    for slot, talk in {talk.id: (slot, talk) for slot, talk in problem.known(plan)}.values():
        for who in problem.people_of(slot):
            found[who, slot.day].append((slot, talk))
    return {key: sorted(held, key=lambda each: (each[0].start, each[1].id)) for key, held in found.items()}


def _clashes(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G04: for each person every pair of talks that is too close; of two the one that can move is named."""
    for (who, _), held in sorted(_by_person(problem, plan).items()):
        for (one, first), (other, then) in combinations(held, 2):
            short = one.start + first.minutes + problem.gap(first, then) - other.start
            if short > 0:
                moves = then if one.stays or not other.stays else first
                why = f"{_name(problem, who)} heeft op {say_day(one.day)} gesprekken om {say_time(one.start)} en "
                why += f"{say_time(other.start)}. Er is {say_minutes(short)} te weinig tijd."
                yield _broken("G04", where=moves.id, why=why)


def _interpreted(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G05 and G06: an interpreter where one is needed, who knows the language and is no relative."""
    for slot, talk in problem.known(plan):
        language = problem.names.get(talk.language, talk.language)
        person = problem.person.get(slot.interpreter_id)
        if talk.language and not slot.interpreter_id:
            why = f"Gesprek met {talk.about}: er is geen tolk voor {language}."
            yield _broken("G05", where=talk.id, why=why)
        elif person and not person.children.isdisjoint(talk.pupil_ids):
            why = f"{person.name} tolkt bij het eigen kind ({talk.about})."
            yield _broken("G06", where=talk.id, why=why)
        elif person and not problem.interprets(person, talk):
            why = f"{person.name} kan niet tolken bij het gesprek met {talk.about}."
            yield _broken("G05", where=talk.id, why=why)


def siblings_fit(problem: TalkProblem, first: Held, then: Held) -> bool:
    """Return whether the talks of two siblings follow each other: the same day, time to walk, no long wait."""
    (one, talk), (other, next_talk) = first, then
    wait = other.start - one.start - talk.minutes
    return one.day == other.day and problem.walk(talk, next_talk) <= wait <= problem.times.siblings


def _siblings(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G07: the talks of one household follow each other."""
    slots = {slot.talk_id: (slot, talk) for slot, talk in problem.known(plan)}
    for group in problem.siblings:
        held = sorted((slots[each] for each in group if each in slots), key=lambda each: (each[0].day, each[0].start))
        for first, then in pairwise(held):
            if not siblings_fit(problem, first, then):
                why = f"{first[1].about} en {then[1].about} horen na elkaar, met hooguit "
                why += f"{say_minutes(problem.times.siblings)} ertussen. "
                why += f"Nu is dat {say_slot(first[0])} en {say_slot(then[0])}."
                yield _broken("G07", where=then[1].id, why=why)


def apart_fit(problem: TalkProblem, first: Held, then: Held) -> bool:
    """Return whether two parents do not meet: another day, or enough time between their talks."""
    (one, talk), (other, next_talk) = first, then
    if one.day != other.day:
        return True
    apart = problem.times.apart
    return other.start - one.start - talk.minutes >= apart or one.start - other.start - next_talk.minutes >= apart


def _apart(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G08: parents who asked for it do not meet."""
    slots = {slot.talk_id: (slot, talk) for slot, talk in problem.known(plan)}
    for one, other in problem.apart:
        if one in slots and other in slots and not apart_fit(problem, slots[one], slots[other]):
            why = f"De ouders van {slots[other][1].about} willen apart komen. "
            why += f"Tussen hun gesprekken hoort {say_minutes(problem.times.apart)} of een andere dag te liggen."
            yield _broken("G08", where=other, why=why)


def most_minutes(person: Person) -> int:
    """Return how long somebody wants to be at school on one day."""
    return int(person.max_hours * 60)


def _limits(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G09: helpers who lead no talk stay within their hours a day and their number of days."""
    work: defaultdict[str, dict[date, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for slot, talk in problem.known(plan):
        for who in {slot.interpreter_id, slot.guest_id} & problem.person.keys() - problem.mentors:
            work[who][slot.day].append((slot, talk))
    for who, days in sorted(work.items()):
        person = problem.person[who]
        if len(days) > person.max_evenings:
            last = days[max(days)][-1][1]
            why = f"{person.name} wil hooguit {person.max_evenings} keer komen en staat op {len(days)} dagen."
            yield _broken("G09", where=last.id, why=why)
        for day, held in sorted(days.items()):
            span = max(s.start + t.minutes for s, t in held) - min(s.start for s, _ in held)
            if span > most_minutes(person):
                why = f"{person.name} wil hooguit {say_hours(person.max_hours)} uur op een dag en is er op "
                why += f"{say_day(day)} {say_minutes(span)}."
                yield _broken("G09", where=held[-1][1].id, why=why)


def _fixed(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G10: confirmed and pinned slots are in the plan as they were."""
    places = {slot.talk_id: slot.place for slot in plan}
    for slot, talk in problem.known(problem.fixed):
        if places.get(slot.talk_id) != slot.place:
            what = "bevestigd" if slot.confirmed else "vastgezet"
            why = f"Gesprek met {talk.about} is {what} op {say_slot(slot)} en staat er niet zo."
            yield _broken("G10", where=talk.id, why=why)


def why_open(problem: TalkProblem, talk: Talk) -> str:
    """Return why a talk may have no slot, as far as that can be said without looking at the others."""
    if not talk.mentors:
        return "De klas heeft geen mentor."
    if talk.language and not problem.interpreters[talk.id]:
        return f"Er is geen tolk voor {problem.names.get(talk.language, talk.language)}."
    if not any(problem.open_for.get(mentor) for mentor in talk.mentors):
        return "De mentor kan op geen dag van de ronde."
    with_whom = "mentor en tolk tegelijk kunnen" if talk.language else "de mentor vrij is"
    return f"Er is geen tijd meer waarop {with_whom}."


def _soft(problem: TalkProblem, plan: TalkPlan) -> Iterator[Violation]:
    """G11 to G13: talks without a time, wishes, and guests who do not join."""
    for talk in problem.open_talks(plan):
        yield _broken("G11", where=talk.id, why=f"{talk.about} heeft nog geen tijd. {why_open(problem, talk)}")
    for slot, talk in problem.known(plan):
        if missed := talk.wishes_missed(slot.day, slot.start):
            why = f"{talk.about}: het gezin vroeg een ander moment dan {say_slot(slot)}."
            yield _broken("G12", where=talk.id, why=why, count=missed)
        if talk.guests and not slot.guest_id:
            yield _broken("G13", where=talk.id, why=f"{talk.about}: niemand van de nieuwe school sluit aan.")


def validate_talks(problem: TalkProblem, plan: TalkPlan) -> tuple[Violation, ...]:
    """Return every rule the plan breaks, hard ones first. `where` is a talk's id."""
    checks = (_unknown, _hours, _there, _clashes, _interpreted, _siblings, _apart, _limits, _fixed, _soft)
    found: Iterable[Violation] = (violation for check in checks for violation in check(problem, plan))
    return tuple(sorted(found, key=lambda v: (not v.hard, v.rule, v.where, v.why)))
