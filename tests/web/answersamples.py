"""Every page with answers of families, filled with the kind of things they really say."""

from dataclasses import replace
from datetime import UTC, date, datetime

from planner.config import ROOT
from planner.domain.families.answers import Flaw, Reply
from planner.services import definitions
from planner.services.views import (
    AnswerEvent,
    AnswerFacts,
    AnswerLine,
    AnswerListView,
    DoorCount,
    DoorGroup,
    DoorLine,
    DoorView,
    FamilyPage,
    ReachLine,
    ReachTry,
    ReachView,
    Said,
    TurnoutLine,
)

LOADED = definitions.load(ROOT / "runbooks")
DAY, AT = date(2027, 2, 11), datetime(2027, 1, 20, 7, 41, tzinfo=UTC)
SILENT = Said()
COMES = Said(
    coming=True, persons=4, interpreter="Arabisch", children=2, question="Mag oma <ook> mee?\nZe praat graag.",
    source="gezin", when=AT,
)  # fmt: skip
CANNOT = Said(coming=False, source="mentor", by="Noor de Vries", when=AT)
REPLY = Reply(coming=True, persons=4, interpreter="ti", children=2, question="مرحبا\n<b>?</b>")
ANSWERS = (
    AnswerFacts(
        activity="Interessemarkt", first=DAY, coming=True, persons=4, interpreter="Arabisch", children=1,
        question="Mag oma mee?", source="gezin", by="", at=AT, here=3,
    ),
    AnswerFacts(
        activity="Welkom", first=DAY, coming=None, persons=0, interpreter="", children=0, question="", source="", by="",
        at=None, here=2,
    ),
)  # fmt: skip
EVENTS = (
    AnswerEvent(
        event_id="markt", title="Interessemarkt", first=DAY, last=DAY, coming=12, cannot=3, silent=40, is_today=True,
        has_door=True, keeps_until=date(2027, 3, 11),
    ),
    AnswerEvent(
        event_id="gesprek", title="Voortgangsgesprek 1", first=DAY, last=date(2027, 2, 19), coming=0, cannot=0,
        silent=60, is_today=False, has_door=False, keeps_until=date(2027, 3, 19),
    ),
)  # fmt: skip
LINES = tuple(
    AnswerLine(
        household_id=f"g-{number}", name=f"Familie {name}", pupils=("Samir", "Lina")[: 1 + number % 2],
        language=language, said=said, typed=typed, interpreter=said is COMES, is_wrong=typed == "x",
    )
    for number, (name, language, said, typed) in enumerate(
        [
            ("Ḥusayn-<Al Masri>", "Arabisch", COMES, "4"),
            ("Tesfay", "Tigrinya", SILENT, "x"),
            ("王", "Chinees", CANNOT, "0"),
        ]
    )
)  # fmt: skip
LIST = AnswerListView(
    event_id="markt", title="Interessemarkt", first=DAY, last=DAY, classes=(("k1", "1A", 2), ("k2", "1B", 0)),
    class_id="k1", class_name="1A", lines=LINES, is_open=True, most_persons=12,
    questions=(("Familie Ḥusayn", COMES.question),),
)  # fmt: skip
NO_LIST = replace(LIST, classes=(), class_id="", class_name="", lines=(), questions=())
TURNOUT = (
    TurnoutLine(kind="alle", name="alle", coming=31, cannot=7, silent=12, present=29),
    TurnoutLine(kind="taal", name="Tigrinya", coming=None, cannot=None, silent=5, present=None),
)
TRIES = (
    ReachTry(step="leerling", mark="gedaan", by="Noor", when=AT, is_next=False),
    ReachTry(step="sleutelouder", mark="", by="", when=None, is_next=True),
    ReachTry(step="mentor", mark="onzeker", by="", when=AT, is_next=False),
    ReachTry(step="papier", mark="", by="", when=None, is_next=False),
)
REACH_LINE = ReachLine(
    household_id="g-1", name="Familie Ḥusayn", pupils=("Samir",), classes=("1A",), mentors=("Noor de Vries",),
    language_code="ar", language="Arabisch", helpers=("Suad Al Shami", "Leyla Barzan"), tries=TRIES,
    next_step="sleutelouder", sentence="مرحباً، هل ستحضرون؟", sentence_dutch="Hallo, komt u ook?", sentence_code="ar",
    rtl=True, is_draft=True,
)  # fmt: skip
DONE_LINE = replace(
    REACH_LINE, household_id="g-2", next_step="", sentence_code="nl", rtl=False, is_draft=False, helpers=(),
    tries=tuple(replace(each, mark="gedaan", when=AT, is_next=False) for each in TRIES),
)  # fmt: skip
REACH = ReachView(
    event_id="markt", title="Interessemarkt", first=DAY, days_left=12, families=50, lines=(REACH_LINE, DONE_LINE)
)
DOOR_LINES = (
    DoorLine(
        household_id="g-1", name="Familie Ḥusayn", pupils=("Samir", "Lina"), classes=("1A",), said=COMES, is_here=True,
        persons=4, when=AT, by="Sem",
    ),
    DoorLine(
        household_id="g-2", name="Familie <Tesfay>", pupils=("Yonas",), classes=("1B",), said=SILENT, is_here=False,
        persons=2, when=None, by="",
    ),
)  # fmt: skip
COUNTS = (
    DoorCount(name="Arabisch", here=1, persons=4, expected=7),
    DoorCount(name="Tigrinya", here=0, persons=0, expected=3),
)
DOOR = DoorView(
    event_id="markt", title="Interessemarkt", first=DAY, is_open=True,
    groups=(
        DoorGroup(code="ar", language="Arabisch", lines=DOOR_LINES[:1], here=1),
        DoorGroup(code="ti", language="Tigrinya", lines=DOOR_LINES[1:], here=0),
    ),
    languages=COUNTS, classes=COUNTS, total=DoorCount(name="Samen", here=1, persons=4, expected=10), most_persons=12,
)  # fmt: skip


def family_page(sheet, **facts):
    """Return the page of a family in the language of a sheet."""
    texts = LOADED.answer_texts
    known = {
        "sheet": sheet,
        "texts": texts[sheet.language].strings,
        "dutch": texts["nl"].strings,
        "is_dutch": sheet.language == "nl",
        "choices": tuple((each.code, each.own_name, each.rtl) for each in LOADED.languages.values()),
        "near": 1,
        "is_open": True,
        "reply": None,
        "most_persons": 12,
        "most_children": 6,
        "longest_question": 500,
    }
    return FamilyPage(**{**known, **facts})


def family_values(sheet, *, flaw=None, given=(), saved=False, **facts):
    page = family_page(sheet, **facts)
    return {"page": page, "path": "/i/abc", "given": dict(given), "flaw": flaw, "saved": saved}


def code_values(code, flaw=None):
    language = LOADED.languages[code]
    return {
        "language": language,
        "languages": LOADED.languages.values(),
        "texts": LOADED.answer_texts[code].strings,
        "dutch": LOADED.answer_texts["nl"].strings,
        "is_dutch": code == "nl",
        "flaw": flaw,
        "typed": '<"K7P">',
    }


def pages(sheets):
    arabic, dutch = (next(sheet for sheet in sheets if sheet.language == code) for code in ("ar", "nl"))
    typed = {"komt": "ja", "personen": "99", "vraag": "<script>"}
    return (
        *((f"family-{sheet.language}", "web/family.html", family_values(sheet)) for sheet in sheets),
        ("family-answered", "web/family.html", family_values(arabic, reply=REPLY, saved=True)),
        ("family-refused", "web/family.html", family_values(dutch, reply=Reply(coming=False, question="Wanneer?"))),
        ("family-mistake", "web/family.html", family_values(arabic, flaw=Flaw.NUMBER, given=typed, reply=REPLY)),
        ("family-late", "web/family.html", family_values(arabic, is_open=False, reply=REPLY)),
        ("family-too-late", "web/family.html", family_values(dutch, is_open=False, flaw=Flaw.LATE, given=typed)),
        ("code", "web/family_code.html", code_values("nl")),
        ("code-wrong", "web/family_code.html", code_values("ar", Flaw.CODE_EXTRA)),
        ("answers", "web/answers.html", {"events": EVENTS}),
        ("answers-none", "web/answers.html", {"events": ()}),
        ("answer-list", "web/answer_list.html", {"view": LIST, "turnout": (), "mistake": "Kijk bij <Tesfay>."}),
        (
            "answer-list-over", "web/answer_list.html",
            {"view": replace(LIST, is_open=False), "turnout": TURNOUT, "mistake": ""},
        ),
        ("answer-list-none", "web/answer_list.html", {"view": NO_LIST, "turnout": (), "mistake": ""}),
        ("reach", "web/reach.html", {"view": REACH}),
        ("reach-none", "web/reach.html", {"view": replace(REACH, lines=(), days_left=0)}),
        ("reach-nobody", "web/reach.html", {"view": replace(REACH, lines=(), families=0)}),
        ("door", "web/door.html", {"view": DOOR}),
        ("door-closed", "web/door.html", {"view": replace(DOOR, is_open=False)}),
    )  # fmt: skip
