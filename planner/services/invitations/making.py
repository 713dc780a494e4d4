"""The workshop: a pupil makes the invitation for the own family. The facts come from the event and stay so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.domain.families.pupiltext import tame, trouble
from planner.domain.school import Household, Pupil
from planner.domain.year import AMSTERDAM
from planner.errors import ConflictError, InputError, NotFoundError
from planner.exports.fonts import missing_glyphs
from planner.services.invitations import invitations, ownwords
from planner.services.invitations.ownwords import Own
from planner.services.invitations.pupilcodes import pupil_behind
from planner.services.invitations.shortcodes import codes_of
from planner.services.state import YearState, load_state
from planner.services.texts.wordings import DUTCH, Words, all_words
from planner.services.views import Activity, Choice, InvitationSheet, MakingView, Written
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.events import StoredEvent
from planner.storage.models import MakingState, PupilInvitationRow

BORDERS = ("sterren", "bloemen", "boeken", "harten", "huizen", "ballen", "muziek", "vogels")
GREETING_LONGEST, LINE_LONGEST, WHO_LONGEST = 60, 90, 90
LINES = 5
FREE = 3  # lines that a pupil fills in with own words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A pupil at work on one activity."""

    workspace: Workspace
    state: YearState
    pupil: Pupil
    home: Household
    event: StoredEvent

    @property
    def row(self) -> PupilInvitationRow | None:
        """What is stored of it."""
        found: PupilInvitationRow | None = self.workspace.session.scalar(
            select(PupilInvitationRow).filter_by(event_id=self.event.planned.id, pupil_id=self.pupil.id)
        )
        return found


def activities(workspace: Workspace, code_hash: str, *, now: datetime) -> tuple[str, tuple[Activity, ...]]:
    """Return the pupil's first name, and the activities to come that the family is invited to, the nearest first."""
    pupil, state = pupil_behind(workspace, code_hash), load_state(workspace)
    rows = workspace.session.scalars(select(PupilInvitationRow).filter_by(pupil_id=pupil.id))
    states = {row.event_id: row.state.value for row in rows}
    mine = sorted(_coming(state, pupil, now), key=lambda event: event.planned.span.first)
    dutch = workspace.languages[DUTCH]
    return pupil.first_name, tuple(
        Activity(
            event_id=event.planned.id,
            title=state.runbook(event.planned.id).invitation.title,
            when=invitations.date_of(event, dutch.babel),
            state=states.get(event.planned.id, ""),
        )
        for event in mine
    )


def _coming(state: YearState, pupil: Pupil, now: datetime) -> Iterator[StoredEvent]:
    today = now.astimezone(AMSTERDAM).date()
    mine = (event for event in state.events if pupil.id in event.planned.pupil_ids and event.planned.span.last >= today)
    return (event for event in mine if state.runbook(event.planned.id).gathers)


def _desk(workspace: Workspace, code_hash: str, event_id: str, now: datetime) -> _Desk:
    """Return where a pupil works; NotFoundError for an activity that is not this pupil's, or is over."""
    pupil, state = pupil_behind(workspace, code_hash), load_state(workspace)
    event = next((each for each in _coming(state, pupil, now) if each.planned.id == event_id), None)
    home = next((each for each in state.school.households if pupil.id in each.pupil_ids), None)
    if event is None or home is None:
        raise NotFoundError("Deze uitnodiging is er niet (meer). Ga terug en kies een andere.")
    return _Desk(workspace=workspace, state=state, pupil=pupil, home=home, event=event)


def making(workspace: Workspace, code_hash: str, event_id: str, *, language: str = "", now: datetime) -> MakingView:
    """Return the page for one activity. With another `language` its suggestions come in that one."""
    desk = _desk(workspace, code_hash, event_id, now)
    every, row = all_words(workspace), desk.row
    code = next((each for each in (language, row.language if row else "", desk.home.language) if each in every), DUTCH)
    words, own = every[code], ownwords.own_of(row) if row else Own(language=code)
    greetings = _choices("aanhef", words, every[DUTCH], (own.greeting,))
    sentences = (*_choices("zin", words, every[DUTCH], own.lines), *_about(desk, words, own.lines))
    sentences += _offered(desk, code, own.lines, {choice.own for choice in sentences})
    whos = _choices("wie", words, every[DUTCH], _split(own.who))
    return MakingView(
        event_id=event_id,
        title=desk.state.runbook(desk.event.planned.id).invitation.title,
        pupil=desk.pupil.first_name,
        language=code,
        own_name=words.language.own_name,
        rtl=words.language.rtl,
        languages=tuple(
            (each.language.code, f"{each.language.own_name} ({each.language.name})") for each in every.values()
        ),
        greetings=greetings,
        own_greeting="" if any(choice.chosen for choice in greetings) else own.greeting[1],
        sentences=sentences,
        free=_free(own.lines, sentences),
        whos=whos,
        own_who=_free_who(own.who, whos),
        borders=BORDERS,
        border=own.border,
        colour=own.colour,
        consent=bool(row and row.consent),
        state=row.state.value if row else "",
        note=row.note if row else "",
        sheet=_preview(desk, own),
        started=row is not None,
    )


WHO_BETWEEN = " · "  # between several who may come, so that they can be taken apart again


def _split(pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    dutch, own = (text.split(WHO_BETWEEN) for text in pair)
    return tuple(zip((*dutch, *("",) * (len(own) - len(dutch))), own, strict=False))


def _choices(kind: str, words: Words, dutch: Words, chosen: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    own = {text for _, text in chosen}
    pairs = zip(dutch.sentences(kind), words.sentences(kind), strict=True)
    return tuple(
        Choice(id=f"{kind}.{number}", dutch=said, own=text or said, chosen=(text or said) in own)
        for number, (said, text) in enumerate(pairs, start=1)
    )


def _about(desk: _Desk, words: Words, chosen: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    runbook, own = desk.state.runbook(desk.event.planned.id), {text for _, text in chosen}
    return tuple(
        Choice(id=f"onderwerp.{number}", dutch=said, own=text or said, chosen=(text or said) in own)
        for number, (said, text) in enumerate(zip(runbook.invitation.about, words.about(runbook), strict=True), 1)
    )


def _offered(desk: _Desk, code: str, chosen: tuple[tuple[str, str], ...], known: set[str]) -> tuple[Choice, ...]:
    """Return lines of others who agreed to that, which somebody who reads the language approved; without names."""
    rows = desk.workspace.session.scalars(
        select(PupilInvitationRow)
        .filter_by(language=code, state=MakingState.RELEASED, consent=True, checked="approved")
        .order_by(PupilInvitationRow.id)
    )
    others = [row for row in rows if row.pupil_id != desk.pupil.id]
    texts = dict.fromkeys(own for row in others for dutch, own in row.lines if not dutch and own not in known)
    mine = {text for _, text in chosen}
    return tuple(
        Choice(id=f"ander.{number}", dutch="", own=text, chosen=text in mine)
        for number, text in enumerate(list(texts)[:6], start=1)
    )


def _free(lines: tuple[tuple[str, str], ...], choices: tuple[Choice, ...]) -> tuple[str, ...]:
    known = {choice.own for choice in choices}
    own = [text for _, text in lines if text not in known]
    return tuple((own + [""] * FREE)[:FREE])


def _free_who(who: tuple[str, str], choices: tuple[Choice, ...]) -> str:
    known = {choice.own for choice in choices}
    return WHO_BETWEEN.join(text for _, text in _split(who) if text not in known)


def _preview(desk: _Desk, own: Own) -> InvitationSheet:
    urls = invitations.known_links(desk.workspace, desk.event.planned.id, (desk.home.id,))
    mine = Household(id=desk.home.id, name=desk.home.name, language=desk.home.language, pupil_ids=(desk.pupil.id,))
    code = codes_of(desk.workspace, desk.event.planned.id).get(desk.home.id, ("", ""))
    url = urls[desk.home.id]
    return invitations.sheet_for(desk.workspace, desk.state, desk.event, mine, url=url, code=code, made=own)


def save(workspace: Workspace, code_hash: str, event_id: str, written: Written, *, now: datetime) -> None:
    """Keep what a pupil made; InputError with a kind sentence when something cannot be printed.

    ConflictError once a mentor released it: then it may hang on a fridge.
    """
    desk = _desk(workspace, code_hash, event_id, now)
    view = making(workspace, code_hash, event_id, language=written.language, now=now)
    if written.language != view.language:
        raise InputError("Kies een taal uit de lijst.")
    own = Reading(workspace, view).own(written)
    invitations.links(workspace, event_id, (desk.home.id,))  # the code on it works from now on
    with writing(workspace.session):
        row = desk.row or PupilInvitationRow(event_id=event_id, pupil_id=desk.pupil.id, note="")
        _refuse_released(row)
        row.language, row.border, row.colour, row.consent = own.language, own.border, own.colour, written.consent
        row.greeting, row.who, row.lines = list(own.greeting), list(own.who), [list(pair) for pair in own.lines]
        row.state, row.updated_at = MakingState.DRAFT, now
        row.checked, row.checked_by, row.checked_at, row.suggestion, row.released_by = "", "", None, "", ""
        workspace.session.add(row)


def _refuse_released(row: PupilInvitationRow) -> None:
    if row.state is MakingState.RELEASED:
        raise ConflictError("Je mentor heeft je uitnodiging al goedgekeurd. Wil je iets veranderen? Vraag je mentor.")


def hand_in(workspace: Workspace, code_hash: str, event_id: str, *, now: datetime) -> None:
    """Give an invitation to the mentor; NotFoundError when there is nothing to give yet."""
    desk = _desk(workspace, code_hash, event_id, now)
    with writing(workspace.session):
        row = desk.row
        if row is None:
            raise NotFoundError("Er is nog geen uitnodiging. Maak hem eerst.")
        _refuse_released(row)
        row.state, row.note = MakingState.HANDED_IN, ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads what came from the page against what the page offered."""

    workspace: Workspace
    view: MakingView

    def own(self, written: Written) -> Own:
        """Return it as an invitation is made of it."""
        known = {
            choice.id: (choice.dutch, choice.own)
            for choice in (*self.view.greetings, *self.view.sentences, *self.view.whos)
        }
        free = tuple(("", text) for text in self._free(written.free))
        lines = (*self._chosen(known, written.sentences), *free)
        if len(lines) > LINES:
            raise InputError(f"Dat zijn te veel zinnen. Kies er hoogstens {LINES}.")
        return Own(
            language=self.view.language,
            greeting=self._greeting(known, written),
            lines=lines,
            who=self._who(known, written),
            border=written.border if written.border in BORDERS else "",
            colour=written.colour,
        )

    def _greeting(self, known: Mapping[str, tuple[str, str]], written: Written) -> tuple[str, str]:
        own = self._text(written.own_greeting, "De begroeting", GREETING_LONGEST)
        return ("", own) if own else known.get(written.greeting, ("", ""))

    def _who(self, known: Mapping[str, tuple[str, str]], written: Written) -> tuple[str, str]:
        own = self._text(written.own_who, "Wie mag er komen", WHO_LONGEST)
        pairs = [*self._chosen(known, written.whos), *([("", own)] if own else [])]
        return (
            WHO_BETWEEN.join(dutch for dutch, _ in pairs if dutch),
            WHO_BETWEEN.join(text for _, text in pairs),
        )

    @staticmethod
    def _chosen(known: Mapping[str, tuple[str, str]], ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(known[each] for each in dict.fromkeys(ids) if each in known)

    def _free(self, texts: tuple[str, ...]) -> Iterator[str]:
        for number, text in enumerate(texts[:FREE], start=1):
            own = self._text(text, f"Zin {number}", LINE_LONGEST)
            if own:
                yield own

    def _text(self, text: str, where: str, longest: int) -> str:
        own = tame(text)
        wrong = trouble(own, longest=longest)
        if not wrong and own:
            missing = missing_glyphs(own, self.view.language, folder=self.workspace.fonts_dir)
            if missing:
                wrong = f"Dit kunnen wij niet op papier zetten: {' '.join(missing[:5])}. Haal het weg."
        if wrong:
            raise InputError(f"{where}: {wrong}")
        return own
