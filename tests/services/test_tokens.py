import hashlib

import pytest
from demoschool import NOW
from sqlalchemy import func, select

from planner.services import tokens
from planner.services.invitations import invitations
from planner.services.signin import accounts
from planner.services.year import feeds
from planner.storage.models import FeedRow, InviteLinkRow

SUBJECT = {"purpose": "feed", "subject": "p-1", "generation": 1}


def test_token_holds_at_least_128_bits():
    token = tokens.derive_token("k" * 32, **SUBJECT)

    assert (len(token) * 5, set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")) == (140, True)


def test_sign_in_tokens_hold_256_bits():
    assert accounts.TOKEN_BYTES * 8 == 256


@pytest.mark.parametrize("other", [{"purpose": "invite"}, {"subject": "p-2"}, {"generation": 2}])
def test_other_purpose_subject_or_generation_gives_another_token(other):
    tokens_made = {tokens.derive_token("k" * 32, **SUBJECT), tokens.derive_token("k" * 32, **{**SUBJECT, **other})}

    assert len(tokens_made) == 2


def test_other_key_gives_another_token():
    assert tokens.derive_token("k" * 32, **SUBJECT) != tokens.derive_token("l" * 32, **SUBJECT)


def test_hash_is_sha256():
    assert tokens.hash_token("abc") == hashlib.sha256(b"abc").hexdigest()


@pytest.fixture
def secrets(workspace):
    """Return one token of each purpose that the demo school gave out."""
    event_id, home = _an_invitation(workspace)
    signin = accounts.demo_link(workspace, now=NOW)
    return {
        "feed": feeds.year_links(workspace, now=NOW).https.rpartition("/")[2].removesuffix(".ics"),
        "invite": invitations.links(workspace, event_id, (home,))[home].rpartition("/")[2],
        "signin": signin,
        "session": accounts.start_session(workspace, signin, now=NOW),
    }


def _an_invitation(workspace):
    state = invitations.load_state(workspace)
    return state.events[0].planned.id, invitations.invited_households(state, state.events[0].planned.id)[0].id


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_database_file_holds_hashes_and_no_token(secrets, tmp_path):
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("school.sqlite*"))

    assert {name: (token.encode() in raw) for name, token in secrets.items()} == dict.fromkeys(secrets, False)
    assert {name: (tokens.hash_token(token).encode() in raw) for name, token in secrets.items()} == dict.fromkeys(
        secrets, True
    )


def test_feed_token_opens_no_invitation_and_no_session(workspace, secrets):
    with pytest.raises(invitations.AnswerRefusedError):
        invitations.link_of(workspace, secrets["feed"])
    with pytest.raises(accounts.NotFoundError):
        accounts.start_session(workspace, secrets["feed"], now=NOW)
    assert accounts.visitor_of(workspace, secrets["feed"], now=NOW) is None


def test_invitation_token_opens_no_feed(workspace, secrets):
    with pytest.raises(feeds.NotFoundError):
        feeds.served(workspace, secrets["invite"])


def test_sign_in_link_is_no_session(workspace, secrets):
    assert accounts.visitor_of(workspace, secrets["signin"], now=NOW) is None


def test_every_stored_link_has_its_own_hash(workspace, secrets):
    session = workspace.session

    counts = [
        session.execute(select(func.count(), func.count(table.token_hash.distinct())).select_from(table)).one()
        for table in (FeedRow, InviteLinkRow)
    ]

    assert [rows == hashes > 0 for rows, hashes in counts] == [True, True], secrets
