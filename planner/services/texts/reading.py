"""Somebody who reads a language checks texts through a personal link: approve, suggest, flag. No account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.families.pupiltext import tame, trouble
from planner.errors import InputError, NotFoundError
from planner.services.guarding import allowed
from planner.services.invitations import ownwords
from planner.services.state import load_state
from planner.services.texts.wordingedit import Change, keep
from planner.services.texts.wordings import Wording, Words, words
from planner.services.tokens import derive_token, hash_token
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import MakingState, PupilInvitationRow, ReaderLinkRow, WordingState

VERDICTS = ("approved", "suggested", "flagged")
LONGEST = 200
GONE = "Deze link werkt niet (meer). Vraag de school om een nieuwe."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who can read a language, with the personal link when there is one."""

    person_id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilText:
    """What a pupil wrote, without the name: pairs of Dutch and own words."""

    id: int
    pairs: tuple[tuple[str, str], ...]
    checked: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderView:
    """The page behind a reader's link."""

    name: str
    words: Words
    texts: tuple[PupilText, ...]
    lines: tuple[Wording, ...]


def _token(workspace: Workspace, row: ReaderLinkRow) -> str:
    subject = f"{row.person_id}|{row.language}"
    return derive_token(workspace.secret_key, purpose="reader", subject=subject, generation=row.generation)


@allowed(Right.SEE_YEAR)
def readers(workspace: Workspace, code: str) -> tuple[Reader, ...]:
    """Return who of the school's people reads a language, by name."""
    rows = {row.person_id: row for row in workspace.session.scalars(select(ReaderLinkRow).filter_by(language=code))}
    people = [each for each in load_state(workspace).people if any(skill.language == code for skill in each.skills)]
    return tuple(
        Reader(person_id=each.id, name=each.name, url=_url(workspace, rows.get(each.id)))
        for each in sorted(people, key=lambda each: each.name)
    )


def _url(workspace: Workspace, row: ReaderLinkRow | None) -> str:
    return "" if row is None or row.revoked_at else f"{workspace.public_url}/lezen/{_token(workspace, row)}"


@allowed(Right.PLAN)
def give_link(workspace: Workspace, person_id: str, code: str) -> None:
    """Give somebody a link for a language; the one there was ends. NotFoundError for who is not there."""
    load_state(workspace).person(person_id)
    words(workspace, code)
    with writing(workspace.session):
        key = (person_id, code)
        row = workspace.session.get(ReaderLinkRow, key) or ReaderLinkRow(
            person_id=person_id, language=code, generation=0
        )
        row.generation, row.revoked_at = row.generation + 1, None
        row.token_hash = hash_token(_token(workspace, row))
        workspace.session.add(row)


@allowed(Right.PLAN)
def end_link(workspace: Workspace, person_id: str, code: str, *, now: datetime) -> None:
    """End somebody's link at once."""
    with writing(workspace.session):
        row = workspace.session.get(ReaderLinkRow, (person_id, code))
        if row:
            row.revoked_at = now


def _link(workspace: Workspace, token: str) -> ReaderLinkRow:
    row = workspace.session.scalar(select(ReaderLinkRow).filter_by(token_hash=hash_token(token)))
    if row is None or row.revoked_at or row.token_hash != hash_token(_token(workspace, row)):
        raise NotFoundError(GONE)
    return row


def opened(workspace: Workspace, token: str) -> ReaderView:
    """Return what there is to check behind a link; NotFoundError when it was ended."""
    row = _link(workspace, token)
    found = words(workspace, row.language)
    return ReaderView(
        name=load_state(workspace).person(row.person_id).name,
        words=found,
        texts=tuple(_texts(workspace, row.language)),
        lines=tuple(line for line in found.lines.values() if line.text and line.state != WordingState.CHECKED),
    )


def _texts(workspace: Workspace, code: str) -> Iterator[PupilText]:
    waiting = select(PupilInvitationRow).filter_by(language=code, state=MakingState.HANDED_IN)
    for row in workspace.session.scalars(waiting.order_by(PupilInvitationRow.id)):
        own = ownwords.own_of(row)
        pairs = tuple(pair for pair in (own.greeting, *own.lines, own.who) if pair[1])
        yield PupilText(id=row.id, pairs=pairs, checked=row.checked, suggestion=row.suggestion)


def _said(text: str) -> str:
    found = tame(text)
    wrong = trouble(found, longest=LONGEST)
    if wrong:
        raise InputError(wrong)
    return found


def say(workspace: Workspace, token: str, made_id: int, *, verdict: str, suggestion: str, now: datetime) -> None:
    """Keep what a reader says about a pupil's text; the pupil's words stay the pupil's."""
    link, said = _link(workspace, token), _said(suggestion)
    if verdict not in VERDICTS or (verdict == "suggested" and not said):
        raise InputError("Kies wat u vindt. Hebt u een voorstel? Schrijf het dan op.")
    name = load_state(workspace).person(link.person_id).name
    with writing(workspace.session):
        row = workspace.session.get(PupilInvitationRow, made_id)
        if row is None or row.language != link.language or row.state is not MakingState.HANDED_IN:
            raise NotFoundError("Deze tekst is er niet meer.")
        row.checked, row.suggestion, row.checked_by, row.checked_at = verdict, said, name, now


def say_line(workspace: Workspace, token: str, key: str, *, verdict: str, text: str, now: datetime) -> None:
    """Keep what a reader says about one of the school's texts: right, better words, or not right."""
    link = _link(workspace, token)
    name = load_state(workspace).person(link.person_id).name
    state = WordingState.FLAGGED if verdict == "flagged" else WordingState.CHECKED
    if verdict not in VERDICTS:
        raise InputError("Kies wat u vindt.")
    wanted = Change(text=text if verdict == "suggested" else "", state=state, note=text if verdict == "flagged" else "")
    keep(workspace, link.language, {key: wanted}, by=name, now=now)
