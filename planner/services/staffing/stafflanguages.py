"""Who interprets what: every language of the school with its people and the evenings where it is needed."""

from collections import defaultdict

from planner.domain.access.rights import Right
from planner.domain.staffing.coverage import Cell, coverage
from planner.services.guarding import allowed
from planner.services.lines import event_lines
from planner.services.staffing.staffboard import event_of, name_view
from planner.services.state import YearState, load_state
from planner.services.views import EventLine, LanguageEvening, LanguageLine
from planner.services.workspace import Workspace


def _evening(state: YearState, line: EventLine, cells: list[Cell]) -> LanguageEvening:
    people = dict.fromkeys(person for cell in cells for person in cell.people)
    return LanguageEvening(
        event=line,
        families=event_of(state, line.id).expected.per_language.get(cells[0].language, 0),
        people=tuple(name_view(state.staff_problem.person[person]) for person in people),
        open_places=sum(not cell.people for cell in cells),
    )


def _languages(state: YearState) -> tuple[LanguageLine, ...]:
    evenings: defaultdict[str, list[LanguageEvening]] = defaultdict(list)
    for line in event_lines(state):
        by_language: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in coverage(state.staff_problem, state.staff_plan, event_of(state, line.id)):
            by_language[cell.language].append(cell)
        for code, cells in by_language.items():
            evenings[code].append(_evening(state, line, cells))
    families: defaultdict[str, int] = defaultdict(int)
    for home in state.school.households:
        families[home.language] += 1
    lines = (
        LanguageLine(
            code=code,
            name=state.language_names.get(code, code),
            families=families[code],
            people=tuple(name_view(person) for person in state.people if person.interprets(code)),
            evenings=tuple(mine),
        )
        for code, mine in evenings.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.families, line.name)))


@allowed(Right.SEE_YEAR)
def languages(workspace: Workspace) -> tuple[LanguageLine, ...]:
    """Return every language that an evening of this year needs, that of most families first."""
    state = load_state(workspace)
    return state.once("languages", lambda: _languages(state))
