"""What lists may say: the names of classes, languages, roles and so on, and the ids behind them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.rooms.room import FEATURES
from planner.imports.cells import Names
from planner.imports.columns import plain
from planner.imports.matching import Stored, short
from planner.imports.writing import Words
from planner.services.workspace import Workspace
from planner.storage.people import load_people, load_rooms
from planner.storage.pupils import load_classes, load_households, load_pupils
from planner.storage.records import the_school

BETWEEN = ",;/|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The school as lists see it: what is stored, how to read a name, and how to write an id."""

    stored: Stored
    names: Names
    words: Words


def read_vocabulary(workspace: Workspace) -> Vocabulary:
    """Return the vocabulary as the database has it now; NotFoundError when no school is set up."""
    session = workspace.session
    stored = Stored(
        classes=load_classes(session),
        pupils=load_pupils(session),
        households=load_households(session),
        people=load_people(session),
        rooms=load_rooms(session),
        first_day=the_school(session).first_day,
    )
    titles = _role_titles(workspace, stored)
    roles = _by_name(titles)
    languages = _by_name(_language_names(workspace, stored))
    numbers = {short(pupil.number): pupil.id for pupil in stored.pupils} | {
        pupil.number: pupil.id for pupil in stored.pupils
    }
    features = {*FEATURES, *_asked_features(workspace), *(each for room in stored.rooms for each in room.features)}
    classes = _by_name({each.id: each.name for each in stored.classes})
    said = [*workspace.language_names.values(), *titles.values(), *(each.name for each in stored.classes)]
    return Vocabulary(
        stored=stored,
        names=Names(
            classes=classes,
            languages=languages,
            roles=roles,
            features={plain(each): each for each in features},
            pupils=numbers,
            titles={plain(each): each for each in said},
        ),
        words=Words(
            classes=_sayable({each.id: each.name for each in stored.classes}, classes),
            numbers={pupil.id: pupil.number for pupil in stored.pupils},
            languages=_sayable(workspace.language_names, languages, between=BETWEEN),
            roles=_sayable(titles, roles, between=BETWEEN),
        ),
    )


def _role_titles(workspace: Workspace, stored: Stored) -> Mapping[str, str]:
    used = {role: role for person in stored.people for role in person.roles}
    return used | {role.id: role.title for runbook in workspace.cycle.runbooks for role in runbook.roles}


def _language_names(workspace: Workspace, stored: Stored) -> Mapping[str, str]:
    used = {home.language for home in stored.households}
    used |= {skill.language for person in stored.people for skill in person.skills}
    return {code: code for code in used} | dict(workspace.language_names)


def _asked_features(workspace: Workspace) -> Iterable[str]:
    return (feature for runbook in workspace.cycle.runbooks for place in runbook.places for feature in place.features)


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    """Return ids by plain name and by plain id. A name that two ids share counts for neither; an id always counts."""
    counts = Counter(plain(name) for name in names.values())
    shared = {plain(name): each for each, name in names.items() if counts[plain(name)] == 1}
    brief = {plain(name.partition("(")[0]): each for each, name in names.items() if "(" in name}
    return brief | shared | {plain(each): each for each in names}


def _sayable(names: Mapping[str, str], known: Mapping[str, str], *, between: str = "") -> dict[str, str]:
    """Return how to write each id so that reading it gives the same id; `between` are signs that part a list."""
    return {
        each: name if known.get(plain(name)) == each and not set(name) & set(between) else each
        for each, name in names.items()
    }
