from make import (
    a_need,
    a_person,
    a_plan,
    a_role,
    a_row,
    a_runbook,
    a_school_of,
    a_staff_problem,
    a_tolk,
    an_event,
    an_occurrence,
    changed,
)

from planner.domain.staffing.gaps import Gap, gaps, nobody_at_all
from planner.domain.staffing.plan import Duty, covered_lanes, evenings, only_at, staff_event

TOLK = "avond:tolk:ar"


def whys(problem, plan=()):
    return [gap.why for gap in gaps(problem, plan)]


def test_staff_event_knows_its_people_and_needs():
    event = staff_event(
        an_event(("p1",)), a_runbook([a_role()], [a_row()]), a_school_of({"k1": ["ar"]}), an_occurrence()
    )

    assert (event.id, event.title, event.expected.persons) == ("avond", "Een avond", 2)
    assert [need.id for need in event.needs] == ["avond:docent:event"]


def test_duty_is_the_same_for_the_same_need_and_person():
    assert Duty(need_id="n", person_id="p", reason="a").key == Duty(need_id="n", person_id="p", pinned=True).key


def test_nothing_is_missing_from_nothing():
    assert gaps(a_staff_problem(), ()) == ()


def test_full_need_has_no_gap():
    problem = a_staff_problem([a_need()], [a_person()])

    assert gaps(problem, a_plan(("avond:docent:event", "jan"))) == ()


def test_gap_says_who_can_still_do_it():
    people = [a_person("jan"), a_person("eva"), a_person("ali"), a_person("mo", roles=())]

    assert gaps(a_staff_problem([a_need(minimum=4)], people[:1]), ()) == (
        Gap(need_id="avond:docent:event", missing=4, why="Jan kan dit nog doen."),
    )
    assert whys(a_staff_problem([a_need()], people)) == ["Jan of Eva kan dit nog doen."]


def test_gap_says_why_nobody_can():
    people = [a_person(name, weekdays=frozenset()) for name in ("jan", "eva", "ali", "mo")]

    assert whys(a_staff_problem([a_need()], people[:1])) == ["Jan kan niet op dinsdag."]
    assert whys(a_staff_problem([a_need()], people[:3])) == [
        "Jan kan niet op dinsdag; Eva kan niet op dinsdag; nog 1 ander kan ook niet."
    ]
    assert whys(a_staff_problem([a_need()], people)) == [
        "Jan kan niet op dinsdag; Eva kan niet op dinsdag; nog 2 anderen kunnen ook niet."
    ]


def test_gap_says_when_everybody_is_busy():
    people = [a_person(name, roles=("docent", "gast")) for name in ("jan", "eva", "ali")]
    problem = a_staff_problem([a_need(), a_need("avond:gast:event")], people)
    plan = a_plan(*(("avond:gast:event", person.id) for person in people))

    assert whys(problem, plan) == ["Iedereen die dit kan, heeft dan al een taak."]


def test_gap_names_the_role_nobody_has():
    problem = a_staff_problem([a_need(minimum=2)], [a_person("jan"), a_person("mo", roles=())])

    assert whys(a_staff_problem([a_need()])) == ["Niemand heeft de rol 'Docent'. Vraag er iemand bij."]
    assert whys(problem, a_plan(("avond:docent:event", "jan"))) == [
        "Niemand anders heeft de rol 'Docent'. Vraag er iemand bij."
    ]


def test_gap_for_a_round_asks_for_a_mentor_of_that_class():
    need = a_need("vg1:mentor:k1", spread=True, class_id="k1", about="1A")
    other = a_person("eva", roles=("mentor",), class_id="k2")
    own = a_person("jan", roles=("mentor",), class_id="k1")

    assert whys(a_staff_problem([need], [other])) == ["Voor 1A is nog geen mentor bekend. Geef de klas een mentor."]
    assert whys(a_staff_problem([need], [other, own])) == ["Jan kan dit nog doen."]


def test_language_that_nobody_speaks():
    assert gaps(a_staff_problem([a_tolk("so")], [a_person()]), ()) == (
        Gap(
            need_id="avond:tolk:so",
            missing=1,
            why="Niemand van de school spreekt Somalisch. "
            "Vraag een collega van een andere school of een telefonische tolk.",
            language="so",
        ),
    )


def test_language_with_a_speaker_who_cannot_come():
    fatima = a_person("fatima", roles=("tolk",), speaks=("ar",), weekdays=frozenset({0}))
    omar = a_person("omar", speaks=("ar",))

    assert whys(a_staff_problem([a_tolk()], [omar, fatima])) == [
        "Fatima spreekt Arabisch, maar kan niet op dinsdag; Omar heeft de rol 'Tolk' niet."
    ]


def test_language_is_missing_also_where_the_role_is_optional():
    problem = a_staff_problem([a_tolk(minimum=0, optional=True), a_need(optional=True)])

    assert [(gap.need_id, gap.missing, gap.language) for gap in gaps(problem, ())] == [(TOLK, 1, "ar")]


def test_language_that_two_roles_can_interpret_is_missing_once_at_the_one_that_must():
    tolk, parent = a_tolk(minimum=0, optional=True), a_tolk(role="sleutelouder", minimum=2)
    speaker = a_person("fatima", roles=("tolk",), speaks=("ar",))
    problem = a_staff_problem([tolk, parent], [speaker])

    assert gaps(problem, ()) == (
        Gap(need_id="avond:sleutelouder:ar", missing=2, why="Fatima kan dit nog doen.", language="ar"),
    )
    assert gaps(problem, a_plan((TOLK, "fatima"))) == (
        Gap(
            need_id="avond:sleutelouder:ar",
            missing=1,
            why="Niemand met de rol 'Sleutelouder' spreekt Arabisch. Vraag er iemand bij.",
        ),
    )


def test_need_for_several_languages_misses_each_of_them():
    need = a_need("avond:tolk:event", guests={"ar": ("p1",), "ti": ("p2",)}, minimum=2)
    person = a_person("fatima", roles=("tolk",), speaks=("ar",))

    found = gaps(a_staff_problem([need], [person]), a_plan(("avond:tolk:event", "fatima")))

    assert [(gap.missing, gap.language) for gap in found] == [(1, "ti"), (1, None)]
    assert found[1].why == "Niemand anders met de rol 'Tolk' spreekt Arabisch of Tigrinya. Vraag er iemand bij."


def test_classes_are_covered_each_on_their_own():
    one = a_need("avond:tolk:k1", class_id="k1", guests={"ar": ("p1",)})
    two = a_need("avond:tolk:k2", class_id="k2", guests={"ar": ("p2",)})
    problem = a_staff_problem([one, two], [a_person("fatima", roles=("tolk",), speaks=("ar",))])

    assert covered_lanes(problem, a_plan(("avond:tolk:k1", "fatima"))) == {("avond", "k1", "ar")}


def test_unknown_needs_and_people_fill_nothing():
    problem = a_staff_problem([a_need()], [a_person()])

    assert len(gaps(problem, a_plan(("avond:docent:event", "weg"), ("weg", "jan")))) == 1


def test_person_without_a_name_for_the_language_is_told_the_code():
    problem = a_staff_problem([a_tolk("yi")], names={})

    assert whys(problem)[0].startswith("Niemand van de school spreekt yi.")


def test_evenings_count_days_and_no_rounds():
    needs = [a_need(), a_need("avond:gast:event", "18:00", "19:00"), a_need("vg1:mentor:k1", spread=True)]

    assert evenings(needs) == 1


def test_problem_of_one_event_leaves_every_other_event_as_it_is():
    needs = [a_need("e1:docent:event", minimum=2), a_need("e2:docent:event", minimum=2)]
    problem = a_staff_problem(needs, [a_person("jan"), a_person("eva")])
    plan = a_plan(("e1:docent:event", "jan"), ("e2:docent:event", "eva"), ("weg", "eva"))

    one = only_at(problem, plan, {"e2"})

    assert one.pinned == plan[:1]
    assert [need.maximum for need in one.needs.values()] == [1, None]


def test_need_is_dressed_with_what_the_draaiboek_does_not_know():
    runbook, school = a_runbook([a_role()], [a_row()]), a_school_of({"k1": ["ar"]})

    event = staff_event(
        an_event(("p1",)), runbook, school, an_occurrence(), dress=lambda need: changed(need, barred=frozenset({"jan"}))
    )

    assert [need.barred for need in event.needs] == [frozenset({"jan"})]


def nobody(needs, people=(), plan=()):
    problem = a_staff_problem(needs, people)
    return nobody_at_all(problem, plan, problem.events[0])


def test_evening_to_which_nobody_can_come_gets_a_sentence_to_act_on():
    away = [a_person(name, weekdays=frozenset()) for name in ("ali", "eva")]

    assert nobody([a_need()], [*away, a_person("mo", consent=False), a_person("zara", roles=())]) == (
        "Voor deze avond is er nog niemand. Van de meeste mensen staat vast: kan niet op dinsdag. "
        "Verzet de avond, of vraag mensen van een andere school."
    )


def test_school_without_people_is_told_to_bring_them_in():
    assert nobody([a_need()]) == (
        "Voor deze avond is er nog niemand, en niemand heeft een rol die gevraagd wordt. "
        "Lees eerst de mensen in, met hun rollen."
    )


def test_evening_with_somebody_or_without_a_must_is_not_impossible():
    assert nobody([a_need()], [a_person("jan")], a_plan(("avond:docent:event", "jan"))) == ""
    assert nobody([a_need(minimum=0)]) == ""
