"""What a pupil made of an invitation, beside the words that stand there when nobody made anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from planner.domain.runbook import Runbook
from planner.domain.school import Household
from planner.services.texts.wordings import DUTCH, Words
from planner.services.workspace import Workspace
from planner.storage.models import MakingState, PupilInvitationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a pupil made of an invitation; `greeting`, `who` and each of `lines` are a pair of Dutch and own words."""

    language: str
    greeting: tuple[str, str] = ("", "")
    lines: tuple[tuple[str, str], ...] = ()
    who: tuple[str, str] = ("", "")
    border: str = ""
    colour: bool = False


def _standard(words: Words, runbook: Runbook) -> Own:
    """Return the invitation as the definitions and the school say it."""
    said, about = runbook.invitation, words.about(runbook)
    return Own(
        language=words.language.code,
        greeting=("", words.fixed["greeting"]),
        lines=tuple(zip(said.about, about, strict=True)),
        who=(said.who_may_come, words.text(f"{runbook.id}.wie")),
    )


def _in_dutch(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1] or pair[0], ""


def told(runbook: Runbook, words: Words, dutch: Words, made: Own | None) -> Own:
    """Return what is said: what the pupil wrote, and the standard where the pupil wrote nothing."""
    standard = _standard(words, runbook)
    own = made or standard
    if made and made.language == DUTCH:  # then the pupil's own words are the Dutch line
        own = replace(made, greeting=_in_dutch(made.greeting), who=_in_dutch(made.who))
        own = replace(own, lines=tuple(_in_dutch(pair) for pair in made.lines))
    return replace(
        own,
        greeting=own.greeting if any(own.greeting) and made else (dutch.fixed["greeting"], standard.greeting[1]),
        lines=own.lines or standard.lines,
        who=own.who if any(own.who) else standard.who,
    )


def made_for(home: Household, made: Mapping[str, Own], first: Mapping[str, str]) -> Own | None:
    """Return what a pupil of a household made, the first in the list of the school when two did.

    Of parents who live apart, those with another language than the pupil wrote in get the standard text.
    """
    mine = (each for each in home.pupil_ids if each in made)
    return next((made[each] for each in mine if made[each].language == home.language or first[each] == home.id), None)


def own_of(row: PupilInvitationRow) -> Own:
    """Return what is stored as what an invitation is made of."""
    return Own(
        language=row.language,
        greeting=(row.greeting[0], row.greeting[1]),
        lines=tuple((dutch, own) for dutch, own in row.lines),
        who=(row.who[0], row.who[1]),
        border=row.border,
        colour=row.colour,
    )


def released(workspace: Workspace, event_id: str) -> Mapping[str, Own]:
    """Return what pupils made for an event and a mentor released, by pupil."""
    rows = workspace.session.scalars(
        select(PupilInvitationRow).filter_by(event_id=event_id, state=MakingState.RELEASED)
    )
    return {row.pupil_id: own_of(row) for row in rows}
