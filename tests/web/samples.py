"""One school year as the pages get it: every view filled with the kind of things schools really write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from web import answersamples, ownsamples, routesamples, workshopsamples

from planner.domain.access.rights import Actor, Role
from planner.domain.drawing.floorplan import Scene, floor_plan
from planner.domain.drawing.floors import Paper
from planner.domain.rooms.room import FEATURES, Room, Spot
from planner.exports.cornerplan import corner_drawing
from planner.exports.drawing import as_html, as_svg
from planner.exports.floorplan import floor_drawing
from planner.services.event.sheets import SHEETS as EVERY_SHEET
from planner.services.views import (
    AccountLine,
    AccountsView,
    AccountView,
    AppointmentCard,
    Attention,
    AwayLine,
    BoardView,
    CellView,
    Change,
    ClassRoom,
    CleanUpView,
    CornerLine,
    CornerPage,
    CornerRoom,
    DayMark,
    DoorSign,
    DutyView,
    EventLine,
    EventPlanView,
    EventView,
    FamilyCount,
    FeedLinks,
    FormView,
    GapView,
    GoalView,
    Hold,
    HourLine,
    HouseholdLine,
    HouseholdView,
    ImportChange,
    ImportColumn,
    ImportLine,
    ImportView,
    InvitationFacts,
    InvitationSheet,
    LanguageEvening,
    LanguageLine,
    LanguageName,
    LinkToGive,
    MatrixRow,
    Month,
    MoveView,
    NameView,
    NeedView,
    OwnEvening,
    OwnStop,
    PartLine,
    PartView,
    PersonLine,
    PersonView,
    PictureForm,
    PlanDrawing,
    PlanLegend,
    PlanPage,
    PostView,
    Problem,
    ProposalView,
    PupilFacts,
    RoomChoice,
    RoomContent,
    RoomForm,
    RoomGrid,
    RoomLine,
    RoomOption,
    RoomUseView,
    RoundLine,
    RowView,
    RuleLine,
    SessionLine,
    SettingsView,
    SetupView,
    SigninView,
    StepView,
    TalkBar,
    TalkChange,
    TalkDay,
    TalkFacts,
    TalkLine,
    TalkRow,
    TalkSheet,
    TalksView,
    TalkView,
    TallyLine,
    TaskView,
    TransferView,
    WishView,
    YearView,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def dag(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def dag_kort(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {SHORT_MONTHS[day.month - 1]}"


def tijd(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"


def tijden(start: datetime, end: datetime) -> str:
    return f"{tijd(start)}–{tijd(end)}"


def aantal(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


FILTERS = {"dag": dag, "dag_kort": dag_kort, "tijd": tijd, "tijden": tijden, "aantal": aantal}


def url_for(endpoint: str, **values: object) -> str:
    if endpoint == "static":
        return f"/static/{values['filename']}"
    tail = "/".join(str(value) for value in values.values())
    return "/" + "/".join(part for part in (endpoint.replace(".", "/"), tail) if part)


def flashes(*, with_categories: bool = False) -> list[tuple[str, str]] | list[str]:
    messages = [("goed", "De datum is verzet."), ("fout", "Er ging iets mis met het bestand.")]
    return messages if with_categories else [text for _, text in messages]


def environment(folder: str) -> Environment:
    """Return the templates with the filters and functions that the application gives them."""
    templates = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    templates.filters.update(FILTERS)
    templates.globals.update(
        url_for=url_for,
        csrf_token=lambda: "een-geheim",
        get_flashed_messages=flashes,
        nu=TODAY_AT_NINE,
        account=Actor(role=Role.COORDINATOR, name="Noor de Vries", class_ids=None),
        csp_nonce="een-woord",
        school_name=SCHOOL,
    )
    return templates


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=AMSTERDAM)


SCHOOL = "ISK Het Schakelpunt"
TODAY = date(2027, 2, 2)
TODAY_AT_NINE = at(TODAY, "09:12")
REASON = "2 weken na 'Wat vind je interessant?'; 9 maart valt af: Suikerfeest."


def line(id_: str, title: str, short: str, kind: str, phase: int, first: date, last: date | None = None,
         clock: tuple[str, str] = ("19:00", "21:00"), families: int = 24, **more: object) -> EventLine:  # fmt: skip
    """Return an event; `more` fills what is not dull."""
    last = last or first
    return EventLine(
        id=id_, runbook=id_.partition("-")[0], title=title, short=short, kind=kind, phase=phase, first=first,
        last=last, start=at(first, clock[0]), end=at(first, clock[1]), families=families,
        **{"reason": REASON, **more},
    )  # fmt: skip


TALK = ("15:00", "17:30")
EVENTS = (
    line("startgesprek", "Startgesprek", "Start", "gesprek", 1, date(2026, 9, 21), date(2026, 10, 9), TALK, 58),
    line("vg3", "Voortgangsgesprek 3", "Voortgang 3", "gesprek", 2, date(2026, 9, 28), date(2026, 10, 9), TALK, 41),
    line("welkom-ar", "Welkom in de ISK: Arabisch", "Welkom", "bijeenkomst", 1, date(2026, 10, 13), families=21),
    line("welkom-uk", "Welkom in de ISK: Oekraïens", "Welkom", "bijeenkomst", 1, date(2026, 10, 15), families=17),
    line("welkom-x", "Welkom in de ISK: Tigrinya, Chinees, Pools en vijf andere talen", "Welkom", "bijeenkomst", 1,
         date(2026, 10, 29), families=20, pinned=True),
    line("vg1", "Voortgangsgesprek 1", "Voortgang 1", "gesprek", 1, date(2026, 11, 23), date(2026, 12, 11), TALK, 58),
    line("kijkje", "Een kijkje op een nieuwe school", "Kijkje", "bijeenkomst", 2, date(2026, 12, 3), families=41,
         clock=("19:00", "21:15")),
    line("welkom-winter", "Welkom in de ISK: herhaling voor winterinstroom", "Welkom", "bijeenkomst", 1,
         date(2027, 2, 9), families=1, gaps=1),
    line("interessemarkt", "Loopbaanevenement ‘Wat vind je interessant?’", "Interessemarkt", "bijeenkomst", 1,
         date(2027, 2, 11), families=58, clock=("17:00", "19:30"), hard=1, soft=1, gaps=3),
    line("vg4", "Voortgangsgesprek 4", "Voortgang 4", "gesprek", 2, date(2027, 3, 1), date(2027, 3, 19), TALK, 41),
    line("vg2", "Voortgangsgesprek 2", "Voortgang 2", "gesprek", 1, date(2027, 3, 10), date(2027, 3, 24), TALK, 58,
         soft=1),
    line("verder-mbo", "Verder na de ISK: mbo", "Verder", "bijeenkomst", 2, date(2027, 6, 8), families=25,
         clock=("18:45", "20:30")),
    line("verder-vo", "Verder na de ISK: voortgezet onderwijs", "Verder", "bijeenkomst", 2, date(2027, 6, 10),
         families=16, clock=("18:45", "20:30")),
    line("overdracht", "Overdrachtsgesprek", "Overdracht", "gesprek", 2, date(2027, 6, 21), date(2027, 7, 2), TALK, 41),
)  # fmt: skip
EVENT = {event.id: event for event in EVENTS}
MARKET = EVENT["interessemarkt"]

FREE = (
    ("Zomervakantie", "vakantie", date(2026, 8, 1), date(2026, 8, 30)),
    ("Herfstvakantie", "vakantie", date(2026, 10, 17), date(2026, 10, 25)),
    ("Studiedag", "gesloten", date(2026, 11, 18), date(2026, 11, 18)),
    ("Kerstvakantie", "vakantie", date(2026, 12, 19), date(2027, 1, 3)),
    ("Voorjaarsvakantie", "vakantie", date(2027, 2, 20), date(2027, 2, 28)),
    ("Goede Vrijdag", "feestdag", date(2027, 3, 26), date(2027, 3, 26)),
    ("Tweede Paasdag", "feestdag", date(2027, 3, 29), date(2027, 3, 29)),
    ("Meivakantie", "vakantie", date(2027, 4, 24), date(2027, 5, 9)),
    ("Tweede Pinksterdag", "feestdag", date(2027, 5, 17), date(2027, 5, 17)),
    ("Zomervakantie", "vakantie", date(2027, 7, 17), date(2027, 7, 31)),
)
NOTES = (
    ("Meskel", "feest", date(2026, 9, 27), date(2026, 9, 27)),
    ("Sinterklaas", "bijzondere dag", date(2026, 12, 5), date(2026, 12, 5)),
    ("Orthodox kerstfeest", "feest", date(2027, 1, 7), date(2027, 1, 7)),
    ("Toetsweek", "toetsweek", date(2027, 1, 25), date(2027, 1, 29)),
    ("Ramadan", "ramadan", date(2027, 2, 8), date(2027, 3, 8)),
    ("Suikerfeest", "feest", date(2027, 3, 9), date(2027, 3, 10)),
    ("Nowruz", "feest", date(2027, 3, 21), date(2027, 3, 21)),
    ("Orthodox Pasen", "feest", date(2027, 5, 2), date(2027, 5, 2)),
    ("Offerfeest", "feest", date(2027, 5, 16), date(2027, 5, 16)),
    ("Toetsweek", "toetsweek", date(2027, 5, 31), date(2027, 6, 4)),
)


def mark(day: date) -> DayMark:
    free = [(name, kind) for name, kind, first, last in FREE if first <= day <= last]
    notes = [(name, kind) for name, kind, first, last in NOTES if first <= day <= last]
    weekend = "weekend" if day.weekday() >= 5 else ""
    return DayMark(
        day=day,
        free=free[0][0] if free else weekend,
        notes=tuple(name for name, _ in notes),
        kind=(free or notes or [("", "")])[0][1],
        events=tuple(
            event
            for event in EVENTS
            if event.first <= day <= event.last and (event.first == event.last or not (free or weekend))
        ),
    )


def months() -> Iterator[Month]:
    starts = [date(2026 + (8 + n) // 12 - (8 + n == 12), (8 + n - 1) % 12 + 1, 1) for n in range(13)]
    for first, after in pairwise(starts):
        days = [mark(first + timedelta(days=n)) for n in range((after - first).days)]
        cells = [None] * first.weekday() + days + [None] * (-(first.weekday() + len(days)) % 7)
        yield Month(
            name=MONTHS[first.month - 1],
            year=first.year,
            weeks=tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7)),
            events=tuple(event for event in EVENTS if event.first.month == first.month),
        )


HARD = Problem(
    rule="K03", title="Op een avond die past", hard=True, where=MARKET.title, event_id=MARKET.id,
    why="De markt begint op donderdag om 17:00 uur; op donderdag kan het gebouw pas vanaf 18:00 uur open.",
    fallback="Kies een andere dag, of zet bij Instellingen een vroegere tijd voor donderdag.",
)  # fmt: skip
SOFT = Problem(
    rule="K07", title="Liever niet in de ramadan", hard=False, where=MARKET.title, event_id=MARKET.id,
    why="11 februari 2027 valt in de ramadan; de zon gaat onder om 17.45 uur, tijdens de markt.",
    fallback="Begin na de iftar, zorg voor eten en een rustige ruimte, of kies een andere week.",
)  # fmt: skip
WHOLE_YEAR = Problem(
    rule="C05", title="Voortgangsgesprek 2 binnen twee tot vier weken na de markt", hard=False,
    where="het hele jaar", why="Er zitten 27 dagen tussen, met een vakantie ertussen.",
)  # fmt: skip

YEAR = YearView(
    school=SCHOOL,
    label="2026–2027",
    region="Midden",
    today=TODAY,
    months=tuple(months()),
    events=EVENTS,
    attention=(
        Attention(
            kind="taak",
            text="Sleutelpersonen en teamleden met thuistaal vragen als vertaler",
            event_id=MARKET.id, event_title=MARKET.title, due=date(2027, 1, 29), overdue=True,
        ),
        Attention(
            kind="mensen",
            text="Er is nog niemand die Tigrinya vertaalt",
            event_id="welkom-winter", event_title=EVENT["welkom-winter"].title, due=date(2027, 2, 9),
        ),
        Attention(
            kind="regel",
            text="De tijd past niet bij de donderdagavond",
            event_id=MARKET.id, event_title=MARKET.title,
        ),
        Attention(kind="publiceren", text="Er zijn 4 veranderingen die nog niemand ziet"),
    ),
    problems=(HARD, SOFT, WHOLE_YEAR),
    changes=(
        Change(kind="nieuw", title="Welkom in de ISK: herhaling voor winterinstroom", after="dinsdag 9 februari 2027"),
        Change(
            kind="verplaatst", title=MARKET.title,
            before="donderdag 4 februari 2027", after="donderdag 11 februari 2027",
        ),
        Change(kind="veranderd", title="Voortgangsgesprek 2", before="lokaal 1.04", after="lokaal 1.05"),
        Change(kind="vervallen", title="Welkom in de ISK: Dari", before="dinsdag 20 oktober 2026"),
    ),
    published_at=at(date(2027, 1, 26), "16:05"),
    planned=True,
)  # fmt: skip
EMPTY_YEAR = replace(
    YEAR,
    months=tuple(
        replace(month, events=(), weeks=tuple(
            tuple(day and replace(day, events=()) for day in week) for week in month.weeks
        ))
        for month in YEAR.months
    ),
    events=(), attention=(), problems=(), changes=(), published_at=None, planned=False,
)  # fmt: skip
CALM_YEAR = replace(YEAR, attention=(), problems=(), changes=())


def row(id_: str, start: str, end: str | None, what: str, **more: tuple[str, ...] | bool) -> RowView:
    return RowView(
        id=id_, start=at(MARKET.first, start), end=at(MARKET.first, end) if end else None, what=what,
        **{"places": (), "rooms": (), "needs": (), "responsible": (), "people": (), **more},
    )  # fmt: skip


ROWS = (
    row("inrichten", "15:30", "16:30", "Lokalen inrichten met in iedere hoek een beroep.",
        places=("loopbaanlokaal",), rooms=("1.04", "1.05", "1.06", "Praktijklokaal techniek"),
        needs=("materialen bij de beroepen", "werkkleding"), responsible=("vakdocenten",),
        people=("Hatice Yıldız", "Bram Oosterhuis", "Marieke van den Berg", "Joris Dekker")),
    row("ontvangst-gasten", "16:30", "17:00",
        "Ontvangst van de beroepsbeoefenaren. Ruimte tonen en samen de hulpkaart doornemen.",
        places=("loopbaanlokaal",), rooms=("1.04", "1.05", "1.06", "Praktijklokaal techniek"),
        needs=("Hulpkaart Eenvoudig Nederlands",), responsible=("LOB-coördinator", "vakdocenten"),
        people=("Noor de Vries", "Hatice Yıldız"), mine=True),
    row("ontvangst", "17:00", "17:30",
        "Ontvangst van leerlingen en ouders. Gesprekskaart uitdelen aan wie er nog geen heeft. "
        "Groepen naar een loopbaanlokaal begeleiden.",
        places=("centrale hal",), rooms=("Aula",), needs=("eten en drinken", "interessekaarten"),
        responsible=("LOB-coördinator", "docenten"), people=("Noor de Vries", "Tesfay Ghebremedhin"), mine=True),
    row("sessies", "17:30", "19:30",
        "Sessies van 20 minuten per lokaal, in groepen van hoogstens 16 personen: uitleg van de vakdocent "
        "(5 minuten), rondkijken en vragen stellen bij vier beroepen (15 minuten), presentatie van de "
        "beroepsbeoefenaar aan steeds een klein groepje. Daarna in de hal: kaart invullen en kort napraten.",
        places=("loopbaanlokaal", "centrale hal"), rooms=("1.04", "1.05", "1.06", "Praktijklokaal techniek", "Aula"),
        needs=("statafels in de gangen", "pennen"), responsible=("vakdocenten", "beroepsbeoefenaren"),
        people=("Hatice Yıldız", "Bram Oosterhuis", "Abdirahman-Mohamed van der Weerdt-Oosterhuizen")),
    row("vertrek", "19:15", None,
        "Vertrek. Kaarten thuis verder invullen. De inleverdatum meegeven.",
        places=("centrale hal",), rooms=("Aula",), responsible=("LOB-coördinator",), people=("Noor de Vries",),
        proposed=True, mine=True),
)  # fmt: skip


def step(id_: str, due: date, what: str, weeks: int, **more: object) -> StepView:
    return StepView(
        id=id_, due=due, what=what, weeks_before=weeks,
        **{"moved_for": "", "who": ("LOB-coördinator",), "kind": "task", "proposed": True, **more},
    )  # fmt: skip


STEPS = (
    step("I01", date(2026, 11, 5), "Sectoren kiezen: gevarieerd, minstens vier, passend bij de regio.", 12,
         done_at=at(date(2026, 11, 4), "11:30"), done_by="Noor de Vries"),
    step("I02", date(2026, 11, 12), "Per loopbaanlokaal een vakdocent verantwoordelijk maken.", 11,
         done_at=at(date(2026, 11, 12), "15:02"), done_by="Noor de Vries"),
    step("I03", date(2026, 11, 19), "Per sector minstens één beroepsbeoefenaar vragen: collega’s, vrienden, familie "
         "of ouders met werkervaring in Nederland.", 10, who=("vakdocent", "LOB-coördinator")),
    step("I04", date(2026, 12, 18), "Niet genoeg? Oud-leerlingen met een opleiding of baan vragen.", 6,
         moved_for="Kerstvakantie", condition="als er te weinig beroepsbeoefenaren zijn"),
    step("I05", date(2027, 1, 29), "Sleutelpersonen en teamleden met thuistaal vragen als vertaler.", 2,
         overdue=True),
    step("I09", date(2027, 2, 4), "Hulpkaart Eenvoudig Nederlands opsturen en toelichten.", 1,
         link="https://www.itta.uva.nl/hulpkaart-eenvoudig-nederlands.pdf", proposed=False),
    step("I10", date(2027, 2, 4), "Leerlingen maken een uitnodiging in de NT2-les.", 1,
         who=("NT2-docent", "leerlingen"), kind="invite"),
    step("I11", date(2027, 2, 9), "Les: gesprekskaart ‘Naar de interessemarkt’ en vragen oefenen.", 0,
         who=("mentor",), kind="lesson"),
    step("I13", date(2027, 2, 12), "Eerstvolgende les: kaarten thuis afmaken, meenemen en nabespreken.", 0,
         who=("mentor",), kind="follow_up", proposed=False),
    step("I14", date(2027, 3, 10), "Voortgangsgesprek 2 voeren.", -3, who=("mentor",), kind="follow_up"),
)  # fmt: skip


def duty(person: str, role: str, scope: str = "", **more: object) -> DutyView:
    return DutyView(
        person_id=person.lower().replace(" ", "-"), person=person, role=role, scope=scope,
        start=at(MARKET.first, "16:30"), end=at(MARKET.first, "19:30"),
        **{"rows": ("sessies",), "reason": "Heeft nog de minste avonden van de mensen die kunnen.", **more},
    )  # fmt: skip


DUTIES = (
    duty("Noor de Vries", "LOB-coördinator", reason="Is de enige met deze rol.", pinned=True,
         rows=("ontvangst-gasten", "ontvangst", "vertrek")),
    duty("Hatice Yıldız", "vakdocent", "zorg"),
    duty("Bram Oosterhuis", "vakdocent", "techniek"),
    duty("Abdirahman-Mohamed van der Weerdt-Oosterhuizen", "beroepsbeoefenaar", "installatietechniek"),
    duty("Tesfay Ghebremedhin", "sleutelouder", "Tigrinya",
         reason="Spreekt Tigrinya en goed Nederlands; heeft dit jaar één avond."),
    duty("Fatima al-Khatib", "sleutelouder", "Arabisch"),
)  # fmt: skip
GAPS = (
    GapView(role="vakdocent", scope="groen", missing=1, why="Niemand met deze rol kan op donderdag."),
    GapView(role="sleutelouder", scope="Chinees (vereenvoudigd)", missing=1,
            why="Niemand spreekt Chinees. Vraag een oud-leerling of een tolk."),
    GapView(role="oud-leerling", scope="", missing=1, why="Er is nog niemand gevraagd.", optional=True),
)  # fmt: skip
ROOM_USES = (
    RoomUseView(place="centrale hal", scope="", persons=116, room="Aula", capacity=180,
                features=("hal", "geluid", "rolstoel", "keuken"), reason="De enige ruimte die groot genoeg is."),
    RoomUseView(place="loopbaanlokaal", scope="zorg", persons=16, room="1.04", capacity=28,
                features=("scherm", "tafels"), reason="Vlak bij de hal."),
    RoomUseView(place="loopbaanlokaal", scope="techniek", persons=16, room="Praktijklokaal techniek", capacity=24,
                features=("werkbanken",), reason="Heeft werkbanken."),
    RoomUseView(place="loopbaanlokaal", scope="horeca en recreatie", persons=16, room="", capacity=0, features=(),
                reason="Alle lokalen met een keuken zijn op deze avond in gebruik."),
)  # fmt: skip
EVENT_VIEW = EventView(
    line=MARKET,
    goal="Ouders en leerlingen maken kennis met beroepen in Nederland en praten er thuis over verder.",
    audience="Leerlingen van fase 1 (route 1, 2 en 3) met hun ouders",
    school=SCHOOL,
    runsheet=ROWS,
    preparation=STEPS,
    duties=DUTIES,
    gaps=GAPS,
    declined=("Samira el Amrani heeft nee gezegd op 3 februari (Sleutelouder (Arabisch)): Ik moet werken.",),
    rooms=ROOM_USES,
    per_language=(
        FamilyCount(name="Arabisch", families=21), FamilyCount(name="Oekraïens", families=17),
        FamilyCount(name="Tigrinya", families=9), FamilyCount(name="Chinees (vereenvoudigd)", families=6),
        FamilyCount(name="Pools", families=4), FamilyCount(name="Dari", families=1),
    ),
    per_class=(
        FamilyCount(name="ISK A", families=15), FamilyCount(name="ISK B", families=14),
        FamilyCount(name="ISK C", families=15), FamilyCount(name="ISK Alfa-schakelklas", families=14),
    ),
    pupils=61,
    persons=116,
    coming=31,
    cannot=4,
    silent=18,
    children=6,
    problems=(HARD, SOFT),
    materials=("61 × interessekaart", "8 × hulpkaart Eenvoudig Nederlands", "6 × statafel", "60 × pen"),
    outcomes=("Ouders kennen minstens vier sectoren.", "De leerling weet welke sector leuk lijkt, en waarom."),
    aftercare=("Welke sector vond je leuk? Waarom?", "Welk beroep kende jij nog niet? En je ouder?"),
    lesson="Wat voor werk doet u?",
    home="Kaarten samen met een ouder verder invullen en meenemen.",
    goes_round=True,
    gathers=True,
    forms=(
        FormView(id="markt", title="Interessemarkt", what="Lokalen per sector, met beroepsbeoefenaren.", chosen=True),
        FormView(id="schoolplein", title="Schoolplein",
                 what="Oud-leerlingen vertellen over hun opleiding, met lesmateriaal.", chosen=False),
        FormView(id="regio", title="Regionaal evenement",
                 what="Samen naar een beroepenmarkt in de regio, met afspraken over taal.", chosen=False),
    ),
    invitation_title="Interessemarkt: wat vind je interessant?",
    invitation_about=("Welke beroepen zijn er?", "Welk beroep past bij mij?", "Welke opleiding hoort daarbij?"),
)  # fmt: skip
TALK_VIEW = replace(
    EVENT_VIEW,
    line=EVENT["vg2"], gaps=(), problems=(), rooms=(), duties=(), forms=(), runsheet=(), materials=(),
    per_language=(), per_class=(), lesson="", home="", outcomes=(), aftercare=(),
)  # fmt: skip

PEOPLE = (
    PersonLine(id="noor-de-vries", name="Noor de Vries", kind="medewerker", roles=("LOB-coördinator",),
               languages=("Nederlands", "Engels"), days="ma, di, do", evenings=5, max_evenings=6),
    PersonLine(id="hatice-yildiz", name="Hatice Yıldız", kind="medewerker", roles=("vakdocent", "mentor"),
               languages=("Nederlands", "Turks"), days="alle dagen", evenings=6, max_evenings=6),
    PersonLine(id="tesfay", name="Tesfay Ghebremedhin", kind="sleutelouder", roles=("sleutelouder",),
               languages=("Tigrinya", "Nederlands"), days="di, do", evenings=1, max_evenings=3),
    PersonLine(id="abdi", name="Abdirahman-Mohamed van der Weerdt-Oosterhuizen", kind="partner",
               roles=("beroepsbeoefenaar",), languages=("Nederlands", "Somalisch"), days="do", evenings=1,
               max_evenings=None, organisation="Installatietechniek Noord-Holland Noord BV"),
)  # fmt: skip
FEED = FeedLinks(
    name="Noor de Vries",
    https="https://schakelplan.example.nl/agenda/8f2c9b7a1d4e4f0fa6b2/noor.ics",
    webcal="webcal://schakelplan.example.nl/agenda/8f2c9b7a1d4e4f0fa6b2/noor.ics",
    google="https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fschakelplan.example.nl%2Fnoor.ics",
)
FEEDS = (
    ("Hele jaar", replace(FEED, name="Hele jaar")),
    ("Alleen bijeenkomsten", replace(FEED, name="Alleen bijeenkomsten")),
    ("Klas ISK Alfa-schakelklas", replace(FEED, name="Klas ISK Alfa-schakelklas")),
)
PERSON = PersonView(
    line=PEOPLE[0],
    duties=((EVENT["kijkje"], replace(DUTIES[0], role="gastvrouw bij de ontvangst")), (MARKET, DUTIES[0])),
    feed=FEED,
    limits=("Werkt niet op woensdag en vrijdag.", "Hoogstens 6 avonden per jaar."),
    link=ownsamples.LINK,
    texts="Arabisch (concept, nog door niemand nagekeken)",
)
GUEST = PersonView(line=PEOPLE[3], duties=(), feed=None, limits=())


def room(name: str, capacity: int, box: tuple[float, float, float, float], floor: int = 0,
         features: tuple[str, ...] = ("scherm", "tafels"), events: int = 2) -> RoomLine:  # fmt: skip
    x, y, width, depth = box
    return RoomLine(id=name.lower().replace(" ", "-"), name=name, capacity=capacity, floor=floor,
                    features=features, events=events, x=x, y=y, width=width, depth=depth)  # fmt: skip


ROOMS = (
    room("Aula", 180, (10, 9, 22, 12), features=("hal", "geluid", "plenair", "rolstoel", "keuken"), events=8),
    room("Kantoor", 6, (0, 9, 8, 6), features=(), events=0),
    room("0.01", 24, (0, 0, 8, 7)), room("0.02", 24, (8, 0, 8, 7)), room("0.03", 24, (16, 0, 8, 7)),
    room("Praktijklokaal techniek", 24, (24, 0, 14, 7), features=("werkbanken", "rolstoel")),
    room("Gymzaal", 60, (34, 9, 14, 18), features=("geluid",), events=1),
    room("1.04", 28, (0, 0, 8, 7), 1), room("1.05", 28, (8, 0, 8, 7), 1), room("1.06", 28, (16, 0, 8, 7), 1),
    room("Mediatheek en stilteruimte", 40, (0, 9, 24, 9), 1, features=("scherm", "rolstoel"), events=0),
)  # fmt: skip

RULES = (
    RuleLine(id="C01", title="Startgesprek vóór de welkomstbijeenkomst", hard=False,
             reason="Ouders kennen dan al een gezicht.", source="toolkit, hoofdstuk 2", state="gehouden",
             fallback="Is een leerling later gestart? Neem een half uur extra in het gesprek.", override="",
             can_be_overridden=True, problems=()),
    RuleLine(id="C05", title="Voortgangsgesprek 2 binnen twee tot vier weken na de markt", hard=False,
             reason="De markt is dan nog vers.", source="toolkit, hoofdstuk 5", state="gebroken",
             fallback="Kijk vooraf in de mentorles de beroepenkaarten terug.", override="",
             can_be_overridden=True, problems=(WHOLE_YEAR,)),
    RuleLine(id="C13", title="‘Verder na de ISK’ apart voor mbo en voor vo", hard=False,
             reason="De informatie verschilt.", source="toolkit, hoofdstuk 10", state="uitgezet", fallback="",
             override="Wij hebben dit jaar maar negen gezinnen.", can_be_overridden=True, problems=()),
    RuleLine(id="K01", title="Op een schooldag", hard=True, reason="De school is anders dicht.",
             source="van de school", state="gehouden", fallback="", override="", can_be_overridden=False, problems=()),
    RuleLine(id="K03", title="Op een avond die past", hard=True, reason="Het gebouw moet open kunnen.",
             source="van de school", state="gebroken", fallback="Kies een andere dag.", override="",
             can_be_overridden=True, problems=(HARD,)),
)  # fmt: skip

RUNNING = TaskView(id="t1", kind="pdf", state="running", label="Uitnodigingen maken", done=34, total=58,
                   message="34 van 58 uitnodigingen zijn klaar.", back="/evenementen/interessemarkt")  # fmt: skip
TASKS = (
    replace(RUNNING, state="queued", done=0, total=0, message="Wacht op zijn beurt."),
    RUNNING,
    replace(RUNNING, state="done", done=58, message="", download="/taak/t1/download"),
    replace(RUNNING, state="failed", message="De letters voor Tigrinya ontbreken. Vraag de beheerder om hulp."),
)

SETTINGS = SettingsView(
    name=SCHOOL,
    region="Midden",
    label="2026–2027",
    first_day=date(2026, 8, 31),
    last_day=date(2027, 7, 16),
    evenings=(
        (0, "maandag", "18:00"), (1, "dinsdag", "17:00"), (2, "woensdag", ""),
        (3, "donderdag", "18:00"), (4, "vrijdag", ""),
    ),
    feasts=(
        ("islam", "Islamitische feesten en ramadan", True), ("orthodox", "Orthodoxe feesten", True),
        ("eritrea", "Feesten in Eritrea en Ethiopië", True), ("joods", "Joodse feesten", False),
        ("nowruz", "Nowruz", True), ("diwali", "Diwali", False),
    ),
    periods=(
        (1, "Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25), "vakantie", "regio Midden"),
        (2, "Studiedag", date(2026, 11, 18), date(2026, 11, 18), "gesloten", "eigen"),
        (3, "Toetsweek", date(2027, 1, 25), date(2027, 1, 29), "toetsweek", "eigen"),
    ),
    open_days=(
        (1, "Horizon College", date(2027, 1, 23), "mbo"),
        (2, "Praktijkschool De Brug", date(2027, 2, 6), "vo"),
    ),
    market_last_year=True,
    verder_split=2,
    answer_weeks=4,
)  # fmt: skip

KEYS = (
    "invitation", "when", "where", "what_time", "who_may_come", "what_about", "will_you_come", "i_come", "i_cannot",
    "with_n", "need_interpreter", "school", "room", "date", "greeting", "closing", "see_you",
)  # fmt: skip


def words(text: str) -> dict[str, str]:
    """Return the fixed words of an invitation, written one after the other with | between them."""
    return dict(zip(KEYS, (word.strip() for word in text.split("|")), strict=True))


DUTCH = words(
    "Uitnodiging | Wanneer? | Waar? | Hoe laat? | Wie mag er komen? | Waar gaat het over? | Komt u ook? | Ik kom "
    "| Ik kan niet komen | Wij komen met {n} personen | Ik heb een tolk nodig | School | Lokaal | Datum "
    "| Beste ouder(s) en verzorger(s), | Hartelijke groet, | Tot ziens!"
)
ARABIC = words(
    "دعوة | متى؟ | أين؟ | في أي ساعة؟ | من يمكنه الحضور؟ | عمّ سنتحدث؟ | هل ستحضرون؟ | سأحضر | لا أستطيع الحضور "
    "| عدد الأشخاص: {n} | أحتاج إلى مترجم فوري | المدرسة | القاعة | التاريخ | أولياء الأمور الأعزاء، "
    "| مع أطيب التحيات، | إلى اللقاء!"
)
TIGRINYA = words(
    "ዕድመ | መዓስ? | ኣበይ? | ሰዓት ክንደይ? | መን ክመጽእ ይኽእል? | ብዛዕባ እንታይ ክንዛረብ ኢና? | ንስኹም እውን ክትመጹ ዲኹም? | ክመጽእ እየ "
    "| ክመጽእ ኣይክእልን እየ | ብዝሒ ሰባት: {n} | ተርጓሚ የድልየኒ እዩ | ቤት ትምህርቲ | ክፍሊ | ዕለት | ክቡራት ወለድን ኣለይትን፣ "
    "| ምስ ሰላምታ፣ | ክሳብ ንራኸብ!"
)
CHINESE = words(
    "邀请函 | 什么时候？ | 在哪里？ | 几点？ | 谁可以来？ | 我们要谈什么？ "
    "| 您来吗？ | 我会来 | 我不能来 | 我们一共 {n} 人 | 我需要口译员 "
    "| 学校 | 教室 | 日期 | 尊敬的家长和监护人： | 此致敬礼 | 到时见！"
)
# A drawing of a code, not a code that can be scanned.
ARABIC_SHEET = InvitationSheet(
    event_title="Interessemarkt: wat vind je interessant?",
    school=SCHOOL,
    household="Gezin 17",
    language="ar",
    language_name="Arabisch",
    rtl=True,
    own=ARABIC,
    dutch=DUTCH,
    date_dutch="donderdag 11 februari 2027",
    date_own="الخميس، 11 شباط 2027",
    date_digits="11-02-2027",
    time="17:00–19:30",
    clock_hour=17,
    clock_minute=0,
    place="Aula",
    about=EVENT_VIEW.invitation_about,
    about_own=("ما هي المهن الموجودة؟", "أي مهنة تناسبني؟", "ما الدراسة المطلوبة لها؟"),
    who_may_come="Ouders, verzorgers, broers en zussen",
    pupils=("Samir (ISK A)", "Lina (ISK C)"),
    url="https://schakelplan.example.nl/u/7KQ2M9",
    code="K7P-3MA-X9R",
    code_extra="H4W",
    draft=True,
)
TIGRINYA_SHEET = replace(
    ARABIC_SHEET,
    household="Gezin 23", language="ti", language_name="Tigrinya", rtl=False, own=TIGRINYA,
    date_own="ሓሙስ፣ 11 ለካቲት 2027", about_own=("ኣየኖት ሞያታት ኣለዉ?", "ኣየናይ ሞያ ይሰማምዓኒ?", "ኣየናይ ትምህርቲ የድሊ?"),
    pupils=("Yonas (ISK B)",),
)  # fmt: skip
CHINESE_SHEET = replace(
    TIGRINYA_SHEET,
    household="Gezin 31", language="zh-Hans", language_name="Chinees (vereenvoudigd)", own=CHINESE,
    date_own="2027年2月11日星期四", about_own=(), pupils=("Mei (ISK Alfa-schakelklas)",),
    clock_hour=18, clock_minute=45, time="18:45–20:30", place="Mediatheek en stilteruimte, eerste verdieping",
)  # fmt: skip
DUTCH_SHEET = replace(
    TIGRINYA_SHEET,
    household="Gezin 2", language="nl", language_name="Nederlands", own=DUTCH,
    date_own="donderdag 11 februari 2027", about_own=EVENT_VIEW.invitation_about, draft=False,
    pupils=("Jaydon (ISK A)",),
)  # fmt: skip
SHEETS = (ARABIC_SHEET, TIGRINYA_SHEET, CHINESE_SHEET, DUTCH_SHEET)

TRANSFER = TransferView(
    kinds=(("pupils", "Leerlingen"), ("rooms", "Ruimtes")),
    waiting=(("x1", "Leerlingen", "export-60697.csv"),),
    last=ImportLine(
        title="Leerlingen", file_name="klassen.csv", summary="2 nieuw, 1 veranderd, 110 hetzelfde", who="Noor de Vries",
        at=TODAY_AT_NINE,
    ),
)  # fmt: skip
IMPORT = ImportView(
    id="x1", kind="pupils", title="Leerlingen", file_name="export-60697.csv", shape="Magister", revision=7, rows=113,
    columns=(
        ImportColumn(place=0, header="Stamnummer", sample="012345", column="number", banned=False),
        ImportColumn(place=1, header="Opmerking", sample="", column="", banned=False),
        ImportColumn(place=2, header="BSN", sample="", column="", banned=True),
    ),
    options=(("number", "Stamnummer"), ("class", "Klas")),
    notes=("Overgeslagen en niet bewaard: BSN. Schakelplan heeft dit niet nodig.",),
    problems=(), new=("Amina van Dijk (012345)",),
    changed=(ImportChange(label="Sami Haddad (20001)", fields=(("Klas", "1A", "1B"), ("Bestemming", "", "mbo"))),),
    unchanged=110, vanished=("Yonas Tesfay (20002)",), new_classes=False,
)  # fmt: skip
BROKEN_IMPORT = replace(
    IMPORT, kind="rooms", shape="", problems=('Rij 5, kolom Plaatsen: "veel" kan niet.',) * 101, notes=(), new=(),
    changed=(), vanished=(), id="x2",
)  # fmt: skip

ODD = ("Er zijn 2 mensen die Mo <Ali> heten. Zet er iets bij, zoals een klas of een letter.",)
SAMIRA = NameView(id="samira", name="Samira Ḥusayn-<Al Masri>", channel="appen")
YONAS = NameView(id="yonas", name="ዮናስ ተስፋይ")
OLENA = NameView(id="olena", name="Олена Шевченко", channel="bellen")
SEVEN, EIGHT = (datetime(2027, 1, 12, hour, 30, tzinfo=AMSTERDAM) for hour in (19, 20))
BOARD = BoardView(
    line=EVENT["kijkje"],
    parts=(
        PartView(place="Samen", start=SEVEN, end=EIGHT),
        PartView(place="ISK Alfa-schakelklas", start=EIGHT, end=EIGHT),
    ),
    matrix=(
        MatrixRow(
            language="Arabisch", families=12,
            cells=(CellView(families=12, people=(SAMIRA, OLENA)), CellView(families=3, people=(), help="Vraag Jan.")),
        ),
        MatrixRow(language="Dari", families=1, cells=(CellView(families=1, people=(), help="Vraag een tolk."), None)),
    ),
    needs=(
        NeedView(
            id="kijkje:sleutelouder:prs", role="sleutelouder", scope="Dari", start=SEVEN, end=EIGHT, posts=(),
            missing=2, why="Niemand van de school spreekt Dari.", options=(SAMIRA, YONAS), optional=False,
            is_round=False,
        ),
        NeedView(
            id="kijkje:tolk:ar", role="tolk", scope="Arabisch", start=SEVEN, end=EIGHT,
            posts=(
                PostView(person=SAMIRA, why="Samira spreekt Arabisch.", pinned=True),
                PostView(person=YONAS, why="Dit kan niet meer: kan niet op dinsdag.", pinned=False),
            ),
            missing=1, why="Jan kan dit nog doen.", options=(), optional=True, is_round=False,
        ),
        NeedView(
            id="vg:mentor:k1", role="mentor", scope="1A", start=SEVEN, end=EIGHT,
            posts=(PostView(person=YONAS, why="Is mentor van 1A.", pinned=False),), missing=0, why="", options=(),
            optional=False, is_round=True,
        ),
    ),
    posts=(
        NeedView(
            id="kijkje:tolk:ar@k1", role="tolk", scope="Arabisch, 1A", start=SEVEN, end=EIGHT,
            posts=(PostView(person=OLENA, why="Spreekt Arabisch.", pinned=False),), missing=0, why="", options=(),
            optional=True, is_round=False,
        ),
    ),
    choices=(("kijkje:tolk:ar", "Tolk (Arabisch)"),),
    people=(SAMIRA, YONAS, OLENA),
    broken=("Samira Al Masri kan niet op dinsdag (Tolk (Arabisch) op dinsdag 12 januari 2027).",),
    in_groups=("Van deze talen zijn er meer groepen dan tolken: Arabisch (nog 2), Dari (nog 1).",),
)  # fmt: skip
EMPTY_BOARD = replace(
    BOARD,
    parts=(),
    matrix=(),
    needs=(),
    posts=(),
    choices=(),
    people=(),
    broken=(),
    in_groups=(),
    nobody="Voor deze avond is er nog niemand.",
)
LANGUAGE_LINES = (
    LanguageLine(
        code="ar", name="Arabisch", families=12, people=(SAMIRA, YONAS),
        evenings=(LanguageEvening(event=EVENT["kijkje"], families=12, people=(SAMIRA,), open_places=1),),
    ),
    LanguageLine(
        code="so", name="Somalisch", families=1, people=(),
        evenings=(LanguageEvening(event=EVENT["kijkje"], families=1, people=(), open_places=0),),
    ),
)  # fmt: skip
MOVE = MoveView(
    event="Interessemarkt", day=date(2027, 2, 11), task="Sleutelouder (Arabisch)", person=SAMIRA, is_told=True
)
PROPOSAL = ProposalView(
    id="t1", title="het hele jaar", without=YONAS.name,
    goals=(
        GoalView(name="Geen plek komt leeg", text="1 plek komt leeg.", proven=True),
        GoalView(name="Genoeg mensen", text="3 plekken blijven open.", proven=False),
    ),
    gone=(replace(MOVE, person=YONAS, is_told=False),), new=(replace(MOVE, why="Spreekt Arabisch."),),
    open_places=("Sleutelouder (Dari): Niemand van de school spreekt Dari.",), is_outdated=False, back="/mensen",
)  # fmt: skip
NO_PROPOSAL = replace(PROPOSAL, without="", gone=(), new=(), open_places=(), is_outdated=True)

# Every page with what it gets: (file name of the picture, template, variables).
HELD_YEAR = replace(
    YEAR,
    held=Hold(
        since=datetime(2026, 11, 9, 8, 5, tzinfo=AMSTERDAM), made_at=datetime(2026, 11, 6, 17, 30, tzinfo=AMSTERDAM)
    ),
)
HOUSEHOLDS = (
    HouseholdLine(
        id="g-1", name="Familie Ḥusayn-<Al Masri>", language="Arabisch", pupils=("Amina Ḥusayn",), classes=("1A",)
    ),
    HouseholdLine(id="g-2", name="王", language="Chinees", pupils=(), classes=()),
)
HOUSEHOLD = HouseholdView(
    id="g-1",
    name="Familie Ḥusayn-<Al Masri>",
    language="Arabisch",
    adults=2,
    interpreter=True,
    relation="ouders",
    pupils=(
        PupilFacts(
            number="081802", first_name="Amina", last_name="Ḥusayn", school_class="1A", phase=1, route=2,
            started=date(2026, 9, 9), leaves=date(2027, 7, 9), destination="mbo", is_shared=True,
        ),
    ),
    invitations=(
        InvitationFacts(
            activity="Interessemarkt", first=date(2027, 2, 3), last=date(2027, 2, 3), pupils=("Amina",),
            is_invited=True, link="gemaakt",
        ),
    ),
    answers=answersamples.ANSWERS,
    helpers=("Samira Al Masri",),
    talks=(
        TalkFacts(activity="Startgesprek: Amina", day=date(2026, 9, 22), start="15:30", confirmed=True),
        TalkFacts(activity="Voortgangsgesprek 1: Amina", day=None, start="", confirmed=False),
    ),
    wish="op maandag, niet vóór 16:00",
)  # fmt: skip
BARE_HOUSEHOLD = replace(
    HOUSEHOLD, pupils=(), invitations=(), answers=(), helpers=(), interpreter=False, talks=(), wish=""
)
COUNTS = (
    TallyLine(day=date(2027, 7, 20), kind="klas", name="1A", households=14),
    TallyLine(day=date(2027, 7, 20), kind="taal", name="Tigrinya", households=None),
)
CLEAN_UP = CleanUpView(
    pupils=(("Amina Ḥusayn", "2A", date(2027, 7, 9)),),
    households=("Familie Ḥusayn-<Al Masri>",),
    links=31,
    answers=9,
    sessions=1,
    tasks=4,
    prints=2,
    publications=1,
    counts=COUNTS,
    tallies=(*COUNTS, replace(COUNTS[0], day=date(2026, 7, 20))),
    stays=("De school en de klassen.", "Tellingen zonder namen."),
    talks=12,
)
CLEAN_UP_NOTHING = replace(CLEAN_UP, pupils=(), households=(), counts=(), tallies=())

# ---- The building ----

BUILDING = tuple(
    Room(id=each.id, name=each.name, capacity=each.capacity, floor=each.floor, x=each.x, y=each.y, width=each.width,
         depth=each.depth)
    for each in ROOMS
)  # fmt: skip
_PLAN = floor_plan(
    Scene(rooms=BUILDING, notes={"aula": ("Oekraïens", "116 mensen")}, entrance=Spot(floor=0, x=20, y=27),
          route=("aula", "1.04", "gymzaal"), from_entrance=True),
    Paper(width=230, height=200),
)  # fmt: skip
_DRAWN = floor_drawing(_PLAN, title="Plattegrond")
DRAWING = PlanDrawing(
    svg=as_svg(_DRAWN),
    paper=as_html(_DRAWN),
    legend=(
        PlanLegend(written="A", name="Kantoor", details=(), is_drawn=True),
        PlanLegend(written="1.04", name="1.04", details=("Tigrinya", "12 mensen"), is_drawn=True),
        PlanLegend(written="B", name="Kast", details=("opslag",), is_drawn=False),
    ),
)
NO_DRAWING = PlanDrawing(svg='<svg class="plattegrond"><title>leeg</title></svg>', paper="<div></div>", legend=())
PARTS = (
    PartLine(id="ontvangst", start=at(MARKET.first, "17:00"), end=at(MARKET.first, "17:30"), places=("Aula",),
             what="Ontvang leerlingen en ouders."),
    PartLine(id="rondes", start=at(MARKET.first, "17:30"), end=None, places=("Loopbaanlokaal", "Hal"), what="Rondes."),
)  # fmt: skip
PLAN_PAGE = PlanPage(
    part=PARTS[0],
    drawing=DRAWING,
    rooms=(
        RoomContent(room_id="aula", room="Aula", floor=0, what=("Oekraïens",), persons=116, people=("Noor de Vries",)),
        RoomContent(room_id="kelder", room="Kelder", floor=-1, what=("Koffie",), persons=3, people=()),
    ),
)
PLAN_PAGES = (PLAN_PAGE, replace(PLAN_PAGE, part=PARTS[1]))
EVENT_PLAN = EventPlanView(id=MARKET.id, title=MARKET.title, parts=PARTS, page=PLAN_PAGE)
ROOM_FORM = RoomForm(
    id="aula", name="Aula", capacity=180, floor=0, x=10.0, y=9.5, width=22.0, depth=12.0,
    features=tuple((word, said, word == "hal") for word, said in FEATURES.items()),
    minutes=(("Kantoor", 1), ("Mediatheek en stilteruimte", 2)), events=(MARKET.title,), has_entrance=True,
)  # fmt: skip
NEW_ROOM = replace(ROOM_FORM, id="", name="", capacity=0, minutes=(), events=(), has_entrance=False)
PICTURES = (
    PictureForm(floor=0, is_there=True, x=-1.5, y=0.0, width=48.0),
    PictureForm(floor=1, is_there=False, x=0.0, y=0.0, width=0.0),
)
CHOICE = RoomChoice(
    event_id=MARKET.id, title=MARKET.title, need_id="interessemarkt:loopbaanlokaal:zorg", place="loopbaanlokaal",
    scope="zorg", persons=16, features=("tafels", "hoeken"), rooms="1.04", pinned=True,
    why="1.04 heeft 28 plaatsen en er worden 16 mensen verwacht.",
    options=(
        RoomOption(id="1.04", name="1.04", capacity=28, is_chosen=True, breaks=()),
        RoomOption(id="1.05", name="1.05", capacity=28, is_chosen=False, breaks=()),
        RoomOption(id="gym", name="Gymzaal", capacity=60, is_chosen=False, breaks=((False, "3 minuten lopen."),)),
        RoomOption(id="kantoor", name="Kantoor", capacity=1, is_chosen=False, breaks=((True, "Te klein."),)),
    ),
)  # fmt: skip
NO_CHOICE = replace(CHOICE, rooms="", pinned=False, features=(), scope="", options=(), why="Er zijn geen ruimtes.")
_CORNERS = (("verpleegkundige", "Tesfalem Ghirmay"), ("", "Ilse"), ("kok", ""), ("", ""))
_CORNER_DRAWING = corner_drawing("Zorg", "1.04", teachers=("Reza Amiri",), corners=_CORNERS)
CORNER_ROOM = CornerRoom(
    sector="Zorg", room="1.04", teachers=("Reza Amiri",), people=(("p-1", "Tesfalem Ghirmay"), ("p-2", "Ilse")),
    corners=tuple(
        CornerLine(spot=spot, profession=profession, person_id="p-1" if person else "", person=person)
        for spot, (profession, person) in zip(("linksvoor", "rechtsvoor", "rechtsachter", "linksachter"), _CORNERS,
                                              strict=True)
    ),
    svg=as_svg(_CORNER_DRAWING), paper=as_html(_CORNER_DRAWING),
)  # fmt: skip
CORNERS = CornerPage(id=MARKET.id, title=MARKET.title, rooms=(CORNER_ROOM, replace(CORNER_ROOM, sector="Bouw", room="",
                                                                                     teachers=())))  # fmt: skip


def language(code: str, name: str, own: str, welcome: str, speak: str, *, rtl: bool = False) -> LanguageName:
    return LanguageName(code=code, name=name, own=own, rtl=rtl, welcome=welcome, speak=speak,
                        speak_dutch=f"Ik spreek {name}", draft=code != "nl")  # fmt: skip


LANGUAGES = (
    language("ar", "Arabisch", "العربية", "أهلاً وسهلاً", "أتحدث العربية", rtl=True),
    language("ti", "Tigrinya", "ትግርኛ", "እንቋዕ ብደሓን መጻእኩም", "ትግርኛ እዛረብ እየ"),
    language("nl", "Nederlands", "Nederlands", "Welkom", "Ik spreek Nederlands"),
    language("xx", "Taal zonder kaart", "xx", "", ""),
)
SIGN = DoorSign(
    room="Aula", floor="begane grond", languages=LANGUAGES,
    what=(("Voor iedereen", at(MARKET.first, "17:00"), at(MARKET.first, "19:30")),),
)  # fmt: skip
SIGNS = (SIGN, *(replace(SIGN, languages=LANGUAGES[:1] * count) for count in (7, 12, 20)))
OWN_EVENING = OwnEvening(
    person="Samira Haddad", roles=("Sleutelouder (Arabisch)",), start=at(MARKET.first, "17:00"),
    end=at(MARKET.first, "19:30"), drawing=DRAWING, language="ar", rtl=True, draft=True,
    own={"when": "متى؟", "where": "أين؟", "what_time": "في أي ساعة؟"},
    dutch={"when": "Wanneer?", "where": "Waar?", "what_time": "Hoe laat?"},
    stops=(
        OwnStop(start=at(MARKET.first, "17:00"), end=at(MARKET.first, "17:30"), rooms=("Aula",), what="Ontvang."),
        OwnStop(start=at(MARKET.first, "17:30"), end=None, rooms=("1.04", "1.05", "1.06", "0.01"), what="Tolk."),
        OwnStop(start=at(MARKET.first, "19:15"), end=None, rooms=(), what="Ruim op."),
    ),
)  # fmt: skip
EVENINGS = (
    OWN_EVENING,
    replace(OWN_EVENING, person="Jan", own={}, draft=False, language="nl", rtl=False, stops=(), drawing=NO_DRAWING),
)
GRID = RoomGrid(parts=PARTS * 4, rows=(("Aula", (("Oekraïens",), ()) * 4), ("1.04", ((), ("zorg", "bouw")) * 4)))
BLADEN = tuple((name, sheet.title, sheet.what) for name, sheet in EVERY_SHEET.items() if sheet.of != "talks")
TALK_BLADEN = tuple((name, sheet.title, sheet.what) for name, sheet in EVERY_SHEET.items() if sheet.of == "talks")

SIGNIN = SigninView(school_signin="", can_mail=False)
SIGNIN_FULL = SigninView(
    school_signin="Microsoft", can_mail=True, email='noor"><b>@school.example', problem="Dit klopt niet <b>."
)
HERE = SessionLine(
    id=1,
    browser="Firefox op Windows",
    way="wachtwoord",
    since=at(TODAY, "08:02"),
    last_seen=TODAY_AT_NINE,
    is_this=True,
)
ACCOUNT = AccountView(
    name="Noor de Vries", email="noor@school.example", role="LOB-coördinator", has_password=True, needs_old=True,
    has_second_step=True, must_have_second_step=True, recovery_codes=8,
    sessions=(HERE, replace(HERE, id=2, browser="Chrome op Android", way="", is_this=False)),
)  # fmt: skip
PLAIN_ACCOUNT = replace(
    ACCOUNT, role="collega", has_password=False, needs_old=False, has_second_step=False, must_have_second_step=False,
    recovery_codes=0, sessions=(HERE,),
)  # fmt: skip
DEMO_ACCOUNT = replace(PLAIN_ACCOUNT, email="", must_have_second_step=True)
LOCKED_ACCOUNT = replace(PLAIN_ACCOUNT, needs_old=True)
ME = AccountLine(
    id=1, name="Noor de Vries", email="noor@school.example", role="coordinator", role_name="LOB-coördinator",
    person="Noor de Vries", ways=("wachtwoord", "schoolaccount"), has_second_step=True, sessions=2,
    last_seen=TODAY_AT_NINE, is_closed=False, is_me=True,
)  # fmt: skip
NEVER_IN = replace(
    ME, id=2, name="Ali <b>", email="", person="Ali Haddad", ways=(), has_second_step=False, sessions=0, last_seen=None,
    is_me=False,
)  # fmt: skip
ACCOUNTS = AccountsView(
    accounts=(ME, NEVER_IN, replace(NEVER_IN, id=3, is_closed=True)),
    roles=(("coordinator", "LOB-coördinator"), ("collega", "collega")),
    people=(("p-1", "Noor de Vries"),),
    can_mail=True,
)
LINK = LinkToGive(
    name="Ali <b>", email="ali@school.example", url="https://plan.example/wachtwoord/x", days=7, is_mailed=False
)
SETUP = {"view": SetupView(qr_path="M4 4h7v1h-7z", qr_size=45, key="ABCD EFGH"), "to": "signin.do_second_step"}

LINE_OF_TALK = TalkLine(
    id="p1.g-1",
    about="Amina Ḥusayn (1A)",
    families=("Familie Ḥusayn-<Al Masri>",),
    class_name="1A",
    language="Arabisch",
    mentor="Sanne Jansen",
    interpreter="Samira Al Masri",
    guest="",
    room="Lokaal 1.01",
    minutes=45,
    day=date(2026, 9, 22),
    start="15:30",
    end="16:15",
    confirmed=True,
    hard=1,
)
OPEN_TALK = replace(
    LINE_OF_TALK,
    id="p2.g-2",
    about="王小明 (1B)",
    language="",
    interpreter="",
    day=None,
    start="",
    end="",
    confirmed=False,
    hard=0,
    missed=True,
    why_open="De klas heeft geen mentor.",
    mentor="",
    room="",
)
PINNED_TALK = replace(
    LINE_OF_TALK,
    id="p3.g-3",
    language="",
    interpreter="",
    guest="Kees Lammers",
    confirmed=False,
    hard=0,
    pinned=True,
    missed=True,
)
HARD_TALK = Problem(
    rule="G04",
    title="Niet op twee plekken tegelijk",
    hard=True,
    where="p1.g-1",
    why="Sanne heeft op dinsdag twee gesprekken.",
    event_id="",
)
TALK_DAY = TalkDay(
    day=date(2026, 9, 22),
    width=900,
    height=120,
    hours=((170, "15:30"), (290, "16:00")),
    rows=(
        TalkRow(
            who="Sanne Jansen",
            below="Lokaal 1.01",
            y=30,
            bars=(
                TalkBar(
                    talk_id="p1.g-1",
                    x=170,
                    width=178,
                    label="Amina · Arabisch",
                    title="15:30–16:15, Amina <1A>",
                    language="ar",
                    confirmed=True,
                    hard=True,
                ),
                TalkBar(
                    talk_id="p3.g-3",
                    x=400,
                    width=118,
                    label="Wei",
                    title="16:20–16:50, Wei",
                    language="",
                    confirmed=False,
                    hard=False,
                ),
            ),
        ),
    ),
)
TALKS = TalksView(
    line=EVENT["startgesprek"],
    per="mentor",
    may_plan=True,
    may_confirm=True,
    planned=2,
    groups=(("Sanne Jansen", (LINE_OF_TALK, PINNED_TALK)),),
    open=(OPEN_TALK,),
    days=(TALK_DAY, replace(TALK_DAY, day=date(2026, 9, 23))),
    problems=(HARD_TALK, replace(HARD_TALK, hard=False, rule="G12")) * 7,
    shortages=("Sanne: er is te weinig tijd.",),
    advice=("1 gesprek heeft geen tijd. Vraag een tolk.",),
    changes=(
        TalkChange(about="Amina Ḥusayn (1A)", before="geen afspraak", after="dinsdag om 15:30", people=("Sanne",)),
    ),
    confirmed=1,
    waiting="25 minuten",
    comings=3,
    lengths=(("plain", "Gesprek zonder tolk", 30), ("pause", "Pauze", 5)),
    hours=(
        HourLine(day=date(2026, 9, 22), start="15:30", end="18:30", chosen=True),
        HourLine(day=date(2026, 9, 25), start="15:30", end="18:30", chosen=False),
    ),
    rest=("17:00", "17:30"),
    class_rooms=(
        ClassRoom(class_id="k1a", name="1A", chosen="", now="Lokaal 1.01"),
        ClassRoom(class_id="k1b", name="1B", chosen="r2", now="Lokaal 1.02"),
    ),
    rooms=(("r1", "Lokaal 1.01"), ("r2", "Lokaal 1.02")),
    away=(AwayLine(person_id="p-x", person="Sanne Jansen", day=date(2026, 9, 22)),),
    people=(("p-x", "Sanne Jansen"),),
    published_at=TODAY_AT_NINE,
    published_by="Noor",
)
TALKS_EMPTY = replace(
    TALKS,
    per="tolk",
    planned=0,
    groups=(),
    days=(),
    problems=(),
    shortages=(),
    advice=(),
    changes=(),
    away=(),
    may_plan=False,
    published_at=None,
    rest=("", ""),
    open=(),
)
WISH = WishView(
    household_id="g-1",
    name="Familie Ḥusayn-<Al Masri>",
    weekdays=(0, 2),
    earliest="16:00",
    latest="",
    apart=True,
    at_once=False,
    may_be_apart=True,
    has_siblings=True,
)
TALK_PAGE = TalkView(
    event=EVENT["startgesprek"],
    talk=replace(LINE_OF_TALK, confirmed=False, guest="Kees Lammers"),
    may_plan=True,
    may_confirm=True,
    days=(date(2026, 9, 22), date(2026, 9, 23)),
    interpreters=(("p-s", "Samira Al Masri"),),
    guests=(("p-k", "Kees Lammers"),),
    chosen_day="2026-09-22",
    chosen_start="15:30",
    chosen_interpreter="p-s",
    chosen_guest="",
    problems=(HARD_TALK,),
    tried=(HARD_TALK,),
    wishes=(WISH, replace(WISH, household_id="g-2", may_be_apart=False, has_siblings=False)),
)
TALK_SHEETS = (
    TalkSheet(
        who="Sanne Jansen",
        role="mentor",
        school=SCHOOL,
        title="Startgesprek",
        days=((date(2026, 9, 22), (LINE_OF_TALK, PINNED_TALK)), (date(2026, 9, 23), (LINE_OF_TALK,))),
    ),
    TalkSheet(
        who="Samira Al Masri",
        role="tolk",
        school=SCHOOL,
        title="Startgesprek",
        days=((date(2026, 9, 22), (LINE_OF_TALK,)),),
    ),
)
ROUNDS = tuple(
    RoundLine(line=EVENT["startgesprek"], talks=27, planned=planned, confirmed=9, published=published)
    for planned, published in ((27, True), (20, False), (0, False))
)

PAGES = (
    *workshopsamples.PAGES,
    ("start", "web/start.html", {"signin": SIGNIN}),
    ("start-full", "web/start.html", {"signin": SIGNIN_FULL}),
    ("signin-sent", "web/signin_sent.html", {}),
    ("signin-link", "web/signin_link.html", {"token": "x"}),
    ("password", "web/password.html", {"token": "x", "email": "noor@school.example", "problem": ""}),
    ("password-again", "web/password.html", {"token": "x", "email": "noor@school.example", "problem": "Te kort."}),
    ("second-step", "web/secondstep.html", {"problem": "Deze code klopt niet."}),
    ("second-step-setup", "web/secondstep_setup.html", {**SETUP, "problem": ""}),
    ("recovery-codes", "web/recovery_codes.html", {"codes": ("K7P-3MA-X9R-222-333", "222-333-444-555-666")}),
    ("account", "web/account.html", {"view": ACCOUNT, "problem": "", "place": ""}),
    ("account-plain", "web/account.html", {"view": PLAIN_ACCOUNT, "problem": "Te kort.", "place": "wachtwoord"}),
    ("account-demo", "web/account.html", {"view": DEMO_ACCOUNT, "problem": "", "place": ""}),
    ("account-locked", "web/account.html", {"view": LOCKED_ACCOUNT, "problem": "Nee.", "place": "tweede-stap"}),
    ("accounts", "web/accounts.html", {"view": ACCOUNTS}),
    ("account-link", "web/account_link.html", {"link": LINK}),
    ("account-link-mailed", "web/account_link.html", {"link": replace(LINK, is_mailed=True)}),
    ("rounds", "web/rounds.html", {"rounds": ROUNDS}),
    ("rounds-none", "web/rounds.html", {"rounds": ()}),
    ("talks", "web/talks.html", {"view": TALKS, "bladen": TALK_BLADEN}),
    ("talks-empty", "web/talks.html", {"view": TALKS_EMPTY, "bladen": ()}),
    ("talks-tolk", "web/talks.html", {"view": replace(TALKS, per="tolk", shortages=(), groups=TALKS.groups * 4),
                                      "bladen": TALK_BLADEN}),
    ("talk", "web/talk.html", {"view": TALK_PAGE}),
    ("talk-good", "web/talk.html", {"view": replace(TALK_PAGE, tried=(), problems=(), talk=PINNED_TALK, guests=())}),
    ("talk-confirmed", "web/talk.html", {"view": replace(TALK_PAGE, tried=None, talk=LINE_OF_TALK)}),
    ("talk-open", "web/talk.html", {"view": replace(TALK_PAGE, tried=None, talk=OPEN_TALK, may_plan=False)}),
    ("year", "web/year.html", {"view": YEAR}),
    ("year-calm", "web/year.html", {"view": CALM_YEAR}),
    ("year-held", "web/year.html", {"view": HELD_YEAR}),
    ("households", "web/households.html", {"households": HOUSEHOLDS, "search": ""}),
    ("households-none", "web/households.html", {"households": (), "search": "<niemand>"}),
    ("household", "web/household.html", {"view": HOUSEHOLD}),
    ("household-bare", "web/household.html", {"view": BARE_HOUSEHOLD}),
    ("clean-up", "web/yearend.html", {"view": CLEAN_UP}),
    ("clean-up-nothing", "web/yearend.html", {"view": CLEAN_UP_NOTHING}),
    ("year-empty", "web/year.html", {"view": EMPTY_YEAR}),
    ("event", "web/event.html", {"view": EVENT_VIEW, "bladen": BLADEN}),
    ("event-talk", "web/event.html", {"view": TALK_VIEW, "bladen": BLADEN[:2]}),
    *routesamples.PAGES,
    ("people", "web/people.html", {"people": PEOPLE, "odd": ODD}),
    ("people-empty", "web/people.html", {"people": (), "odd": ()}),
    ("staffing", "web/staffing.html", {"view": BOARD}),
    ("staffing-empty", "web/staffing.html", {"view": EMPTY_BOARD}),
    ("staffing-languages", "web/stafflanguages.html", {"languages": LANGUAGE_LINES}),
    ("staffing-languages-none", "web/stafflanguages.html", {"languages": ()}),
    ("staffing-proposal", "web/staffproposal.html", {"view": PROPOSAL}),
    ("staffing-proposal-nothing", "web/staffproposal.html", {"view": NO_PROPOSAL}),
    ("person", "web/person.html", {"view": PERSON}),
    ("person-guest", "web/person.html", {"view": GUEST}),
    ("rooms", "web/rooms.html", {
        "rooms": ROOMS, "plan": DRAWING, "entrance": Spot(floor=0, x=2.5, y=0), "pictures": PICTURES,
    }),
    ("rooms-empty", "web/rooms.html", {"rooms": (), "plan": NO_DRAWING, "entrance": None, "pictures": ()}),
    ("rooms-plain", "web/rooms.html", {"rooms": ROOMS, "plan": NO_DRAWING, "entrance": None, "pictures": PICTURES[1:]}),
    ("room", "web/room.html", {"view": ROOM_FORM}),
    ("room-new", "web/room.html", {"view": NEW_ROOM}),
    ("plan", "web/plan.html", {"view": EVENT_PLAN}),
    ("plan-no-rooms", "web/plan.html", {"view": replace(EVENT_PLAN, page=replace(PLAN_PAGE, rooms=()))}),
    ("plan-none", "web/plan.html", {"view": replace(EVENT_PLAN, parts=(), page=None)}),
    ("room-choice", "web/roomchoice.html", {"view": CHOICE}),
    ("room-choice-none", "web/roomchoice.html", {"view": NO_CHOICE}),
    ("corners", "web/corners.html", {"view": CORNERS}),
    ("corners-none", "web/corners.html", {"view": replace(CORNERS, rooms=())}),
    ("rules", "web/rules.html", {"rules": RULES}),
    ("feeds", "web/feeds.html", {"feeds": FEEDS}),
    *((f"task-{task.state}", "web/task.html", {"view": task}) for task in TASKS),
    ("settings", "web/settings.html", {"view": SETTINGS}),
    ("transfer", "web/transfer.html", {"view": TRANSFER}),
    ("transfer-empty", "web/transfer.html", {"view": replace(TRANSFER, waiting=(), last=None)}),
    ("transfer-preview", "web/transfer_preview.html", {"view": IMPORT}),
    ("transfer-broken", "web/transfer_preview.html", {"view": BROKEN_IMPORT}),
    ("help", "web/help.html", {}),
    ("error", "web/error.html", {
        "status": 404, "title": "Deze pagina is er niet",
        "sentence": "Misschien is het adres oud, of is de bijeenkomst vervallen.",
    }),
    *answersamples.pages(SHEETS),
    *ownsamples.PAGES,
)  # fmt: skip
PRINTS = (
    *workshopsamples.PRINTS,
    ("draaiboek", "print/draaiboek.html", {"view": EVENT_VIEW, "person": ""}),
    ("draaiboek-noor", "print/draaiboek.html", {"view": EVENT_VIEW, "person": "Noor de Vries"}),
    ("stappenplan", "print/stappenplan.html", {"view": EVENT_VIEW}),
    ("ruimtes", "print/ruimtes.html", {"view": EVENT_VIEW}),
    ("gesprekslijst", "print/gesprekslijst.html", {"view": TALKS, "line": TALKS.line, "lists": TALK_SHEETS}),
    (
        "afspraken",
        "print/afspraken.html",
        {
            "view": TALKS,
            "line": TALKS.line,
            "cards": tuple(
                AppointmentCard(
                    sheet=sheet, mentor="Sanne Jansen", interpreter=sheet.language != "nl", own_name="العربية"
                )
                for sheet in SHEETS
            ),
        },
    ),
    ("uitnodigingen", "print/uitnodigingen.html", {"view": EVENT_VIEW, "sheets": SHEETS}),
    (
        "plattegrond",
        "print/plattegrond.html",
        {"view": EVENT_VIEW, "pages": PLAN_PAGES},
    ),
    ("ruimterooster", "print/ruimterooster.html", {"view": EVENT_VIEW, "grid": GRID}),
    ("hoeken", "print/hoeken.html", {"view": EVENT_VIEW, "rooms": CORNERS.rooms}),
    ("eigen-avond", "print/eigen-avond.html", {"view": EVENT_VIEW, "evenings": EVENINGS}),
    ("deurborden", "print/deurborden.html", {"view": EVENT_VIEW, "signs": SIGNS}),
    ("taalkaarten", "print/taalkaarten.html", {"view": EVENT_VIEW, "cards": LANGUAGES}),
    ("ruimterooster-leeg", "print/ruimterooster.html", {"view": EVENT_VIEW, "grid": RoomGrid(parts=(), rows=())}),
    *routesamples.prints(EVENT_VIEW),
)
