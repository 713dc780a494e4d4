"""The wizard, the own page and a mentor's class as the pages get them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.services import definitions
from planner.services.begin import firststeps
from planner.services.people.owntexts import texts_for
from planner.services.views import (
    Availability,
    ClassMoment,
    ClassPupil,
    ClassView,
    FeedLinks,
    HelperLink,
    OwnStops,
    OwnTask,
    OwnView,
    ReadyView,
    TaskView,
)
from planner.services.views.routesheets import Told, TongueView

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
LOADED = definitions.load(Path(__file__).parents[2] / "runbooks")
LINK = HelperLink(url="http://localhost/m/abc", qr_svg='<svg role="img"><title>QR</title></svg>', made_at=NOW)
TASK = TaskView(
    id="t1", kind="Het jaar plannen", state="running", label="Datums zoeken", done=1, total=4, message="", back="/jaar"
)
READY = ReadyView(task=TASK, is_demo=False, has_pupils=False)

MARKET = OwnTask(
    event_id="interessemarkt",
    title="Interessemarkt",
    day_own="donderdag 11 maart 2027",
    day_dutch="donderdag 11 maart 2027",
    day_digits="11-03-2027",
    time="17:00–19:45",
    places=("Centrale hal", "Lokaal 1.01"),
    roles=("Sleutelouder (Arabisch)",),
    steps=(("17:00", "Ontvang de ouders."), ("17:30", "Vertaal wat de gasten vertellen.")),
    together=("Joris", "Lotte"),
    says="",
    reason="",
    is_open=True,
    stops=OwnStops(
        tongue=TongueView(code="ar", rtl=True, name="Arabisch", own_name="العربية", words={}, draft=True),
        places=(
            ("Gymzaal", Told(dutch=("Hier heeft uw kind gym.",), own=("هنا حصة الرياضة.",), draft=True)),
            ("Kantine", Told(dutch=("Hier eten de leerlingen.",))),
        ),
    ),
)
TASKS = (
    MARKET,
    replace(MARKET, event_id="kijkje", says="ja", places=(), together=(), steps=(), time="", stops=None),
    replace(MARKET, event_id="verder", says="nee", reason="Ik werk dan.", is_open=False),
)


def own_view(language: str, tasks: tuple[OwnTask, ...] = TASKS) -> OwnView:
    """Return the page of somebody who reads this language."""
    person = Person(
        id="p", name="Samira", kind=PersonKind.KEY_PARENT, roles=frozenset(), skills=(Skill(language="ar"),)
    )
    texts = texts_for(LOADED, person, language)
    return OwnView(
        name="Samira el Amrani",
        school="ISK De Ankerplaats",
        language=texts.language.code,
        rtl=texts.language.rtl,
        own=texts.own,
        dutch=texts.dutch,
        draft=texts.draft,
        languages=texts.choices,
        tasks=tasks,
        availability=Availability(
            weekdays=tuple((day, name, day != 2) for day, name in enumerate(("ma", "di", "wo", "do", "vr"))),
            not_before="19:00",
            away=("2027-01-05",),
            most_evenings="4",
            first_day=date(2026, 8, 31),
            last_day=date(2027, 7, 16),
        ),
        feed=FeedLinks(
            name="x", https="https://a/b.ics", webcal="webcal://a/b.ics", google="https://calendar.google.com"
        ),
    )


CLASSES = (
    ClassView(
        name="1A",
        phase=1,
        pupils=(
            ClassPupil(
                name="Amina Dijk",
                leaves=date(2027, 7, 1),
                households=(("g1", "Dijk", "Arabisch", True), ("g2", "Smit", "Nederlands", False)),
            ),
            ClassPupil(name="Bilal", leaves=None, households=()),
        ),
        moments=(
            ClassMoment(
                title="Voortgangsgesprek 1",
                kind="gesprek",
                phase=1,
                first=date(2026, 11, 16),
                last=date(2026, 11, 27),
                pupils=13,
                starts="",
            ),
            ClassMoment(
                title="Interessemarkt",
                kind="bijeenkomst",
                phase=1,
                first=date(2027, 3, 11),
                last=date(2027, 3, 11),
                pupils=1,
                starts="17:00",
            ),
        ),
    ),
    ClassView(name="1B", phase=1, pupils=(), moments=()),
)

PAGES = (
    ("begin-code", "web/begin_code.html", {}),
    *((f"begin-{step}", "web/begin.html", {"view": firststeps.view(step, {}, now=NOW)}) for step in firststeps.STEPS),
    *(
        (
            f"begin-ready-{state}",
            "web/begin_ready.html",
            {"view": replace(READY, task=replace(TASK, state=state)), "password_url": ""},
        )
        for state in ("queued", "done", "failed")
    ),
    (
        "begin-ready-demo",
        "web/begin_ready.html",
        {"view": replace(READY, is_demo=True, has_pupils=True), "password_url": "/wachtwoord"},
    ),
    *((f"helper-{code}", "web/helper.html", {"view": own_view(code), "token": "abc"}) for code in LOADED.pages),
    ("helper-nothing", "web/helper.html", {"view": replace(own_view("nl", ()), feed=None), "token": "abc"}),
    ("own", "web/own.html", {"view": own_view("nl")}),
    ("own-nothing", "web/own.html", {"view": replace(own_view("nl", ()), feed=None)}),
    ("class", "web/class.html", {"view": CLASSES}),
)
