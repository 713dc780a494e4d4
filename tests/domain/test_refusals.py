from datetime import date, time

import pytest
from make import TUESDAY, a_need, a_person, a_room, a_tolk

from planner.domain.staffing.people import Decline, Skill
from planner.domain.staffing.refusals import (
    Refusal,
    booking_refusals,
    covered_languages,
    person_refusals,
    refusals,
    sectors_clash,
)

NAMES = {"ar": "Arabisch"}


def found(person, need, *bookings):
    return [(refusal.rule, refusal.why) for refusal in refusals(person, need, bookings, NAMES)]


def test_nothing_stands_in_the_way_of_who_can():
    assert found(a_person(), a_need()) == []


def test_role_is_needed():
    assert found(a_person(roles=("mentor",)), a_need()) == [("S01", "heeft de rol 'Docent' niet")]


def test_own_no_stands_in_the_way_of_every_task_of_that_evening():
    no = Decline(need_id="avond:docent:event", said_on=date(2027, 3, 3), reason="Ik werk dan.")
    person = a_person(declined=frozenset({no}))

    assert found(person, a_need()) == [("S02", "heeft nee gezegd op 3 maart")]
    assert found(person, a_need("avond:docent:2")) == [("S02", "heeft nee gezegd op 3 maart")]
    assert found(person, a_need("markt:docent:event")) == []
    assert found(person, a_need(spread=True)) == [("S02", "heeft nee gezegd op 3 maart")]


@pytest.mark.parametrize("skills", [(), (Skill(language="ar", speaks=1),), (Skill(language="ar", understands=1),)])
def test_interpreting_needs_enough_of_the_language(skills):
    person = a_person(roles=("tolk",), skills=skills)

    assert found(person, a_tolk("ar")) == [("S01", "kan niet tolken in het Arabisch")]


def test_one_of_several_languages_is_enough():
    need = a_need("avond:tolk:event", guests={"ar": ("p1",), "ti": ("p2",)})

    assert found(a_person(roles=("tolk",), speaks=("ti",)), need) == []
    assert found(a_person(roles=("tolk",)), need) == [("S01", "kan niet tolken in het Arabisch of ti")]


def test_interpreter_without_anybody_to_interpret_for_needs_no_language():
    assert found(a_person(roles=("tolk",)), a_need("avond:tolk:event", interprets=True)) == []


@pytest.mark.parametrize(
    ("mine", "asked", "clash"),
    [
        (None, "zorg", False),
        ("zorg", None, False),
        ("zorg", "Zorg", False),
        ("horeca", "Horeca en recreatie", False),
        ("zorg", "bouw", True),
        ("mbo", "vo", True),
        ("vo", "vmbo", False),
        ("vo", "havo-vwo", False),
        ("werk", "mbo", False),
        ("zorg", "mbo", False),
        ("en", "bouw", True),
    ],
)
def test_sectors_clash_only_with_the_same_kind_of_sector(mine, asked, clash):
    assert sectors_clash(mine, asked) is clash


def test_sector_stands_in_the_way():
    person = a_person(roles=("vakdocent",), sector="zorg")

    assert found(person, a_need("markt:vakdocent:bouw", sector="bouw")) == [("S01", "hoort bij zorg, niet bij bouw")]


def test_weekday_date_and_time_of_day_are_kept():
    need = a_need(start="19:00")

    assert found(a_person(weekdays=frozenset({0})), need) == [("S02", "kan niet op dinsdag")]
    assert found(a_person(unavailable=frozenset({TUESDAY})), need) == [("S02", "kan niet op dinsdag 6 oktober 2026")]
    assert found(a_person(not_before=time(19, 30)), need) == [("S02", "kan pas vanaf 19:30")]
    assert found(a_person(not_before=time(19, 0)), need) == []


def test_round_of_conversations_keeps_no_days_or_evenings():
    person = a_person(roles=("mentor",), weekdays=frozenset(), max_evenings=0, not_before=time(23, 0))

    assert found(person, a_need("vg1:mentor:k1", spread=True), a_need()) == []


def test_two_places_at_once():
    assert found(a_person(), a_need(start="19:00", end="20:00"), a_need("avond:gast:event", "19:30", "21:00")) == [
        ("S03", "heeft dan al een taak: Gast")
    ]
    assert found(a_person(), a_need(start="19:00", end="20:00"), a_need("avond:gast:event", "20:00", "21:00")) == []
    assert found(a_person(), a_need(), a_need("vg1:mentor:k1", spread=True)) == []


def test_own_child_in_a_group_that_sits_together():
    parent = a_person(roles=("tolk",), speaks=("ar",), children=frozenset({"p1"}))

    assert found(parent, a_tolk("ar", ("p1", "p2"), together=True)) == [
        ("S04", "heeft een eigen kind in deze groep en tolkt daar niet")
    ]
    assert found(parent, a_tolk("ar", ("p2",), together=True)) == []


def test_own_child_in_the_class_counts_whatever_language_it_brings():
    parent = a_person(roles=("tolk",), speaks=("ar",), children=frozenset({"p9"}))
    need = a_tolk("ar", ("p1",), class_id="k1", together=True, present=frozenset({"p1", "p9"}))

    assert [rule for rule, _ in found(parent, need)] == ["S04"]
    assert covered_languages(parent, need) == frozenset()


def test_own_child_elsewhere_in_the_building_is_no_problem_unless_it_is_the_only_one():
    parent = a_person(roles=("tolk",), speaks=("ar",), children=frozenset({"p1"}))

    assert found(parent, a_tolk("ar", ("p1", "p2"))) == []
    assert found(parent, a_tolk("ar", ("p1",))) == [("S04", "zou alleen voor het eigen kind tolken")]


def test_own_child_is_no_matter_for_who_does_not_interpret():
    parent = a_person(children=frozenset({"p1"}))

    assert found(parent, a_need(together=True, present=frozenset({"p1"}))) == []


def test_covered_languages_leave_out_what_only_the_own_child_brings():
    parent = a_person(roles=("tolk",), speaks=("ar", "ti", "uk"), children=frozenset({"p1"}))
    need = a_need("avond:tolk:event", guests={"ar": ("p1",), "ti": ("p1", "p2"), "so": ("p3",)})

    assert covered_languages(parent, need) == {"ti"}


def test_evenings_in_a_year():
    other = a_need("kijkje:docent:event", day=date(2026, 11, 3))

    assert found(a_person(max_evenings=1), a_need(), other) == [("S05", "wil hooguit 1 avond in een jaar")]
    assert found(a_person(max_evenings=0), a_need()) == [("S05", "wil hooguit 0 avonden in een jaar")]
    assert found(a_person(max_evenings=2), a_need(), other) == []


def test_second_task_on_one_evening_is_no_second_evening():
    first = a_need("avond:gast:event", "18:00", "19:00")

    assert found(a_person(max_evenings=1), a_need(), first) == []


def test_hours_on_one_evening_are_added_up():
    first = a_need("avond:gast:event", "18:00", "19:00")
    elsewhere = a_need("kijkje:docent:event", day=date(2026, 11, 3))

    assert found(a_person(max_hours=2.5), a_need(), first, elsewhere) == [("S05", "wil hooguit 2,5 uur op een avond")]
    assert found(a_person(max_hours=3), a_need(), first, elsewhere) == []


def test_who_did_not_say_that_we_may_ask_is_not_asked():
    assert list(person_refusals(a_person(consent=False), a_need(), {})) == [
        Refusal("S02", "heeft nog niet gezegd dat we mogen vragen")
    ]


def test_who_was_taken_off_by_the_school_stays_off():
    assert list(person_refusals(a_person("jan"), a_need(barred=frozenset({"jan"})), {})) == [
        Refusal("S10", "is hier door de school afgehaald")
    ]


def test_next_task_is_no_further_than_one_can_walk():
    first = a_need("avond:docent:event", "19:00", "19:30", rooms=(a_room("a1"),))
    far, near = a_room("b1", x=240.0), a_room("b2", x=60.0)

    def whys(start, room):
        then = a_need("avond:gast:event", start, "21:00", rooms=(room,))
        return [refusal.why for refusal in booking_refusals(a_person(), then, [first], {})]

    assert whys("19:30", far) == ["heeft vlak daarvoor of daarna een taak 4 minuten verderop: Docent"]
    assert whys("19:33", far) == ["heeft vlak daarvoor of daarna een taak 4 minuten verderop: Docent"]
    assert whys("19:34", far) == []
    assert whys("19:30", near) == []
