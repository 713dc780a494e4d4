"""What can be said at a stop: on the sheet of who says it, in Dutch and in the language of who listens."""

from dataclasses import replace
from io import BytesIO

import pytest
from demoschool import NOW
from pypdf import PdfReader

from planner.definitions.texts import Texts
from planner.domain.families.wording import told_places
from planner.domain.staffing.people import PersonKind, Skill
from planner.services.event import printing, sheets
from planner.services.routes import routing
from planner.services.routes.routesheets import values
from planner.services.routes.tongues import Tongues
from planner.services.state import load_state
from planner.services.texts import wordingedit
from planner.services.texts.wordings import all_words, words
from planner.services.views.routesheets import Told
from planner.services.year import planning

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
MARKET, TOUR = "interessemarkt", "tour"
OF_MARKET = f"{MARKET}.plek.loopbaanlokaal"


@pytest.fixture
def tour(workspace):
    """Return the event of a tour that is planned, with the most families."""
    state = load_state(workspace)
    events = [event.planned.id for event in state.events if event.planned.runbook_id == "welkom"]
    event_id = max(events, key=lambda each: (state.expected(each).families, each))
    planning.choose_form(workspace, event_id, TOUR, now=NOW)
    routing.propose(workspace, event_id)
    return event_id


def sheets_of(workspace, event_id, *tasks):
    return [each for each in values(workspace, event_id, "routebladen")["sheets"] if each.task in tasks]


def checked(workspace, code, key, text=""):
    wanted = wordingedit.wanted(text=text, state="checked", note="")
    wordingedit.change(workspace, code, key, wanted, by="Mariam", now=NOW)


def test_who_interprets_has_each_stop_in_that_language_and_who_guides_in_dutch(workspace, tour):
    kinds = {person.name: person.kind for person in load_state(workspace).people}
    places = {place.name: place for place in told_places(load_state(workspace).runbook(tour))}

    interpreting = sheets_of(workspace, tour, "vertaalt")

    assert {kinds[sheet.person] for sheet in interpreting} == {PersonKind.STAFF, PersonKind.KEY_PARENT}
    for sheet in interpreting:
        assert sheet.tongue.name == sheet.languages[0]
        known = words(workspace, sheet.tongue.code)
        for step in (step for step in sheet.steps if not step.idle):
            lines = known.said_at("welkom", places[step.what].id)
            assert (step.told.dutch, step.told.own) == (places[step.what].says, tuple(line.text for line in lines))
        assert (sheet.draft, sheet.told) == (True, Told())
    for sheet in sheets_of(workspace, tour, "begeleidt"):
        assert (sheet.tongue, sheet.draft) == (None, False)
        assert {(len(step.told.dutch), step.told.own) for step in sheet.steps if not step.idle} == {(3, ())}


def test_what_is_the_same_everywhere_stands_once_and_is_a_draft_until_all_of_it_is_checked(workspace):
    routing.propose(workspace, MARKET)

    (sheet,) = (each for each in sheets_of(workspace, MARKET, "vertaalt") if each.tongue.code == "ti")
    assert (len(sheet.told.dutch), len(sheet.told.own), sheet.draft) == (3, 3, True)
    assert {step.told for step in sheet.steps} == {Told()}

    for number in (1, 2):
        checked(workspace, "ti", f"{OF_MARKET}.{number}")
    checked(workspace, "ti", f"{OF_MARKET}.3", "ርኣዩ እሞ ሕተቱ።")
    (half,) = (each for each in sheets_of(workspace, MARKET, "vertaalt") if each.person == sheet.person)
    assert (half.told.draft, half.draft) == (False, True)  # "where" and "what time" are not read yet
    for key in ("vast.where", "vast.what_time"):
        checked(workspace, "ti", key)
    (whole,) = (each for each in sheets_of(workspace, MARKET, "vertaalt") if each.person == sheet.person)
    assert (whole.told.own, whole.draft) == ((*sheet.told.own[:2], "ርኣዩ እሞ ሕተቱ።"), False)


def test_language_without_sentences_has_a_line_to_write_them_on(workspace, tour):
    bare = replace(workspace, texts=Texts(), kept={})

    given = sheets.context(bare, tour, "routebladen", now=NOW)

    (first, *_) = (each for each in given["sheets"] if each.task == "vertaalt")
    assert {step.told.own for step in first.steps} == {()}
    html = bare.render("print/routebladen.html", **{**given, "sheets": (first,)}, paper=True)
    assert html.count(f'In uw taal <bdi lang="{first.tongue.code}">') == sum(not step.idle for step in first.steps)
    assert "thuistaal" not in html


def test_who_stays_at_a_stop_is_helped_when_dutch_is_not_the_own_language(workspace, tour):
    (host, *_) = sheets_of(workspace, tour, "ontvangt")
    person = next(each for each in load_state(workspace).people if each.name == host.person)
    tongues = Tongues(all_words(workspace), "welkom")

    assert (person.kind, host.tongue, host.told) == (PersonKind.STAFF, None, Told())
    guest = replace(person, kind=PersonKind.PARTNER, skills=(Skill(language="nl"), Skill(language="uk")))
    assert tongues.of_helper(guest).code == "uk"
    assert tongues.of_helper(guest, ["so"]).code == "so"
    assert tongues.of_helper(replace(guest, skills=(Skill(language="nl"),))) is None
    assert tongues.of_helper(replace(guest, skills=(Skill(language="eo"),))) is None  # a language without words
    assert tongues.told(None, tongues.of_helper(guest)) == Told()


def test_sign_says_in_each_language_of_who_waits_what_there_is_inside(workspace, tour):
    signs = values(workspace, tour, "rondeborden")["signs"]

    places = {place.name: place for place in told_places(load_state(workspace).runbook(tour))}
    for sign in signs:
        assert sign.says == places[sign.stop].says[0]
        assert "nl" not in {tongue.code for tongue, _ in sign.told}
        for tongue, told in sign.told:
            assert told.own[0] == words(workspace, tongue.code).said_at("welkom", places[sign.stop].id)[0].text


# ---- on paper ----


def elements(tree):
    """Yield every element of the tree of tags of a PDF."""
    for each in tree.get("/K", []):
        kid = each.get_object()
        if hasattr(kid, "get") and kid.get("/Type") == "/StructElem":
            yield kid
            yield from elements(kid)


def in_every_language(workspace, tour):
    """Return the sheet of a tour in each language, with the longest route there is."""
    tongues = Tongues(all_words(workspace), "welkom")
    places = {place.name: place for place in told_places(load_state(workspace).runbook(tour))}
    sheet = max(sheets_of(workspace, tour, "vertaalt"), key=lambda each: len(each.steps))
    for tongue in tongues.of(code for code in all_words(workspace) if code != "nl"):
        steps = [replace(step, told=tongues.told(places.get(step.what), tongue)) for step in sheet.steps]
        yield replace(sheet, person=tongue.name, tongue=tongue, steps=tuple(steps), drawing=None)


def test_each_language_is_on_one_page_tagged_and_in_letters_that_go_with_it(workspace, tour):
    given = {
        **sheets.context(workspace, tour, "routebladen", now=NOW),
        "sheets": tuple(in_every_language(workspace, tour)),
    }
    html = workspace.render("print/routebladen.html", **given, paper=True)

    body = printing.rendered(workspace, (html,), lambda *_: None)

    reader = PdfReader(BytesIO(body))
    assert len(given["sheets"]) == len(reader.pages) == 21
    for sheet, page in zip(given["sheets"], reader.pages, strict=True):
        text = page.extract_text()
        assert f"{sheet.tongue.name}: concept, nog niet nagekeken." in text
        if sheet.tongue.code in {"ti", "zh-Hans", "pl", "uk"}:  # letters that come out of a PDF as they went in
            assert "".join(sheet.steps[0].told.own[0].split()) in "".join(text.split())
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & inner.get_object()["/FontDescriptor"].get_object().keys()
    tree = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    lists = [str(each["/Lang"]) for each in elements(tree) if each["/S"] == "/L" and "/Lang" in each]
    stops = sum(step.told.own != () for step in given["sheets"][0].steps)
    assert lists == [sheet.tongue.code for sheet in given["sheets"] for _ in range(stops)]
