"""The judge of who is where in which round: every rule (L01–L13) that a plan of rounds breaks."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from planner.domain.requirements import Violation, reading_order
from planner.domain.routes.groups import GROUP_SIZE, Group
from planner.domain.routes.rounds import Round, RoundsProblem, Stop, Visits, Walker, can_walk, longest_wait, seen_topics
from planner.domain.rulebook import RuleBook, SchoolRule

ROUND_RULES = RuleBook(
    SchoolRule("L01", "Een groep ziet niets twee keer", "Wie twee keer hetzelfde ziet, mist iets anders."),
    SchoolRule(
        "L02", "Een plek is niet te vol", "Een groep heeft een lokaal voor zich alleen, tenzij er plaats is voor twee."
    ),
    SchoolRule("L03", "Een groep is op één plek tegelijk", "Niemand kan in twee lokalen zijn."),
    SchoolRule(
        "L04", "Elke groep ziet genoeg", "De toolkit vraagt minstens vier sectoren, als er tijd voor is.", weight=20
    ),
    SchoolRule("L05", "Tijd om te lopen", "Tussen twee plekken moet genoeg tijd zijn."),
    SchoolRule("L06", "Niet te lang wachten", "Op een rondleiding staat een groep nooit langer dan één ronde stil."),
    SchoolRule("L07", "Een groep is niet te groot", "De toolkit noemt hooguit 16 mensen, leerlingen en ouders samen."),
    SchoolRule("L08", "Vastgezet bezoek", "Iemand heeft dit bezoek vastgezet of al verteld."),
    SchoolRule(
        "L10",
        "Een gesprek in de eigen taal",
        "De toolkit vraagt voor elke ouder minstens één gesprek in de thuistaal.",
        weight=30,
    ),
    SchoolRule("L11", "Niet bij het eigen kind", "Een kind vertaalt niet voor de eigen ouder."),
    SchoolRule(
        "L12",
        "Een tolk is op één plek tegelijk",
        "Zijn er meer gesprekken tegelijk dan tolken, dan wacht iemand zonder tolk.",
    ),
    SchoolRule(
        "L13",
        "Bij elke plek is iemand",
        "Iemand ontvangt de groep en vertelt. Bij twee lokalen moeten dat ook twee mensen zijn.",
        weight=20,
    ),
    SchoolRule("L09", "Elk bezoek bestaat", "Een groep, plek of ronde kan ondertussen zijn verdwenen."),
)
_broken = ROUND_RULES.broken


def _unknown(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L09: group, stop and round of a visit exist."""
    known = {visit.key for visit, _, _, _ in problem.known(visits)}
    for visit in visits:
        if visit.key not in known:
            group = problem.walker.get(visit.walker)
            name = group.label if group else "Een groep"
            why = f"{name} heeft in ronde {visit.round} een bezoek aan iets dat er niet meer is."
            yield _broken("L09", where=visit.walker, why=why)


def _twice(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L01: no group sees a topic twice."""
    seen = Counter((group.id, stop.topic) for _, group, stop, _ in problem.known(visits))
    for (group_id, topic), number in seen.items():
        if number > 1:
            why = f"{problem.walker[group_id].label} is {number} keer bij {topic}."
            yield _broken("L01", where=group_id, why=why)


def _full(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L02: no stop has more groups or people at once than it takes."""
    there: defaultdict[tuple[str, int], dict[str, Walker]] = defaultdict(dict)
    for _, group, stop, each in problem.known(visits):
        there[stop.id, each.number][group.id] = group
    for (stop_id, number), groups in there.items():
        stop, persons = problem.stop[stop_id], sum(group.persons for group in groups.values())
        names = " en ".join(group.label for group in groups.values())
        if len(groups) > stop.groups:
            why = f"In ronde {number} zijn bij {stop.name} tegelijk: {names}. Er is plaats voor {stop.groups}."
            yield _broken("L02", where=stop_id, why=why)
        elif stop.seats is not None and persons > stop.seats:
            why = f"In ronde {number} zijn er {persons} mensen bij {stop.name} ({names}), voor {stop.seats} plaatsen."
            yield _broken("L02", where=stop_id, why=why)


def _apart(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L03: a group has one stop in a round."""
    cells = Counter(visit.key for visit, _, _, _ in problem.known(visits))
    for (group_id, number), times in cells.items():
        if times > 1:
            why = f"{problem.walker[group_id].label} is in ronde {number} op {times} plekken."
            yield _broken("L03", where=group_id, why=why)


def _enough(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L04: every group sees as many topics as wanted."""
    for group_id, topics in seen_topics(problem, visits).items():
        missing = problem.wanted - len(topics)
        if missing > 0:
            why = f"{problem.walker[group_id].label} ziet {len(topics)} van de {problem.wanted}."
            yield _broken("L04", where=group_id, why=why, count=missing)


def _routes(problem: RoundsProblem, visits: Visits) -> Iterator[tuple[Walker, list[tuple[Round, Stop]]]]:
    """Yield each group with its stops in the order of the rounds."""
    found: defaultdict[str, list[tuple[Round, Stop]]] = defaultdict(list)
    for _, group, stop, each in problem.known(visits):
        found[group.id].append((each, stop))
    for group in problem.walkers:
        yield group, sorted(found[group.id], key=lambda pair: (pair[0].number, pair[1].id))


def _walking(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L05: between two stops there is time to walk."""
    for group, route in _routes(problem, visits):
        for (first, one), (then, other) in pairwise(route):
            if then.number > first.number and not can_walk(one, other, first, then):
                walk = f"van {one.where} naar {other.where}"
                why = f"{group.label} heeft na ronde {first.number} te weinig tijd om {walk} te lopen."
                yield _broken("L05", where=group.id, why=why)


def _waiting(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L06: no group stands still for longer than is allowed."""
    if problem.longest_wait is None:
        return
    for group, route in _routes(problem, visits):
        wait = longest_wait(problem.rounds, [each.number for each, _ in route])
        if wait > problem.longest_wait:
            why = f"{group.label} staat {wait} rondes achter elkaar stil."
            yield _broken("L06", where=group.id, why=why)


def _pinned(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L08: every pinned visit whose group, stop and round still exist is in the plan."""
    there = {(visit.key, visit.stop) for visit in visits}
    for visit, group, stop, each in problem.known(problem.pinned):
        if (visit.key, visit.stop) not in there:
            why = f"{group.label} was vastgezet bij {stop.name} in ronde {each.number} en staat er niet."
            yield _broken("L08", where=group.id, why=why)


def _own(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L10 and L11: a walker sees one of the topics it must see, and none of those it must not."""
    for walker_id, topics in seen_topics(problem, visits).items():
        label = problem.walker[walker_id].label
        if problem.one_of.get(walker_id) is not None and not topics & problem.one_of[walker_id]:
            yield _broken("L10", where=walker_id, why=f"{label} heeft geen gesprek in de eigen taal.")
        for topic in sorted(topics & problem.never.get(walker_id, frozenset())):
            name = problem.topics[topic][0].name
            yield _broken("L11", where=walker_id, why=f"{label} is ingedeeld bij {name}. Dat is familie.")


def _limits(problem: RoundsProblem, visits: Visits) -> Iterator[Violation]:
    """L12: no more walkers at once than there are interpreters of their language."""
    for limit in problem.limits:
        there = Counter(each.number for _, walker, _, each in problem.known(visits) if walker.id in limit.walkers)
        for number, walkers in sorted(there.items()):
            if walkers > limit.most:
                talks = f"{walkers} gesprekken tegelijk in het {limit.about}"
                why = f"In ronde {number} zijn er {talks}. Dat kunnen er hooguit {limit.most} zijn."
                yield _broken("L12", where=limit.about, why=why)


_CHECKS = (_unknown, _twice, _full, _apart, _enough, _walking, _waiting, _own, _limits, _pinned)


def validate_rounds(problem: RoundsProblem, visits: Visits) -> tuple[Violation, ...]:
    """Return every rule the visits break, hard ones first; `where` is a group's or a stop's id."""
    found = [violation for check in _CHECKS for violation in check(problem, visits)]
    return tuple(sorted(found, key=reading_order))


def validate_hosts(hosts: Mapping[str, Sequence[object]]) -> tuple[Violation, ...]:
    """Return the stops without anybody who receives groups (L13); `hosts` are people by the name of the stop."""
    return tuple(
        _broken("L13", where=stop, why=f"Bij {stop} is nog niemand die groepen ontvangt.")
        for stop, people in hosts.items()
        if not people
    )


def validate_groups(groups: tuple[Group, ...], size: int = GROUP_SIZE) -> tuple[Violation, ...]:
    """Return the groups that are too large (L07); a single family that is larger than a group is let be."""
    return tuple(
        _broken("L07", where=group.id, why=f"{group.label} heeft {group.persons} mensen; {size} is het meeste.")
        for group in groups
        if group.persons > size and len(group.parties) > 1
    )
