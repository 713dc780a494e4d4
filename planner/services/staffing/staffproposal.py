"""A proposal for who does what, as its page shows it: who loses and who gets a task, and how good it is."""

from collections.abc import Iterable, Iterator

from planner.domain.access.rights import Right
from planner.domain.staffing.gaps import gaps
from planner.domain.staffing.goals import moved
from planner.domain.staffing.plan import Duty
from planner.services.guarding import allowed
from planner.services.staffing.staffboard import name_view
from planner.services.staffing.staffsolve import Proposal, proposal_of
from planner.services.state import YearState, load_state
from planner.services.views import GoalView, MoveView, ProposalView
from planner.services.workspace import Workspace
from planner.solving.staffsearch import GOALS, REPAIRS
from planner.storage.staffing import load_told

# What a goal counts: one, and more than one.
COUNTS = dict(
    zip(
        (*REPAIRS, *GOALS[:2]),
        (
            ("leerling verliest de tolk van het gezin", "leerlingen verliezen de tolk van hun gezin"),
            ("plek komt leeg", "plekken komen leeg"),
            ("taak verandert voor wie het al weet", "taken veranderen voor wie het al weet"),
            ("andere taak verandert", "andere taken veranderen"),
            ("keer heeft een leerling in een ruimte geen tolk", "keer heeft een leerling in een ruimte geen tolk"),
            ("plek blijft open", "plekken blijven open"),
        ),
        strict=True,
    )
)


def _goals(proposal: Proposal) -> Iterator[GoalView]:
    """Yield the goals that a reader can count; wishes, fairness and faces have weights, not numbers."""
    for each in proposal.reached:
        if each.name in COUNTS:
            one, more = COUNTS[each.name]
            text = f"{each.value} {one if each.value == 1 else more}."
            yield GoalView(name=each.name, text=text, proven=each.proven)


def _moves(state: YearState, duties: Iterable[Duty], told: frozenset[str]) -> tuple[MoveView, ...]:
    titles = {event.id: event.title for event in state.staff_problem.events}
    found = (
        MoveView(
            event=titles[need.event_id],
            day=need.day,
            task=need.label(state.language_names),
            person=name_view(person),
            is_told=person.id in told,
            why=duty.reason,
        )
        for duty, need, person in state.staff_problem.known(duties)
    )
    return tuple(sorted(found, key=lambda move: (move.day, move.event, move.task, move.person.name)))


@allowed(Right.PLAN)
def proposal_view(workspace: Workspace, task_id: str) -> ProposalView:
    """Return the proposal of a finished task; NotFoundError when there is none (any more)."""
    state, proposal = load_state(workspace), proposal_of(workspace, task_id)
    gone, new = moved(state.staff_plan, proposal.plan)
    told = load_told(workspace.session)
    left = {gap.need_id: gap for gap in gaps(state.staff_problem, proposal.plan)}
    title = state.event(proposal.event_id).occurrence.title if proposal.event_id else "het hele jaar"
    return ProposalView(
        id=task_id,
        title=title,
        without=state.person(proposal.person_id).name if proposal.person_id else "",
        goals=tuple(_goals(proposal)),
        gone=_moves(state, gone, told),
        new=_moves(state, new, told),
        open_places=tuple(
            f"{state.need(need_id).label(state.language_names)}: {gap.why}"
            for need_id, gap in left.items()
            if not state.need(need_id).optional
            and (not proposal.event_id or state.need(need_id).event_id == proposal.event_id)
        ),
        is_outdated=proposal.revision != state.facts.revision,
        back=f"/activiteit/{proposal.event_id}/mensen" if proposal.event_id else "/mensen",
    )
