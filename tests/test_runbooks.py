"""The ten shipped runbooks and their cycle: the toolkit's facts, whole and nothing more."""

from datetime import time
from pathlib import Path

import pytest

from planner.definitions.loader import load_cycle, load_languages
from planner.definitions.texts import read_texts
from planner.domain.cycle import CheckKind
from planner.domain.families.wording import told_places
from planner.domain.runbook import Anchor, Kind, Per, Source, StepKind

FOLDER = Path(__file__).parent.parent / "runbooks"
LOADED = load_cycle(FOLDER)
RUNBOOKS = {runbook.id: runbook for runbook in LOADED.runbooks}
TEXTS, _ = read_texts(FOLDER, LOADED.runbooks, load_languages(FOLDER))

ACTIVITIES = (
    "startgesprek",
    "welkom",
    "voortgangsgesprek-1",
    "interessemarkt",
    "voortgangsgesprek-2",
    "voortgangsgesprek-3",
    "kijkje",
    "voortgangsgesprek-4",
    "verder",
    "overdrachtsgesprek",
)
EVENINGS = ("welkom", "interessemarkt", "kijkje", "verder")
CONVERSATIONS = tuple(name for name in ACTIVITIES if name not in EVENINGS)
# A lesson, then homework, then the day: not at the market (homework comes after it) nor where both are optional.
PREPARED = tuple(name for name in ACTIVITIES if name not in {"interessemarkt", "voortgangsgesprek-2"})

ROLES = {
    "teamleider",
    "trajectbegeleider",
    "lob-coordinator",
    "mentor",
    "docent",
    "vakdocent",
    "beroepsbeoefenaar",
    "sleutelouder",
    "tolk",
    "fase-2-leerling",
    "oud-leerling",
    "nt2-contact",
    "nieuwe-mentor",
    "zorgcoordinator",
    "concierge",
    "roostermaker",
    "ouder",
    "leerling",
}
FEATURES = {"hal", "plenair", "scherm", "geluid", "keuken", "gym", "rolstoel", "tafels", "hoeken"}

# The draaiboeken: start, end, places, responsible. OPEN is an end that the toolkit leaves open; PROPOSED
# stands first where the toolkit names nobody and the roles are ours.
OPEN, PROPOSED = "", "proposed"
ROWS = {
    "welkom": [
        ("18:30", "19:00", "lokaal ontvangsthal", "docent teamleider"),
        ("19:00", "19:30", "ontvangsthal", "docent"),
        ("19:30", "19:45", "lokaal", "teamleider sleutelouder"),
        ("19:45", "19:50", "lokaal", "teamleider sleutelouder"),
        ("19:50", "20:00", "lokaal", "teamleider sleutelouder"),
        ("20:00", "20:15", "lokaal", "sleutelouder teamleider"),
        ("20:15", "20:25", "lokaal", PROPOSED),
        ("20:25", "20:35", "lokaal", "docent"),
        ("20:35", "20:40", "lokaal", PROPOSED),
        ("20:40", "21:00", "lokaal ontvangsthal", PROPOSED),
    ],
    "interessemarkt": [
        ("15:30", "16:30", "loopbaanlokaal", "vakdocent"),
        ("16:30", "17:00", "loopbaanlokaal", "lob-coordinator vakdocent"),
        ("17:00", "17:30", "centrale-hal", "lob-coordinator docent"),
        ("17:30", "19:30", "loopbaanlokaal centrale-hal", "vakdocent beroepsbeoefenaar docent"),
        ("19:15", OPEN, "centrale-hal", "lob-coordinator docent"),
    ],
    "kijkje": [
        ("18:30", "19:00", "klaslokaal ontvangsthal", "docent teamleider"),
        ("19:00", "19:30", "ontvangsthal", "docent"),
        ("19:30", "19:45", "plenaire-ruimte", "lob-coordinator sleutelouder"),
        ("19:45", "20:00", "klaslokaal", PROPOSED),
        ("20:00", "20:15", "klaslokaal", "mentor"),
        ("20:15", "20:30", "klaslokaal", "mentor"),
        ("20:30", "20:40", "klaslokaal", "mentor"),
        ("20:40", "21:15", "plenaire-ruimte", "teamleider mentor"),
    ],
    "verder": [
        ("18:30", "18:45", "lokaal ontvangsthal", "docent teamleider nt2-contact"),
        ("18:45", "19:00", "ontvangsthal", "docent"),
        ("19:00", "19:20", "lokaal", "teamleider nt2-contact"),
        ("19:20", "19:30", "lokaal", PROPOSED),
        ("19:30", "19:50", "lokaal", "oud-leerling nt2-contact"),
        ("19:50", "20:00", "lokaal", PROPOSED),
        ("20:00", OPEN, "lokaal ontvangsthal", PROPOSED),
    ],
}

# The stappenplannen: school weeks before the day. The toolkit says when for TOOLKIT_STEPS; for the others
# the number is ours. W06 is counted from the summer holiday and I13 from the next lesson.
WEEKS = {
    activity: {f"{letter}{number:02}": count for number, count in enumerate(weeks, start=1)}
    for activity, letter, weeks in (
        ("welkom", "W", (8, 7, 6, 8, 6, 0, 4, 4, 4, 4, 2, 3, 3, 1, 1, 0, -4)),
        ("interessemarkt", "I", (12, 11, 10, 6, 6, 5, 4, 4, 2, 3, 1, 2, 0, -3)),
        ("kijkje", "E", (6, 6, 6, 6, 3, 2, 1, 3, 1, 0, -4)),
        ("verder", "V", (8, 8, 8, 8, 6, 5, 4, 3, 3, 3, 3, 3, 2, 1, 1, 0, -2)),
    )
}
TOOLKIT_STEPS = {"W06", "W16", "W17", "I09", "I13", "I14", "E10", "E11", "V15", "V16", "V17"}
OUR_STEPS = {"W13h", "I05t", "E06h", "V13h", "E05t", "V05t"}  # what the toolkit does not have and a plan needs

FORMS = {
    "welkom": {"tour": "tour", "speeddate": "speed_date"},
    "interessemarkt": {"schoolplein": "fair", "regionaal-evenement": "visit"},
    "kijkje": {"groepsbezoek": "visit", "oud-leerlingen": "alumni"},
    "verder": {"carrousel": "carousel", "spreekuur": "slots", "screencast": "media"},
}
EACH_FORM = [(activity, form) for activity, forms in FORMS.items() for form in forms]

# The toolkit's links that belong to an activity; every runbook has SHARED_LINKS, every conversation TALK_LINKS.
SHARED_LINKS = {"projectpagina", "lowan-uitstroomprofielen"}
TALK_LINKS = SHARED_LINKS | {"gespreksportfolio", "groeidocument-gespreksvoering"}
EVENING_LINKS = SHARED_LINKS | {"beroepenkaarten"}
LINKS = {
    "startgesprek": TALK_LINKS | {"nuffic-onderwijssystemen"},
    "welkom": EVENING_LINKS | {"voorbeeldpresentatie-1", "nuffic-onderwijssystemen"},
    "voortgangsgesprek-1": TALK_LINKS | {"praatplaten", "nuffic-onderwijssystemen"},
    "interessemarkt": EVENING_LINKS
    | {"gesprekskaart-interessemarkt", "hulpkaart-eenvoudig-nederlands", "kiesmbo", "studiekeuze123", "lobbox"}
    | {"lowan-beroepenkaarten", "yt-fysiotherapie", "yt-sport-recreatie", "yt-sport-bewegen"},
    "voortgangsgesprek-2": TALK_LINKS | {"beroepenkaarten"},
    "voortgangsgesprek-3": TALK_LINKS | {"praatplaten"},
    "kijkje": EVENING_LINKS | {"leerlingmateriaal-kijkje", "kiesmbo-open-dagen", "devogids-open-dagen", "yt-open-dag"},
    "voortgangsgesprek-4": TALK_LINKS | {"praatplaten", "beroepenkaarten", "leerlingmateriaal-vg4"},
    "verder": EVENING_LINKS | {"voorbeeldpresentatie-2", "voorbeeld-praktische-zaken", "leerlingmateriaal-verder"},
    "overdrachtsgesprek": TALK_LINKS | {"voorbeeld-praktische-zaken"},
}

PARTS = ("roles", "places", "materials", "rows", "steps")


def used_in(rows, steps):
    return {
        "roles": {name for row in rows for name in row.responsible} | {name for step in steps for name in step.who},
        "places": {name for row in rows for name in row.places},
        "materials": {name for row in rows for name in row.needs},
    }


def form_of(activity, form_id):
    """Return what choosing a form leaves of a runbook and adds to it, part by part."""
    runbook = RUNBOOKS[activity]
    form = next(form for form in runbook.forms if form.id == form_id)
    return {
        part: [item for item in getattr(runbook, part) if item.id not in form.drops] + list(getattr(form, part))
        for part in PARTS
    }


def test_the_folder_loads_without_problems():
    assert [str(problem) for problem in LOADED.problems] == []
    assert tuple(RUNBOOKS) == ACTIVITIES
    assert LOADED.cycle is not None


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_a_runbook_is_of_its_kind(activity):
    assert (RUNBOOKS[activity].kind is Kind.EVENING) == (activity in EVENINGS)


@pytest.mark.parametrize("activity", EVENINGS)
def test_a_draaiboek_has_the_toolkit_s_times_places_and_responsibles(activity):
    expected = ROWS[activity]

    rows = [
        (
            f"{row.start:%H:%M}",
            f"{row.end:%H:%M}" if row.end else OPEN,
            " ".join(row.places),
            PROPOSED if row.responsible_source is Source.PROPOSED else " ".join(row.responsible),
        )
        for row in RUNBOOKS[activity].rows
    ]

    assert rows == expected
    assert {row.source for row in RUNBOOKS[activity].rows} == {Source.TOOLKIT}


def test_the_draaiboeken_have_thirty_rows_of_which_seven_without_responsible():
    rows = [row for name in EVENINGS for row in RUNBOOKS[name].rows]

    assert len(rows) == 30
    assert sum(row.responsible_source is Source.PROPOSED for row in rows) == 7


@pytest.mark.parametrize("activity", EVENINGS)
def test_a_stappenplan_has_the_toolkit_s_steps_and_weeks(activity):
    steps = {step.id: step.weeks_before for step in RUNBOOKS[activity].steps if step.id not in OUR_STEPS}

    assert steps == WEEKS[activity]


def test_the_stappenplannen_have_fifty_nine_steps():
    assert sum(len(weeks) for weeks in WEEKS.values()) == 59


@pytest.mark.parametrize("activity", EVENINGS)
def test_a_step_is_the_toolkit_s_only_where_the_toolkit_says_when(activity):
    sources = {step.id: step.source for step in RUNBOOKS[activity].steps}

    assert {name for name, source in sources.items() if source is Source.TOOLKIT} == TOOLKIT_STEPS & set(sources)


def test_steps_that_are_not_counted_from_the_evening():
    anchors = {step.id: step.anchor for name in EVENINGS for step in RUNBOOKS[name].steps}

    assert {name: anchor for name, anchor in anchors.items() if anchor is not Anchor.EVENT} == {
        "W06": Anchor.BEFORE_SUMMER,
        "I13": Anchor.NEXT_LESSON,
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (StepKind.LESSON, {"W13", "I11", "E06", "V13"}),
        (StepKind.HOME, {"W13h", "I13", "E06h", "V13h"}),
        (StepKind.INVITE, {"W12", "I10", "E08", "V12"}),
        (StepKind.FOLLOW_UP, {"W17", "I14", "E11", "V17"}),
    ],
)
def test_the_kinds_of_the_evenings_steps(kind, expected):
    assert {step.id for name in EVENINGS for step in RUNBOOKS[name].steps if step.kind is kind} == expected


@pytest.mark.parametrize("activity", PREPARED)
def test_homework_lies_a_week_after_the_lesson_and_before_the_day(activity):
    runbook = RUNBOOKS[activity]
    weeks = {step.id: step.weeks_before for step in runbook.steps}

    assert weeks[runbook.home.step] == weeks[runbook.lesson.step] - 1 > 0


def test_the_second_progress_talk_asks_for_no_preparation():
    runbook = RUNBOOKS["voortgangsgesprek-2"]

    assert (runbook.lesson.step, runbook.home.step) == (None, None)
    assert {step.kind for step in runbook.steps}.isdisjoint({StepKind.LESSON, StepKind.HOME})


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_there_is_one_invitation_step_and_every_role_place_and_material_is_used(activity):
    runbook = RUNBOOKS[activity]

    assert [step.kind for step in runbook.steps].count(StepKind.INVITE) == 1
    for part, names in used_in(runbook.rows, runbook.steps).items():
        assert {item.id for item in getattr(runbook, part)} == names


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_roles_and_features_are_of_the_shared_lists(activity):
    runbook = RUNBOOKS[activity]
    parts = (runbook, *runbook.forms)

    assert {role.id for part in parts for role in part.roles} <= ROLES
    assert {word for part in parts for place in part.places for word in place.features} <= FEATURES


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_an_optional_role_asks_for_nobody(activity):
    runbook = RUNBOOKS[activity]

    assert {role.id for role in runbook.roles if role.optional} == {
        role.id for role in runbook.roles if role.minimum == 0
    }


def test_every_role_of_the_list_has_a_part_in_the_year():
    parts = [part for runbook in RUNBOOKS.values() for part in (runbook, *runbook.forms)]

    assert {role.id for part in parts for role in part.roles} == ROLES


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_links_are_the_toolkit_s_with_a_whole_address(activity):
    links = dict(RUNBOOKS[activity].links)

    assert set(links) == LINKS[activity]
    assert all(address.startswith(("http://", "https://")) for address in links.values())


@pytest.mark.parametrize("activity", CONVERSATIONS)
def test_the_example_of_a_conversation_is_half_an_hour_without_gaps(activity):
    rows = RUNBOOKS[activity].rows

    assert (rows[0].start, rows[-1].end) == (time(15), time(15, 30))
    assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
    assert RUNBOOKS[activity].slot_minutes == 30


@pytest.mark.parametrize(
    ("activity", "start", "end"),
    [
        ("welkom", "19:00", "21:00"),
        ("interessemarkt", "17:00", "19:45"),
        ("kijkje", "19:00", "21:15"),
        ("verder", "18:45", "20:30"),
        *((name, "15:00", "15:30") for name in CONVERSATIONS),
    ],
)
def test_an_invitation_says_when_parents_come_and_go(activity, start, end):
    invitation = RUNBOOKS[activity].invitation

    assert (f"{invitation.start:%H:%M}", f"{invitation.end:%H:%M}") == (start, end)
    assert 3 <= len(invitation.about) <= 6


def test_the_alternative_forms_are_the_toolkit_s():
    assert {name: {form.id: form.shape for form in RUNBOOKS[name].forms} for name in EVENINGS} == FORMS


@pytest.mark.parametrize(("activity", "form_id"), EACH_FORM)
def test_a_form_leaves_nothing_over_and_lacks_nothing(activity, form_id):
    form = form_of(activity, form_id)

    for part, names in used_in(form["rows"], form["steps"]).items():
        assert {item.id for item in form[part]} == names


@pytest.mark.parametrize(("activity", "form_id"), EACH_FORM)
def test_a_form_still_invites_and_ends_after_it_starts(activity, form_id):
    form = form_of(activity, form_id)

    assert [step.kind for step in form["steps"]].count(StepKind.INVITE) == 1
    if form_id == "screencast":  # it has no evening
        assert form["rows"] == []
    else:
        assert len(form["rows"]) >= 3


@pytest.mark.parametrize(
    ("activity", "material", "count", "per"),
    [
        ("welkom", "associatiekaarten", 2, Per.PERSON),
        ("welkom", "minivlogs", 3, Per.EVENT),
        ("interessemarkt", "interessekaarten", 5, Per.PUPIL),
        ("kijkje", "manieren-van-praten", 1, Per.PARENT),
    ],
)
def test_counts_of_the_toolkit(activity, material, count, per):
    found = {item.id: item for item in RUNBOOKS[activity].materials}[material]

    assert (found.count, found.per) == (count, per)


def test_the_market_has_a_card_per_sector_and_groups_of_at_most_sixteen():
    market = RUNBOOKS["interessemarkt"]
    room = {place.id: place for place in market.places}["loopbaanlokaal"]
    cards = {item.id: item for item in market.materials}["interessekaarten"]

    assert len(market.sectors) == cards.count >= 4
    assert market.group_size == room.capacity == 16
    assert room.per is Per.SECTOR


def test_the_cycle_has_sixteen_rules_of_which_five_are_partly_hard():
    rules = LOADED.cycle.rules

    assert [rule.id for rule in rules] == [f"C{number:02}" for number in range(1, 17)]
    assert {rule.id for rule in rules if rule.hard} == {"C02", "C06", "C09", "C10", "C12"}


def test_lesson_then_home_is_asked_wherever_there_is_a_lesson_and_then_homework():
    asked = [check.first for check in LOADED.cycle.rule("C16").checks if check.kind is CheckKind.LESSON_THEN_HOME]

    assert tuple(asked) == PREPARED


def test_languages_are_twenty_two_drafts_and_dutch():
    languages = load_languages(FOLDER)

    assert len(languages) == 22
    assert {len(language.strings) for language in languages} == {17}
    assert {language.code for language in languages if language.reviewed} == {"nl"}
    assert {language.code for language in languages if language.rtl} == {"ar", "fa", "prs", "ps", "ur"}


def _places(activity):
    runbook = RUNBOOKS[activity]
    return {place.id: place for place in (*runbook.places, *(p for form in runbook.forms for p in form.places))}


@pytest.mark.parametrize("activity", EVENINGS)
def test_every_stop_has_three_short_sentences_in_every_language(activity):
    runbook, places = RUNBOOKS[activity], _places(activity)
    stops = {place for part in (runbook, *runbook.forms) if part.walk for place in part.walk.places}
    codes = {language.code for language in load_languages(FOLDER)} - {"nl"}

    assert {place.id for place in told_places(runbook)} == stops
    assert {len(places[stop].says) for stop in stops} == {3}
    assert max(len(sentence.split()) for stop in stops for sentence in places[stop].says) <= 12
    for code in codes:
        says = TEXTS.wordings[activity, code].says
        assert {stop: len(lines) for stop, lines in says.items()} == dict.fromkeys(stops, 3)
        assert max(len(sentence) for lines in says.values() for sentence in lines) <= 90


@pytest.mark.parametrize("activity", EVENINGS)
def test_every_form_that_invites_to_something_else_says_so_in_every_language(activity):
    own = {form.id: form.invitation.about for form in RUNBOOKS[activity].forms if form.invitation}
    codes = {language.code for language in load_languages(FOLDER)} - {"nl"}

    for code in codes:
        said = TEXTS.wordings[activity, code].forms
        assert {form: len(lines) for form, lines in said.items()} == {form: len(lines) for form, lines in own.items()}
        assert not {line for lines in said.values() for line in lines} & {
            line for lines in own.values() for line in lines
        }
