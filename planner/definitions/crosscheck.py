"""What the format cannot see in a runbook: names that must exist, ids that must differ, numbers that fit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.definitions.problems import Finding, Path, nearest, show, suggest
from planner.definitions.schema import AssignmentPart, FormPart, RolePart, RowPart, RunbookPart, StepPart, WalkPart
from planner.definitions.timecheck import check_times
from planner.domain.runbook import Anchor, Per, StepKind


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id, one of a kind in its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The ids that rows and steps of the main form, or of one alternative form, may use."""

    roles: frozenset[str]
    places: frozenset[str]
    materials: frozenset[str]
    links: frozenset[str]
    dropped: frozenset[str] = frozenset()


ROLE, PLACE, MATERIAL, LINK, STEP = "De rol", "De ruimte", "Het materiaal", "De link", "De stap"
ROW = "De regel"
_UNIQUE = ("places", "roles", "materials", "runsheet", "preparation", "forms")
_ADDED = {
    "places": "places",
    "roles": "roles",
    "materials": "materials",
    "rows": "runsheet",
    "steps": "preparation",
}  # what a form adds, and the list of the main form it adds to


def check_runbook(runbook: RunbookPart, folder: str) -> Iterator[Finding]:
    """Yield what is wrong in a runbook that fits the format; `folder` is the name of its folder."""
    if runbook.id != folder:
        wrong = f"Het id {show(runbook.id)} is anders dan de naam van de map, {show(folder)}."
        yield ("id",), wrong, "Maak ze gelijk."
    for check in _CHECKS:
        yield from check(runbook)
    for index, form in enumerate(runbook.forms):
        yield from _check_form(runbook, form, ("forms", index))
    yield from check_times(runbook)


def ids(items: Iterable[Named]) -> frozenset[str]:
    """Return the ids of these items."""
    return frozenset(item.id for item in items)


def check_double(items: Sequence[Named], path: Path) -> Iterator[Finding]:
    """Yield each item whose id an earlier item of the same list has."""
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.id in seen:
            wrong = f"Het id {show(item.id)} is al van nummer {seen[item.id] + 1} van deze lijst."
            yield (*path, index, "id"), wrong, "Geef een van de twee een ander id."
        seen.setdefault(item.id, index)


def _check_double(runbook: RunbookPart) -> Iterator[Finding]:
    for key in _UNIQUE:
        yield from check_double(getattr(runbook, key), (key,))
    yield from check_double(runbook.occurrences.moments, ("occurrences", "moments"))


def _check_roles(roles: Sequence[RolePart], path: Path) -> Iterator[Finding]:
    for index, role in enumerate(roles):
        if role.maximum is not None and role.maximum < role.minimum:
            wrong = f"Het maximum ({role.maximum}) is kleiner dan het minimum ({role.minimum})."
            yield (*path, index, "maximum"), wrong, "Verhoog het maximum of verlaag het minimum."
        if role.each > 1 and role.per is not Per.PARENT:
            wrong = "Een rol kan alleen per zoveel ouders worden geteld."
            yield (*path, index, "each"), wrong, 'Schrijf bij deze rol "per: parent", of haal "each" weg.'


def _check_main(runbook: RunbookPart) -> Iterator[Finding]:
    names = Names(
        roles=ids(runbook.roles),
        places=ids(runbook.places),
        materials=ids(runbook.materials),
        links=frozenset(runbook.links),
    )
    yield from _check_roles(runbook.roles, ("roles",))
    yield from _check_rows(runbook.runsheet, names, ("runsheet",))
    yield from _check_steps(runbook.preparation, names, ("preparation",))
    yield from _check_walk(runbook.walk, names, ids(runbook.runsheet), ("walk",))


def _check_rows(rows: Sequence[RowPart], names: Names, path: Path) -> Iterator[Finding]:
    for index, row in enumerate(rows):
        at = (*path, index)
        yield from _unknown(PLACE, row.places, names.places, names.dropped, (*at, "places"))
        yield from _unknown(MATERIAL, row.needs, names.materials, names.dropped, (*at, "needs"))
        yield from _unknown(ROLE, row.responsible, names.roles, names.dropped, (*at, "responsible"))


def _check_steps(steps: Sequence[StepPart], names: Names, path: Path) -> Iterator[Finding]:
    for index, step in enumerate(steps):
        at = (*path, index)
        yield from _unknown(ROLE, step.who, names.roles, names.dropped, (*at, "who"))
        if step.link is not None:
            yield from _unknown(LINK, step.link, names.links, frozenset(), (*at, "link"))
        if step.kind is StepKind.FOLLOW_UP and step.weeks_before > 0:
            wrong = "Een stap van de soort follow_up komt na de dag, niet ervoor."
            yield (*at, "weeks_before"), wrong, f"Schrijf -{step.weeks_before}, of kies een andere soort."
        if step.anchor is Anchor.BEFORE_SUMMER and step.weeks_before != 0:
            wrong = "Een stap vóór de zomervakantie telt geen weken."
            yield (*at, "weeks_before"), wrong, "Haal deze regel weg, of kies anchor: event."


def _check_walk(walk: WalkPart | None, names: Names, rows: frozenset[str], path: Path) -> Iterator[Finding]:
    """Yield what going round names and is not there in this form."""
    if walk is not None:
        yield from _unknown(ROW, walk.row, rows, names.dropped, (*path, "row"))
        yield from _unknown(PLACE, walk.places, names.places, names.dropped, (*path, "places"))
        yield from _unknown(ROLE, walk.guides, names.roles, names.dropped, (*path, "guides"))


def _unknown(
    kind: str, used: str | Sequence[str], known: Collection[str], dropped: Collection[str], path: Path
) -> Iterator[Finding]:
    """Yield each used id that is not known; `used` is one id or a list of them."""
    places = ((path, used),) if isinstance(used, str) else tuple(((*path, i), name) for i, name in enumerate(used))
    for at, name in places:
        if name in known:
            continue
        if name in dropped:
            advice = 'Haal de naam hier weg of haal hem uit "drops".'
            yield at, f"{kind} {show(name)} vervalt in deze vorm, maar wordt hier nog genoemd.", advice
        else:
            advice = suggest(name, sorted(known), otherwise="Voeg dit toe, of haal de naam hier weg.")
            yield at, f"{kind} {show(name)} staat niet in dit bestand.", advice


def _check_used(runbook: RunbookPart) -> Iterator[Finding]:
    rows = [*runbook.runsheet, *(row for form in runbook.forms for row in form.rows)]
    steps = [*runbook.preparation, *(step for form in runbook.forms for step in form.steps)]
    in_rows = "Noem {it} bij een regel van het draaiboek, of haal {it} weg."
    used = {
        "roles": {name for row in rows for name in row.responsible} | {name for step in steps for name in step.who},
        "places": {name for row in rows for name in row.places},
        "materials": {name for row in rows for name in row.needs},
    }
    for key, names in used.items():  # a misspelt name is one mistake, not two
        known = ids(getattr(runbook, key)).union(*(ids(getattr(form, key)) for form in runbook.forms))
        used[key] = names | {nearest(name, known) for name in names - known}
    says = {
        "roles": (ROLE, "Noem de rol bij een regel van het draaiboek of bij een stap, of haal hem weg."),
        "places": (PLACE, in_rows.format(it="de ruimte")),
        "materials": (MATERIAL, in_rows.format(it="het materiaal")),
    }
    owners: list[tuple[Path, RunbookPart | FormPart]] = [((), runbook)]
    owners += [(("forms", index), form) for index, form in enumerate(runbook.forms)]
    for path, owner in owners:
        for key, (kind, advice) in says.items():
            for index, item in enumerate(getattr(owner, key)):
                if item.id not in used[key]:
                    yield (*path, key, index), f"{kind} {show(item.id)} wordt nergens gebruikt.", advice


def _check_assignments(runbook: RunbookPart) -> Iterator[Finding]:
    yield from _check_assignment(runbook, runbook.lesson, "lesson", StepKind.LESSON)
    yield from _check_assignment(runbook, runbook.home, "home", StepKind.HOME)


def _check_assignment(
    runbook: RunbookPart, assignment: AssignmentPart | None, key: str, kind: StepKind
) -> Iterator[Finding]:
    if assignment is None or assignment.step is None:
        return
    kinds = {step.id: step.kind for step in runbook.preparation}
    yield from _unknown(STEP, assignment.step, kinds, (), (key, "step"))
    if kinds.get(assignment.step, kind) is not kind:
        wrong = f"De stap {show(assignment.step)} is van de soort {kinds[assignment.step]}, niet {kind}."
        yield (key, "step"), wrong, f'Kies een andere stap, of schrijf bij die stap "kind: {kind}".'


def _check_form(runbook: RunbookPart, form: FormPart, path: Path) -> Iterator[Finding]:
    main = {key: ids(getattr(runbook, key)) for key in _ADDED.values()}
    everything = frozenset().union(*main.values())
    drops = frozenset(form.drops)
    for index, name in enumerate(form.drops):
        if name not in everything:
            advice = suggest(name, sorted(everything), otherwise="Haal de naam weg.")
            yield (*path, "drops", index), f"Er is niets met het id {show(name)} om weg te laten.", advice
        elif sum(name in named for named in main.values()) > 1:
            wrong = f"Er zijn meer dingen met het id {show(name)}; wat er vervalt is niet duidelijk."
            yield (*path, "drops", index), wrong, "Geef ze elk een eigen id, ook als het een rol en een regel zijn."
    for key, main_key in _ADDED.items():
        added = getattr(form, key)
        yield from check_double(added, (*path, key))
        for index, item in enumerate(added):
            if item.id in main[main_key] and key != "roles":  # a role may ask another number of people here
                wrong = f"Het id {show(item.id)} bestaat al in de gewone vorm."
                yield (*path, key, index, "id"), wrong, "Kies een id dat nog niet bestaat."
    yield from _check_kept(runbook, form, path)
    names = Names(
        roles=(main["roles"] - drops) | ids(form.roles),
        places=(main["places"] - drops) | ids(form.places),
        materials=(main["materials"] - drops) | ids(form.materials),
        links=frozenset(runbook.links),
        dropped=everything & drops,
    )
    yield from _check_roles(form.roles, (*path, "roles"))
    yield from _check_rows(form.rows, names, (*path, "rows"))
    yield from _check_steps(form.steps, names, (*path, "steps"))
    yield from _check_walk(form.walk, names, (main["runsheet"] - drops) | ids(form.rows), (*path, "walk"))


def _check_says(runbook: RunbookPart) -> Iterator[Finding]:
    """Yield a place of two forms of which they say different things: a translation would be of one of them."""
    known: dict[str, list[str]] = {}
    for index, form in enumerate(runbook.forms):
        for at, place in enumerate(form.places):
            if known.setdefault(place.id, place.says) != place.says:
                wrong = f"De plek {show(place.id)} heeft in een andere vorm andere zinnen."
                yield (
                    ("forms", index, "places", at),
                    wrong,
                    "Geef de plek hier een eigen id, of gebruik dezelfde zinnen.",
                )


def _check_sectors(runbook: RunbookPart) -> Iterator[Finding]:
    """Yield a sector with a good room that the activity does not have."""
    for sector in runbook.sector_features:
        if sector not in runbook.sectors:
            wrong = f"De sector {show(sector)} staat niet bij de sectoren."
            yield ("sector_features", sector), wrong, suggest(sector, runbook.sectors, otherwise="Haal dit hier weg.")


def _check_kept(runbook: RunbookPart, form: FormPart, path: Path) -> Iterator[Finding]:
    """Yield what a form drops while a row or step that stays still names it."""
    users = {row.id: {*row.places, *row.needs, *row.responsible} for row in runbook.runsheet}
    users |= {step.id: set(step.who) for step in runbook.preparation}
    for index, name in enumerate(form.drops):
        kept = [user for user, named in users.items() if name in named and user not in form.drops]
        if kept:
            wrong = f"{show(name)} vervalt in deze vorm, maar {show(kept[0])} blijft en noemt het nog."
            yield (*path, "drops", index), wrong, f"Laat ook {show(kept[0])} weg, of haal {show(name)} uit deze lijst."


_CHECKS: tuple[Callable[[RunbookPart], Iterator[Finding]], ...] = (
    _check_double,
    _check_main,
    _check_used,
    _check_assignments,
    _check_says,
    _check_sectors,
)
