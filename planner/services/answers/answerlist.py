"""The answers of a class on one page: the mentor writes down in a minute what pupils and parents say."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from planner.domain.access.rights import Right, Role
from planner.domain.families.answers import MOST_PERSONS, Answer, Reply, Source, school_closes
from planner.domain.runbook import Kind
from planner.domain.school import Household
from planner.domain.year import AMSTERDAM
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.answers.answerlines import class_names, classes_of, first_names, invited_of, said
from planner.services.guarding import NOT_YOURS, allowed, require_class
from planner.services.invitations.invitations import invited_households
from planner.services.state import YearState, load_state
from planner.services.views import AnswerEvent, AnswerLine, AnswerListView
from planner.services.workspace import Workspace
from planner.storage.answers import drop_answer, is_there, keeping, load_said, save_answer
from planner.storage.db import writing

Form = Mapping[str, str]
_OLDEST = timedelta(days=28)  # how long an activity that is over stays in the list


class AnswerListError(InputError):
    """Some fields of the list of a class cannot be read; `household_ids` says whose."""

    def __init__(self, message: str, household_ids: frozenset[str]) -> None:
        super().__init__(message)
        self.household_ids = household_ids


def _seen_classes(workspace: Workspace, state: YearState, event_id: str) -> dict[str, list[Household]]:
    """Return the invited households of each class that who is at work may see, in the school's order."""
    found: dict[str, list[Household]] = {each.id: [] for each in state.school.classes}
    for home in invited_households(state, event_id):
        for class_id in classes_of(state, invited_of(state, event_id, home)):
            found[class_id].append(home)
    return {each: homes for each, homes in found.items() if homes and workspace.actor.sees_class(each)}


def _typed(answer: Answer | None) -> str:
    return "" if answer is None else str(answer.reply.persons if answer.reply.coming else 0)


def _line(workspace: Workspace, state: YearState, event_id: str, home: Household, answer: Answer | None) -> AnswerLine:
    seen = tuple(
        each
        for each in invited_of(state, event_id, home)
        if workspace.actor.sees_class(state.school.pupil(each).class_id)
    )
    return AnswerLine(
        household_id=home.id,
        name=home.name,
        pupils=first_names(state, seen),
        language=state.language_names.get(home.language, home.language),
        said=said(state, answer),
        typed=_typed(answer),
        interpreter=bool(answer and answer.reply.interpreter),
    )


def _as_typed(line: AnswerLine, form: Form, wrong: Iterable[str]) -> AnswerLine:
    """Return a line with what somebody typed in it, so that nothing is lost when one field is wrong."""
    return AnswerLine(
        household_id=line.household_id,
        name=line.name,
        pupils=line.pupils,
        language=line.language,
        said=line.said,
        typed=form.get(f"n-{line.household_id}", line.typed),
        interpreter=f"t-{line.household_id}" in form,
        is_wrong=line.household_id in set(wrong),
    )


@allowed(Right.ANSWERS)
def answer_list(
    workspace: Workspace,
    event_id: str,
    *,
    class_id: str = "",
    form: Form | None = None,
    wrong: frozenset[str] = frozenset(),
    now: datetime,
) -> AnswerListView:
    """Return the list of a class, of the first one that may be seen when none is named.

    `form` and `wrong` put back what was typed. NotFoundError for a class that is not there or not one's own.
    """
    state = load_state(workspace)
    event = state.event(event_id)
    classes, names = _seen_classes(workspace, state, event_id), class_names(state)
    if class_id and class_id not in classes:
        raise NotFoundError(NOT_YOURS)
    chosen = class_id or next(iter(classes), "")
    answers = state.answers.get(event_id, {})
    lines = [_line(workspace, state, event_id, home, answers.get(home.id)) for home in classes.get(chosen, ())]
    questions = [(line.name, line.said.question) for line in lines if line.said.question]
    return AnswerListView(
        event_id=event_id,
        title=event.occurrence.title,
        first=event.planned.span.first,
        last=event.planned.span.last,
        classes=tuple(
            (each, names[each], sum(home.id not in answers for home in homes)) for each, homes in classes.items()
        ),
        class_id=chosen,
        class_name=names.get(chosen, ""),
        lines=tuple(_as_typed(line, form, wrong) if form is not None else line for line in lines),
        is_open=now < school_closes(event.planned),
        most_persons=MOST_PERSONS,
        questions=tuple(questions),
    )


def _number(text: str) -> int | None:
    """Return what was typed; None for what is no number of people. Empty text is for the caller."""
    good = text.isascii() and text.isdecimal() and int(text) <= MOST_PERSONS if len(text) <= len("12") else False
    return int(text) if good else None


def _changes(homes: Iterable[Household], form: Form) -> tuple[dict[str, int | None], frozenset[str]]:
    """Return the new number of each household whose line was changed (None: no answer after all), and whose are odd.

    What stands in a field as the page gave it was not typed: then a later answer of the family stays.
    """
    found: dict[str, int | None] = {}
    wrong = set()
    for home in homes:
        text, before = (form.get(f"{name}-{home.id}", "").strip() for name in ("n", "was"))
        has_interpreter, had = f"t-{home.id}" in form, f"wast-{home.id}" in form
        if text == before and has_interpreter == had:
            continue
        number = _number(text) if text else None
        if (text and number is None) or (not text and has_interpreter):
            wrong.add(home.id)
        found[home.id] = number
    return found, frozenset(wrong)


def _reply(home: Household, persons: int, old: Answer | None, *, interpreter: bool) -> Reply:
    """Return a reply with what the family itself said besides the number."""
    question = old.reply.question if old else ""
    if persons == 0:
        return Reply(coming=False, question=question)
    children = old.reply.children if old else 0
    language = (old.reply.interpreter if old else "") or home.language
    return Reply(
        coming=True,
        persons=persons,
        interpreter=language if interpreter else "",
        children=children,
        question=question,
    )


@allowed(Right.ANSWERS)
def save_list(workspace: Workspace, event_id: str, form: Form, *, class_id: str, now: datetime) -> int:
    """Keep what was changed in the list of a class, all of it or nothing; return how many families that were.

    For each household `n-ID` is the number that comes (0: cannot come, empty: no answer) and `t-ID` a wish for an
    interpreter; `was-ID` and `wast-ID` are what the page showed. AnswerListError names odd fields,
    ConflictError when it is too late, NotFoundError for a class of somebody else.
    """
    require_class(workspace, class_id)
    state = load_state(workspace)
    families = _seen_classes(workspace, state, event_id).get(class_id)
    if families is None:
        raise NotFoundError(NOT_YOURS)
    if now >= school_closes(state.event(event_id).planned):
        raise ConflictError("Deze activiteit is voorbij. Antwoorden veranderen nu niet meer.")
    homes = {home.id: home for home in families}
    changes, wrong = _changes(homes.values(), form)
    if wrong:
        names = ", ".join(home.name for home in homes.values() if home.id in wrong)
        raise AnswerListError(
            f"Er is nog niets bewaard. Kijk bij {names}: typ een getal van 0 tot en met {MOST_PERSONS}. "
            "0 betekent: kan niet komen.",
            wrong,
        )
    actor = workspace.actor
    source = Source.MENTOR if actor.role is Role.MENTOR else Source.SCHOOL
    session = workspace.session
    with writing(session):
        earlier = load_said(session, event_id)
        for home_id, number in changes.items():
            if number is None:
                drop_answer(session, event_id, home_id)
            elif is_there(session, home_id):
                interpreter = f"t-{home_id}" in form
                reply = _reply(homes[home_id], number, earlier.get((event_id, home_id)), interpreter=interpreter)
                save_answer(session, event_id, home_id, Answer(reply=reply, source=source, at=now, by=actor.name))
    return len(changes)


@allowed(Right.ANSWERS)
def answer_events(workspace: Workspace, *, now: datetime) -> tuple[AnswerEvent, ...]:
    """Return the activities with families one may see, the next one first, with what those families said."""
    state, today = load_state(workspace), now.astimezone(AMSTERDAM).date()
    weeks = timedelta(weeks=keeping(workspace.session)[0])
    found = []
    for event in state.events:
        span = event.planned.span
        homes = {home.id for each in _seen_classes(workspace, state, event.planned.id).values() for home in each}
        if not homes or span.last < today - _OLDEST:
            continue
        replies = [reply for home, reply in state.replies(event.planned.id).items() if home in homes]
        coming = sum(reply.coming for reply in replies)
        found.append(
            AnswerEvent(
                event_id=event.planned.id,
                title=event.occurrence.title,
                first=span.first,
                last=span.last,
                coming=coming,
                cannot=len(replies) - coming,
                silent=len(homes) - len(replies),
                is_today=span.first <= today <= span.last,
                has_door=state.runbook(event.planned.id).kind is Kind.EVENING,
                keeps_until=span.last + weeks,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.last < today, each.first, each.event_id)))
