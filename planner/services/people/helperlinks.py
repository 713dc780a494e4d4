"""Personal links: how somebody without an account gets at the own tasks. Made, renewed and ended one by one."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.rights import Actor, Right, Role
from planner.errors import NotFoundError
from planner.exports.qr import qr_svg
from planner.services.guarding import allowed
from planner.services.state import load_state
from planner.services.tokens import derive_token, hash_token
from planner.services.views import HelperLink
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import HelperLinkRow, PersonRow

UNKNOWN = "Deze link werkt niet (meer). Vraag de school om een nieuwe."


def _token(workspace: Workspace, row: HelperLinkRow) -> str:
    return derive_token(workspace.secret_key, purpose="helper", subject=row.person_id, generation=row.generation)


def _is_good(workspace: Workspace, row: HelperLinkRow) -> bool:
    """Return whether the link still opens: not ended, and made with the key of today."""
    return row.ended_at is None and row.token_hash == hash_token(_token(workspace, row))


@allowed(Right.SEE_YEAR)
def link_of(workspace: Workspace, person_id: str) -> HelperLink | None:
    """Return somebody's link with its code to scan, None when there is none that works."""
    row = workspace.session.get(HelperLinkRow, person_id)
    if row is None or not _is_good(workspace, row):
        return None
    url = f"{workspace.public_url}/m/{_token(workspace, row)}"
    return HelperLink(url=url, qr_svg=qr_svg(url), made_at=row.made_at)


@allowed(Right.PLAN)
def renew(workspace: Workspace, person_id: str, *, now: datetime) -> None:
    """Give somebody a link, or another one; an older one stops working. NotFoundError for somebody unknown."""
    load_state(workspace).person(person_id)
    session = workspace.session
    with writing(session):
        row = session.get(HelperLinkRow, person_id) or HelperLinkRow(person_id=person_id, generation=0)
        row.generation += 1
        row.token_hash, row.made_at, row.ended_at = hash_token(_token(workspace, row)), now, None
        session.add(row)


@allowed(Right.PLAN)
def end(workspace: Workspace, person_id: str, *, now: datetime) -> None:
    """End somebody's link; nothing happens when there is none. NotFoundError for somebody unknown."""
    load_state(workspace).person(person_id)
    session = workspace.session
    with writing(session):
        row = session.get(HelperLinkRow, person_id)
        if row:
            row.ended_at = now


def opened(workspace: Workspace, token: str) -> Workspace:
    """Return the workspace of whoever holds a link: the own tasks and nothing else.

    NotFoundError when the link is unknown or was ended.
    """
    found = workspace.session.execute(
        select(HelperLinkRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == HelperLinkRow.person_id)
        .where(HelperLinkRow.token_hash == hash_token(token))
    ).one_or_none()
    if found is None or not _is_good(workspace, found[0]):
        raise NotFoundError(UNKNOWN)
    actor = Actor(role=Role.HELPER, name=found[1], person_id=found[0].person_id)
    return replace(workspace, actor=actor)
