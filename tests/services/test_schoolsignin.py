from datetime import timedelta

import pytest
from demoschool import NOW
from oidcprovider import running_provider
from signingin import EMAIL, a_session, an_account, audit, credential

from planner.domain.access.rights import Role
from planner.errors import InputError, NotFoundError
from planner.services.signin import accounts, schoolsignin
from planner.services.signin.schoolsignin import LOST, NOT_INVITED
from planner.storage.db import writing
from planner.storage.models import AccountRow


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture(scope="module")
def listening():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(listening):
    fresh = type(listening)(url=listening.url, now=int(NOW.timestamp()))
    vars(listening).update(vars(fresh), claims={"email": EMAIL, "email_verified": True})
    return listening


@pytest.fixture
def school(open_workspace, provider):
    """Return the workspace of a school with accounts of its own."""
    return open_workspace(school_signin=provider.settings)


def come_in(school, provider, now=NOW):
    url, pending = schoolsignin.begin(school, now=now)
    code = provider.authorize(url)
    return schoolsignin.finish(school, pending, state=pending["state"], code=code, browser="Edge op Windows", now=now)


def test_invited_person_comes_in_and_is_remembered_by_subject(school, provider):
    noor = an_account(school, password="")

    started = come_in(school, provider)

    assert accounts.visitor_of(school, started.token, now=NOW).account_id == noor
    row = credential(school, noor)
    assert (row.oidc_issuer, row.oidc_subject) == (provider.url, "noor-1")
    assert ("Noor de Vries", "ingelogd met het schoolaccount", "Edge op Windows") in audit(school)


def test_subject_counts_when_the_address_changes(school, provider):
    noor = an_account(school)
    come_in(school, provider)
    provider.claims = {"email": "noor.anders@school.example", "email_verified": True}

    assert come_in(school, provider).account_id == noor


def test_address_that_passed_to_somebody_else_opens_nothing(school, provider):
    an_account(school)
    come_in(school, provider)
    provider.claims = {"email": EMAIL, "email_verified": True, "sub": "iemand-anders"}

    with pytest.raises(NotFoundError, match=NOT_INVITED[:20]):
        come_in(school, provider)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "niemand@school.example", "email_verified": True},
        {"email": EMAIL},
        {"email": EMAIL, "email_verified": False},
        {"email": EMAIL, "email_verified": "true"},
        {"email": EMAIL, "xms_edov": False},
        {"email_verified": True},
        {"email": f"{EMAIL}\n", "email_verified": True},
    ],
)
def test_who_is_not_invited_or_not_vouched_for_stays_out(school, provider, claims):
    an_account(school)
    provider.claims = claims

    with pytest.raises(NotFoundError, match=NOT_INVITED[:20]):
        come_in(school, provider)

    assert audit(school)[-1] == ("onbekend", "schoolaccount zonder account", "Edge op Windows")


@pytest.mark.parametrize("word", [True, "1", 1, "true"])
def test_microsoft_vouches_in_its_own_word(school, provider, word):
    noor = an_account(school)
    provider.claims = {"email": EMAIL.upper(), "xms_edov": word}

    assert come_in(school, provider).account_id == noor


def test_closed_account_stays_closed(school, provider):
    noor = an_account(school)
    come_in(school, provider)
    with writing(school.session):
        school.session.get_one(AccountRow, noor).disabled_at = NOW

    with pytest.raises(NotFoundError, match=NOT_INVITED[:20]):
        come_in(school, provider)


def test_coordinator_still_does_the_second_step(school, provider):
    an_account(school, role=Role.COORDINATOR)

    assert not come_in(school, provider).is_whole


def test_answer_must_belong_to_what_this_browser_began(school, provider):
    an_account(school)
    url, pending = schoolsignin.begin(school, now=NOW)
    code = provider.authorize(url)

    def back(given=pending, state=pending["state"], code=code, now=NOW):
        return schoolsignin.finish(school, given, state=state, code=code, browser="", now=now)

    for wrong in (
        {"given": None},
        {"state": "van-iemand-anders"},
        {"state": ""},
        {"code": ""},
        {"now": NOW + timedelta(minutes=11)},
    ):
        with pytest.raises(InputError, match=LOST[:20]):
            back(**wrong)
    assert back().account_id


def test_every_flow_has_its_own_secrets(school):
    flows = [schoolsignin.begin(school, now=NOW)[1] for _ in range(2)]

    assert not {each for each in flows[0].values() if len(each) > 40} & set(flows[1].values())


def test_places_of_the_provider_are_asked_once_an_hour(school, provider):
    schoolsignin.begin(school, now=NOW)
    provider.status = 500
    assert schoolsignin.begin(school, now=NOW + timedelta(minutes=59))

    with pytest.raises(InputError):
        schoolsignin.begin(school, now=NOW + timedelta(hours=1))


def test_school_without_accounts_of_its_own(workspace):
    with pytest.raises(NotFoundError, match="staat hier niet aan"):
        schoolsignin.begin(workspace, now=NOW)


def test_session_of_before_stays(school, provider):
    noor = an_account(school)
    old = a_session(school, noor, now=NOW)

    come_in(school, provider)

    assert accounts.visitor_of(school, old, now=NOW)
