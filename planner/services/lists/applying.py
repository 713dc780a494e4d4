"""What a list changes in the school, and the words for it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from planner.domain.school import Household
from planner.imports.columns import Kind
from planner.imports.matching import Outcome, Stored
from planner.storage.db import AnySession
from planner.storage.imports import take_from_events
from planner.storage.people import save_people, save_rooms
from planner.storage.pupils import save_pupils


def store_outcome(session: AnySession, kind: Kind, stored: Stored, outcome: Outcome, *, delete_vanished: bool) -> None:
    """Write what a list says; whoever is not in it stays, unless `delete_vanished`."""
    gone = {each.id for each in outcome.vanished} if delete_vanished else set()
    if kind is Kind.PEOPLE:
        save_people(session, _merged(stored.people, outcome, gone))
    elif kind is Kind.ROOMS:
        save_rooms(session, _merged(stored.rooms, outcome, gone))
    elif kind is Kind.HOUSEHOLDS:
        save_pupils(session, stored.classes, stored.pupils, _merged(stored.households, outcome, gone))
    else:
        classes = (*stored.classes, *outcome.classes)
        homes = [home for each in stored.households if (home := _without(each, gone)) is not None]
        save_pupils(session, classes, _merged(stored.pupils, outcome, gone), homes)
        if gone:
            take_from_events(session, gone)


def _merged(existing: Sequence[Any], outcome: Outcome, gone: set[str]) -> list[Any]:
    """Return everybody in the order of the school, the new ones at the end."""
    after = {before.id: after for before, after in outcome.pairs}
    return [*(after.get(each.id, each) for each in existing if each.id not in gone), *outcome.new]


def _without(home: Household, gone: set[str]) -> Household | None:
    """Return a household without pupils who left; None when nobody is left of it."""
    left = tuple(each for each in home.pupil_ids if each not in gone)
    if left == home.pupil_ids:
        return home
    return replace(home, pupil_ids=left) if left else None


def summary_of(outcome: Outcome, *, delete_vanished: bool) -> str:
    """Return what an import did in a few words."""
    unchanged = len(outcome.pairs) - len(outcome.changed)
    found = [f"{len(outcome.new)} nieuw", f"{len(outcome.changed)} veranderd", f"{unchanged} hetzelfde"]
    if outcome.vanished:
        what = "verwijderd" if delete_vanished else "niet in de lijst en gebleven"
        found.append(f"{len(outcome.vanished)} {what}")
    return ", ".join(found)
