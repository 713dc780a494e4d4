"""What the pages around pupils' invitations get: the kind of things that pupils and mentors really write."""

from datetime import UTC, datetime

from planner.domain.families.language import Language
from planner.services.invitations.classprint import Cover, CoverLine
from planner.services.invitations.handing import ClassProgress, ClassView, EventProgress, MadeView
from planner.services.invitations.pupilcodes import CodeLine, CodeSheet
from planner.services.invitations.stale import Wrong
from planner.services.texts.reading import PupilText, Reader, ReaderView
from planner.services.texts.wordings import Wording, Words
from planner.services.views import Activity, Choice, InvitationSheet, MakingView, Written
from planner.services.views.event import code_picture

DARI = Language(
    code="prs", babel="fa_AF", rtl=True, name="Dari", own_name="دری", certainty=3, review="needed", strings={}
)
AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


def wording(key, dutch, text, **more):
    return Wording(key=key, group="Vaste woorden", dutch=dutch, text=text, certainty=3, **{"state": "draft", **more})


WORDS = Words(
    language=DARI,
    lines={
        line.key: line
        for line in (
            wording("vast.when", "Wanneer?", "چه وقت؟"),
            wording("vast.where", "Waar?", "کجا؟", state="checked", who="Mariam", at=AT, own=True),
            wording("vast.room", "Lokaal", "", state="flagged", note="Dit is een ander woord."),
        )
    },
)
STRINGS = dict.fromkeys(
    ("invitation", "when", "where", "what_time", "who_may_come", "what_about", "will_you_come", "see_you", "closing"),
    "دعوت",
)
SHEET = InvitationSheet(
    event_title="Interessemarkt", school="ISK De Ankerplaats", household="Rahimi", household_id="h1", language="prs",
    language_name="Dari", rtl=True, own=STRINGS, dutch=STRINGS, date_dutch="donderdag 18 februari 2027",
    date_own="پنجشنبه 18 فبروری 2027", date_digits="18-02-2027", time="17:00–19:45", clock_hour=17, clock_minute=0,
    place="Aula", about=("", "Mensen vertellen over hun beroep."), about_own=("من خوش می‌شوم.", "مردم گپ می‌زنند."),
    who_may_come="", who_own="پدر و مادر", pupils=("Sina",), url="http://localhost/i/abc", draft=True,
    title_own="نمایشگاه مسلک‌ها", greeting="", greeting_own="مادر و پدر عزیز،", border="sterren", colour=True,
)  # fmt: skip
CHOICES = (
    Choice(id="aanhef.1", dutch="Lieve papa en mama,", own="مادر و پدر عزیز،", chosen=True),
    Choice(id="aanhef.2", dutch="", own="سلام", chosen=False),
)
MAKING = MakingView(
    event_id="interessemarkt", title="Interessemarkt", pupil="Sina", language="prs", own_name="دری", rtl=True,
    languages=(("nl", "Nederlands (Nederlands)"), ("prs", "دری (Dari)")), greetings=CHOICES, own_greeting="",
    sentences=(Choice(id="zin.1", dutch="Ik nodig jullie uit.", own="من شما را دعوت می‌کنم.", chosen=True),),
    free=("من خوش می‌شوم", "", ""), whos=(Choice(id="wie.1", dutch="Papa en mama", own="پدر و مادر", chosen=False),),
    own_who="", borders=("sterren", "bloemen"), border="sterren", colour=True, consent=False, state="returned",
    note="Schrijf ook wie er mag komen.", sheet=SHEET, started=True,
)  # fmt: skip
TYPED = Written(language="prs", greeting="aanhef.2", free=("😀", "", ""), border="bloemen")
PROGRESS = EventProgress(
    event_id="interessemarkt", title="Interessemarkt", when="donderdag 18 februari 2027", wrong=1,
    classes=(ClassProgress(class_id="1a", name="1A", pupils=14, made=6, handed_in=2, released=3),),
)  # fmt: skip
MADE = MadeView(
    id=3, pupil="Sina Rahimi", language="Dari", language_code="prs", rtl=True, state="handed_in",
    greeting=("", "مادر و پدر عزیز،"), lines=(("Ik nodig jullie uit.", "من شما را دعوت می‌کنم."),), who=("", ""),
    own_words=True, checked="suggested", suggestion="بهتر است", consent=True, note="",
)  # fmt: skip
NOT_MADE = MadeView(
    id=0, pupil="Hana Tesfay", language="Tigrinya", language_code="ti", rtl=False, state="",
    greeting=("", ""),
    lines=(), who=("", ""), own_words=False, checked="", suggestion="", consent=False, note="",
)  # fmt: skip
CLASS = ClassView(
    event_id="interessemarkt", class_id="1a", class_name="1A", title="Interessemarkt",
    when="donderdag 18 februari 2027", made=(MADE, NOT_MADE), unread=("Dari", "Tigrinya"),
    wrong=(Wrong(household_id="h1", household="Rahimi", class_ids=frozenset({"1a"}),
                 changes=(("de dag", "11-02-2027", "18-02-2027"), ("de plek", "", "Aula")), printed_at=AT),),
)  # fmt: skip
CODES = CodeSheet(
    class_id="1a", class_name="1A", address="http://localhost/u",
    lines=(CodeLine(pupil_id="l1", name="Sina Rahimi", code="K7P-3MA-X9R"),
           CodeLine(pupil_id="l2", name="Hana", code="")),
)  # fmt: skip
READERS = (
    Reader(person_id="p1", name="Mariam", url="http://localhost/lezen/abc"),
    Reader(person_id="p2", name="Omid", url=""),
)
READING = ReaderView(
    name="Mariam", words=WORDS, lines=(WORDS.lines["vast.when"],),
    texts=(PupilText(id=3, pairs=(("", "من خوش می‌شوم"), ("Papa en mama", "پدر و مادر")), checked="approved",
                     suggestion=""),),
)  # fmt: skip
ACTIVITIES = (
    Activity(event_id="interessemarkt", title="Interessemarkt", when="donderdag 18 februari 2027", state="returned"),
    Activity(event_id="welkom", title="Welkom in de ISK", when="dinsdag 6 oktober 2026", state="handed_in"),
)
COVER = Cover(
    class_name="1A", title="Interessemarkt", when="donderdag 18 februari 2027", unread=("Dari",),
    lines=(CoverLine(household="Rahimi", pupils="Sina", language="Dari", made="zelf gemaakt"),),
)  # fmt: skip

PAGES = (
    ("u-code", "web/u_code.html", {"wrong": "", "typed": ""}),
    ("u-code-wrong", "web/u_code.html", {"wrong": "Deze code klopt niet.", "typed": "K7P"}),
    ("u-kies", "web/u_kies.html", {"name": "Sina", "activities": ACTIVITIES}),
    ("u-kies-none", "web/u_kies.html", {"name": "Sina", "activities": ()}),
    ("u-maken", "web/u_maken.html", {"view": MAKING, "wrong": "", "typed": None}),
    ("u-maken-wrong", "web/u_maken.html", {"view": MAKING, "wrong": "Zin 1: Schrijf woorden.", "typed": TYPED}),
    ("u-zien", "web/u_zien.html", {"view": MAKING}),
    ("handing", "web/uitnodigingen.html", {"events": (PROGRESS,)}),
    ("handing-none", "web/uitnodigingen.html", {"events": ()}),
    ("klas", "web/klas.html", {"view": CLASS}),
    ("codes", "web/codes.html", {"sheet": CODES, "qr": code_picture(CODES.address)}),
    ("talen", "web/talen.html", {"languages": (WORDS,)}),
    ("taal", "web/taal.html", {"words": WORDS, "readers": READERS}),
    ("lezen", "web/lezen.html", {"view": READING, "token": "abc"}),
)
PRINTS = (("voorblad", "print/voorblad.html", {"cover": COVER}),)
