"""Who may do what, over the list of every address; and reading changes nothing, sending needs a token."""

import re

import pytest
from addresses import FOREIGN, MATRIX, WITHOUT_TOKEN, expected_for, filled, path_of
from demoschool import tables

from planner.domain.access import rights
from planner.domain.access.rights import ACCOUNT_ROLES, Role
from planner.storage.db import db

READ_METHODS = ("GET", "HEAD", "OPTIONS")
STRANGE_METHODS = ("PUT", "PATCH", "DELETE", "TRACE")
# Signing in starts a session, so its GET writes that one row and its number. Everything else leaves no trace.
WRITES_ON_GET = {"start.sign_in_by_link": {"session", "sqlite_sequence"}}
READ = sorted(name for name, (_, method, *_) in MATRIX.items() if method == "GET")
WITH_TOKEN = sorted(name for name, (_, method, *_) in MATRIX.items() if method == "POST" and name not in WITHOUT_TOKEN)


def answer_of(demo, response, expected):
    """Return what came, in the way the matrix says it; of a task's address only its beginning counts."""
    if not response.location:
        return response.status_code, expected
    place = response.location
    if isinstance(expected, tuple) and expected[1] == "/taak/":
        place = place[: len("/taak/")]
    wanted = (expected[0], filled(demo, expected[1])) if isinstance(expected, tuple) else expected
    return (response.status_code, place), wanted


def rows(demo):
    with demo.app.app_context():
        return tables(db.engine)


def test_matrix_names_every_address_and_method(demo):
    served = {
        (rule.endpoint, method)
        for rule in demo.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert served == {(endpoint, method) for endpoint, (_, method, *_) in MATRIX.items()}


@pytest.mark.parametrize("endpoint", sorted(MATRIX))
def test_stranger_gets_what_the_matrix_says(demo, stranger, endpoint):
    demo.app.config["WTF_CSRF_ENABLED"] = False  # so that the guard itself answers, not the missing token
    _, method, expected, *_ = MATRIX[endpoint]
    path, before = path_of(demo, endpoint), rows(demo)

    response = stranger.open(path, method=method)

    got, wanted = answer_of(demo, response, expected)
    assert got == wanted
    assert method == "GET" or rows(demo) == before


@pytest.mark.parametrize(
    ("role", "endpoint"),
    [(role, endpoint) for role in ACCOUNT_ROLES for endpoint in sorted(MATRIX) if expected_for(endpoint, role) != 404],
)
def test_role_gets_what_the_matrix_says(demo, stranger, endpoint, role):
    stranger.sign_in_as(role)
    path, method = path_of(demo, endpoint), MATRIX[endpoint][1]

    response = stranger.get(path) if method == "GET" else stranger.post(path)

    got, wanted = answer_of(demo, response, expected_for(endpoint, role))
    assert got == wanted


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_what_is_not_for_a_role_is_not_there_and_nothing_changes(demo, stranger, role):
    stranger.sign_in_as(role)
    closed = [endpoint for endpoint in sorted(MATRIX) if expected_for(endpoint, role) == 404]
    before = rows(demo)

    for endpoint in closed:
        path, method = path_of(demo, endpoint), MATRIX[endpoint][1]
        response = stranger.get(path) if method == "GET" else stranger.post(path)
        assert response.status_code == 404, endpoint

    assert closed
    assert rows(demo) == before


@pytest.mark.parametrize(("endpoint", "path", "role"), FOREIGN)
def test_what_is_of_another_class_is_not_there(demo, stranger, endpoint, path, role):
    stranger.sign_in_as(role)
    method, before = MATRIX[endpoint][1], rows(demo)

    response = stranger.get(filled(demo, path)) if method == "GET" else stranger.post(filled(demo, path))

    assert response.status_code == 404
    assert rows(demo) == before


@pytest.mark.parametrize("role", [Role.MENTOR, Role.COLLEAGUE, Role.REVIEWER])
def test_closed_page_opens_when_its_guard_is_off(stranger, role, monkeypatch):
    stranger.sign_in_as(role)
    monkeypatch.setitem(rights.GRANTS, role, rights.EVERYTHING)

    assert stranger.get("/jaar").status_code == 200


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_menu_leads_nowhere_that_is_closed(stranger, role):
    stranger.sign_in_as(role)
    menu = stranger.look("/hulp").partition('<nav class="menu"')[2].partition("</nav>")[0]

    answers = {path: stranger.get(path).status_code for path in re.findall(r'href="([^"]+)"', menu)}

    assert "/hulp" in answers
    assert set(answers.values()) == {200}


def test_other_methods_are_refused_with_the_right_ones(demo, coordinator):
    taken = []
    for endpoint, (address, method, *_) in sorted(MATRIX.items()):
        bare = address.partition("?")[0]
        methods = {given for other, given, *_ in MATRIX.values() if other.partition("?")[0] == bare}
        wrong = (*STRANGE_METHODS, "POST" if method == "GET" else "GET")
        for other in wrong if len(methods) == 1 else STRANGE_METHODS:
            path = path_of(demo, endpoint)
            response = coordinator.open(path, method=other, data={"csrf_token": coordinator.token})
            if response.status_code != 405 or method not in response.headers["Allow"]:
                taken.append((endpoint, other, response.status))

    assert taken == []


@pytest.mark.parametrize("who", ["stranger", "coordinator"])
@pytest.mark.parametrize("endpoint", READ)
def test_reading_leaves_the_database_as_it_was(demo, request, endpoint, who):
    browser, path = request.getfixturevalue(who), path_of(demo, endpoint)
    before = rows(demo)

    for method in READ_METHODS:
        browser.open(path, method=method)
        after = rows(demo)
        changed = {name for name in after if after[name] != before[name]}
        assert changed == (WRITES_ON_GET.get(endpoint, set()) if method == "GET" else set()), method
        before = after


def test_reading_test_would_see_a_change(demo, coordinator):
    before = rows(demo)

    coordinator.post(f"/activiteit/{demo.facts.event_id}/stap/{demo.facts.step_id}")

    assert {name for name, now in rows(demo).items() if now != before[name]} == {"step_state"}


@pytest.mark.parametrize("endpoint", WITH_TOKEN)
def test_form_without_own_token_is_refused_in_dutch(demo, coordinator, stranger, endpoint):
    stranger.sign_in()
    wrong = {
        "no token": {},
        "made up": {"data": {"csrf_token": "x"}},
        "of somebody else": {"data": {"csrf_token": stranger.token}},
        "in the address": {"query_string": {"csrf_token": coordinator.token}},
    }
    path, before = path_of(demo, endpoint), rows(demo)

    for what, given in wrong.items():
        response = coordinator.open(path, "POST", **given)

        assert response.status_code == 400, what
        assert "Deze pagina is te oud" in response.text, what
        assert '<html lang="nl">' in response.text, what
    assert rows(demo) == before


def test_same_form_is_taken_without_its_guard(demo, coordinator):
    demo.app.config["WTF_CSRF_ENABLED"] = False

    response = coordinator.open("/jaar/publiceren", "POST")

    assert response.status_code == 302
