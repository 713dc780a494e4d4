"""The page on which a form is chosen: what each one changes, before anything does."""

from collections.abc import Iterator

from planner.domain.access.rights import Right
from planner.domain.formchange import form_change
from planner.services.guarding import allowed
from planner.services.lines import event_line
from planner.services.state import YearState, load_state
from planner.services.views.routes import FormChoiceView, FormPartView, FormsView
from planner.services.workspace import Workspace
from planner.storage.steps import load_done_steps


def _choices(state: YearState, event_id: str, done: frozenset[str]) -> Iterator[FormChoiceView]:
    event = state.event(event_id)
    runbook = state.cycle.runbook(event.planned.runbook_id)
    now = event.form_id
    forms = [("", "Gewone vorm", runbook.goal, runbook.walk)]
    forms += [(form.id, form.title, form.what, form.walk) for form in runbook.forms]
    for form_id, title, what, walk in forms:
        change = form_change(runbook, now, form_id or None, done=done)
        yield FormChoiceView(
            id=form_id,
            title=title,
            what=what,
            chosen=form_id == (now or ""),
            parts=tuple(FormPartView(part=p.part, added=p.added, dropped=p.dropped) for p in change.parts),
            waiting=change.kept_steps,
            has_groups=walk is not None,
        )


@allowed(Right.PLAN)
def forms_view(workspace: Workspace, event_id: str) -> FormsView:
    """Return the forms of an event; NotFoundError when the event is not there."""
    state = load_state(workspace)
    event = state.event(event_id)
    done = frozenset(step_id for owner, step_id in load_done_steps(workspace.session) if owner == event_id)
    return FormsView(line=event_line(state, event), forms=tuple(_choices(state, event_id, done)))
