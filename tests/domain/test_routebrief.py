"""What is known before going round is planned: stops from rooms, helpers from duties, rounds from the draaiboek."""

from dataclasses import replace
from datetime import time

import pytest
from make import TUESDAY, a_need, a_party, a_person, a_place, a_row

from planner.domain.rooms.plan import RoomNeed
from planner.domain.rooms.room import Room
from planner.domain.routes.brief import RouteBrief
from planner.domain.routes.count import Repair, RepairKind
from planner.domain.routes.helping import Post
from planner.domain.routes.leeway import leeway_of
from planner.domain.routes.setup import RouteSetup, decisions_of, repaired, taken_back
from planner.domain.runbook import Shape, Walk
from planner.domain.staffing.people import PersonKind
from planner.domain.year import local


def a_room(room_id="r1", capacity=30, **facts):
    return Room(id=room_id, name=room_id.upper(), capacity=capacity, **facts)


def a_room_need(scope="zorg", place="lokaal", features=()):
    at = local(TUESDAY, time(19))
    return RoomNeed(
        id=f"avond:{place}:{scope}", event_id="avond", place_id=place, name=place.title(), scope=scope, day=TUESDAY,
        start=at, end=at, persons=16, features=features, about="" if scope == "event" else scope,
    )  # fmt: skip


def a_brief(shape=Shape.CAROUSEL, sectors=("zorg", "bouw"), setup=None, posts=(), parties=None, **facts):
    walk = Walk(shape=shape, row="rondes", places=("lokaal",), guides=("docent",), session_minutes=20, gap_minutes=5,
                **{key: facts.pop(key) for key in ("wanted", "group_size") if key in facts})  # fmt: skip
    needs = tuple(a_room_need(sector) for sector in sectors)
    known = {
        "places": (a_place("lokaal"),),
        "room_needs": needs,
        "rooms_of": {need.id: (a_room(f"r-{need.scope}"),) for need in needs},
        "free_rooms": (a_room("vrij"),),
        "rows": (a_row("rondes", "19:00", "21:00", places=("lokaal",)), a_row("start", "18:30", "19:00")),
        "class_names": {"k2": "2B", "k1": "1A"},
        "languages": {"ar": "Arabisch"},
    }
    return RouteBrief(
        walk=walk, setup=setup or RouteSetup(), start=local(TUESDAY, time(19)), end=local(TUESDAY, time(21)),
        parties=(a_party("h1", "ar"), a_party("h2", "ti")) if parties is None else parties, posts=tuple(posts),
        **{**known, **facts},
    )  # fmt: skip


def a_post(person, role="docent", scope="event", rows=("rondes",), **facts):
    need = a_need(f"avond:{role}:{scope}", rows=rows, **facts)
    return Post(person=person if not isinstance(person, str) else a_person(person), need=need)


def names(stops):
    return [(stop.name, stop.where, stop.groups, stop.seats) for stop in stops]


def test_each_sector_is_a_stop_in_its_room():
    assert names(a_brief().stops) == [("zorg", "R-ZORG", 1, None), ("bouw", "R-BOUW", 1, None)]


def test_place_of_the_whole_evening_is_a_stop_with_the_name_of_the_place():
    (stop,) = a_brief(sectors=("event",)).stops

    assert (stop.topic, stop.where) == ("Lokaal", "R-EVENT")


def test_stop_without_a_room_keeps_its_name():
    assert names(a_brief(rooms_of={}).stops)[0] == ("zorg", "zorg", 1, None)


def test_one_room_more_is_a_free_one_that_fits():
    setup = RouteSetup(extra=("zorg", "zorg"))

    brief = a_brief(setup=setup, free_rooms=(a_room("klein", 8), a_room("vrij")))

    assert names(brief.stops)[:3] == [
        ("zorg", "R-ZORG", 1, None), ("zorg (2)", "VRIJ", 1, None), ("zorg (3)", "zorg (3)", 1, None),
    ]  # fmt: skip


def test_room_lost_is_no_stop_and_its_neighbour_keeps_its_id():
    whole = a_brief(setup=RouteSetup(extra=("zorg",)))
    lost = a_brief(setup=RouteSetup(extra=("zorg",), lost=frozenset({"lokaal:zorg:1"})))

    assert [stop.id for stop in lost.stops] == [stop.id for stop in whole.stops][1:]


def test_two_groups_share_a_large_room():
    brief = a_brief(setup=RouteSetup(shared=("zorg",)))

    assert names(brief.stops)[0] == ("zorg", "R-ZORG", 2, 30)
    large = {need.id: (a_room(capacity=32),) for need in brief.room_needs}
    assert leeway_of(a_brief(rooms_of=large)).shareable == ("zorg", "bouw")
    assert leeway_of(a_brief(rooms_of=large, shape=Shape.TOUR)).shareable == ()


def test_rounds_are_those_that_fit_or_those_the_school_decided():
    assert len(a_brief().rounds) == 5
    assert len(a_brief(setup=RouteSetup(rounds=7)).rounds) == 7
    assert len(a_brief(setup=RouteSetup(session_minutes=10)).rounds) == 8
    rows = (a_row("rondes", "19:00", "21:00", places=("lokaal",)), a_row("erna", "21:00", "21:30", places=("lokaal",)))
    (only,) = a_brief(Shape.CLASSES, rows=rows).rounds
    assert f"{only.end:%H:%M}" == "21:30"


@pytest.mark.parametrize(("walk", "setup", "wanted"), [(0, None, 2), (1, None, 1), (9, None, 2), (2, 1, 1)])
def test_wanted_is_all_stops_or_what_is_asked(walk, setup, wanted):
    brief = a_brief(wanted=walk, setup=RouteSetup(wanted=setup))

    assert brief.problem(brief.groups()).wanted == wanted


def test_groups_keep_who_was_there_and_leave_out_who_stays_away():
    brief = a_brief(parties=(a_party("h1", "ar", 10), a_party("h2", "ti", 10)))
    groups = brief.groups()

    away = a_brief(parties=brief.parties, setup=RouteSetup(away=frozenset({"h2"})))
    assert [[party.id for party in group.parties] for group in away.groups(groups)] == [["h1"]]
    assert brief.groups(groups) == groups


def test_family_of_a_sleutelouder_walks_with_others():
    mine = a_party("h3", "ar", 2, child_ids=frozenset({"p3"}))
    parties = (a_party("h1", "ar", 6), a_party("h2", "ti", 6), mine)
    mother = a_person("mother", speaks=("ar",), children=frozenset({"p3"}))
    post = a_post(mother, "sleutelouder", "ar", guests={"ar": ("p1",)})

    groups = a_brief(parties=parties, posts=[post], group_size=8).groups()

    assert [sorted(group.families) for group in groups if mine in group.parties] == [["ar", "ti"]]


def test_class_is_a_group_with_its_name():
    parties = (a_party("h1", class_ids=("k1", "k2")), a_party("h2", class_ids=("k2",)), a_party("h3", class_ids=()))

    groups = a_brief(Shape.CLASSES, parties=parties).groups()

    assert [(group.id, group.label, len(group.parties)) for group in groups] == [
        ("k2", "Klas 2B", 1), ("k1", "Klas 1A", 1),
    ]  # fmt: skip


def test_helpers_are_guides_first_and_who_is_ill_is_none():
    both = a_person("both", speaks=("ar",))
    posts = [a_post(both), a_post(both, "tolk", "ar", guests={"ar": ("p1",)}), a_post("ziek"), a_post("ander", "gast")]

    found = a_brief(posts=posts, setup=RouteSetup(absent=frozenset({"ziek"}))).helpers()

    assert [(helper.id, helper.task.value, helper.languages) for helper in found] == [("both", "gids", {"ar"})]


def test_hosts_are_at_their_own_sector_while_groups_go_round():
    posts = [
        a_post("an", "vakdocent", "zorg", sector="zorg"),
        a_post("bo", "gast", "zorg", sector="zorg"),
        a_post("co", "vakdocent", "bouw", sector="bouw"),
        a_post("te-vroeg", "coordinator", rows=("start",)),
        a_post("gids"),
        a_post("tolk", "tolk", "ar", guests={"ar": ("p1",)}),
    ]
    brief = a_brief(posts=posts)

    assert [[person.id for person in brief.hosts(stop)] for stop in brief.stops] == [["an", "bo"], ["co"]]
    shared = a_brief(posts=posts, setup=RouteSetup(extra=("zorg",)))
    assert [[person.id for person in shared.hosts(stop)] for stop in shared.stops] == [["an"], ["bo"], ["co"]]
    assert a_brief().hosts(shared.stops[1]) == ()
    open_end = (a_row("rondes", "19:00", None, places=("lokaal",)),)
    assert [len(a_brief(posts=posts, rows=open_end).hosts(stop)) for stop in brief.stops] == [2, 1]


def test_evening_for_one_sector_has_hosts_at_stops_for_everybody():
    brief = a_brief(sectors=("event",), posts=[a_post("an", "nt2-contact", sector="mbo")])

    assert [[person.id for person in brief.hosts(stop)] for stop in brief.stops] == [["an"]]


def test_parents_go_past_everybody_of_the_row_who_does_not_interpret():
    pupil = a_person("sami", speaks=("ar",), kind=PersonKind.VOLUNTEER)
    posts = [a_post(pupil, "leerling"), a_post("jan"), a_post("tolk", "tolk", "ar", guests={"ar": ("p1",)}),
             a_post("later", rows=("start",))]  # fmt: skip

    brief = a_brief(Shape.SPEED_DATE, posts=posts, parties=(a_party("h1", "ar", 3, adults=2),))
    problem = brief.problem(brief.groups())

    assert ([stop.id for stop in problem.stops], [walker.id for walker in problem.walkers]) == (
        ["sami", "jan"], ["h1/1", "h1/2"],
    )  # fmt: skip
    assert problem.one_of == {"h1/1": {"sami"}, "h1/2": {"sami"}}
    leeway = leeway_of(brief)
    assert (leeway.topic_name, leeway.walker_names, leeway.fewest_groups) == ("gesprekje", "ouders", 2)


def test_time_slots_count_interpreters_of_each_language():
    tolk = a_person("tolk", speaks=("ar",))
    posts = [a_post("jan"), a_post(tolk, "tolk", "ar", guests={"ar": ("p1",)})]

    brief = a_brief(Shape.SLOTS, posts=posts)
    problem = brief.problem(())

    assert [(limit.about, limit.walkers, limit.most) for limit in problem.limits] == [("Arabisch", {"h1"}, 1)]
    assert leeway_of(brief).walker_name == "gezin"


def test_groups_alone_have_nothing_to_see_and_a_tour_waits_no_longer_than_a_round():
    brief = a_brief(Shape.GROUPS)

    assert (brief.problem(brief.groups()).wanted, brief.problem(brief.groups()).stops) == (0, ())
    tour = a_brief(Shape.TOUR)
    assert tour.problem(tour.groups()).longest_wait == 1
    assert (brief.guests, leeway_of(a_brief()).topic_names, leeway_of(tour).topic_names) == ((), "sectoren", "plekken")


def test_wishes_of_a_class_count_for_each_of_its_families():
    setup = RouteSetup(wishes={"k1": {"zorg": 2, "bouw": 1}, "k2": {"zorg": 1}})
    brief = a_brief(setup=setup, parties=(a_party("h1", class_ids=("k1", "k2")), a_party("h2", class_ids=("k1",))))

    problem = brief.problem(brief.groups())

    assert problem.wishes == {"g1": {"zorg": 5, "bouw": 2}}


@pytest.mark.parametrize(
    ("kind", "amount", "topics", "field", "value"),
    [
        (RepairKind.FULLER, 4, (), "most_groups", 4),
        (RepairKind.ROUNDS, 6, (), "rounds", 6),
        (RepairKind.FEWER, 3, (), "wanted", 3),
        (RepairKind.SHARE, 1, ("zorg",), "shared", ("bouw", "zorg")),
        (RepairKind.ROOMS, 1, ("zorg",), "extra", ("bouw", "zorg")),
        (RepairKind.SHORTER, 15, (), "session_minutes", 15),
    ],
)
def test_smallest_change_is_taken_over(kind, amount, topics, field, value):
    setup = RouteSetup(shared=("bouw",), extra=("bouw",), rounds=9)

    done = repaired(setup, Repair(kind=kind, amount=amount, what="", topics=topics))

    assert getattr(done, field) == value
    assert done.rounds == {RepairKind.SHORTER: None, RepairKind.ROUNDS: 6}.get(kind, 9)


FAMILIES = tuple(a_party(f"h{n}", "ar", 4, adults=2, child_ids=frozenset({f"p{n}"})) for n in range(6))
EVENINGS = (frozenset({"p0", "p1", "p2"}), frozenset({"p3", "p4"}))


@pytest.mark.parametrize(("shape", "most"), [(Shape.CAROUSEL, 2), (Shape.SPEED_DATE, 8), (Shape.SLOTS, 4)])
def test_evenings_are_counted_as_the_families_really_divide(shape, most):
    """Who is in no division (a family that came after all) comes on the first evening: four families there."""
    brief = a_brief(shape, parties=FAMILIES, divisions=(EVENINGS,), group_size=8)

    assert leeway_of(brief).evening_groups == (most,)
    assert (
        leeway_of(brief, fits=True).evening_groups == leeway_of(a_brief(shape, parties=FAMILIES)).evening_groups == ()
    )


@pytest.mark.parametrize(
    ("shape", "facts", "can"),
    [
        (Shape.CAROUSEL, {"wanted": 1}, True),
        (Shape.CAROUSEL, {"wanted": 0}, False),  # everybody sees everything: one more is one more for all
        (Shape.CAROUSEL, {"wanted": 1, "sectors": ("event",)}, False),
        (Shape.TOUR, {"wanted": 1}, False),
        (Shape.SLOTS, {}, True),
        (Shape.SPEED_DATE, {}, True),
    ],
)
def test_another_topic_helps_when_not_everybody_has_to_see_it(shape, facts, can):
    assert leeway_of(a_brief(shape, **facts)).can_add_topics is can


@pytest.mark.parametrize(("setup", "talks"), [({}, 5), ({"rounds": 9}, 5), ({"rounds": 1}, 1), ({"wanted": 2}, 2)])
def test_parents_talk_in_each_round_of_the_runbook_and_a_round_more_asks_no_talk_more(setup, talks):
    assert a_brief(Shape.SPEED_DATE, setup=RouteSetup(**setup)).problem(()).wanted == talks


def test_one_decision_is_taken_back_and_another_evening_gets_the_lasting_ones():
    setup = RouteSetup(rounds=6, extra=("zorg",), lost=frozenset({"x"}), late=frozenset({"h9"}))

    assert taken_back(setup, "rounds") == replace(setup, rounds=None)
    assert taken_back(taken_back(decisions_of(setup), "rounds"), "extra") == RouteSetup()
