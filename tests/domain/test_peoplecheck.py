from make import TUESDAY, a_need, a_person, a_staff_problem, a_tolk

from planner.domain.staffing.people import Skill
from planner.domain.staffing.peoplecheck import odd_people

DOCENT = a_person("jan")


def odd(*people, needs=()):
    return odd_people(a_staff_problem(needs, people))


def test_ordinary_people_are_not_odd():
    assert odd(DOCENT, a_person("ali", roles=("tolk",), speaks=("ar",)), needs=[a_tolk(), a_need()]) == ()


def test_two_people_with_one_name_are_told_apart_by_nobody():
    [sentence] = odd(a_person("a", name="Mo  Ali"), a_person("b", name="mo ali"), DOCENT)

    assert sentence == (
        "Er zijn 2 mensen die mo ali heten. Zet er iets bij, zoals een klas of een letter; "
        "dan weet iedereen wie het is."
    )


def test_sleutelouder_without_a_language_is_told():
    weak = (Skill(language="ar", speaks=1), Skill(language="nl"))

    assert odd(a_person("ali", roles=("sleutelouder",), skills=weak)) == (
        "Ali zou tolken, maar er staat geen taal bij die goed genoeg is. Vul bij Talen een taal in.",
    )


def test_sleutelouder_who_cannot_come_to_the_only_evening_is_told():
    ali = a_person("ali", roles=("sleutelouder",), speaks=("ar",), unavailable=frozenset({TUESDAY}))
    need = a_tolk(role="sleutelouder")

    [sentence] = odd(ali, needs=[need])

    assert sentence == (
        "Ali kan bij geen enkele avond tolken waar dat nodig is: kan niet op dinsdag 6 oktober 2026. "
        "Vraag iemand anders, of verzet een avond."
    )
    assert odd(ali, needs=[need, a_tolk(role="sleutelouder", event_id="later", day=TUESDAY.replace(day=13))]) == ()


def test_who_may_not_be_asked_is_told_once():
    assert odd(a_person("ali", roles=("sleutelouder",), consent=False)) == (
        "Ali wordt nergens ingedeeld: er staat bij dat we niet mogen vragen.",
    )
