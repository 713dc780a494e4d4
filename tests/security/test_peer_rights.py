"""Each sees exactly their part: the ways in which comparable programs let people see or change what was not theirs.

Every test has a twin that fails when its guard is off. What the matrix of tests/web/test_access.py holds already
(who gets which address, what GET may do, tokens of forms) is not repeated here.
"""

import re
from itertools import count

import pytest
from addresses import MATRIX, path_of
from browsing import Browser
from demoschool import NOW, tables
from sqlalchemy import select, text

from planner.domain.access.rights import ACCOUNT_ROLES, Actor, Role
from planner.services import tasks
from planner.services.people import availability, helperlinks, owntasks
from planner.services.state import load_state
from planner.services.tokens import hash_token
from planner.services.year import feeds, publishing
from planner.storage.db import db, writing
from planner.storage.models import PersonRow, TalkSlotRow, TaskRow
from planner.web import secret

MARKET = "interessemarkt"


def local(url):
    return url.removeprefix("http://localhost")


def rows(demo):
    with demo.app.app_context():
        return tables(db.engine)


@pytest.fixture
def visitor(demo):
    return Browser(demo)


# ---- V01: one link, another one's data (Rallly CVE-2025-65021, Participants Database CVE-2026-11354) ----


def told_by_others(demo, visitor):
    """Answer and change with one's own link while naming somebody else everywhere; return whose rows changed."""
    (mine, link), (other, _), *_ = demo.facts.helpers.items()
    path, before = local(link), rows(demo)
    visitor.get(f"{path}?person_id={other}")
    claims = {"person_id": other, "person": other, "id": other, "need_id": f"{MARKET}:sleutelouder:ti"}
    visitor.client.set_cookie("person_id", other)
    address = f"?person_id={other}"
    visitor.post(f"{path}/antwoord{address}", event=MARKET, says="nee", **claims)
    visitor.post(f"{path}/wanneer{address}", day="1", not_before="19:30", **claims)
    after = rows(demo)
    changed = {
        cell
        for name in ("duty_answer", "person")
        for row in set(after[name]) ^ set(before[name])
        for cell in row
        if cell in {mine, other}
    }
    return changed - {mine}


def test_link_changes_the_rows_of_its_own_person_alone(demo, visitor):
    assert told_by_others(demo, visitor) == set()


def test_twin_person_from_the_form_would_be_seen(demo, visitor, monkeypatch):
    from flask import request  # noqa: PLC0415 - what the twin believes, nobody else may

    believing = lambda _, state: state.person(request.values["person_id"])  # noqa: E731
    with monkeypatch.context() as off:
        off.setattr(owntasks, "me", believing)
        off.setattr(availability, "me", believing)
        changed = told_by_others(demo, visitor)

    assert changed == {list(demo.facts.helpers)[1]}


def test_answer_for_what_only_another_was_asked_is_not_there(demo, visitor):
    path, before = local(demo.facts.helper_link), rows(demo)
    visitor.get(path)

    answer = visitor.post(f"{path}/antwoord", event="overdrachtsgesprek-zomer", says="nee")

    assert answer.status_code == 404
    assert rows(demo) == before


def test_ended_link_opens_and_changes_nothing(demo, visitor):
    path = local(demo.facts.helper_link)
    visitor.get(path)
    with demo.app.app_context():
        helperlinks.renew(demo.workspace, demo.facts.helper_id, now=NOW)
    before = rows(demo)

    answers = [visitor.get(path), visitor.post(f"{path}/antwoord", event=MARKET, says="nee")]

    assert [each.status_code for each in answers] == [404, 404]
    assert rows(demo) == before


# ---- V02: what is somebody else's work (pretix CVE-2026-9712) ----


def test_print_of_another_coordinator_is_not_there(demo, visitor, monkeypatch):
    visitor.sign_in_as(Role.COORDINATOR)
    task = visitor.post(f"/activiteit/{demo.facts.event_id}/pdf", sheet="ruimtes").location
    other = Browser(demo)
    other.sign_in_as(Role.TEAM)

    assert [other.get(f"{task}{end}").status_code for end in ("", "/stand", "/bestand")] == [404, 404, 404]
    assert visitor.get(task).status_code == 200
    monkeypatch.setattr(tasks, "_row", lambda workspace, task_id: workspace.session.get(TaskRow, task_id))  # the twin
    assert other.get(task).status_code == 200


# ---- V04: guessing links (Nextcloud GHSA-crvj-vmf7-xrvr, GHSA-2967-6mrp-gg3p) ----

DOORS = ("/m/{}", "/agenda/{}.ics")  # an invitation has a limiter of its own: tests/security/test_peer_answers.py


def guess(visitor, address_of, times=24):
    """Try links that do not exist at every door in turn; return the statuses."""
    guesses = (DOORS[at % len(DOORS)].format(f"gok{at}") for at in range(times))
    return [
        visitor.open(path, environ_base={"REMOTE_ADDR": address_of(at)}).status_code for at, path in enumerate(guesses)
    ]


def within_one_network(at):
    return f"2001:db8:1:2::{at:x}"


def test_doors_share_one_limiter_and_a_network_counts_as_one_but_a_link_that_works_always_opens(demo, visitor):
    limit = demo.workspace.failures.limit

    assert guess(visitor, within_one_network) == [404] * limit + [429] * (24 - limit)
    path = local(demo.facts.helper_link)
    assert visitor.open(path, environ_base={"REMOTE_ADDR": within_one_network(999)}).status_code == 200
    demo.workspace.failures.forget(secret.DOOR, "2001:db8:1:2::/64")


def test_twin_without_networks_would_be_seen(visitor, monkeypatch):
    monkeypatch.setattr(secret, "network_of", lambda address: address)

    assert 429 not in guess(visitor, within_one_network)


def test_hall_full_of_families_is_never_limited(demo, visitor):
    paths = [local(each) for each in (demo.facts.year_feed, demo.facts.person_feed)]
    tag = visitor.open(paths[0]).headers["ETag"]

    statuses = {visitor.open(paths[at % 2], headers={"If-None-Match": tag}).status_code for at in range(300)}

    assert statuses <= {200, 304}


# ---- V05: secrets on a page (ownCloud CVE-2017-9339) ----

_PATHS = re.compile(r'(?:href|action|value)="(/[^"#]*|http://localhost/[^"#]*)"')


def secrets_of(demo):
    """Return every secret of the installation with the addresses where it may stand."""
    facts = demo.facts
    found = {local(url).removeprefix("/agenda/").removesuffix(".ics"): {"/agenda"} for url in (facts.year_feed,)}
    with demo.app.app_context():
        for person in load_state(demo.workspace).people:
            row = feeds._find(demo.workspace, person.id)  # noqa: SLF001 - the secret itself has no public door
            if row:
                found[feeds._token(demo.workspace, row)] = {f"/mensen/{person.id}", f"own {person.id}"}  # noqa: SLF001
    for person_id, url in facts.helpers.items():
        found[url.rpartition("/")[2]] = {f"/mensen/{person_id}"}
    for url in facts.invitations.values():
        found[url.rpartition("/")[2]] = {f"/activiteit/{facts.event_id}/blad/uitnodigingen"}
    for token in (*facts.sessions.values(), facts.signin, demo.app.config["SECRET_KEY"]):
        found[token] = set()
    return found


def crawl(demo, browser, secrets, own, most=70):
    """Follow every link from every page; return each secret that stands where it may not."""
    todo = [path_of(demo, name) for name, (_, method, *_) in MATRIX.items() if method == "GET" and "secret" not in name]
    seen, leaks, number = set(), set(), count()
    while todo and next(number) < most:
        path = local(todo.pop(0)).partition("?")[0]
        if path in seen or path.startswith(("/static/", "/aanmelden/", "/i/", "/m/", "/agenda/")):
            continue
        seen.add(path)
        answer = browser.open(path)
        shown = f"{answer.headers}{answer.data.decode(errors='replace')}"
        allowed = {path, own if path == "/mijn" else path}
        leaks |= {(path, token) for token, places in secrets.items() if token in shown and not places & allowed}
        if answer.mimetype == "text/html":
            todo += _PATHS.findall(shown)
    assert len(seen) > 20
    return leaks


@pytest.mark.parametrize("role", [None, *ACCOUNT_ROLES])
def test_secrets_stand_only_where_they_belong(demo, visitor, role):
    if role:
        visitor.sign_in_as(role)
    with demo.app.app_context():
        mentor = next(person.id for person in load_state(demo.workspace).people if person.class_id)

    assert crawl(demo, visitor, secrets_of(demo), f"own {mentor}") == set()


def test_twin_secret_in_a_name_would_be_seen(demo, visitor):
    visitor.sign_in_as(Role.COORDINATOR)
    secrets = secrets_of(demo)
    token = next(iter(secrets))
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE room SET name = :token"), {"token": token})
        db.session.execute(text("UPDATE school SET revision = revision + 1"))

    assert ("/ruimtes", token) in crawl(demo, visitor, secrets, "")


def test_database_holds_no_secret(demo, visitor):
    visitor.get(local(demo.facts.helper_link))
    body = b"".join(path.read_bytes() for path in demo.folder.glob("school.sqlite*"))

    assert [token for token in secrets_of(demo) if token.encode() in body] == []
    helper = demo.facts.helper_link.rpartition("/")[2]
    assert hash_token(helper).encode() in body  # so that the search would find it


# ---- V06: a calendar shows no more than was shared (Nextcloud GHSA-h4xv-cjpm-j595) ----


def beyond_their_own(demo):
    """Return what stands in somebody's published calendar and is not theirs."""
    with demo.app.app_context():
        workspace = demo.workspace
        state = load_state(workspace)
        own = {
            person.id: {event.uid for event in state.events if person.id in _people(state, event.planned.id)}
            for person in state.people
        }
        for slot in workspace.session.scalars(select(TalkSlotRow)):  # conversations that they hold, interpret or join
            class_id = state.school.pupil(slot.pupil_id).class_id
            mentors = {person.id for person in state.people if person.class_id == class_id}
            for who in (mentors | {slot.interpreter_id, slot.guest_id}) & own.keys():
                own[who].add(f"gesprek-{slot.uid}")
        told = {person.id: feeds.body_for(workspace, person.id, now=NOW).decode() for person in state.people}
    found = {}
    for person_id, body in told.items():
        events = body.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
        live = {re.search(r"UID:([^.\r]+)", each)[1] for each in events if "STATUS:CANCELLED" not in each}
        if live - own[person_id]:
            found[person_id] = live - own[person_id]
    return found


def _people(state, event_id):
    return {who.id for _, _, who in state.duties_of(event_id)}


def test_calendar_is_within_the_own_tasks_after_a_no(demo, visitor):
    assert beyond_their_own(demo) == {}
    path = local(demo.facts.helper_link)
    visitor.get(path)
    visitor.post(f"{path}/antwoord", event=MARKET, says="nee")

    with demo.app.app_context():
        publishing.publish(demo.workspace, by="Marieke", now=NOW)

    assert beyond_their_own(demo) == {}


def test_twin_calendar_that_keeps_what_was_refused_would_be_seen(demo, visitor):
    path = local(demo.facts.helper_link)
    visitor.get(path)
    visitor.post(f"{path}/antwoord", event=MARKET, says="nee")  # and nobody publishes

    assert list(beyond_their_own(demo)) == [demo.facts.helper_id]


# ---- V20: fields that no form has (Cal.com CVE-2026-16624) ----

EXTRA = dict.fromkeys(
    [
        "role", "is_admin", "school_id", "id", "token", "token_hash", "generation", "person_id", "account_id",
        "class_id", "class_ids", "is_demo", "accepted", "revision", "email", "kind", "roles", "skills",
        "children", "max_hours", "disabled_at", "revoked_at", "ended_at", "pinned", "uid", "position",
        "created_at", "expires_at", "organisation",
    ],
    "1",
)  # fmt: skip
GIVEN = {
    "event": MARKET,
    "says": "ja",
    "reason": "",
    "day": "1",
    "not_before": "19:00",
    "most_evenings": "3",
    "done": "1",
    "form_id": "",
    "sheet": "ruimtes",
}
KEPT = {
    "account": "*", "session": "token_hash, account_id, expires_at", "helper_link": "person_id, token_hash, generation",
    "school": "id, is_demo, region, label",
    "person": "id, name, kind, roles, skills, max_hours, class_id, sector, organisation, position",
    "household": "id, name, language", "pupil": "id, number, class_id", "invite_link": "*",
}  # fmt: skip
CHANGES_BY_ITSELF = {"start.leave", "people.renew_link", "people.end_link", "yearend.clean_up", "households.erase"}


def protected(demo):
    with demo.app.app_context():
        return {
            table: sorted(map(tuple, db.session.execute(text(f"SELECT {columns} FROM {table}"))), key=repr)  # noqa: S608 - from the list above
            for table, columns in KEPT.items()
        }


@pytest.mark.parametrize(
    "endpoint",
    sorted(name for name, (_, method, *_) in MATRIX.items() if method == "POST" and name not in CHANGES_BY_ITSELF),
)
def test_fields_that_no_form_has_change_nothing(demo, visitor, endpoint):
    visitor.sign_in_as(Role.COORDINATOR)
    before = protected(demo)

    visitor.post(path_of(demo, endpoint), **{**EXTRA, **GIVEN})

    assert protected(demo) == before


def test_twin_that_takes_every_field_would_be_seen(demo, visitor, monkeypatch):
    def greedy(workspace, form, **_):
        with writing(workspace.session):
            row = workspace.session.get(PersonRow, workspace.actor.person_id)
            for name, value in form.items():
                if name == "organisation":
                    setattr(row, name, value)

    monkeypatch.setattr(availability, "save", greedy)
    visitor.sign_in_as(Role.COORDINATOR)
    before = protected(demo)

    visitor.post("/mijn/wanneer", organisation="1", **GIVEN)

    assert protected(demo) != before


# ---- V30: names that mean something to a pattern (Radicale CVE-2015-8748) ----

ODD = (".*", "%", "_", "'", "[a-z]+", "admin")


def seen_by_mentor_of(demo, visitor, odd):
    """Make a class with this id and give it to the mentor; return the families that the mentor then sees."""
    with demo.app.app_context(), writing(db.session):
        session = db.session
        made = "INSERT INTO school_class (id, name, phase, position) VALUES (:odd, :odd, 1, 99)"
        session.execute(text(made), {"odd": odd})
        session.execute(text("UPDATE person SET class_id = :odd WHERE class_id IS NOT NULL"), {"odd": odd})
        session.execute(text("UPDATE school SET revision = revision + 1"))
    visitor.sign_in_as(Role.MENTOR)
    page = visitor.look("/huishoudens") + visitor.look("/klas")
    return set(re.findall(r'href="(/huishoudens/[^"]+)"', page))


@pytest.mark.parametrize("odd", ODD)
def test_odd_name_of_a_class_opens_no_other(demo, visitor, odd):
    assert seen_by_mentor_of(demo, visitor, odd) == set()
    assert visitor.get(f"/huishoudens/{demo.facts.foreign_home}").status_code == 404


def test_twin_that_compares_by_pattern_would_be_seen(demo, visitor, monkeypatch):
    loose = lambda actor, class_id: any(re.fullmatch(own, class_id) for own in actor.class_ids or ())  # noqa: E731
    monkeypatch.setattr(Actor, "sees_class", loose)

    assert seen_by_mentor_of(demo, visitor, ".*") != set()


# ---- V32: scanners of mail follow links (Moodle CVE-2019-10186) ----


def scanned(demo, visitor):
    """Let a scanner follow a personal link many times; return whether anything changed."""
    path, before = local(demo.facts.helper_link), rows(demo)
    for at in range(30):
        visitor.open(path, method=("GET", "HEAD", "OPTIONS")[at % 3])
        visitor.open(f"{path}?says=nee&event={MARKET}&taal=ti", method="HEAD")
        visitor.open(f"{path}/antwoord?says=nee&event={MARKET}")
    return rows(demo) != before


def test_scanner_answers_nothing(demo, visitor):
    assert not scanned(demo, visitor)


def test_twin_that_answers_on_get_would_be_seen(demo, visitor, monkeypatch):
    true_view = owntasks.view

    def eager(workspace, **facts):
        owntasks.answer(workspace, MARKET, "nee", now=NOW)
        return true_view(workspace, **facts)

    monkeypatch.setattr(owntasks, "view", eager)

    assert scanned(demo, visitor)
