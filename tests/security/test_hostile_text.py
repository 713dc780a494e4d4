"""Whatever somebody types is text: in every field of every form, and in every column that holds words.

Anchors: pretix CVE-2024-8113 and Indico CVE-2023-37901 (titles that became markup), Indico CVE-2026-33046 (a document
language), pretix CVE-2026-2415 (placeholders), Moodle GHSA-4w8m-96v9-2c86 (line breaks in calendars).
"""

import re
from html.parser import HTMLParser

import pytest
from exports.icalcheck import problems
from sqlalchemy import text

from planner.services.event import sheets
from planner.storage.db import db, writing

CANARY = "kanarie"
HOSTILE = {
    "template": f"{{{{7*7}}}}{{% raw %}}{{{{config}}}}{CANARY}",
    "script": f"<script>{CANARY}()</script>",
    "attribute": f'"><img src=x onerror={CANARY}()>',
    "single quote": f"' onmouseover='{CANARY}()",
    "comment": f"--><svg/onload={CANARY}()><!--",
    "format": f"{{0.__class__.__mro__}}%(x)s%s${{7*7}}{CANARY}",
    "latex": rf"\\input{{/etc/passwd}}\N\n;,:{CANARY}",
    "sql": f"'; DROP TABLE school; --{CANARY}",
    "right to left": f"\u202e{CANARY}\u2066\u200f",
    "lines": f"{CANARY}\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nX-Evil: 1",
    "other lines": f"{CANARY}\x0b\x0c\x85\u2028\u2029\x1c",
    "controls": f"{CANARY}\x01\x07\x1b[31m\x7f",
    "nothing": f"{CANARY}\0",
    "long": CANARY * 715,
    "other scripts": f"{CANARY} أهلاً ሰላም 你好 🇳🇱👩‍👩‍👧",
}
READ = (
    "/mijn", "/jaar", "/mensen", "/ruimtes", "/regels", "/agenda", "/instellingen", "/hulp", "/account",
    "/instellingen/accounts",
)  # fmt: skip


class Markup(HTMLParser):
    """Lists what a browser would act on."""

    def __init__(self, page):
        super().__init__()
        self.acts = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.acts += [f"<{tag} {name}={value}>" for name, value in attrs if name.startswith("on") or name == "style"]
        scheme = {value.partition(":")[0].lower() for name, value in attrs if name in {"href", "src", "action"}}
        self.acts += [f"<{tag} {bad}:>" for bad in scheme & {"javascript", "data", "vbscript"}]
        if tag in {"iframe", "object", "embed", "base"} or (tag == "script" and not dict(attrs).get("src")):
            self.acts.append(f"<{tag}>")


def assert_harmless(page):
    assert Markup(page).acts == []
    assert f"<script>{CANARY}" not in page
    without_places = re.sub(r"<text [^>]*>", "<text>", page)  # a drawing has words at all kinds of numbers
    assert not re.search(rf"49[^<]*{CANARY}", without_places)


FIELDS = {
    "/activiteit/{event}/datum": {"day": "2027-03-16", "pin": ""},
    "/activiteit/{event}/stap/{step}": {"done": "1"},
    "/activiteit/{event}/vorm": {"form_id": ""},
    "/activiteit/{event}/pdf": {"sheet": "ruimtes", "persoon": ""},
    "/regels/C01": {"reason": "Past niet"},
    "/instellingen/vrij": {"name": "Studiedag", "first": "2027-03-18", "last": "", "kind": "gesloten"},
    "/instellingen/open-dag": {"school": "ROC", "day": "2027-01-20", "sector": "mbo"},
    "/instellingen": {
        "name": "De Ankerplaats",
        "region": "Midden",
        "label": "2026-2027",
        "first_day": "2026-08-31",
        "last_day": "2027-07-16",
        **{f"evening_{day}": "18:30" for day in range(5)},
        "feast": "",
        "market_last_year": "",
        "verder_split": "2",
    },
    "/ruimtes/nieuw": {
        "name": "Lokaal 9",
        "capacity": "24",
        "feature": "scherm",
        "floor": "0",
        "x": "90",
        "y": "0",
        "width": "8",
        "depth": "7",
    },
    "/ruimtes/ingang": {"floor": "0", "x": "3", "y": "0"},
    "/ruimtes/tekening/0": {"file": "geen bestand"},
    "/activiteit/{event}/ruimte": {"need_id": "interessemarkt:centrale-hal:event", "room_id": "r-aula"},
    "/activiteit/{event}/hoeken": {
        "sector": "Zorg",
        **{f"profession-{number}": f"beroep {number}" for number in range(1, 5)},
        **{f"person-{number}": "" for number in range(1, 5)},
    },
    "/instellingen/antwoorden": {"weken": "4"},
    "/activiteit/{event}/deur": {"gezin": "g001", "er": "ja", "personen": "3"},
    "/activiteit/{event}/bereik": {"gezin": "g001", "stap": "mentor", "hoe": "gedaan"},
    "/activiteit/{event}/antwoorden": {"klas": "k1", "n-g001": "3", "was-g001": "", "t-g001": "1"},
    "/mensen/{person}/afspraken": {"consent": "1", "channel": "telefoon", "beside": "", "room": ""},
    "/mensen/{person}/valt-uit": {"event_id": "interessemarkt"},
    "/jaar/publiceren": {"extra": ""},
    "/mensen/{person}/nieuwe-link": {"extra": ""},
    "/mensen/{person}/persoonlijke-link": {"extra": ""},
    "{helper}/antwoord": {"event": "interessemarkt", "says": "nee", "reason": "Ik werk dan.", "taal": "ar"},
    "{helper}/wanneer": {"day": "1", "not_before": "19:00", "away": "", "most_evenings": "3", "taal": ""},
    "/mijn/antwoord": {"event": "kijkje", "says": "nee", "reason": "Ik werk dan."},
    "/mijn/wanneer": {"day": "1", "not_before": "19:00", "away": "", "most_evenings": "3"},
}


def path_in(demo, path):
    helper = demo.facts.helper_link.removeprefix("http://localhost")
    return path.format(helper=helper, event=demo.facts.event_id, step=demo.facts.step_id, person=demo.facts.person_id)


@pytest.mark.parametrize(
    ("path", "field"), [(path, field) for path, fields in FIELDS.items() for field in fields], ids=lambda value: value
)
def test_text_in_a_field_is_shown_or_refused(demo, coordinator, path, field):
    """Also what is kept must not break a page later, and the calendars can still be read."""
    at = path_in(demo, path)
    for name, hostile in HOSTILE.items():
        response = coordinator.post(at, **{**FIELDS[path], field: hostile})

        assert response.status_code in {302, 400, 404, 409}, name
        if response.status_code != 302:
            assert '<html lang="nl">' in response.text
            assert_harmless(response.text)
        else:
            assert CANARY not in response.location
    event = f"/activiteit/{demo.facts.event_id}"
    for page in (*READ, event, f"{event}/plattegrond", f"{event}/hoeken"):
        assert_harmless(coordinator.look(page))
    coordinator.post("/jaar/publiceren")
    calendar = coordinator.open(demo.facts.year_feed.removeprefix("http://localhost"))
    assert list(problems(calendar.data)) == []


def test_forms_of_the_pages_have_no_other_field(demo, coordinator):
    """A field that is not tried above fails here."""
    pages = (
        "/jaar",
        "/regels",
        "/instellingen",
        f"/activiteit/{demo.facts.event_id}",
        f"/mensen/{demo.facts.person_id}",
        "/ruimtes",
        "/ruimtes/nieuw",
        f"/activiteit/{demo.facts.event_id}/hoeken",
        f"/activiteit/{demo.facts.event_id}/ruimte?plek={demo.facts.room_need}",
        "/mijn",
        demo.facts.helper_link.removeprefix("http://localhost"),
    )
    tried = {name for fields in FIELDS.values() for name in fields} | {"csrf_token"}

    found = {
        name
        for page in pages
        for name in re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', coordinator.look(page))
    }

    assert found - tried == set()


COLUMNS = (
    "school.name",
    "school_class.name",
    "pupil.first_name",
    "pupil.last_name",
    "household.name",
    "household.relation",
    "answer.question",
    "answer.by",
    "arrival.by",
    "reach.by",
    "own_language.name",
    "own_language.own_name",
    "pupil_invitation.checked_by",
    "pupil_invitation.note",
    "pupil_invitation.released_by",
    "pupil_invitation.suggestion",
    "route_setup.told_by",
    "talk_round.published_by",
    "wording.note",
    "wording.text",
    "wording.who",
    "person.name",
    "person.organisation",
    "person.sector",
    "room.name",
    "event.title",
    "event.reason",
    "event.sector",
    "duty.reason",
    "duty_answer.reason",
    "room_use.reason",
    "period.name",
    "period.about",
    "open_day.school",
    "open_day.sector",
    "open_day.link",
    "step_state.done_by",
    "publication.by",
    "account.name",
    "rule_override.reason",
    "task.label",
    "task.message",
    "import_run.file_name",
    "import_run.summary",
    "import_run.who",
    "corner.profession",
)


def poison(demo, hostile):
    """Put a text in every column that holds words, as a list that was read in could."""
    with demo.app.app_context(), writing(db.session):
        for column in COLUMNS:
            table, name = column.split(".")
            words = "substr(:words, 1, 500)" if column == "answer.question" else ":words"  # as long as it may be
            one = " WHERE id != 'interessemarkt'" if column == "event.sector" else ""  # the market shows every sector
            db.session.execute(text(f'UPDATE "{table}" SET "{name}" = {words}{one}'), {"words": hostile})  # noqa: S608 - from the list above
        db.session.execute(text("UPDATE person SET roles = roles, skills = skills"))
        db.session.execute(text("UPDATE room SET features = json_array(:words)"), {"words": hostile})
        db.session.execute(text("UPDATE school SET revision = revision + 1"))


def test_list_of_columns_is_complete(demo):
    """A new column with words must be named: here, or among those that hold codes."""
    codes = {
        "account.email", "account.person_id", "account.role", "alembic_version.version_num", "audit.action",
        "audit.subject", "audit.what", "audit.who", "duty_answer.says", "event.form_id", "event.moment",
        "event.runbook_id", "event.uid", "feed.kind", "household.language", "import_column.header",
        "import_column.kind",
        "import_run.kind", "import_run.state", "period.kind", "period.origin", "person.kind",
        "pupil.destination", "pupil.number", "rule_override.rule", "school.label", "school.region", "task.kind",
        "task.owner", "task.result", "task.state",
        "tally.kind", "tally.name", "corner.sector",
        "credential.oidc_issuer", "credential.oidc_subject", "credential.password_hash",
        "credential.totp_seed", "recovery_code.code_hash", "session.browser", "session.way", "signin_link.purpose",
        "answer.interpreter", "answer.source", "reach.mark", "reach.step", "short_code.code_hash", "turnout.kind",
        "turnout.name", "own_language.babel", "own_language.code", "person.channel", "printed.facts",
        "pupil_code.code_hash", "pupil_invitation.border", "pupil_invitation.checked", "pupil_invitation.language",
        "pupil_invitation.state", "reader_link.language", "route_companion.task", "wording.key", "wording.language",
        "wording.state",
    }  # fmt: skip
    with demo.app.app_context(), db.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        found = {
            f"{table}.{row[1]}"
            for table in names
            for row in connection.execute(text(f'PRAGMA table_info("{table}")'))
            if row[2].startswith(("VARCHAR", "TEXT")) and not row[1].endswith(("id", "token_hash"))
        }

    assert found - codes - set(COLUMNS) == set()


@pytest.fixture
def busy(demo, coordinator):
    """Give the coordinator of a school in which every kind of row is there."""
    coordinator.post("/regels/C01", reason="Past niet")
    coordinator.post(f"/activiteit/{demo.facts.event_id}/stap/{demo.facts.step_id}")
    coordinator.post(f"/activiteit/{demo.facts.event_id}/hoeken", **{"sector": "Zorg", "profession-1": "kok"})
    coordinator.post(path_in(demo, "{helper}/antwoord"), event=demo.facts.event_id, says="nee", reason="Ik werk dan.")
    event = f"/activiteit/{demo.facts.event_id}"
    family = demo.facts.invitations["ar"].removeprefix("http://localhost")
    assert coordinator.post(family, komt="ja", personen="3", vraag="Mag oma mee?").status_code == 303
    silent = re.search(r'name="gezin" value="([^"]+)"', coordinator.look(f"{event}/bereik"))[1]
    assert coordinator.post(f"{event}/bereik", gezin=silent, stap="leerling", hoe="gedaan").status_code == 302
    task = coordinator.post(f"/activiteit/{demo.facts.event_id}/pdf", sheet="ruimtes").location
    coordinator.task = task
    return coordinator


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_words_in_the_database_are_words_on_every_page(demo, busy, stranger, name):
    poison(demo, HOSTILE[name])
    event = f"/activiteit/{demo.facts.event_id}"
    family = demo.facts.invitations["ar"].removeprefix("http://localhost")

    for path in (
        *READ,
        event,
        f"/mensen/{demo.facts.person_id}",
        path_in(demo, "{helper}"),
        busy.task,
        "/antwoorden",
        *(f"{event}/{page}" for page in ("antwoorden", "bereik", "deur")),
        *(f"{event}/blad/{s}" for s, sheet in sheets.SHEETS.items() if sheet.of == "event"),
        f"{event}/plattegrond",
        f"{event}/hoeken",
        f"{event}/ruimte?plek={demo.facts.room_need}",
        "/ruimtes/wijzig/r-aula",
    ):
        page = busy.look(path)
        assert_harmless(page)
        assert CANARY in page or path == "/hulp", path
    page = stranger.look(family)
    assert_harmless(page)
    assert CANARY in page
    assert_harmless(stranger.look("/"))


def test_crawl_would_see_text_that_is_not_escaped(demo, busy, monkeypatch):
    poison(demo, HOSTILE["script"])
    monkeypatch.setattr(demo.app.jinja_env, "autoescape", False)
    demo.app.jinja_env.cache.clear()
    try:
        page = busy.look("/mensen")
    finally:
        demo.app.jinja_env.cache.clear()

    assert Markup(page).acts != []


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_words_in_the_database_leave_calendars_readable(demo, busy, stranger, name):
    poison(demo, HOSTILE[name])
    addresses = [url.removeprefix("http://localhost") for url in (demo.facts.year_feed, demo.facts.person_feed)]
    before = [stranger.open(url).data.count(b"BEGIN:VEVENT") for url in addresses]

    busy.post("/jaar/publiceren")

    for url, count in zip(addresses, before, strict=True):
        calendar = stranger.open(url).data
        assert list(problems(calendar)) == []
        assert calendar.count(b"\r\nBEGIN:VEVENT\r\n") == count
        assert b"\nBEGIN:VALARM" not in calendar
        assert b"\nX-Evil" not in calendar
        assert CANARY.encode() in calendar.replace(b"\r\n ", b"")
