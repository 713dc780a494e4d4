"""What the format cannot see in a cycle: activities and steps that exist, checks that say enough."""

from collections.abc import Collection, Iterator, Mapping

from planner.definitions.crosscheck import check_double
from planner.definitions.problems import Finding, Path, nearest, show, suggest
from planner.definitions.schema import CheckPart, CyclePart, RunbookPart
from planner.definitions.words import listed, meaning_of, word_of
from planner.domain.cycle import CheckKind

_ALWAYS = frozenset({"kind", "hard", "weight", "first"})
# For each kind of check: the keys it needs, and the keys it may have besides.
_FIELDS: Mapping[CheckKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    CheckKind.ORDER: (("thens",), ()),
    CheckKind.GAP: (("thens", "max_weeks"), ("min_weeks",)),
    CheckKind.NEXT_GAP: (("thens", "max_weeks"), ("min_weeks",)),
    CheckKind.WINDOW: (("window",), ()),
    CheckKind.STARTED_WITHIN: (("months",), ("weeks_ahead",)),
    CheckKind.WHOLE_PHASE: (("phases",), ()),
    CheckKind.LEAVES_WITHIN: (("months",), ()),
    CheckKind.EARLY_LEAVERS: (("months",), ()),
    CheckKind.SPLIT: ((), ()),
    CheckKind.BEFORE_OPEN_DAYS: ((), ("share",)),
    CheckKind.AFTER_OPEN_DAYS: ((), ("share",)),
    CheckKind.LESSON_FOLLOWS: (("days",), ()),
    CheckKind.BEFORE_TRANSITION: (("max_weeks",), ()),
    CheckKind.STEP_BEFORE_SUMMER: (("step",), ()),
    CheckKind.LESSON_THEN_HOME: ((), ()),
}


def check_cycle(cycle: CyclePart, folders: Collection[str], runbooks: Mapping[str, RunbookPart]) -> Iterator[Finding]:
    """Yield what is wrong in a cycle: `folders` hold a runbook, `runbooks` are the good ones by id."""
    yield from _check_activities(cycle.activities, folders)
    yield from check_double(cycle.rules, ("rules",))
    for number, rule in enumerate(cycle.rules):
        for index, check in enumerate(rule.checks):
            at: Path = ("rules", number, "checks", index)
            yield from _check_names(check, cycle.activities, at)
            yield from _check_step(check, runbooks, at)
            yield from _check_fields(check, at)


def _check_activities(activities: list[str], folders: Collection[str]) -> Iterator[Finding]:
    for index, name in enumerate(activities):
        at: Path = ("activities", index)
        if name in activities[:index]:
            yield at, f"De activiteit {show(name)} staat er al.", "Haal deze regel weg."
        elif name not in folders:
            match = nearest(name, sorted({*folders} - {*activities}))
            advice = f'Misschien is "{match}" bedoeld.' if match else "Maak de map, of haal de activiteit hier weg."
            yield at, f"Er is geen map {show(name)} met een runbook.yaml.", advice


def _check_names(check: CheckPart, activities: list[str], at: Path) -> Iterator[Finding]:
    named: list[tuple[Path, str]] = [((*at, "first"), check.first)]
    named += [((*at, "thens", index), name) for index, name in enumerate(check.thens)]
    for path, name in named:
        if name not in activities:
            advice = suggest(name, activities, otherwise="")
            yield path, f'De activiteit {show(name)} staat niet bij "activities".', advice
    if check.first in check.thens:
        at = (*at, "thens", check.thens.index(check.first))
        yield (
            at,
            f"De activiteit {show(check.first)} kan niet na zichzelf komen.",
            "Kies een andere activiteit.",
        )


def _check_step(check: CheckPart, runbooks: Mapping[str, RunbookPart], at: Path) -> Iterator[Finding]:
    if check.step is not None and check.first in runbooks:
        steps = [step.id for step in runbooks[check.first].preparation]
        if check.step not in steps:
            wrong = f"De stap {show(check.step)} staat niet in het stappenplan van {show(check.first)}."
            yield (*at, "step"), wrong, suggest(check.step, steps, otherwise="")


def _check_fields(check: CheckPart, at: Path) -> Iterator[Finding]:
    needed, allowed = _FIELDS[check.kind]
    for key in needed:
        if not getattr(check, key):
            wrong = f'Een controle van de soort {check.kind} vraagt om "{key}" ({word_of(key)}).'
            if key in check.model_fields_set:
                yield (*at, key), wrong, f"Hier staat 0 of niets. Vul in: {meaning_of(key)}."
            else:
                yield at, wrong, f'Voeg "{key}:" toe: {meaning_of(key)}.'
    for key in sorted(check.model_fields_set - _ALWAYS - {*needed, *allowed}):
        usable = [*needed, *allowed]
        may = f"Deze soort gebruikt alleen {listed(usable)}." if usable else "Deze soort vraagt verder niets."
        yield (
            (*at, key),
            f'Een controle van de soort {check.kind} gebruikt "{key}" niet.',
            f"Haal de regel weg. {may}",
        )
    if "min_weeks" in allowed and check.max_weeks and check.min_weeks > check.max_weeks:
        wrong = f"Minstens {check.min_weeks} en hooguit {check.max_weeks} weken ertussen: dat kan niet."
        yield (*at, "min_weeks"), wrong, "Verlaag min_weeks of verhoog max_weeks."
