from make import a_person, a_plan, a_role, a_row, a_runbook, a_school_of, an_event, an_occurrence

from planner.domain.runbook import Per
from planner.domain.staffing.coverage import coverage
from planner.domain.staffing.plan import StaffProblem, staff_event


def test_matrix_holds_families_and_interpreters_of_each_language():
    school = a_school_of({"k1": ["ar", "ti", "ar", "nl"]})
    roles = [a_role("tolk", 0, Per.LANGUAGE, interprets=True), a_role("gids", per=Per.CLASS, interprets=True)]
    runbook = a_runbook(roles, [a_row(responsible=("tolk", "gids"))])
    event = staff_event(an_event(("p1", "p2", "p3", "p4")), runbook, school, an_occurrence())
    people = (a_person("ali", roles=("tolk",), speaks=("ar",)), a_person("eva", roles=("docent",), speaks=("ti",)))
    other = staff_event(an_event(("p1",), "later"), runbook, school, an_occurrence("later"))
    problem = StaffProblem(events=(event, other), people=people, school=school)

    cells = coverage(problem, a_plan(("avond:tolk:ar", "ali")), event)

    assert [(cell.language, cell.class_id, cell.families, cell.people, cell.need_id) for cell in cells] == [
        ("ar", None, 2, ("ali",), "avond:tolk:ar"),
        ("ar", "k1", 2, (), "avond:gids:k1"),
        ("ti", None, 1, (), "avond:tolk:ti"),
        ("ti", "k1", 1, (), "avond:gids:k1"),
    ]
    assert cells[0].help == ""
    assert cells[2].help == "Vraag Eva, of een tolk aan de telefoon."


def test_matrix_is_about_one_event():
    event = staff_event(an_event(), a_runbook(), a_school_of({}), an_occurrence())
    problem = StaffProblem(events=(event,), people=(), school=a_school_of({}))

    assert coverage(problem, (), event) == ()
