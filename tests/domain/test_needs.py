from dataclasses import replace
from datetime import UTC, date, datetime
from math import ceil

import pytest
from make import (
    TUESDAY,
    a_place,
    a_pupil,
    a_role,
    a_row,
    a_runbook,
    a_school,
    a_school_of,
    an_event,
    an_invitation,
    an_occurrence,
    changed,
)

from planner.domain.families.answers import Reply
from planner.domain.forms import in_form
from planner.domain.runbook import Form, Kind, Per, Split
from planner.domain.staffing.needs import Gathering, needs_of, overlap, row_needs

SCHOOL = a_school_of({"k1": ["ar", "ti"], "k2": ["ar", "nl"]})
EVERYONE = ("p1", "p2", "p3", "p4")


def a_gathering(runbook, pupil_ids=EVERYONE, school=SCHOOL, *, event=None, **occurrence):
    return Gathering(
        event=event or an_event(pupil_ids),
        runbook=runbook,
        school=school,
        occurrence=an_occurrence(**occurrence),
    )


def needs(runbook, pupil_ids=EVERYONE, school=SCHOOL, **occurrence):
    return needs_of(a_gathering(runbook, pupil_ids, school, **occurrence))


def test_need_per_event_has_the_window_of_its_rows():
    rows = [
        a_row("in", "18:30", "19:00", places=("hal",)),
        a_row("praat", "20:00", "20:30", places=("lokaal", "hal")),
        a_row("uit", "20:30", "21:00", responsible=("teamleider",)),
    ]

    [need] = needs(a_runbook([a_role("docent", 2, maximum=4)], rows))

    assert need.id == "avond:docent:event"
    assert (need.minimum, need.maximum) == (2, 4)
    assert need.rows == ("in", "praat")
    assert need.place_ids == ("hal", "lokaal")
    assert need.day == TUESDAY
    assert (need.start, need.end) == (
        datetime(2026, 10, 6, 16, 30, tzinfo=UTC),
        datetime(2026, 10, 6, 18, 30, tzinfo=UTC),
    )


def test_need_per_parents_follows_who_is_expected():
    roles = [a_role("leerling", 6, Per.PARENT, each=10), a_role("docent", 1, Per.PARENT)]
    rows = [a_row(responsible=("leerling", "docent"))]
    gathering = a_gathering(a_runbook(roles, rows))
    fewer = replace(gathering, answers={SCHOOL.households[0].id: Reply(coming=False)})

    assert [(need.id, need.minimum) for need in needs_of(gathering)] == [
        ("avond:leerling:event", ceil(0.6 * gathering.expected.parents)),
        ("avond:docent:event", gathering.expected.parents),
    ]
    assert needs_of(fewer)[1].minimum == fewer.expected.parents < gathering.expected.parents


def test_need_with_an_open_end_lasts_until_the_last_time_that_is_known():
    rows = [a_row("uit", "19:15", None), a_row("les", "17:00", "19:30", responsible=("gast",))]

    [need] = needs(a_runbook([a_role()], rows, invitation=an_invitation("17:00", "19:45")))

    assert need.end == datetime(2026, 10, 6, 17, 45, tzinfo=UTC)


def test_need_with_nothing_but_an_open_row_has_no_length():
    [need] = needs(a_runbook([a_role()], [a_row("uit", "20:00", None)], invitation=an_invitation("19:00", None)))

    assert need.start == need.end == datetime(2026, 10, 6, 18, 0, tzinfo=UTC)


def test_need_keeps_the_wall_clock_in_winter():
    event = an_event(EVERYONE, day=date(2027, 1, 12))

    [need] = needs_of(a_gathering(a_runbook([a_role()], [a_row()]), event=event))

    assert need.start == datetime(2027, 1, 12, 18, 0, tzinfo=UTC)


def test_role_without_a_row_is_asked_from_the_invitation_on_when_the_runbook_wants_one():
    roles = [a_role("gast"), a_role("tolk", 0, Per.LANGUAGE, interprets=True), a_role("concierge", 0)]

    found = needs(a_runbook(roles, [a_row(start="18:00")], invitation=an_invitation("19:30", "20:30")))

    assert [need.role for need in found] == ["gast", "tolk", "tolk"]
    assert found[0].start == datetime(2026, 10, 6, 17, 30, tzinfo=UTC)
    assert found[0].end == datetime(2026, 10, 6, 19, 0, tzinfo=UTC)


def test_optional_role_in_a_row_gives_a_need_without_minimum():
    [need] = needs(a_runbook([a_role("docent", 0, optional=True)], [a_row()]))

    assert (need.minimum, need.optional, need.is_obliged) == (0, True, False)


def test_need_per_class_is_for_classes_with_invited_pupils():
    found = needs(a_runbook([a_role("mentor", per=Per.CLASS)], [a_row(responsible=("mentor",))]), ("p3",))

    assert [(need.id, need.class_id, need.label({})) for need in found] == [("avond:mentor:k2", "k2", "Mentor (K2)")]


def test_need_per_class_names_a_class_the_school_does_not_know_by_its_id():
    school = a_school([a_pupil("p1", "k9")], classes=())

    [need] = needs(a_runbook([a_role("mentor", per=Per.CLASS)], [a_row()]), school=school)

    assert need.about == "k9"


def test_need_per_language_is_for_expected_families_and_never_interprets_dutch():
    roles = [a_role("sleutelouder", per=Per.LANGUAGE, interprets=True), a_role("gastheer", per=Per.LANGUAGE)]

    found = needs(a_runbook(roles, [a_row(responsible=("sleutelouder", "gastheer"))]))

    assert [need.id for need in found] == [
        "avond:sleutelouder:ar",
        "avond:sleutelouder:ti",
        "avond:gastheer:ar",
        "avond:gastheer:nl",
        "avond:gastheer:ti",
    ]
    assert found[0].guests == (("ar", frozenset({"p1", "p3"})),)
    assert found[0].label({"ar": "Arabisch"}) == "Sleutelouder (Arabisch)"
    assert found[1].label({}) == "Sleutelouder (ti)"
    assert found[2].guests == ()


def test_need_per_sector_follows_the_runbook_or_else_the_occurrence():
    runbook = a_runbook([a_role("vakdocent", per=Per.SECTOR)], [a_row()], sectors=("zorg", "bouw"))

    assert [need.sector for need in needs(runbook)] == ["zorg", "bouw"]
    assert [need.sector for need in needs(runbook, sector="mbo")] == ["mbo"]
    assert [need.sector for need in needs(changed(runbook, sectors=()))] == [None]


def test_need_per_event_carries_the_sector_of_its_occurrence():
    [need] = needs(a_runbook([a_role()], [a_row()]), sector="vo")

    assert (need.sector, need.label({})) == ("vo", "Docent")


def test_need_per_group_follows_the_number_of_people():
    runbook = a_runbook([a_role(per=Per.GROUP)], [a_row()], group_size=3)

    found = needs(runbook)

    assert [(need.scope, need.about) for need in found] == [("1", "nummer 1"), ("2", "nummer 2"), ("3", "nummer 3")]
    assert len(needs(changed(runbook, group_size=None))) == 1


def test_need_per_room_is_one_for_the_event():
    assert [need.scope for need in needs(a_runbook([a_role(per=Per.ROOM)], [a_row()]))] == ["event"]


def test_interpreting_per_class_holds_the_languages_of_that_class():
    runbook = a_runbook([a_role("tolk", per=Per.CLASS, interprets=True)], [a_row()])

    first, second = needs(runbook)

    assert first.guests == (("ar", frozenset({"p1"})), ("ti", frozenset({"p2"})))
    assert second.languages == ("ar",)
    assert first.together
    assert second.present == {"p3", "p4"}


def test_interpreting_for_nobody_asks_nobody():
    [need] = needs(a_runbook([a_role("tolk", 2, interprets=True)], [a_row()]), ("p4",))

    assert (need.minimum, need.languages) == (0, ())


def test_language_group_sits_together_on_its_own_evening_or_in_its_own_room():
    role = a_role("tolk", per=Per.LANGUAGE, interprets=True)
    spread = a_runbook([role], [a_row(responsible=("tolk",))])
    own_evening = a_runbook([role], [a_row(responsible=("tolk",))], split=Split.LANGUAGE)
    own_room = changed(spread, places=(a_place("hal", Per.LANGUAGE),))

    assert [needs(runbook)[0].together for runbook in (spread, own_evening, own_room)] == [False, True, True]


def test_conversation_round_asks_the_mentor_of_each_class_only():
    roles = [a_role("mentor"), a_role("tolk", per=Per.LANGUAGE, interprets=True)]
    runbook = a_runbook(roles, [a_row(responsible=("mentor",))], kind=Kind.CONVERSATION)

    found = needs_of(a_gathering(runbook, event=an_event(EVERYONE, last=date(2026, 10, 20))))

    assert [(need.id, need.spread) for need in found] == [("avond:mentor:k1", True), ("avond:mentor:k2", True)]
    assert found[0].end == datetime(2026, 10, 20, 15, 0, tzinfo=UTC)


def test_form_changes_rows_roles_and_places():
    form = Form(
        id="tour",
        title="Tour",
        shape="tour",
        what="Lopen.",
        drops=("r1", "teamleider"),
        rows=(a_row("t1", "20:00", "20:30", responsible=("docent", "gids"), places=("plein",)),),
        roles=(a_role("docent", 3), a_role("gids")),
        places=(a_place("plein"),),
    )
    runbook = a_runbook([a_role("docent"), a_role("teamleider")], [a_row()], forms=(form,))

    found = needs(in_form(runbook, "tour"))

    assert [(need.role, need.minimum, need.rows) for need in found] == [("docent", 3, ("t1",)), ("gids", 1, ("t1",))]
    assert found[0].place_ids == ("plein",)


def test_row_needs_says_who_does_a_row():
    rows = [a_row("in"), a_row("uit", responsible=("docent", "gast"))]
    found = needs(a_runbook([a_role(), a_role("gast")], rows))

    by_row = row_needs(found)

    assert {row: [need.role for need in mine] for row, mine in by_row.items()} == {
        "in": ["docent"],
        "uit": ["docent", "gast"],
    }


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("19:00", "20:00"), ("20:00", "21:00"), False),
        (("19:00", "20:00"), ("19:59", "21:00"), True),
        (("19:00", None), ("19:00", None), True),
        (("19:00", "20:00"), ("18:00", "19:00"), False),
    ],
)
def test_overlap_is_half_open(one, other, expected):
    rows = [a_row("a", *one, responsible=("a",)), a_row("b", *other, responsible=("b",))]
    invitation = an_invitation("18:00", None)
    if one[1] is None:
        rows = [changed(row, end=row.start) for row in rows]

    first, second = needs(a_runbook([a_role("a"), a_role("b")], rows, invitation=invitation))

    assert overlap(first, second) is expected
    assert overlap(second, first) is expected


def test_event_with_nobody_invited_still_asks_for_its_people():
    found = needs(a_runbook([a_role(), a_role("mentor", per=Per.CLASS)], [a_row()]), ())

    assert [need.id for need in found] == ["avond:docent:event"]


HOME = {pupil_id: next(home.id for home in SCHOOL.households if pupil_id in home.pupil_ids) for pupil_id in EVERYONE}
CANNOT = Reply(coming=False)


def after(runbook, replies):
    """Return the needs when these pupils' families answered this."""
    answers = {HOME[pupil_id]: reply for pupil_id, reply in replies.items()}
    gathering = Gathering(
        event=an_event(EVERYONE), runbook=runbook, school=SCHOOL, occurrence=an_occurrence(), answers=answers
    )
    return needs_of(gathering)


def test_language_of_which_nobody_comes_stays_and_obliges_to_nothing():
    runbook = a_runbook([a_role("tolk", per=Per.LANGUAGE, interprets=True)], [a_row(responsible=("tolk",))])

    before, now = after(runbook, {}), after(runbook, {"p2": CANNOT})

    assert {need.id for need in now} == {need.id for need in before}
    assert {need.scope: (need.minimum, need.guests) for need in now}["ti"] == (0, ())
    assert {need.scope: need.minimum for need in before}["ti"] == 1


def test_class_of_which_nobody_comes_asks_for_nobody():
    runbook = a_runbook([a_role("mentor", per=Per.CLASS)], [a_row(responsible=("mentor",))])

    found = after(runbook, {"p3": CANNOT, "p4": CANNOT})

    assert [(need.scope, need.minimum) for need in found] == [("k1", 1), ("k2", 0)]


def test_language_somebody_asks_for_is_asked():
    runbook = a_runbook([a_role("tolk", per=Per.LANGUAGE, interprets=True)], [a_row(responsible=("tolk",))])

    found = after(runbook, {"p4": Reply(coming=True, persons=2, interpreter="so")})

    assert {need.scope: need.guests for need in found}["so"] == (("so", frozenset({"p4"})),)


def test_groups_follow_the_answers_and_none_is_forgotten():
    runbook = a_runbook([a_role(per=Per.GROUP)], [a_row()], group_size=3)

    fewer = after(runbook, {"p1": CANNOT, "p2": CANNOT, "p3": CANNOT})
    more = after(runbook, {"p1": Reply(coming=True, persons=6)})

    assert [(need.scope, need.minimum) for need in fewer] == [("1", 1), ("2", 0), ("3", 0)]
    assert [(need.scope, need.minimum) for need in more] == [("1", 1), ("2", 1), ("3", 1), ("4", 1)]


def test_form_without_a_draaiboek_asks_nobody_on_the_day():
    form = Form(id="film", title="Film", shape="media", what="Kijk thuis.", drops=("r1",))
    runbook = a_runbook([a_role("docent", 2)], [a_row("r1")], forms=(form,))

    assert [need.role for need in needs(runbook)] == ["docent"]
    assert needs(in_form(runbook, "film")) == ()
