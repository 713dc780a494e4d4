"""Everything about signing in once, on both databases: from the invitation to the closed account."""

from datetime import timedelta

import pyotp
import pytest
from demoschool import NOW
from mailserver import mail_server
from oidcprovider import running_provider
from signingin import ELSEWHERE, EMAIL, PASSWORD, SCHOOL, audit, credential
from sqlalchemy import select

from planner.errors import InputError, NotFoundError
from planner.services import tasks, tidying
from planner.services.signin import (
    accountadmin,
    accounts,
    linkrequests,
    myaccount,
    passwords,
    schoolsignin,
    secondstep,
    sessions,
    signing,
    totp,
)
from planner.services.signin.passwords import Typed
from planner.storage.models import AccountRow, RecoveryCodeRow, SessionRow, SigninLinkRow

LATER = NOW + timedelta(minutes=1)
NEW = "zes-appels-vallen-zacht"


@pytest.fixture
def provider():
    with running_provider() as found:
        found.now, found.claims = int(NOW.timestamp()), {"email": EMAIL, "email_verified": True}
        yield found


@pytest.fixture
def inbox():
    with mail_server() as found:
        yield found


def code_of(workspace, account_id, moment):
    return pyotp.TOTP(totp.secret_of(workspace, credential(workspace, account_id).totp_seed)).at(moment)


def test_a_coordinator_from_invitation_to_the_end(open_workspace, inbox, provider):
    workspace = open_workspace(smtp_url=inbox.url, mail_from="plan@school.example", school_signin=provider.settings)
    link = accountadmin.invite(workspace, name="Noor", email=EMAIL, role="coordinator", now=NOW)
    noor = workspace.session.scalar(select(AccountRow.id).where(AccountRow.email == EMAIL))
    typed = Typed(password=PASSWORD, again=PASSWORD)

    # The first password, then the second step.
    half = passwords.set_by_link(workspace, link.url.rpartition("/")[2], typed, browser="Firefox op Linux", now=NOW)
    assert (half.is_whole, secondstep.is_to_set_up(workspace, half.token, now=NOW)) == (False, True)
    secondstep.setup_view(workspace, half.token, now=NOW)
    here, paper = secondstep.confirm(workspace, half.token, code_of(workspace, noor, NOW), comer=SCHOOL, now=NOW)
    assert accounts.visitor_of(workspace, here, now=NOW).account_id == noor

    # Another place, with a code on paper.
    with pytest.raises(InputError):
        signing.sign_in(workspace, email=EMAIL, password="een gok", comer=ELSEWHERE, now=NOW)  # noqa: S106
    phone = signing.sign_in(workspace, email=EMAIL, password=PASSWORD, comer=ELSEWHERE, now=NOW)
    with pytest.raises(InputError):
        secondstep.complete(workspace, phone.token, "123", comer=ELSEWHERE, now=NOW)
    phone = secondstep.complete(workspace, phone.token, paper[0], comer=ELSEWHERE, now=NOW)
    assert totp.codes_left(workspace, noor) == 9

    # A link by mail, and the school's own account.
    linkrequests.ask_link(workspace, email=EMAIL, comer=ELSEWHERE, now=NOW)
    while tasks.run_next(workspace, now=NOW):
        pass
    (mail,) = (each for each in inbox.mails if each["Subject"] == "Uw link om in te loggen")
    mailed = mail.get_content().partition("/link/")[2].split()[0]
    signing.look_at_link(workspace, mailed, now=NOW)
    assert not signing.sign_in_by_mail(workspace, mailed, browser="", now=NOW).is_whole
    url, pending = schoolsignin.begin(workspace, now=NOW)
    code = provider.authorize(url)
    started = schoolsignin.finish(workspace, pending, state=pending["state"], code=code, browser="", now=NOW)
    assert (started.account_id, credential(workspace, noor).oidc_subject) == (noor, "noor-1")

    # Where am I, and out.
    sessions.seen(workspace, here, now=NOW + sessions.SEEN_EVERY)
    lines = sessions.lines(workspace, here, now=NOW)
    assert [line.is_this for line in lines] == [True, False]
    sessions.end_one(workspace, here, lines[1].id, now=NOW)
    assert accounts.visitor_of(workspace, phone, now=NOW) is None
    sessions.end_others(workspace, here, now=NOW)
    typed = Typed(password=NEW, again=NEW, old=PASSWORD)
    here = passwords.change(workspace, here, typed, comer=SCHOOL, now=NOW)
    assert myaccount.view(workspace, here, now=NOW).recovery_codes == 9
    secondstep.renew_codes(workspace, here, paper[1], comer=SCHOOL, now=NOW)
    secondstep.take_away(workspace, here, code_of(workspace, noor, LATER), comer=SCHOOL, now=LATER)
    assert accounts.visitor_of(workspace, here, now=LATER) is None

    # The coordinator's own list, and the end.
    assert "Noor" in {each.name for each in accountadmin.view(workspace, now=NOW).accounts}
    accountadmin.change_role(workspace, noor, "mentor", now=NOW)
    accountadmin.start_anew(workspace, noor, now=NOW)
    accountadmin.end_sessions(workspace, noor, now=NOW)
    accountadmin.close(workspace, noor, now=NOW)
    accountadmin.reset(workspace, EMAIL, now=NOW)
    tidying.tidy(workspace, now=NOW + timedelta(days=40))
    for table in (SessionRow, SigninLinkRow, RecoveryCodeRow):
        assert workspace.session.scalars(select(table)).all() == []
    assert all(PASSWORD not in " ".join(line) and mailed not in " ".join(line) for line in audit(workspace))


def test_what_waits_to_be_set_up_waits_for_its_owner_only(workspace):
    link = accountadmin.invite(workspace, name="Noor", email=EMAIL, role="collega", now=NOW)
    typed = Typed(password=PASSWORD, again=PASSWORD)
    here = passwords.set_by_link(workspace, link.url.rpartition("/")[2], typed, browser="", now=NOW).token

    with pytest.raises(NotFoundError):
        secondstep.setup_view(workspace, here, now=NOW)
    secondstep.begin_setup(workspace, here, now=NOW)
    assert secondstep.setup_view(workspace, here, now=NOW).key
    with pytest.raises(NotFoundError):
        secondstep.setup_view(workspace, "geen-sessie", now=NOW)
