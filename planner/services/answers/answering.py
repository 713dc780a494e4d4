"""A family answers: what its page shows, and its answer taken from a form, whoever holds the phone.

The link or the code on the invitation is all there is: no account, no cookie, no name on the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from planner.domain.families.answers import (
    LONGEST_QUESTION,
    MOST_CHILDREN,
    MOST_PERSONS,
    Answer,
    Flaw,
    Reply,
    Source,
    family_closes,
    flaw_of,
    plain,
)
from planner.domain.families.language import Language
from planner.domain.school import Household
from planner.errors import NotFoundError
from planner.services.invitations import invitations, shortcodes
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.invitations.invitations import DUTCH
from planner.services.state import YearState, load_plan_state
from planner.services.views import FamilyPage
from planner.services.workspace import Workspace
from planner.services.year.severalevenings import evening_for
from planner.storage.answers import is_there, said_by, save_answer
from planner.storage.db import writing

YES, NO = "ja", "nee"
_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One household at one event: all that a link or a code is for."""

    event_id: str
    household_id: str


def spot_of_link(workspace: Workspace, token: str) -> Spot:
    """Return what the link of a QR code is for; AnswerRefusedError when it does not work. Never limited."""
    row = invitations.link_of(workspace, token)
    return Spot(event_id=row.event_id, household_id=row.household_id)


def spot_of_code(workspace: Workspace, typed: str, *, guesser: str, now: datetime) -> tuple[Spot, str]:
    """Return what a typed code is for, and the whole code that always gets in; AnswerRefusedError as `find` says."""
    row, whole = shortcodes.find(workspace, typed, guesser=guesser, now=now)
    return Spot(event_id=row.event_id, household_id=row.household_id), whole


def _found(state: YearState, spot: Spot) -> tuple[Spot, Household]:
    """Return the household and the evening it comes on now; AnswerRefusedError when it or its event is gone.

    An invitation that was printed before families were divided over evenings leads to the right one.
    """
    home = next((each for each in state.school.households if each.id == spot.household_id), None)
    event_id = evening_for(state, spot.event_id, spot.household_id)
    if home is None or event_id not in state.by_id or not state.runbook(event_id).gathers:
        raise AnswerRefusedError(Flaw.CODE_UNKNOWN)
    return Spot(event_id=event_id, household_id=home.id), home


def _is_open(state: YearState, event_id: str, now: datetime) -> bool:
    return now < family_closes(state.runbook(event_id), state.event(event_id).planned)


def _choices(languages: Mapping[str, Language], near: Iterable[str]) -> tuple[tuple[str, str, bool], ...]:
    codes = dict.fromkeys((*near, *languages))
    return tuple((code, languages[code].own_name, languages[code].rtl) for code in codes)


def texts_in(workspace: Workspace, language: str) -> tuple[str, Mapping[str, str]]:
    """Return the texts of the answer page in a language, Dutch when there are none, after the code of what it is."""
    texts = workspace.answer_texts
    found = texts.get(language, texts[DUTCH])
    return found.code, found.strings


def family_page(workspace: Workspace, spot: Spot, *, language: str, now: datetime) -> FamilyPage:
    """Return the page of a household, in the language it chose or else its own; changes nothing, names nobody."""
    state = load_plan_state(workspace)
    spot, home = _found(state, spot)
    own = language if language in workspace.languages else home.language
    nameless = Household(id=home.id, name="", language=own, pupil_ids=())
    sheet = invitations.sheet_for(workspace, state, state.event(spot.event_id), nameless)
    code, texts = texts_in(workspace, sheet.language)
    answer = said_by(workspace.session, spot.event_id, spot.household_id)
    near = [each for each in dict.fromkeys((sheet.language, home.language, DUTCH)) if each in workspace.languages]
    return FamilyPage(
        sheet=sheet,
        texts=texts,
        dutch=workspace.answer_texts[DUTCH].strings,
        is_dutch=code == DUTCH,
        choices=_choices(workspace.languages, near),
        near=len(near),
        is_open=_is_open(state, spot.event_id, now),
        reply=answer.reply if answer else None,
        most_persons=MOST_PERSONS,
        most_children=MOST_CHILDREN,
        longest_question=LONGEST_QUESTION,
    )


def _number(text: str) -> int:
    """Return a number of a few digits; AnswerRefusedError for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise AnswerRefusedError(Flaw.NUMBER)
    return int(text)


def _words(text: str) -> str:
    """Return a question as it is kept: plain lines, without characters that cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in lines if character.isprintable() or character == "\n").strip()


def reply_from(workspace: Workspace, form: Mapping[str, str]) -> Reply:
    """Return the reply in a form with the fields `komt` (ja or nee), `personen`, `tolk`, `kinderen` and `vraag`.

    AnswerRefusedError says what is wrong. A language that we do not know is no wish for an interpreter.
    """
    if form.get("komt") not in {YES, NO}:
        raise AnswerRefusedError(Flaw.CHOOSE)
    coming = form["komt"] == YES
    tolk = form.get("tolk", "")
    reply = Reply(
        coming=coming,
        persons=_number(form.get("personen", "")) if coming else 0,
        interpreter=tolk if tolk in workspace.languages else "",
        children=_number(form.get("kinderen") or "0") if coming else 0,
        question=_words(form.get("vraag", "")),
    )
    flaw = flaw_of(reply)
    if flaw:
        raise AnswerRefusedError(flaw)
    return plain(reply)


def answer(workspace: Workspace, spot: Spot, reply: Reply, *, source: Source, now: datetime) -> None:
    """Keep the answer of a family, in the place of an earlier one. AnswerRefusedError when the evening has begun."""
    state = load_plan_state(workspace)
    spot, _ = _found(state, spot)
    if not _is_open(state, spot.event_id, now):
        raise AnswerRefusedError(Flaw.LATE)
    with writing(workspace.session):
        if not is_there(workspace.session, spot.household_id):  # erased a moment ago
            raise AnswerRefusedError(Flaw.CODE_UNKNOWN)
        kept = Answer(reply=reply, source=source, at=now)
        save_answer(workspace.session, spot.event_id, spot.household_id, kept)


def spots_of_pupil(workspace: Workspace, event_id: str, pupil_id: str) -> tuple[Spot, ...]:
    """Return the households of a pupil who is invited to an event; NotFoundError when the pupil is not."""
    state = load_plan_state(workspace)
    if pupil_id not in state.event(event_id).planned.pupil_ids:
        raise NotFoundError("Deze leerling hoort niet bij deze activiteit.")
    homes = (home for home in state.school.households if pupil_id in home.pupil_ids)
    return tuple(Spot(event_id=event_id, household_id=home.id) for home in homes)


def answer_by_pupil(
    workspace: Workspace,
    event_id: str,
    pupil_id: str,
    form: Mapping[str, str],
    *,
    household_id: str = "",
    now: datetime,
) -> None:
    """Keep the answer that a pupil brings from home, with the fields of `reply_from`.

    For the page of the pupil, which knows who the pupil is. A pupil with two households names one with
    `household_id`; without it the first is meant. NotFoundError for a household of somebody else,
    AnswerRefusedError as for a family.
    """
    spots = spots_of_pupil(workspace, event_id, pupil_id)
    mine = [spot for spot in spots if household_id in {"", spot.household_id}]
    if not mine:
        raise NotFoundError("Dit gezin hoort niet bij deze leerling.")
    answer(workspace, mine[0], reply_from(workspace, form), source=Source.PUPIL, now=now)
