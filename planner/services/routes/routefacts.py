"""Going round in the shape that README documents for `planner routes show --json`."""

from collections.abc import Iterator
from typing import Any

from planner.domain.year import AMSTERDAM
from planner.services.routes.routepage import route_view
from planner.services.workspace import Workspace


def route_facts(workspace: Workspace, event_id: str) -> dict[str, Any]:
    """Return what is planned at one event; NotFoundError when it is not there or nobody goes round."""
    view = route_view(workspace, event_id)
    return {
        "id": view.line.id,
        "form": view.form,
        "shape": view.shape,
        "fits": view.fits,
        "verdict": view.verdict,
        "repairs": [{"kind": each.kind, "what": each.what} for each in view.repairs],
        "shortages": view.shortages,
        "planned": view.is_planned,
        "rounds": [
            {"number": each.number, "start": each.start.astimezone(AMSTERDAM), "end": each.end.astimezone(AMSTERDAM)}
            for each in view.rounds
        ],
        "stops": [
            {
                "id": stop.id,
                "name": stop.name,
                "room": stop.where,
                "hosts": stop.hosts,
                "rounds": [cell.walkers for cell in stop.cells],
            }
            for stop in view.stops
        ],
        "groups": [
            {
                "id": each.id,
                "name": each.label,
                "persons": each.persons,
                "languages": each.languages,
                "families": [family.id for family in each.families],
                "companions": [{"person": one.name, "person_id": one.person_id, "task": one.task}
                               for one in each.companions],
                "route": each.route,
            }
            for each in view.groups
        ],
        "violations": [{"rule": each.rule, "hard": each.hard, "why": each.why} for each in view.problems],
    }  # fmt: skip


def lines(facts: dict[str, Any]) -> Iterator[str]:
    """Yield the facts as lines to read on a screen."""
    if facts["verdict"]:
        yield facts["verdict"]
    yield from (f"  {repair['what']}" for repair in facts["repairs"])
    yield from (f"  {shortage}" for shortage in facts["shortages"])
    if not facts["planned"]:
        yield "Er zijn nog geen groepen of rondes. Maak ze met: planner routes plan"
        return
    yield from ("", "Groepen")
    for group in facts["groups"]:
        people = ", ".join(f"{each['person']} {each['task']}" for each in group["companions"])
        yield f"  {group['name']} ({group['persons']}): {people or 'nog niemand loopt mee'}"
        if group["route"]:
            yield f"    {' > '.join(group['route'])}"
    if facts["violations"]:
        yield from ("", "Let op")
        yield from (f"  {each['rule']} {each['why']}" for each in facts["violations"])
