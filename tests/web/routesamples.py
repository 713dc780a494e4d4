"""Going round on the market of the samples, as pages and paper get it."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planner.services.views import EventLine, PlanDrawing, PlanLegend, Problem
from planner.services.views.routes import (
    CellView,
    ChangeFor,
    ChoiceView,
    CompanionView,
    FamilyView,
    FormChoiceView,
    FormPartView,
    FormsView,
    GroupView,
    MarkView,
    RepairView,
    RoundMapLine,
    RoundMapView,
    RoundView,
    RouteView,
    SettledView,
    StopView,
    WishView,
)
from planner.services.views.routesheets import DoorLine, RoundSign, RouteCard, RouteSheet, StepOnPaper, Told, TongueView


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2027-02-11T{clock}").replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


TIMES = (("17:30", "17:50"), ("17:55", "18:15"), ("18:20", "18:40"), ("18:45", "19:05"), ("19:10", "19:30"))
ROUNDS = tuple(RoundView(number=n, start=at(start), end=at(end)) for n, (start, end) in enumerate(TIMES, 1))
LINE = EventLine(
    id="interessemarkt", runbook="interessemarkt", title="Loopbaanevenement ‘Wat vind je interessant?’",
    short="Interessemarkt", kind="bijeenkomst", phase=1, first=date(2027, 2, 11), last=date(2027, 2, 11),
    start=at("15:30"), end=at("19:45"), families=58, reason="",
)  # fmt: skip
GUIDE = CompanionView(person_id="p1", name="Hatice Yıldız", task="begeleidt", languages=(), pinned=True)
KEY_PARENT = CompanionView(person_id="p2", name="Tesfay", task="vertaalt", languages=("Tigrinya",), pinned=False)
FAMILY = FamilyView(id="h1", name="Ghebremedhin", language="Tigrinya", persons=3)
GROUPS = (
    GroupView(id="g1", label="Groep 1", persons=15, languages=("Tigrinya 4", "Nederlands 1"), classes=("1A", "1C"),
              families=(FAMILY, replace(FAMILY, id="h2", name="<b>De Vries</b>")), companions=(GUIDE, KEY_PARENT),
              route=("Zorg", "hal", "Bouw", "Kinderen", "Sport")),
    GroupView(id="g2", label="Groep 2", persons=16, languages=("Arabisch 6",), classes=("1B",),
              families=(replace(FAMILY, id="h3", name="Haddad", language="Arabisch"),), companions=(),
              route=("Bouw", "Zorg", "hal", "Sport", "Kinderen")),
)  # fmt: skip
STOPS = (
    StopView(id="zorg", name="Zorg", where="Lokaal 1.04", hosts=("Anita Mulder",), broken=("Te vol.",), cells=(
        CellView(walkers=("Groep 1",), pinned=True), CellView(walkers=("Groep 2", "Groep 3"), pinned=False),
        *[CellView(walkers=(), pinned=False)] * 3)),
    StopView(id="bouw", name="Bouw", where="", hosts=(), cells=(CellView(walkers=("Groep 2",), pinned=False),
        *[CellView(walkers=(), pinned=False)] * 4)),
)  # fmt: skip
SHEET_LIST = (("routebladen", "Routebladen", "Een blad voor iedereen."), ("deurlijst", "Lijst", "Wie hoort waar."))
ROUTES = RouteView(
    line=LINE, form="Gewone vorm", shape="carousel", fits=False, stamp="a1b2", is_planned=True,
    has_rounds=True, in_groups=True,
    verdict="Het past niet: er zijn 3 bezoeken te weinig.",
    repairs=(RepairView(kind="more rooms", what="Neem één lokaal meer: 1 × Zorg.", can_take_over=True,
                        follows=("Vrij op deze avond: Zorg (2) in Lokaal 1.05.",)),
             RepairView(kind="more topics", what="Zet er één sector bij.", can_take_over=True, names=("Groen",)),
             RepairView(kind="more evenings", what="Neem een tweede avond.", can_take_over=False)),
    shortages=("Van Lokaal 1.04 naar Sporthal is het 7 minuten lopen.",),
    problems=(Problem(rule="L02", title="Een plek is niet te vol", hard=True, where="", why="Twee groepen bij Zorg."),
              Problem(rule="H04", title="Voor elke taal een tolk in de groep", hard=False, where="", why="Niemand.")),
    changes=(ChangeFor(who="Groep 2", what="Ronde 1: Bouw in plaats van Zorg."),),
    rounds=ROUNDS, stops=STOPS, groups=GROUPS, reserves=(replace(KEY_PARENT, person_id="p3", name="Suad"),),
    marks=(MarkView(what="absent", id="p9", name="Jan", said="is er niet"),),
    stop_choices=(ChoiceView(id="zorg", name="Zorg"), ChoiceView(id="bouw", name="Bouw")),
    person_choices=(ChoiceView(id="p1", name="Hatice Yıldız"),),
    late_choices=(ChoiceView(id="h9", name="Kowalski"),), away_choices=(),
    topics=("Zorg", "Bouw"), wishes=(WishView(class_id="k1", name="1A", points=(3, 0)),),
    settled=(SettledView(kind="rounds", what="6 rondes."),
             SettledView(kind="evenings", what="Verdeeld over 2 avonden.", others=(("markt-avond-2", "Markt (2)"),))),
    told_at=at("10:00"), told_by="Noor Visser", can_undo=True, any_pinned=True,
)  # fmt: skip
FRESH = replace(ROUTES, fits=True, is_planned=False, repairs=(), shortages=(), problems=(), changes=(), marks=(),
                settled=(), told_at=None, can_undo=False, any_pinned=False, verdict="Het past.")  # fmt: skip
DATES = replace(
    ROUTES, shape="speed_date", in_groups=False, wishes=(), reserves=(), late_choices=(), person_choices=(),
    away_choices=(ChoiceView(id="h1", name="Haddad"),),
    groups=tuple(replace(g, families=(), companions=(), label=f"Haddad {n}") for n, g in enumerate(GROUPS)),
)  # fmt: skip
VISIT = replace(ROUTES, shape="groups", has_rounds=False, stops=(), rounds=ROUNDS[:1], stop_choices=(), topics=(),
                groups=tuple(replace(g, route=()) for g in GROUPS))  # fmt: skip
FORMS = FormsView(line=LINE, forms=(
    FormChoiceView(id="", title="Gewone vorm", what="Ontdekken.", chosen=True, parts=(), waiting=(), has_groups=True),
    FormChoiceView(id="schoolplein", title="Schoolplein", what="Oud-leerlingen.", chosen=False, waiting=("Stap.",),
                   parts=(FormPartView(part="Draaiboek", added=("16:00 Zet klaar.",), dropped=("15:30 Lokalen.",)),
                          FormPartView(part="Mensen", added=("Oud-leerling",), dropped=())), has_groups=True),
))  # fmt: skip

WORDS = {"what_time": "ሰዓት ክንደይ?", "where": "ኣበይ?"}
TIGRINYA = TongueView(code="ti", rtl=False, name="Tigrinya", own_name="ትግርኛ", words=WORDS, draft=True)
ARABIC = TongueView(
    code="ar", rtl=True, name="Arabisch", own_name="العربية", words={"what_time": "كم الساعة؟", "where": "أين؟"},
    draft=False,
)  # fmt: skip
SAYS = Told(dutch=("Hier ziet u werk.", "Iemand vertelt.", "Stel uw vraag."))
SAYS_TOO = Told(dutch=SAYS.dutch, own=("هنا ترون العمل.", "شخص يحكي.", "اطرحوا سؤالكم."), draft=True)
STEPS = (
    StepOnPaper(start=at("17:30"), end=at("17:50"), what="Zorg", room="Lokaal 1.04", told=SAYS, note="16 mensen"),
    StepOnPaper(start=at("17:55"), end=at("18:15"), what="Hal", room="", idle=True),
)
WAY = PlanDrawing(
    svg='<svg class="plattegrond"><title>weg</title></svg>', paper="<div></div>",
    legend=(PlanLegend(written="A", name="Kantoor", details=("17:30",), is_drawn=True),
            PlanLegend(written="1.05", name="1.05", details=(), is_drawn=True)),
)  # fmt: skip
ROUTE_SHEETS = (
    RouteSheet(person="Tesfay", task="vertaalt", group="Groep 1", persons=15, languages=("Tigrinya",),
               tongue=TIGRINYA, begin="Aula", steps=STEPS,
               drawing=WAY, beside=False),
    RouteSheet(person="Hatice", task="begeleidt", group="Groep 1", persons=15, languages=(), tongue=None, begin="",
               steps=STEPS[:1], drawing=WAY, beside=True),
    RouteSheet(person="Anita", task="ontvangt", group="Zorg", persons=0, languages=(), tongue=None, begin="1.04",
               steps=STEPS, drawing=WAY, beside=True),
    RouteSheet(person="Jan", task="praat", group="Jan", persons=0, languages=(), tongue=ARABIC, begin="",
               steps=STEPS, drawing=None, beside=True, told=SAYS_TOO),
)  # fmt: skip
CARDS = (RouteCard(label="Groep 1", tongues=(TIGRINYA, ARABIC), guides=("Hatice", "Tesfay"), steps=STEPS),
         RouteCard(label="Haddad", tongues=(ARABIC,), guides=(), steps=()))  # fmt: skip
SIGNS = (RoundSign(stop="Zorg", room="Lokaal 1.04", steps=STEPS, says=SAYS.dutch[0],
                   told=((TIGRINYA, SAYS), (ARABIC, SAYS_TOO))),
         RoundSign(stop="Klas 1A", room="", steps=STEPS, says="", told=()))  # fmt: skip
LINES = (DoorLine(name="Haddad", group="Groep 2", persons=3, first="Bouw, 1.05"),
         DoorLine(name="Kowalski", group="", persons=1, first=""))  # fmt: skip
ROUND_MAP = RoundMapView(
    id="interessemarkt", title=LINE.title, is_planned=True, rounds=ROUNDS, number=2, drawing=WAY,
    lines=(RoundMapLine(room="Lokaal 1.04", stop="Zorg", walkers=("Groep 1", "Groep 2"), persons=31),
           RoundMapLine(room="", stop="Bouw", walkers=(), persons=0)),
    waiting=("Groep 3",),
)  # fmt: skip

PAGES = (
    ("routes", "web/routes.html", {"view": ROUTES, "bladen": SHEET_LIST}),
    ("routes-fresh", "web/routes.html", {"view": FRESH, "bladen": ()}),
    ("routes-dates", "web/routes.html", {"view": DATES, "bladen": SHEET_LIST}),
    ("routes-visit", "web/routes.html", {"view": VISIT, "bladen": SHEET_LIST}),
    ("round-map", "web/roundmap.html", {"view": ROUND_MAP}),
    ("round-map-fresh", "web/roundmap.html", {"view": replace(ROUND_MAP, is_planned=False, waiting=())}),
    ("forms", "web/forms.html", {"view": FORMS}),
)


def prints(view: object) -> tuple[tuple[str, str, dict[str, object]], ...]:
    """Return the sheets for the event of the samples."""
    return (
        ("routebladen", "print/routebladen.html", {"view": view, "sheets": ROUTE_SHEETS}),
        ("routebladen-none", "print/routebladen.html", {"view": view, "sheets": ()}),
        ("groepskaarten", "print/groepskaarten.html", {"view": view, "cards": CARDS, "in_groups": True}),
        ("groepskaarten-none", "print/groepskaarten.html", {"view": view, "cards": (), "in_groups": False}),
        ("rondeborden", "print/rondeborden.html", {"view": view, "signs": SIGNS}),
        ("rondeborden-none", "print/rondeborden.html", {"view": view, "signs": ()}),
        ("deurlijst", "print/deurlijst.html", {"view": view, "lines": LINES, "in_groups": True}),
        ("deurlijst-none", "print/deurlijst.html", {"view": view, "lines": (), "in_groups": False}),
    )
