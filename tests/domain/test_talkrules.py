"""Every rule of a round of conversations: what breaks it, what does not, and the sentence a coordinator reads."""

from dataclasses import replace
from datetime import time

import pytest
from talkmake import MONDAY, TUESDAY, WEDNESDAY, a_mentor, a_round, a_slot, a_talk, a_tolk, a_window, far_rooms

from planner.domain.talks.plan import Slot, TalkTimes, Wish
from planner.domain.talks.rules import TALK_RULES, validate_talks, why_open

ARABIC = a_talk(language="ar", minutes=45)
WITH_TOLK = (a_mentor(), a_tolk())


def broken(problem, *slots):
    return [(violation.rule, violation.where) for violation in validate_talks(problem, slots)]


def why(problem, *slots):
    return [violation.why for violation in validate_talks(problem, slots)]


def test_plan_that_breaks_nothing():
    assert broken(a_round(a_talk()), a_slot()) == []


def test_rules_are_hard_or_have_a_weight():
    assert all(rule.hard == (rule.weight == 0) for rule in TALK_RULES.values())


# ---- G01 ----


def test_slot_of_a_talk_that_is_gone():
    assert why(a_round(), a_slot("p9.h9")) == [
        "Op maandag 5 oktober 2026 om 15:30 staat een gesprek dat niet meer hoeft."
    ]


def test_talk_that_is_there_twice():
    problem = a_round(a_talk())

    assert ("G01", "p1.h1") in broken(problem, a_slot(), a_slot(start="17:00"))


def test_somebody_who_left():
    problem = a_round(ARABIC, people=WITH_TOLK)

    assert why(problem, a_slot(interpreter="weg")) == ["Gesprek met P1: iemand die erbij hoort, is niet meer bekend."]


def test_class_without_a_mentor():
    problem = a_round(a_talk(mentor=""))

    assert why(problem, a_slot()) == ["Gesprek met P1: de klas heeft geen mentor."]


# ---- G02 ----


@pytest.mark.parametrize(
    ("start", "day", "fits"),
    [
        ("15:30", MONDAY, True),
        ("18:00", MONDAY, True),
        ("18:05", MONDAY, False),
        ("15:25", MONDAY, False),
        ("15:30", TUESDAY, False),
    ],
)
def test_hours(start, day, fits):
    assert (broken(a_round(a_talk()), a_slot(start=start, day=day)) == []) is fits


def test_talk_does_not_run_through_a_break():
    problem = a_round(a_talk(), windows=[a_window("15:30", "17:00"), a_window("17:30", "18:30")])

    assert broken(problem, a_slot(start="16:45")) == [("G02", "p1.h1")]


def test_start_lies_on_five_minutes():
    assert broken(a_round(a_talk()), a_slot(start="15:32")) == [("G02", "p1.h1")]


# ---- G03 ----


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"weekdays": frozenset({1})}, "Sanne kan niet op maandag (gesprek met P1)."),
        ({"unavailable": frozenset({MONDAY})}, "Sanne is er niet op maandag 5 oktober 2026 (gesprek met P1)."),
        ({"not_before": time(16, 0)}, "Sanne kan pas vanaf 16:00 (gesprek met P1)."),
    ],
)
def test_mentor_who_cannot_come(facts, sentence):
    assert why(a_round(a_talk(), people=[a_mentor(**facts)]), a_slot()) == [sentence]


def test_interpreter_who_calls_off():
    problem = a_round(ARABIC, people=WITH_TOLK, away=frozenset({("samira", MONDAY)}))

    assert why(problem, a_slot(interpreter="samira")) == [
        "Samira is er niet op maandag 5 oktober 2026 (gesprek met P1)."
    ]


def test_not_before_is_fine_from_then_on():
    assert broken(a_round(a_talk(), people=[a_mentor(not_before=time(16, 0))]), a_slot(start="16:00")) == []


# ---- G04 ----


@pytest.mark.parametrize(("start", "short"), [("16:00", "5 minuten"), ("15:30", "35 minuten")])
def test_two_talks_too_close(start, short):
    problem = a_round(a_talk(), a_talk("p2.h2"))

    (sentence,) = why(problem, a_slot(), a_slot("p2.h2", start))

    assert sentence == (
        f"Sanne heeft op maandag 5 oktober 2026 gesprekken om 15:30 en {start}. Er is {short} te weinig tijd."
    )


def test_pause_is_enough():
    assert broken(a_round(a_talk(), a_talk("p2.h2")), a_slot(), a_slot("p2.h2", "16:05")) == []


@pytest.mark.parametrize(("start", "fits"), [("16:20", False), ("16:25", True)])
def test_interpreter_walks(start, fits):
    talks = ARABIC, a_talk("p2.h2", "thijs", 45, language="ar")
    problem = a_round(*talks, people=[*WITH_TOLK, a_mentor("thijs")], rooms=far_rooms("sanne", "thijs"))

    found = broken(problem, a_slot(interpreter="samira"), a_slot("p2.h2", start, interpreter="samira"))

    assert (found == []) is fits


def test_unknown_rooms_are_two_minutes_apart():
    problem = a_round(a_talk(), a_talk("p2.h2", "thijs"))

    assert problem.walk(*problem.talks) == 2
    assert problem.gap(*problem.talks) == 5


def test_the_one_that_can_move_is_named():
    problem = a_round(a_talk(), a_talk("p2.h2"))

    assert broken(problem, a_slot(), a_slot("p2.h2", "15:40", confirmed=True)) == [("G04", "p1.h1")]
    assert broken(problem, a_slot(confirmed=True), a_slot("p2.h2", "15:40", pinned=True)) == [("G04", "p2.h2")]


def test_parent_who_interprets_is_not_somewhere_else_meanwhile():
    parent = a_tolk(children=frozenset({"p2"}))
    talks = ARABIC, a_talk("p2.h2", "thijs")
    problem = a_round(*talks, people=[a_mentor(), a_mentor("thijs"), parent])

    assert broken(problem, a_slot(interpreter="samira"), a_slot("p2.h2", "15:45")) == [("G04", "p2.h2")]


# ---- G05 and G06 ----


def test_nobody_interprets():
    assert why(a_round(ARABIC, people=WITH_TOLK), a_slot()) == ["Gesprek met P1: er is geen tolk voor Arabisch."]


@pytest.mark.parametrize(
    "person",
    [
        a_tolk(speaks=("so",)),
        a_tolk(roles=("sleutelouder",)),
        a_tolk(roles=("tolk", "fase-2-leerling")),
    ],
)
def test_somebody_who_cannot_interpret(person):
    problem = a_round(ARABIC, people=[a_mentor(), person])

    assert why(problem, a_slot(interpreter="samira")) == ["Samira kan niet tolken bij het gesprek met P1."]


def test_mentor_does_not_interpret_the_own_talk():
    problem = a_round(ARABIC, people=[a_mentor(roles=("mentor", "tolk"), speaks=("ar",))])

    assert ("G05", "p1.h1") in broken(problem, a_slot(interpreter="sanne"))


def test_own_child():
    problem = a_round(ARABIC, people=[a_mentor(), a_tolk(children=frozenset({"p1"}))])

    assert why(problem, a_slot(interpreter="samira")) == ["Samira tolkt bij het eigen kind (P1)."]


# ---- G07 ----

BROTHER, SISTER = a_talk("p1.h1"), a_talk("p2.h1", "thijs")


@pytest.mark.parametrize(
    ("start", "day", "fits"),
    [
        ("16:00", MONDAY, False),
        ("16:05", MONDAY, True),
        ("16:20", MONDAY, True),
        ("16:25", MONDAY, False),
        ("16:05", TUESDAY, False),
        ("15:30", MONDAY, False),
    ],
)
def test_siblings_follow_each_other(start, day, fits):
    windows = [a_window(), a_window(day=TUESDAY)]
    problem = a_round(BROTHER, SISTER, windows=windows, siblings=(("p1.h1", "p2.h1"),))

    found = broken(problem, a_slot("p1.h1"), a_slot("p2.h1", start, day))

    assert (found == []) is fits


def test_sentence_about_siblings():
    problem = a_round(BROTHER, SISTER, siblings=(("p1.h1", "p2.h1"),))

    (sentence,) = why(problem, a_slot("p1.h1"), a_slot("p2.h1", "17:30"))

    assert sentence == (
        "P1 en P2 horen na elkaar, met hooguit 20 minuten ertussen. "
        "Nu is dat maandag 5 oktober 2026 om 15:30 en maandag 5 oktober 2026 om 17:30."
    )


def test_sibling_without_a_time_breaks_nothing_hard():
    problem = a_round(BROTHER, SISTER, siblings=(("p1.h1", "p2.h1"),))

    assert broken(problem, a_slot("p1.h1")) == [("G11", "p2.h1")]


# ---- G08 ----


@pytest.mark.parametrize(
    ("start", "day", "fits"),
    [
        ("16:05", MONDAY, False),
        ("16:25", MONDAY, False),
        ("16:30", MONDAY, True),
        ("16:05", TUESDAY, True),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_parents_who_live_apart(start, day, fits, turned):
    mother, father = a_talk("p1.h1"), a_talk("p1.h2")
    windows = [a_window(), a_window(day=TUESDAY)]
    pair = ("p1.h2", "p1.h1") if turned else ("p1.h1", "p1.h2")
    problem = a_round(mother, father, windows=windows, apart=(pair,))

    found = broken(problem, a_slot("p1.h1"), a_slot("p1.h2", start, day))

    assert (found == []) is fits


def test_parent_without_a_time_meets_nobody():
    problem = a_round(a_talk("p1.h1"), a_talk("p1.h2"), apart=(("p1.h1", "p1.h2"),))

    assert broken(problem, a_slot("p1.h1")) == [("G11", "p1.h2")]
    assert broken(problem, a_slot("p1.h2")) == [("G11", "p1.h1")]


# ---- G09 ----


def test_hours_of_a_helper():
    talks = ARABIC, a_talk("p2.h2", "thijs", 45, language="ar")
    people = [a_mentor(), a_mentor("thijs"), a_tolk(max_hours=2.0)]
    problem = a_round(*talks, people=people)

    assert broken(problem, a_slot(interpreter="samira"), a_slot("p2.h2", "16:45", interpreter="samira")) == []
    assert why(problem, a_slot(interpreter="samira"), a_slot("p2.h2", "16:50", interpreter="samira")) == [
        "Samira wil hooguit 2 uur op een dag en is er op maandag 5 oktober 2026 2 uur en 5 minuten."
    ]


def test_days_of_a_helper():
    talks = ARABIC, a_talk("p2.h2", "thijs", 45, language="ar")
    people = [a_mentor(), a_mentor("thijs"), a_tolk(max_evenings=1)]
    problem = a_round(*talks, people=people, windows=[a_window(), a_window(day=TUESDAY)])

    assert why(problem, a_slot(interpreter="samira"), a_slot("p2.h2", day=TUESDAY, interpreter="samira")) == [
        "Samira wil hooguit 1 keer komen en staat op 2 dagen."
    ]


def test_mentor_who_interprets_has_no_such_limit():
    people = [a_mentor(), a_mentor("thijs", roles=("mentor", "tolk"), speaks=("ar",), max_hours=0.5)]
    problem = a_round(ARABIC, a_talk("p2.h2", "thijs"), people=people)

    assert broken(problem, a_slot(interpreter="thijs"), a_slot("p2.h2", "17:30")) == []


# ---- G10 ----


@pytest.mark.parametrize("slots", [(), (a_slot(start="17:00"),)])
@pytest.mark.parametrize(("how", "word"), [({"confirmed": True}, "bevestigd"), ({"pinned": True}, "vastgezet")])
def test_what_was_agreed_stays(slots, how, word):
    problem = a_round(a_talk(), fixed=(a_slot(**how),))

    assert f"Gesprek met P1 is {word} op maandag 5 oktober 2026 om 15:30 en staat er niet zo." in why(problem, *slots)
    assert broken(problem, a_slot(**how)) == []


# ---- G11 to G13 ----


@pytest.mark.parametrize(
    ("talk", "people", "reason"),
    [
        (a_talk(mentor=""), (), "De klas heeft geen mentor."),
        (ARABIC, [a_mentor()], "Er is geen tolk voor Arabisch."),
        (a_talk(), [a_mentor(weekdays=frozenset())], "De mentor kan op geen dag van de ronde."),
        (a_talk(), None, "Er is geen tijd meer waarop de mentor vrij is."),
        (ARABIC, WITH_TOLK, "Er is geen tijd meer waarop mentor en tolk tegelijk kunnen."),
    ],
)
def test_why_a_talk_is_open(talk, people, reason):
    problem = a_round(talk, people=people)

    assert why_open(problem, talk) == reason
    assert why(problem) == [f"P1 heeft nog geen tijd. {reason}"]


@pytest.mark.parametrize(
    ("wish", "met"),
    [
        (Wish(weekdays=frozenset({0})), True),
        (Wish(weekdays=frozenset({1})), False),
        (Wish(earliest=15 * 60 + 30, latest=16 * 60), True),
        (Wish(earliest=15 * 60 + 35), False),
        (Wish(latest=15 * 60 + 55), False),
    ],
)
def test_wishes(wish, met):
    problem = a_round(a_talk(wishes=(wish,)))

    assert wish.asks_a_moment
    assert broken(problem, a_slot()) == ([] if met else [("G12", "p1.h1")])


def test_two_wishes_count_twice():
    never = Wish(weekdays=frozenset({4}))
    (found,) = validate_talks(a_round(a_talk(wishes=(never, never))), (a_slot(),))

    assert found.weight == 2 * TALK_RULES["G12"].weight


def test_next_school_joins():
    problem = a_round(a_talk(guests=("kees",)), people=[a_mentor(), a_mentor("kees")])

    assert broken(problem, a_slot(guest="kees")) == []
    assert why(problem, a_slot()) == ["P1: niemand van de nieuwe school sluit aan."]


def test_hard_rules_come_first():
    problem = a_round(a_talk(), a_talk("p2.h2"), times=TalkTimes(pause=10))

    found = validate_talks(problem, (a_slot(day=WEDNESDAY),))

    assert [(violation.rule, violation.hard) for violation in found] == [("G02", True), ("G11", False)]


def test_slot_stays_when_confirmed_or_pinned():
    slot = Slot(talk_id="p1", day=MONDAY, start=0)

    assert [slot.stays, replace(slot, confirmed=True).stays, replace(slot, pinned=True).stays] == [False, True, True]
