"""The workshop from code to paper: what a pupil makes, who sees it, and what is printed."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from demoschool import NOW
from sqlalchemy import select, update

from planner.domain.access.rights import NOBODY, Actor, Role
from planner.domain.families.shortcode import from_number
from planner.errors import ConflictError, InputError, NotFoundError, TooManyError
from planner.services import tasks, tidying
from planner.services.invitations import classprint, handing, invitations, making, pupilcodes, stale
from planner.services.keeping import households, yearend
from planner.services.limiting import Failures
from planner.services.state import load_state
from planner.services.texts import reading
from planner.services.views import Written
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import (
    HouseholdPupilRow,
    HouseholdRow,
    MakingState,
    PrintedRow,
    PupilCodeRow,
    PupilInvitationRow,
    ReaderLinkRow,
)

MARKET = "interessemarkt"
HOME = "10.0.0.1"


@pytest.fixture(params=["sqlite"])  # one test asks for both
def database_kind(request):
    return request.param


@pytest.fixture
def school(workspace):
    """Return a pupil who is invited to the market, with the class, the household and the code."""
    return Pupil(replace(workspace, failures=Failures()))


class Pupil:
    def __init__(self, workspace, place=0):
        state = load_state(workspace)
        invited = sorted(state.event(MARKET).planned.pupil_ids)
        homes = {each: home for home in state.school.households for each in home.pupil_ids}
        alone = [each for each in invited if len(homes[each].pupil_ids) == 1]
        self.workspace, self.id = workspace, alone[place]
        self.home, self.class_id = homes[self.id], state.school.pupil(self.id).class_id
        pupilcodes.make(workspace, self.class_id)
        lines = {line.pupil_id: line.code for line in pupilcodes.sheet(workspace, self.class_id).lines}
        self.code = lines[self.id]
        self.door = pupilcodes.enter(self.stranger, self.code, address=HOME, now=NOW)

    @property
    def stranger(self):
        return replace(self.workspace, actor=NOBODY)

    def view(self, **more):
        return making.making(self.stranger, self.door, MARKET, now=NOW, **more)

    def save(self, **written):
        making.save(self.stranger, self.door, MARKET, Written(**{"language": "prs", **written}), now=NOW)

    def hand_in(self):
        making.hand_in(self.stranger, self.door, MARKET, now=NOW)

    @property
    def row(self):
        return self.workspace.session.scalar(select(PupilInvitationRow).filter_by(event_id=MARKET, pupil_id=self.id))


def mentor(workspace, class_id):
    return replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=frozenset({class_id})))


# ---- codes ----


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
def test_code_lets_in_one_pupil_and_is_kept_as_a_hash(school):
    kept = school.workspace.session.get(PupilCodeRow, school.id)

    assert pupilcodes.pupil_behind(school.stranger, school.door).id == school.id
    assert school.code.replace("-", "") not in (kept.code_hash, school.door)
    assert (
        pupilcodes.enter(school.stranger, school.code.lower().replace("-", " "), address=HOME, now=NOW) == school.door
    )
    assert not [line for line in pupilcodes.sheet(school.workspace, school.class_id).lines if not line.code]


def test_new_code_ends_the_old_one_and_another_key_ends_all(school):
    before = {line.pupil_id: line.code for line in pupilcodes.sheet(school.workspace, school.class_id).lines}
    assert pupilcodes.renew(school.workspace, school.id) == school.class_id
    after = {line.pupil_id: line.code for line in pupilcodes.sheet(school.workspace, school.class_id).lines}

    assert {each for each in before if before[each] != after[each]} == {school.id}
    with pytest.raises(NotFoundError, match="Je code werkt niet meer"):
        school.view()
    with pytest.raises(InputError, match="Deze code klopt niet"):
        pupilcodes.enter(school.stranger, school.code, address=HOME, now=NOW)
    other_key = replace(school.workspace, secret_key=school.workspace.secret_key[::-1])
    assert {line.code for line in pupilcodes.sheet(other_key, school.class_id).lines} == {""}
    pupilcodes.make(other_key, school.class_id)
    assert all(line.code for line in pupilcodes.sheet(other_key, school.class_id).lines)


def test_guessing_is_stopped_by_failures_and_mistakes_in_copying_are_no_guesses(school):
    for _ in range(50):
        with pytest.raises(InputError, match="Deze code klopt niet"):
            pupilcodes.enter(school.stranger, school.code[:-1] + "?", address=HOME, now=NOW)
    for number in range(school.workspace.failures.limit):
        with pytest.raises(InputError, match="Deze code klopt niet"):
            pupilcodes.enter(school.stranger, from_number(number, length=9), address=HOME, now=NOW)
    with pytest.raises(TooManyError):
        pupilcodes.enter(school.stranger, school.code, address=HOME, now=NOW)
    assert pupilcodes.enter(school.stranger, school.code, address="10.0.0.2", now=NOW) == school.door


def test_codes_of_another_class_or_nobody_are_not_there(school):
    other = next(each.id for each in load_state(school.workspace).school.classes if each.id != school.class_id)
    mine = mentor(school.workspace, school.class_id)

    assert pupilcodes.sheet(mine, school.class_id).lines
    for refused in (
        lambda: pupilcodes.sheet(mine, other),
        lambda: pupilcodes.make(mine, other),
        lambda: pupilcodes.sheet(school.stranger, school.class_id),
        lambda: pupilcodes.renew(mentor(school.workspace, other), school.id),
        lambda: pupilcodes.renew(school.workspace, "bestaat-niet"),
        lambda: pupilcodes.sheet(school.workspace, "bestaat-niet"),
    ):
        with pytest.raises(NotFoundError):
            refused()


# ---- making ----


def test_pupil_sees_own_activities_and_no_others(school):
    name, found = making.activities(school.stranger, school.door, now=NOW)

    state = load_state(school.workspace)
    assert name == state.school.pupil(school.id).first_name
    assert MARKET in {each.event_id for each in found}
    assert all(school.id in state.event(each.event_id).planned.pupil_ids for each in found)
    assert all(state.event(each.event_id).planned.span.last >= NOW.date() for each in found)
    foreign = next(each for each in state.events if school.id not in each.planned.pupil_ids)
    with pytest.raises(NotFoundError):
        making.making(school.stranger, school.door, foreign.planned.id, now=NOW)
    with pytest.raises(NotFoundError):
        making.making(school.stranger, school.door, MARKET, now=NOW + timedelta(days=400))


def test_suggestions_come_in_the_language_that_is_chosen_with_dutch_beside(school):
    ti = school.view(language="ti")

    assert (ti.language, ti.rtl) == ("ti", False)
    assert {choice.dutch for choice in ti.greetings} >= {"Beste familie,"}
    assert all(choice.own != choice.dutch for choice in ti.sentences)
    assert school.view(language="prs").rtl
    assert school.view(language="bestaat-niet").language == school.home.language
    assert all(choice.own == choice.dutch for choice in school.view(language="nl").whos)


def test_what_is_written_is_on_the_sheet_and_the_facts_are_the_events(school):
    school.save(
        greeting="aanhef.1", sentences=("zin.1", "onderwerp.2", "bestaat-niet"), free=("من\u202e خوش می‌شوم", "", ""),
        whos=("wie.1",), own_who="مامایم", border="sterren", colour=True,
    )  # fmt: skip
    view = school.view()
    standard = next(
        each for each in invitations.sheets(school.workspace, MARKET) if each.household_id == school.home.id
    )

    sheet = view.sheet
    assert (sheet.code, sheet.code_extra) == (standard.code, standard.code_extra)
    assert (sheet.date_digits, sheet.time, sheet.place, sheet.url, sheet.event_title, sheet.school) == (
        standard.date_digits, standard.time, standard.place, standard.url, standard.event_title, standard.school,
    )  # fmt: skip
    assert sheet.greeting == "Lieve papa en mama,"
    assert sheet.about == ("Ik nodig jullie uit.", "Mensen vertellen over hun beroep.", "")
    assert sheet.about_own[2] == "من خوش می‌شوم"
    assert sheet.who_own == "پدر و مادر · مامایم"
    assert sheet.pupils == (load_state(school.workspace).school.pupil(school.id).first_name,)
    assert (sheet.border, sheet.colour, sheet.rtl) == ("sterren", True, True)
    assert view.free == ("من خوش می‌شوم", "", "")
    assert view.own_who == "مامایم"
    assert [choice.id for choice in view.sentences if choice.chosen] == ["zin.1", "onderwerp.2"]
    assert [choice.id for choice in view.whos if choice.chosen] == ["wie.1"]
    link = invitations.link_of(school.stranger, sheet.url.rpartition("/")[2])
    assert link.household_id == school.home.id  # the code on a pupil's own print works
    school.save(own_greeting="سلام فامیل", border="bestaat-niet")
    assert (school.view().own_greeting, school.view().border) == ("سلام فامیل", "")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"free": ("a" * 10_000,)}, "Zin 1: Deze tekst is te lang"),
        ({"free": ("", "😀😀")}, "Zin 2: Schrijf woorden"),
        ({"own_greeting": "سلام 😀"}, "De begroeting: Dit kunnen wij niet op papier zetten: 😀"),
        ({"own_who": "ᠮᠣᠩᠭᠣᠯ"}, "Wie mag er komen: Dit kunnen wij niet op papier zetten: ᠮ"),
        ({"sentences": ("zin.1", "zin.2", "zin.3", "zin.4", "zin.5"), "free": ("nog",)}, "te veel zinnen"),
        ({"language": "bestaat-niet"}, "Kies een taal uit de lijst"),
    ],
)
def test_what_cannot_be_printed_is_refused_kindly_and_nothing_is_kept(school, written, sentence):
    with pytest.raises(InputError, match=sentence):
        school.save(**written)

    assert school.row is None


def test_handing_in_releasing_and_sending_back(school):
    with pytest.raises(NotFoundError, match="Maak hem eerst"):
        school.hand_in()
    school.save(sentences=("zin.1",))
    assert school.view().state == "draft"
    school.hand_in()
    mine = mentor(school.workspace, school.class_id)
    handing.send_back(mine, school.row.id, note=" Schrijf ook\nwie er mag komen. ", now=NOW)
    assert (school.view().state, school.view().note) == ("returned", "Schrijf ook wie er mag komen.")
    with pytest.raises(ConflictError, match="nog niet ingeleverd"):
        handing.release(mine, school.row.id, by="Noor", now=NOW)
    school.hand_in()
    handing.release(mine, school.row.id, by="Noor", now=NOW)
    assert school.row.state is MakingState.RELEASED
    for refused in (school.save, school.hand_in):
        with pytest.raises(ConflictError, match="al goedgekeurd"):
            refused()
    with pytest.raises(InputError, match="Schrijf kort"):
        handing.send_back(mine, school.row.id, note=" ", now=NOW)
    with pytest.raises(InputError, match="te lang"):
        handing.send_back(mine, school.row.id, note="x" * 201, now=NOW)


def test_mentor_of_another_class_finds_nothing(school):
    school.save(sentences=("zin.1",))
    school.hand_in()
    other = next(each.id for each in load_state(school.workspace).school.classes if each.id != school.class_id)
    foreign = mentor(school.workspace, other)

    for refused in (
        lambda: handing.release(foreign, school.row.id, by="x", now=NOW),
        lambda: handing.send_back(foreign, school.row.id, note="x", now=NOW),
        lambda: handing.release(school.workspace, 999, by="x", now=NOW),
        lambda: handing.class_view(foreign, MARKET, school.class_id),
        lambda: handing.overview(school.stranger, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            refused()
    assert {each.class_id for event in handing.overview(foreign, now=NOW) for each in event.classes} == {other}


def test_mentor_sees_how_far_the_class_is_and_what_nobody_checked(school):
    school.save(free=("من خوش می‌شوم",), consent=True)
    school.hand_in()
    mine = mentor(school.workspace, school.class_id)

    market = next(event for event in handing.overview(mine, now=NOW) if event.event_id == MARKET)
    view = handing.class_view(mine, MARKET, school.class_id)

    (line,) = market.classes
    assert (line.made, line.handed_in, line.released) == (1, 1, 0)
    made = next(each for each in view.made if each.id)
    assert (made.own_words, made.checked, made.consent, made.language) == (True, "", True, "Dari")
    assert len(view.made) == line.pupils
    assert view.unread


# ---- readers ----


@pytest.fixture
def reader(school):
    """Give somebody of the school a link for Dari; return the token."""
    workspace, person = school.workspace, load_state(school.workspace).people[0]
    reading.give_link(workspace, person.id, "prs")
    row = workspace.session.get(ReaderLinkRow, (person.id, "prs"))
    return reading._url(workspace, row).rpartition("/")[2]  # noqa: SLF001 - a reader gets it from a page


def test_reader_sees_texts_without_names_and_says_what_they_are(school, reader):
    school.save(free=("من خوش می‌شوم",))
    school.hand_in()
    view = reading.opened(school.stranger, reader)
    first = load_state(school.workspace).school.pupil(school.id).first_name

    assert [text.pairs for text in view.texts] == [(("", "من خوش می‌شوم"),)]
    assert first not in repr(view.texts)
    with pytest.raises(InputError, match="Kies wat u vindt"):
        reading.say(school.stranger, reader, school.row.id, verdict="suggested", suggestion="", now=NOW)
    with pytest.raises(InputError, match="te lang"):
        reading.say(school.stranger, reader, school.row.id, verdict="suggested", suggestion="x" * 500, now=NOW)
    reading.say(school.stranger, reader, school.row.id, verdict="flagged", suggestion="", now=NOW)
    with pytest.raises(ConflictError, match="deze tekst niet kan"):
        handing.release(school.workspace, school.row.id, by="x", now=NOW)
    reading.say(school.stranger, reader, school.row.id, verdict="approved", suggestion="", now=NOW)
    handing.release(school.workspace, school.row.id, by="x", now=NOW)
    with pytest.raises(NotFoundError):
        reading.say(school.stranger, reader, school.row.id, verdict="approved", suggestion="", now=NOW)
    assert school.row.checked_by == view.name


def test_approved_text_is_offered_to_others_only_with_consent(school, reader):
    other = Pupil(school.workspace, place=1)
    for consent in (False, True):
        school.save(free=("من خوش می‌شوم",), consent=consent)
        school.hand_in()
        reading.say(school.stranger, reader, school.row.id, verdict="approved", suggestion="", now=NOW)
        handing.release(school.workspace, school.row.id, by="x", now=NOW)
        offered = [choice.own for choice in other.view(language="prs").sentences if choice.id.startswith("ander.")]
        assert offered == (["من خوش می‌شوم"] if consent else [])
        handing.send_back(school.workspace, school.row.id, note="nog eens", now=NOW)
    assert not [choice for choice in school.view(language="prs").sentences if choice.id.startswith("ander.")]


def test_reader_checks_the_schools_own_texts(school, reader):
    before = reading.opened(school.stranger, reader).lines

    reading.say_line(school.stranger, reader, before[0].key, verdict="approved", text="", now=NOW)
    reading.say_line(school.stranger, reader, before[1].key, verdict="suggested", text="کجا است؟", now=NOW)
    reading.say_line(school.stranger, reader, before[2].key, verdict="flagged", text="Dit zeggen wij niet.", now=NOW)
    with pytest.raises(InputError, match="Kies wat u vindt"):
        reading.say_line(school.stranger, reader, before[3].key, verdict="", text="", now=NOW)

    view = reading.opened(school.stranger, reader)
    assert [line.key for line in before[:2]] == [line.key for line in before if line not in view.lines][:2]
    assert view.words.text(before[1].key) == "کجا است؟"
    assert (view.words.lines[before[2].key].state, view.words.lines[before[2].key].note) == (
        "flagged",
        "Dit zeggen wij niet.",
    )


def test_link_of_a_reader_ends_and_a_new_one_replaces_it(school, reader):
    workspace, person = school.workspace, load_state(school.workspace).people[0]
    reading.give_link(workspace, person.id, "prs")
    with pytest.raises(NotFoundError, match="Deze link werkt niet"):
        reading.opened(school.stranger, reader)
    reading.end_link(workspace, person.id, "prs", now=NOW)
    reading.end_link(workspace, person.id, "ti", now=NOW)
    row = workspace.session.get(ReaderLinkRow, (person.id, "prs"))
    assert row.revoked_at == NOW
    with pytest.raises(NotFoundError):
        reading.opened(school.stranger, reading._token(workspace, row))  # noqa: SLF001
    languages = {skill.language for each in load_state(workspace).people for skill in each.skills}
    some = min(languages)
    reading.give_link(workspace, next(iter(reading.readers(workspace, some))).person_id, some)
    assert reading.readers(workspace, some)[0].url.startswith("http://localhost/lezen/")
    with pytest.raises(NotFoundError):
        reading.give_link(workspace, "bestaat-niet", "prs")


# ---- paper ----


def arguments(**more):
    return {"event_id": MARKET, "class_id": "", "paper": "a4", "which": "alle", "colour": False, **more}


def test_class_is_printed_in_one_go_with_a_list_and_the_pupils_own_words(school):
    workspace = school.workspace
    school.save(free=("Wij gaan samen naar de markt",), border="bloemen", language="nl")
    school.hand_in()
    handing.release(workspace, school.row.id, by="x", now=NOW)
    mine = mentor(workspace, school.class_id)
    task = tasks.queue(mine, kind="class.pdf", arguments=arguments(class_id=school.class_id, paper="a5"), now=NOW)

    assert tasks.run_next(workspace, now=NOW)

    path, name = tasks.result(mine, task)
    document = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        width, height = document[1].get_size()
        own = next(number for number, text in enumerate(pages) if "Wij gaan samen naar de markt" in text)
        codes = zxingcpp.read_barcodes(document[own].render(scale=3, grayscale=True).to_pil())
    finally:
        document.close()
    sheets = {sheet.household_id: sheet for sheet in invitations.sheets(workspace, MARKET)}
    state = load_state(workspace)
    invited = set(state.event(MARKET).planned.pupil_ids)
    homes = [
        home for home in state.school.households
        if any(state.school.pupil(each).class_id == school.class_id for each in set(home.pupil_ids) & invited)
    ]  # fmt: skip
    assert name == f"uitnodigingen-{MARKET}.pdf"
    assert "Dit blad is voor de mentor" in pages[0]
    assert pages[0].count("zelf gemaakt") == 1
    assert len(pages) == 1 + len(homes)
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (148, 210)
    assert [code.text for code in codes] == [sheets[school.home.id].url]
    printed = workspace.session.scalars(select(PrintedRow.household_id)).all()
    assert set(printed) == {home.id for home in homes}


def test_event_that_moves_says_which_prints_are_wrong_and_prints_only_those(school):
    workspace = school.workspace
    sheets = invitations.sheets(workspace, MARKET)
    mine = [sheet for sheet in sheets if sheet.household_id == school.home.id]
    stale.note_printed(workspace, MARKET, mine, now=NOW)
    assert stale.wrong(workspace, MARKET) == ()
    before = load_state(workspace).event(MARKET).planned.span.first

    planning.move(workspace, MARKET, before + timedelta(days=7), pin=True, now=NOW)

    (line,) = stale.wrong(workspace, MARKET)
    assert (line.household_id, line.changes) == (
        school.home.id, (("de dag", f"{before:%d-%m-%Y}", f"{before + timedelta(days=7):%d-%m-%Y}"),),
    )  # fmt: skip
    assert handing.class_view(workspace, MARKET, school.class_id).wrong == (line,)
    assert next(each for each in handing.overview(workspace, now=NOW) if each.event_id == MARKET).wrong == 1
    groups = classprint._groups(workspace, arguments(which="fout"))  # noqa: SLF001 - what would be laid out
    assert [sheet.household_id for _, some in groups for sheet in some] == [school.home.id]
    stale.note_printed(workspace, MARKET, groups[0][1], now=NOW)
    assert stale.wrong(workspace, MARKET) == ()
    with pytest.raises(InputError, match="niets om af te drukken"):
        classprint.run(workspace, arguments(which="fout", task_id="x"), lambda *_: None, NOW)
    with writing(workspace.session):
        workspace.session.execute(update(PrintedRow).values(facts=json.dumps(dict.fromkeys(stale.FACTS, "x"))))
        workspace.session.execute(update(HouseholdRow).values(language="nl"))
        workspace.session.execute(
            update(HouseholdPupilRow).filter_by(pupil_id=school.id).values(position=HouseholdPupilRow.position)
        )
    assert len(stale.wrong(workspace, MARKET)[0].changes) == len(stale.FACTS)


def test_family_that_is_not_invited_any_more_needs_no_new_print(school):
    sheets = invitations.sheets(school.workspace, MARKET)
    stale.note_printed(school.workspace, "welkom-najaar-ar", sheets, now=NOW)
    state = load_state(school.workspace)
    invited = {home.id for home in invitations.invited_households(state, "welkom-najaar-ar")}

    assert {line.household_id for line in stale.wrong(school.workspace, "welkom-najaar-ar")} <= invited


@pytest.mark.parametrize("wrong", [{"paper": "a3"}, {"which": "sommige"}])
def test_unknown_paper_is_refused_before_it_is_put_in_line(school, wrong):
    with pytest.raises(InputError, match="Kies A4 of A5"):
        tasks.queue(school.workspace, kind="class.pdf", arguments=arguments(**wrong), now=NOW)


def test_mentor_prints_the_own_class_only(school):
    mine = mentor(school.workspace, school.class_id)
    other = next(each.id for each in load_state(school.workspace).school.classes if each.id != school.class_id)

    for wrong in ({"class_id": other}, {"class_id": ""}, {"class_id": school.class_id, "event_id": "bestaat-niet"}):
        with pytest.raises(NotFoundError):
            tasks.queue(mine, kind="class.pdf", arguments=arguments(**wrong), now=NOW)


# ---- forgetting ----


def test_what_pupils_wrote_goes_four_weeks_after_the_day_and_with_the_family(school):
    workspace = school.workspace
    school.save(free=("Wij gaan samen",), language="nl")
    stale.note_printed(workspace, MARKET, invitations.sheets(workspace, MARKET), now=NOW)
    last = load_state(workspace).event(MARKET).planned.span.last

    tidying.tidy(workspace, now=NOW.replace(year=last.year, month=last.month, day=last.day) + timedelta(days=27))
    assert school.row is not None
    view = households.household_view(workspace, school.home.id)
    assert "Wij gaan samen" in next(each for each in view.invitations if each.activity == "Interessemarkt").texts
    tidying.tidy(workspace, now=NOW.replace(year=last.year, month=last.month, day=last.day) + timedelta(days=30))
    assert school.row is None
    assert workspace.session.scalars(select(PrintedRow)).all() == []
    school.save(free=("Wij gaan samen",), language="nl")
    households.erase(workspace, school.home.id, confirmed="ja", by="x", now=NOW)
    assert workspace.session.scalars(select(PupilInvitationRow)).all() == []
    assert workspace.session.get(PupilCodeRow, school.id) is None


@pytest.mark.usefixtures("reader")
def test_yearly_clean_up_takes_codes_links_and_texts_of_what_is_over(school):
    workspace = school.workspace
    school.save(free=("Wij gaan samen",), language="nl")
    stale.note_printed(workspace, MARKET, invitations.sheets(workspace, MARKET)[:2], now=NOW)

    yearend.clean_up(workspace, confirmed="opruimen", keep=None, by="x", now=NOW + timedelta(days=360))

    for table in (PupilInvitationRow, PrintedRow, PupilCodeRow, ReaderLinkRow):
        assert workspace.session.scalars(select(table)).all() == []
