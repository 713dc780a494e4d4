"""What somebody can say at the stops of an evening, for who walks along: as on their route sheet."""

from collections.abc import Collection

from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person
from planner.services.routes.tongues import Tongues
from planner.services.state import YearState
from planner.services.texts.wordings import all_words
from planner.services.views import OwnStops
from planner.services.workspace import Workspace
from planner.storage.events import StoredEvent


def own_stops(
    workspace: Workspace, state: YearState, person: Person, event: StoredEvent, needs: Collection[Need]
) -> OwnStops | None:
    """Return what can be said at each place that groups come by; None for who does not walk along."""
    runbook = state.runbook(event.planned.id)
    walk = runbook.walk
    if walk is None or not any(need.interprets or need.role in walk.guides for need in needs):
        return None
    tongues = Tongues(all_words(workspace), runbook.id)
    tongue = tongues.of_helper(person, [need.language for need in needs if need.interprets and need.language])
    told = {place.id: (place.name, tongues.told(place, tongue)) for place in runbook.places if place.says}
    return OwnStops(tongue=tongue, places=tuple(told[place] for place in walk.places if place in told))
