"""Who walks with which group: a guide for each, and somebody for each language that needs it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from planner.domain.requirements import Violation, reading_order
from planner.domain.routes.groups import Group
from planner.domain.routes.pairing import choose_pairs
from planner.domain.rulebook import RuleBook, SchoolRule

KEPT = 1000  # what it is worth that somebody keeps the group they had; more than any language


class Task(StrEnum):
    """What somebody does in a group."""

    GUIDE = "gids"
    INTERPRETER = "tolk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody who can walk with a group: the languages they interpret and their own children at school."""

    id: str
    name: str
    task: Task
    languages: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    class_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A person with a group. A pinned one stays."""

    group_id: str
    person_id: str
    task: Task
    pinned: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two the same: group and person."""
        return self.group_id, self.person_id


Companions = tuple[Companion, ...]

COMPANION_RULES = RuleBook(
    SchoolRule("H01", "Iemand loopt met één groep mee", "Niemand kan bij twee groepen tegelijk zijn."),
    SchoolRule(
        "H02", "Niet tolken bij het eigen kind", "Een sleutelouder vertaalt niet in de groep van het eigen kind."
    ),
    SchoolRule("H03", "Elke groep heeft een begeleider", "Iemand wijst de weg en let op de tijd.", weight=20),
    SchoolRule("H04", "Voor elke taal een tolk in de groep", "Zo hoeft een kind niet te vertalen.", weight=10),
    SchoolRule("H05", "Wie meeloopt, is er", "Een groep of een mens kan ondertussen zijn weggevallen."),
)
_broken = COMPANION_RULES.broken


@dataclass(frozen=True, kw_only=True)
class CompanionProblem:
    """The groups and the people for them; who is ill is not among the helpers.

    `names` are Dutch language names, `people` the names by id of everybody the school knows.
    """

    groups: tuple[Group, ...]
    helpers: tuple[Helper, ...]
    names: Mapping[str, str]
    people: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def group(self) -> Mapping[str, Group]:
        """Groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def helper(self) -> Mapping[str, Helper]:
        """Helpers by id; somebody in two tasks is a guide first."""
        return {helper.id: helper for helper in sorted(self.helpers, key=lambda helper: helper.task is Task.GUIDE)}

    def may_interpret(self, helper: Helper, group: Group) -> bool:
        """Return whether somebody has no child of their own in a group."""
        return not helper.children & group.children

    def known(self, companions: Sequence[Companion]) -> Iterator[tuple[Companion, Group, Helper]]:
        """Yield those whose group and person exist, with both."""
        for each in companions:
            if each.group_id in self.group and each.person_id in self.helper:
                yield each, self.group[each.group_id], self.helper[each.person_id]


def covered(problem: CompanionProblem, companions: Companions) -> Mapping[str, frozenset[str]]:
    """Return the languages of each group that somebody in it interprets."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, group, helper in problem.known(companions):
        if problem.may_interpret(helper, group):
            found[group.id] |= helper.languages & set(group.languages)
    return {group.id: frozenset(found[group.id]) for group in problem.groups}


def too_few(problem: CompanionProblem) -> Mapping[str, int]:
    """Return how many interpreters more each language asks at least: groups that need it over people who speak it.

    Counted before anybody is assigned. A sleutelouder who is only there for the group of the own child counts for
    nothing; the largest shortage comes first.
    """
    found: Counter[str] = Counter()
    for code in sorted({code for group in problem.groups for code in group.languages}):
        mine = [group for group in problem.groups if code in group.languages]
        able = [helper for helper in problem.helpers if code in helper.languages]
        useful = sum(any(problem.may_interpret(helper, group) for group in mine) for helper in able)
        found[code] = max(0, len(mine) - useful)
    return {code: number for code, number in found.most_common() if number}


def _guides(problem: CompanionProblem, old: frozenset[tuple[str, str]], fixed: Companions) -> Companions:
    with_guide = {each.group_id for each in fixed if each.task is Task.GUIDE}
    busy = {each.person_id for each in fixed}
    guides = {helper.id: helper for helper in problem.helpers if helper.task is Task.GUIDE and helper.id not in busy}
    groups = [group for group in problem.groups if group.id not in with_guide]
    lines = {
        (group.id, helper.id): -_fit(problem, group, helper) - KEPT * ((group.id, helper.id) in old)
        for group in groups
        for helper in guides.values()
    }
    chosen = choose_pairs(dict.fromkeys((g.id for g in groups), 1), dict.fromkeys(guides, 1), lines)
    return tuple(Companion(group_id=g, person_id=p, task=Task.GUIDE) for g, p in sorted(chosen))


def _fit(problem: CompanionProblem, group: Group, helper: Helper) -> int:
    """Return how well a guide suits a group: families whose language they speak, then their own class."""
    spoken = sum(number for code, number in group.families.items() if code in helper.languages and code != "nl")
    own = 5 * group.classes.get(helper.class_id or "", 0)
    return own + (10 * spoken if problem.may_interpret(helper, group) else 0)


def _interpreters(problem: CompanionProblem, old: frozenset[tuple[str, str]], there: Companions) -> Companions:
    """Return who interprets in which group: as many languages as can be, then the fewest changes, then families.

    Exact where everybody interprets one language; who interprets more goes where most of these are open.
    """
    done, busy = covered(problem, there), {each.person_id for each in there}
    free = {h.id: h for h in problem.helpers if h.task is Task.INTERPRETER and h.id not in busy}

    def worth(group: Group, code: str, helper: Helper) -> int:
        more = len(helper.languages.intersection(group.languages) - done[group.id] - {code})
        return group.families[code] + 100 * more + KEPT * ((group.id, helper.id) in old)

    lines = {
        ((group.id, code), helper.id): -worth(group, code, helper)
        for group in problem.groups
        for code in group.languages
        if code not in done[group.id]
        for helper in free.values()
        if code in helper.languages and problem.may_interpret(helper, group)
    }
    chosen = choose_pairs(dict.fromkeys((slot for slot, _ in lines), 1), dict.fromkeys(free, 1), lines)
    pairs = sorted({(group_id, person_id) for (group_id, _), person_id in chosen})
    return tuple(Companion(group_id=g, person_id=p, task=Task.INTERPRETER) for g, p in pairs)


def assign_companions(problem: CompanionProblem, old: Companions = ()) -> Companions:
    """Return who walks with which group; pinned people stay, and of equal answers the one nearest to `old`.

    As many groups as can be get a guide, and as many languages as can be somebody who speaks them, never in
    the group of the own child. Who is left over is free to help in the hall. The same problem gives the same
    answer.
    """
    fixed = tuple(each for each, _, _ in problem.known(old) if each.pinned)
    before = frozenset(each.key for each in old)
    guides = (*fixed, *_guides(problem, before, fixed))
    order = {group.id: group.number for group in problem.groups}
    found = (*guides, *_interpreters(problem, before, guides))
    return tuple(sorted(found, key=lambda each: (order[each.group_id], each.task, each.person_id)))


def _people(problem: CompanionProblem, companions: Companions) -> Iterator[Violation]:
    """H01, H02 and H05: everybody exists, is in one group, and interprets for no own child."""
    known = {each.key for each, _, _ in problem.known(companions)}
    for each in companions:
        if each.key not in known:
            group = problem.group.get(each.group_id)
            who = problem.people.get(each.person_id, "Iemand")
            lost = f"{group.label}, maar is er niet (meer) bij" if group else "een groep die er niet meer is"
            yield _broken("H05", where=each.group_id, why=f"{who} loopt mee met {lost}.")
    number = Counter(person_id for _, person_id in known)
    for person_id, groups in number.items():
        if groups > 1:
            why = f"{problem.helper[person_id].name} loopt met {groups} groepen mee."
            yield _broken("H01", where=person_id, why=why)
    for each, group, helper in problem.known(companions):
        if each.task is Task.INTERPRETER and not problem.may_interpret(helper, group):
            yield _broken("H02", where=group.id, why=f"{helper.name} heeft een kind in {group.label}.")


def validate_companions(problem: CompanionProblem, companions: Companions) -> tuple[Violation, ...]:
    """Return every rule that is broken, hard ones first; `where` is a group's or a person's id."""
    found = list(_people(problem, companions))
    languages = covered(problem, companions)
    guided = {each.group_id for each, _, _ in problem.known(companions) if each.task is Task.GUIDE}
    for group in problem.groups:
        if group.id not in guided:
            found.append(_broken("H03", where=group.id, why=f"{group.label} heeft nog geen begeleider."))
        for code in group.languages:
            if code not in languages[group.id]:
                families = group.families[code]
                number = "1 gezin" if families == 1 else f"{families} gezinnen"
                why = f"{group.label} heeft niemand voor {problem.names.get(code, code)} ({number})."
                found.append(_broken("H04", where=group.id, why=why))
    return tuple(sorted(found, key=reading_order))
