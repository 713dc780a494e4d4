"""What the commands say, and the shapes of --json that others build on."""

import json
import subprocess
from datetime import date, datetime

import pytest

MARKET = "interessemarkt"
pytestmark = pytest.mark.usefixtures("school")


def as_json(answer):
    status, out, error = answer
    assert (status, error) == (0, "")
    return json.loads(out)


def test_year_as_json_keeps_its_shape(run):
    year = as_json(run("year", "validate", "--json"))

    assert (sorted(year), {tuple(event) for event in year["events"]}, {tuple(v) for v in year["violations"]}) == (
        ["events", "region", "school", "violations", "year"],
        {
            (
                "id",
                "runbook",
                "occurrence",
                "title",
                "date",
                "last_date",
                "start",
                "end",
                "reason",
                "pinned",
                "families",
            )
        },
        {("rule", "hard", "where", "why")},
    )


def test_year_as_json_has_dates_and_date_times(run):
    event = as_json(run("year", "validate", "--json"))["events"][0]

    start = datetime.fromisoformat(event["start"])
    assert (date.fromisoformat(event["date"]), start.utcoffset() is None) == (start.date(), False)


@pytest.mark.parametrize("verb", ["propose", "replan"])
def test_year_is_planned(run, verb):
    before = as_json(run("year", "validate", "--json"))

    after = as_json(run("year", verb, "--json"))

    assert [(e["id"], e["date"]) for e in after["events"]] == [(e["id"], e["date"]) for e in before["events"]]


def test_year_as_text(run):
    status, out, _ = run("year", "validate")

    year = as_json(run("year", "validate", "--json"))
    first, notes = year["events"][0], len(year["violations"])
    assert (status, out.splitlines()[0], out.splitlines()[-1]) == (
        0,
        f"{first['date']}  {first['id']:32} {first['reason']}",
        f"{notes} opmerkingen.",
    )


def test_people_as_json_keep_their_shape(run):
    facts = as_json(run("staff", "validate", "--event", MARKET, "--json"))

    assert sorted(facts) == ["assignments", "gaps", "goals", "violations"]
    assert {tuple(duty) for duty in facts["assignments"]} == {("event", "task", "person", "person_id", "why", "pinned")}
    assert {duty["event"] for duty in facts["assignments"]} == {MARKET}


def test_people_are_divided_as_well_as_can_be_and_whoever_drops_out_is_replaced(run):
    divided = as_json(run("staff", "propose", "--json"))
    assert all(goal["proven"] and goal["value"] == goal["bound"] for goal in divided["goals"])
    person_id = next(duty["person_id"] for duty in divided["assignments"] if duty["event"] == MARKET)

    status, out, error = run("staff", "replan", "--event", MARKET, "--without", person_id)

    assert (status, error) == (0, "")
    assert "Voor elke taal een tolk: " in out
    after = as_json(run("staff", "validate", "--event", MARKET, "--json"))
    assert person_id not in {duty["person_id"] for duty in after["assignments"]}


def test_people_as_text(run):
    status, out, _ = run("staff", "validate")

    facts = as_json(run("staff", "validate", "--json"))
    first = facts["assignments"][0]
    assert (status, out.splitlines()[0]) == (
        0,
        f"{first['event']:32} {first['task']}: {first['person']}. {first['why']}",
    )


def test_broken_rule_as_text(run):
    violation = as_json(run("year", "validate", "--json"))["violations"][0]

    out = run("year", "validate")[1]

    assert f"zacht {violation['rule']}  {violation['where']}: {violation['why']}" in out.splitlines()


def test_events_are_listed(run):
    events = as_json(run("event", "list", "--json"))

    lines = run("event", "list")[1].splitlines()
    assert (lines[0], len(lines)) == (f"{events[0]['date']}  {events[0]['id']:32} {events[0]['title']}", len(events))


def test_event_as_json_keeps_its_shape(run):
    event = as_json(run("event", "show", MARKET, "--json"))

    assert (list(event), {part: list(event[part][0]) for part in PARTS}) == (
        [
            "id",
            "runbook",
            "title",
            "date",
            "last_date",
            "start",
            "end",
            "reason",
            "families",
            "persons",
            "per_language",
            "runsheet",
            "preparation",
            "roles",
            "assignments",
            "gaps",
            "rooms",
            "violations",
        ],
        PARTS,
    )


PARTS = {
    "runsheet": ["id", "start", "end", "place", "rooms", "what", "needs", "responsible", "people"],
    "preparation": ["id", "due", "moved_for", "weeks_before", "what", "who", "kind", "link", "condition", "done_at"],
    "roles": ["role", "title", "scope", "minimum", "maximum", "rows"],
    "assignments": ["person", "person_id", "role", "scope", "rows", "reason"],
    "gaps": ["role", "scope", "missing", "why"],
    "rooms": ["place", "scope", "persons", "room", "capacity", "reason"],
}


def test_event_as_json_has_a_moment_for_each_row_and_a_day_for_each_step(run):
    event = as_json(run("event", "show", MARKET, "--json"))

    starts = {datetime.fromisoformat(row["start"]).date() for row in event["runsheet"]}
    dues = [date.fromisoformat(step["due"]) for step in event["preparation"]]
    assert (starts, dues) == ({date.fromisoformat(event["date"])}, sorted(dues))


def test_event_as_text(run):
    event = as_json(run("event", "show", MARKET, "--json"))

    status, out, _ = run("event", "show", MARKET)

    headings = [line for line in out.splitlines() if line in {"Draaiboek", "Stappenplan", "Mensen", "Ruimtes"}]
    assert (status, out.splitlines()[0], headings, out.count("\n  Nog ")) == (
        0,
        f"Interessemarkt, {event['date']}",
        ["Draaiboek", "Stappenplan", "Mensen", "Ruimtes"],
        len(event["gaps"]),
    )


@pytest.mark.parametrize("event_id", ["welkom-najaar-ar", "voortgangsgesprek-1", "verder-zomer-mbo"])
def test_every_kind_of_event_can_be_shown(run, event_id):
    assert run("event", "show", event_id)[0] == 0


def test_runbook_as_json_keeps_its_shape(run):
    runbook = as_json(run("runbooks", "show", MARKET, "--json"))

    assert {part: list(runbook[part][0]) for part in RUNBOOK_PARTS} == RUNBOOK_PARTS
    assert list(runbook) == ["id", "title", "phase", "kind", "goal", "audience", *list(RUNBOOK_PARTS)[1:]]


RUNBOOK_PARTS = {
    "audience": ["phases", "routes", "started_within_months", "starts_within_weeks", "leaves_within_months"],
    "runsheet": [
        "id",
        "start",
        "end",
        "place",
        "needs",
        "what",
        "responsible",
        "parallel",
        "source",
        "responsible_source",
    ],
    "preparation": ["id", "weeks_before", "anchor", "kind", "who", "what", "link", "condition", "source"],
    "roles": ["id", "title", "minimum", "maximum", "per", "each", "interprets", "source"],
    "forms": ["id", "title", "shape", "what"],
    "rules": ["id", "title", "hard", "source"],
}


def test_runbook_as_text(run):
    status, out, _ = run("runbooks", "show", MARKET)

    assert (status, out.splitlines()[0]) == (0, "Interessemarkt (fase 1, bijeenkomst)")


def test_runbooks_are_listed(run):
    listed = as_json(run("runbooks", "list", "--json"))

    lines = run("runbooks", "list")[1].splitlines()
    assert ({tuple(each) for each in listed}, [line.split()[0] for line in lines]) == (
        {("id", "title", "phase", "kind")},
        [each["id"] for each in listed],
    )


def test_runbooks_without_problems(run):
    assert run("runbooks", "check") == (0, "Geen problemen gevonden.\n", "")


def test_runbooks_with_problems(runbooks, run):
    (runbooks / "kijkje" / "runbook.yaml").write_text("id: kijkje\nphase: drie\n", encoding="utf-8")

    status, out, error = run("runbooks", "check")

    assert (status, out.endswith(" problemen gevonden.\n"), "kijkje/runbook.yaml, regel 2" in error) == (1, True, True)


def test_problems_as_json(runbooks, run):
    (runbooks / "kijkje" / "runbook.yaml").write_text("id: kijkje\n", encoding="utf-8")

    status, out, error = run("runbooks", "check", "--json")

    assert (status, list(json.loads(out)), error) == (1, ["problems"], "")


def test_schema_of_a_runbook(run):
    assert as_json(run("runbooks", "schema"))["type"] == "object"


def test_calendar_is_written_as_bytes(environment, planner_command):
    made = subprocess.run([*planner_command, "feed", "year"], env=environment, capture_output=True, check=False)

    lines = made.stdout.split(b"\r\n")
    assert (made.returncode, made.stderr, lines[0], lines[-2:], b"\n" in b"".join(lines)) == (
        0,
        b"",
        b"BEGIN:VCALENDAR",
        [b"END:VCALENDAR", b""],
        False,
    )


def test_calendar_of_a_person(run):
    status, out, error = run("feed", "p-marieke")

    assert (status, error, out.count("\r\nX-WR-CALNAME:Mijn taken: ")) == (0, "", 1)


def test_demo_school_is_made(run):
    status, out, error = run("demo", "--size", "20", "--seed", "2", "--region", "Zuid", "--year", "2026-2027")

    year = as_json(run("year", "validate", "--json"))
    assert (status, error, out.splitlines()[0][:35], year["region"], year["year"]) == (
        0,
        "",
        "ISK De Ankerplaats: 20 leerlingen, ",
        "Zuid",
        "2026-2027",
    )


def test_demo_school_is_left_alone_when_there_is_one(run):
    assert run("demo", "--if-empty") == (0, "", "")


def test_doctor_names_every_language(run):
    findings = json.loads(run("doctor", "--json")[1])

    assert ({tuple(each) for each in findings}, len(findings) > 20) == ({("about", "ok", "text", "needed")}, True)


def test_doctor_on_a_machine_without_fonts(school, run):
    (school / "fonts").unlink()
    (school / "fonts").mkdir()

    status, out, _ = run("doctor")

    assert (status, "FOUT    Lettertypen: ontbreken. Voer 'make fonts' uit." in out.splitlines()) == (1, True)


def test_event_is_exported(run, tmp_path):
    status, out, error = run("export", "verder-halverwege", "--out", str(tmp_path / "new" / "out"))

    folder = tmp_path / "new" / "out"
    prints = ("deurborden", "draaiboek", "eigen-avond", "plattegrond", "ruimterooster", "ruimtes", "stappenplan",
              "taalkaarten", "uitnodigingen")  # fmt: skip
    names = sorted(["agenda.ics", "event.json", *(f"{name}.pdf" for name in prints)])
    assert (status, error, sorted(out.split()), sorted(path.name for path in folder.iterdir())) == (
        0,
        "",
        [str(folder / name) for name in names],
        names,
    )
    shown = as_json(run("event", "show", "verder-halverwege", "--json"))
    assert json.loads((folder / "event.json").read_text(encoding="utf-8")) == shown


@pytest.mark.parametrize(
    "command", [(), ("year",), ("runbooks",), ("event",), ("staff",), ("export",), ("feed",), ("serve",)]
)
def test_help(run, command):
    status, out, error = run(*command, "--help")

    assert (status, error, out.splitlines()[0][:14]) == (0, "", "Usage: planner")
