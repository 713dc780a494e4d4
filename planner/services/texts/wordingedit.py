"""Changing what is said in a language: by the school, by somebody who reads it, or from a translator's file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel import Locale, UnknownLocaleError
from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.families.pupiltext import tame, trouble
from planner.errors import InputError, NotFoundError
from planner.exports.fonts import missing_fonts, missing_glyphs
from planner.services.guarding import allowed
from planner.services.texts.wordings import DUTCH, FIXED, Words, all_words, words
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AuditRow, OwnLanguageRow, WordingRow, WordingState
from planner.storage.records import bump_revision

LONGEST = 240  # characters of one text; the longest of ours has about 170
PEOPLE = "{n}"
WITH_NUMBER = f"{FIXED}.with_n"
CODE_LONGEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody says about one text: other words (empty: those there are), and whether it is right."""

    text: str = ""
    state: WordingState = WordingState.DRAFT
    note: str = ""


def wanted(*, text: str, state: str, note: str) -> Change:
    """Return what a page sent as a change; InputError for a state that there is not."""
    try:
        return Change(text=text, state=WordingState(state), note=note)
    except ValueError:
        raise InputError("Kies of de tekst klopt.") from None


@allowed(Right.REVIEW_TEXTS)
def review(workspace: Workspace) -> tuple[Words, ...]:
    """Return every language but Dutch with all its texts, the least checked last."""
    return tuple(found for code, found in all_words(workspace).items() if code != DUTCH)


@allowed(Right.REVIEW_TEXTS)
def language(workspace: Workspace, code: str) -> Words:
    """Return one language with all its texts; NotFoundError when it is not there."""
    return words(workspace, code)


@allowed(Right.REVIEW_TEXTS)
def change(workspace: Workspace, code: str, key: str, said: Change, *, by: str, now: datetime) -> None:
    """Keep what somebody says about one text; InputError when it cannot be printed, NotFoundError for another key."""
    keep(workspace, code, {key: said}, by=by, now=now)


def keep(workspace: Workspace, code: str, said: Mapping[str, Change], *, by: str, now: datetime) -> int:
    """Keep what is said about texts of one language, all or nothing; return how many changed.

    InputError names the first text that cannot be printed.
    """
    found = words(workspace, code)
    if code == DUTCH:
        raise InputError("De Nederlandse teksten staan in de draaiboeken.")
    checked = {key: _checked(workspace, found, key, each) for key, each in said.items()}
    changed = {key: each for key, each in checked.items() if _differs(found, key, each)}
    if not changed:
        return 0
    with writing(workspace.session):
        rows = {row.key: row for row in workspace.session.scalars(select(WordingRow).filter_by(language=code))}
        for key, each in changed.items():
            row = rows.get(key) or WordingRow(language=code, key=key, text="")
            row.text = each.text or row.text
            row.state, row.note, row.who, row.at = each.state, each.note, by, now
            workspace.session.add(row)
        bump_revision(workspace.session)
    return len(changed)


def _differs(found: Words, key: str, said: Change) -> bool:
    line = found.lines[key]
    return bool(said.text and said.text != line.text) or (said.state, said.note) != (line.state, line.note)


def _checked(workspace: Workspace, found: Words, key: str, said: Change) -> Change:
    """Return a change with its words made fit for paper."""
    line = found.lines.get(key)
    if line is None:
        raise NotFoundError("Deze tekst is er niet.")
    text, note = tame(said.text), tame(said.note)
    wrong = trouble(text, longest=LONGEST) or trouble(note, longest=LONGEST)
    if not wrong and text and not missing_fonts(workspace.fonts_dir):
        missing = missing_glyphs(text, found.language.code, folder=workspace.fonts_dir)
        wrong = f"Geen van onze letters heeft {' '.join(missing[:5])}." if missing else ""
    if not wrong and text and key == WITH_NUMBER and (text.count(PEOPLE) != 1 or text.count("{") != 1):
        wrong = f"Zet {PEOPLE} op de plaats van het aantal mensen."
    if not wrong and not text and not line.text and said.state is WordingState.CHECKED:
        wrong = "Er staat nog geen vertaling. Vul haar eerst in."
    if wrong:
        raise InputError(f"{found.language.name}, ‘{line.dutch}’: {wrong}")
    return Change(text="" if text == line.text else text, state=said.state, note=note)


@allowed(Right.SETTINGS)
def add_language(  # noqa: PLR0913 - a language is all of these
    workspace: Workspace, *, code: str, babel: str, name: str, own_name: str, rtl: bool, by: str, now: datetime
) -> None:
    """Add a language of the school's own; its invitations are in Dutch until its texts are filled in.

    InputError when the code is taken or unknown to the calendar of languages.
    """
    chosen = tame(code).lower()
    if not chosen.replace("-", "").isalnum() or not chosen.isascii() or not 1 < len(chosen) <= CODE_LONGEST:
        raise InputError('Gebruik als code letters, bijvoorbeeld "sq" of "ckb".')
    if chosen in all_words(workspace) or not tame(name) or not tame(own_name):
        raise InputError("Deze taal is er al, of de naam ontbreekt.")
    try:
        Locale.parse(tame(babel).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise InputError(
            f'"{tame(babel)[:20]}" is geen taal waarvan wij de dagen kennen. Kies bijvoorbeeld "sq".'
        ) from None
    with writing(workspace.session):
        workspace.session.add(
            OwnLanguageRow(
                code=chosen, babel=tame(babel).replace("-", "_"), rtl=rtl, name=tame(name), own_name=tame(own_name)
            )
        )
        workspace.session.add(AuditRow(at=now, who=by, what="taal toegevoegd", subject=chosen))
        bump_revision(workspace.session)
