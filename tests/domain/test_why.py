from datetime import time

from make import a_need, a_person, a_plan, a_room, a_staff_problem, a_tolk

from planner.domain.staffing.people import PersonKind
from planner.domain.staffing.plan import Duty
from planner.domain.staffing.why import who_could, why_here

DOCENT, TOLK = "avond:docent:event", "avond:tolk:ar"
LANE = ("avond", None, "ar")


def why(problem, need_id, person_id="ali", plan=None, *, pinned=False):
    plan = a_plan((need_id, person_id)) if plan is None else plan
    return why_here(problem, plan, Duty(need_id=need_id, person_id=person_id, pinned=pinned))


def test_interpreter_is_there_for_the_language_and_nobody_else_can():
    problem = a_staff_problem(
        [a_tolk()], [a_person("ali", roles=("tolk",), speaks=("ar",), children=frozenset({"p9"}))]
    )

    assert why(problem, TOLK) == (
        "Ali spreekt Arabisch en heeft hier geen eigen kind, kan op dinsdag, doet dit jaar 1 avond; "
        "niemand anders kan dan."
    )


def test_one_other_who_could_is_named_and_more_are_counted():
    people = [a_person(name) for name in ("ali", "eva", "mo")]

    assert why(a_staff_problem([a_need()], people[:2]), DOCENT) == (
        "Ali heeft de rol 'Docent', kan op dinsdag, doet dit jaar 1 avond; ook Eva kan dit."
    )
    assert why(a_staff_problem([a_need()], people), DOCENT).endswith("nog 2 anderen kunnen dit ook.")


def test_who_does_the_task_already_is_nobody_else_who_could():
    problem = a_staff_problem([a_need()], [a_person("ali"), a_person("eva")])
    both = a_plan((DOCENT, "ali"), (DOCENT, "eva"))

    assert why(problem, DOCENT, plan=both).endswith("niemand anders kan dan.")


def test_mentor_and_who_belongs_in_the_room_are_there_for_that():
    mentor = a_person("ali", roles=("mentor",), class_id="k1", rooms=frozenset({"a1"}))
    need = a_need("avond:mentor:k1", class_id="k1", about="1A", rooms=(a_room(),))
    talks = a_need("avond:mentor:k1", class_id="k1", about="1A", spread=True)

    assert why(a_staff_problem([need], [mentor]), need.id) == (
        "Ali is mentor van 1A en hoort bij deze ruimte, kan op dinsdag, doet dit jaar 1 avond; niemand anders kan dan."
    )
    assert why(a_staff_problem([talks], [mentor]), talks.id) == "Ali is mentor van 1A."


def test_pinned_duty_says_so_and_what_it_breaks():
    late = a_person("ali", not_before=time(20))

    assert why(a_staff_problem([a_need()], [a_person("ali")]), DOCENT, pinned=True) == "Vastgezet door de school."
    assert why(a_staff_problem([a_need()], [late]), DOCENT, pinned=True) == (
        "Vastgezet door de school, maar kan pas vanaf 20:00."
    )
    assert why(a_staff_problem([a_need()], [late]), DOCENT) == "Dit kan niet meer: Ali kan pas vanaf 20:00."


def test_who_speaks_the_language_is_named_from_colleague_to_telephone():
    people = [
        a_person("ali", roles=("docent",), speaks=("ar",)),
        a_person("eva", roles=("oud-leerling",), speaks=("ar",), kind=PersonKind.ALUMNUS),
        a_person("sami", roles=("fase-2-leerling",), speaks=("ar",), kind=PersonKind.VOLUNTEER),
        a_person("thuis", roles=("docent",), speaks=("ar",), weekdays=frozenset()),
        a_person("ouder", roles=("docent",), speaks=("ar",), children=frozenset({"p1"})),
        a_person("stil", roles=("tolk",)),
    ]

    assert who_could(a_staff_problem([a_tolk()], people), (), LANE) == (
        "Vraag Ali, of oud-leerling Eva, of voor de lichte delen leerling Sami, of een tolk aan de telefoon."
    )


def test_nobody_leaves_the_telephone():
    assert who_could(a_staff_problem([a_tolk()]), (), LANE) == "Vraag een tolk aan de telefoon."


def test_interpreter_without_children_is_there_for_the_language_alone():
    problem = a_staff_problem([a_tolk(spread=True)], [a_person("ali", roles=("tolk",), speaks=("ar",))])

    assert why(problem, TOLK) == "Ali spreekt Arabisch."
