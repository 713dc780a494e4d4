"""The pages of a round over HTTP: every form, with and without sense; a phone without JavaScript can do it all."""

import re

import pytest
from browsing import Browser
from demoschool import NOW, ROUND

from planner.domain.access.rights import Role
from planner.services import tasks
from planner.services.talks.talkround import read_round

PAGE = f"/gesprekken/{ROUND}"
LENGTHS = {"plain": 25, "interpreted": 40, "extra": 30, "pause": 5, "siblings": 20, "apart": 30, "joint": 15}


@pytest.fixture
def found(demo):
    def now():
        with demo.app.app_context():
            return read_round(demo.workspace, ROUND)

    return now


def free(found):
    return next(slot for slot in found().plan if not slot.stays)


def said(browser, answer):
    """Return what the page says after a form was sent."""
    assert answer.status_code == 302
    page = browser.look(answer.location)
    return re.findall(r'<p class="melding[^>]*>([^<]*)<', page)


def test_list_leads_to_every_round(coordinator):
    page = coordinator.look("/gesprekken")

    paths = re.findall(r'<a href="(/gesprekken/[^"]+)"', page)
    assert len(paths) == 8
    assert coordinator.get(paths[-1]).status_code == 200


def test_round_links_every_talk(coordinator, found):
    page = coordinator.look(PAGE)

    assert {slot.talk_id for slot in found().plan} <= set(re.findall(rf'{PAGE}/gesprek/([^"?]+)"', page))


def test_planning_is_a_task_that_comes_back(demo, coordinator):
    address = coordinator.post(f"{PAGE}/plannen").location
    with demo.app.app_context():
        tasks.run_next(demo.workspace, now=NOW)

    assert coordinator.get(address).location == PAGE


def test_trying_a_moment_changes_nothing(coordinator, found):
    slot, before = free(found), found().plan
    others = next(each for each in before if each.talk_id != slot.talk_id)

    page = coordinator.look(f"{PAGE}/gesprek/{slot.talk_id}?day={others.day}&start=21:00&interpreter=")

    assert "Dit gaat dan niet goed" in page
    assert found().plan == before
    same = f"day={slot.day}&start={slot.start // 60:02}:{slot.start % 60:02}&interpreter={slot.interpreter_id}"
    assert "Deze tijd past" in coordinator.look(f"{PAGE}/gesprek/{slot.talk_id}?{same}")


def test_move_and_let_go(coordinator, found):
    slot = free(found)
    address = f"{PAGE}/gesprek/{slot.talk_id}"
    fields = {"day": slot.day, "start": "18:00", "interpreter": slot.interpreter_id, "pin": "1"}

    assert said(coordinator, coordinator.post(f"{address}/verzetten", **fields)) == ["Het gesprek is verzet."]

    moved = next(each for each in found().plan if each.talk_id == slot.talk_id)
    assert (moved.start, moved.pinned) == (1080, True)
    assert coordinator.post(f"{address}/losmaken").status_code == 302
    assert not next(each for each in found().plan if each.talk_id == slot.talk_id).pinned


def test_confirm_and_not(coordinator, found):
    address = f"{PAGE}/gesprek/{free(found).talk_id}"

    coordinator.post(f"{address}/bevestigen", confirmed="1")
    assert "Geen enkel plan verandert deze tijd" in coordinator.look(address)
    coordinator.post(f"{address}/bevestigen")
    assert "Ja, bevestigd" in coordinator.look(address)


def test_missed_evening(coordinator, found):
    address = f"{PAGE}/gesprek/{free(found).talk_id}"

    assert said(coordinator, coordinator.post(f"{address}/inhalen", missed="1")) == [
        "Bewaard. De lengte van het gesprek is veranderd."
    ]
    assert "haalt een avond in" in coordinator.look(address)


def test_lengths(coordinator, found):
    sent = coordinator.post(f"{PAGE}/lengtes", **LENGTHS, rest_from="17:00", rest_until="17:30")

    assert said(coordinator, sent) == ["Bewaard, voor elke ronde. Plan of herstel de gesprekken."]
    assert found().problem.times.plain == 25
    coordinator.post(f"{PAGE}/lengtes", **LENGTHS)
    assert len({window.start for window in found().problem.windows}) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"plain": "veel"}, "is geen aantal minuten"),
        ({"plain": "²"}, "is geen aantal minuten"),
        ({"rest_from": "17:00"}, "een begin en een eind"),
        ({"rest_from": "17:00", "rest_until": "25:99"}, "is geen tijd"),
    ],
)
def test_odd_lengths(coordinator, change, sentence):
    answer = coordinator.post(f"{PAGE}/lengtes", **LENGTHS | change)

    assert answer.status_code == 400
    assert sentence in answer.text


def test_hours(coordinator, found):
    day = found().problem.days[0].isoformat()
    fields = {"day": day, f"start_{day}": "14:00", f"end_{day}": "20:00"}

    coordinator.post(f"{PAGE}/uren", **fields)

    assert [(window.start, window.end) for window in found().problem.windows] == [(840, 1200)]
    assert coordinator.post(f"{PAGE}/uren", day="morgen").status_code == 400


def test_somebody_cannot_come(coordinator, found):
    person, day = found().problem.talks[0].mentors[0], found().problem.days[0]

    coordinator.post(f"{PAGE}/afwezig", person_id=person, first=day, last=day)
    coordinator.post(f"{PAGE}/afwezig", person_id=person, first=found().problem.days[1])
    assert "is er niet op" in coordinator.look(PAGE)
    coordinator.post(f"{PAGE}/terug", person_id=person, day=day)

    assert {each for _, each in found().stored.away} == {found().problem.days[1]}


def test_room_of_a_class(coordinator, found):
    talk, room = found().problem.talks[0], found().state.rooms[0]

    coordinator.post(f"{PAGE}/kamers", **{f"room_{talk.class_id}": room.id})

    assert found().room_name(talk) == room.name


def test_wish(coordinator, found):
    home = found().problem.talks[0].household_ids[0]
    fields = {"weekday": ["1", "2", "9"], "earliest": "16:00", "latest": "18:00", "apart": "1", "at_once": "1"}

    coordinator.post(f"{PAGE}/wens/{home}", **fields)

    wishes = [wish for talk in found().problem.talks if home in talk.household_ids for wish in talk.wishes]
    assert {(tuple(sorted(wish.weekdays)), wish.earliest, wish.latest) for wish in wishes} == {((1, 2), 960, 1080)}


def test_publishing_tells_how_many(coordinator, found):
    slot = free(found)
    address = f"{PAGE}/gesprek/{slot.talk_id}"
    coordinator.post(f"{address}/verzetten", day=slot.day, start="18:00", interpreter=slot.interpreter_id)

    answer = coordinator.post(f"{PAGE}/publiceren")

    assert said(coordinator, answer)[-1] == "Gepubliceerd. In de agenda’s veranderde 1 gesprek."


def test_family_page_and_clean_up_know_the_talks(coordinator, found):
    slot = found().plan[0]
    home = found().talk(slot.talk_id).household_ids[0]

    assert "Gesprekken</h2>" in coordinator.look(f"/huishoudens/{home}")
    assert "afspraken van rondes" in coordinator.look("/instellingen/opruimen")


def test_pdf_of_the_own_class(demo, coordinator, found):
    talk = found().plan[0].talk_id

    address = coordinator.post(f"/activiteit/{ROUND}/pdf", sheet="afspraken", gesprek=talk, van="gesprekken").location

    with demo.app.app_context():
        tasks.run_next(demo.workspace, now=NOW)
    answer = coordinator.get(f"{address}/bestand")
    assert answer.data.startswith(b"%PDF")


@pytest.fixture
def mentor(demo):
    browser = Browser(demo)
    browser.sign_in_as(Role.MENTOR)
    return browser


def test_mentor_prints_the_own_class_and_comes_back_to_the_round(demo, mentor, found):
    page = mentor.look(PAGE)
    assert f'href="/activiteit/{ROUND}/blad/mentoren"' in page
    names = {talk.class_id: talk.about for talk in found().problem.talks}

    shown = mentor.look(f"/activiteit/{ROUND}/blad/mentoren")
    assert (names.pop(demo.facts.class_id) in shown, [name for name in names.values() if name in shown]) == (True, [])
    assert f'<a href="{PAGE}">' in shown

    address = mentor.post(f"/activiteit/{ROUND}/pdf", sheet="mentoren", van="gesprekken").location
    with demo.app.app_context():
        tasks.run_next(demo.workspace, now=NOW)
    assert mentor.get(f"{address}/bestand").data.startswith(b"%PDF")
    assert f'href="{PAGE}#papier"' in mentor.look(address)


@pytest.mark.parametrize("sheet", ["draaiboek", "uitnodigingen", "eigen-avond", "plattegrond"])
def test_mentor_gets_no_other_sheet(mentor, sheet):
    mentor.get(PAGE)

    assert mentor.get(f"/activiteit/{ROUND}/blad/{sheet}").status_code == 404
    assert mentor.post(f"/activiteit/{ROUND}/pdf", sheet=sheet).status_code == 404


def test_mentor_prints_no_card_of_another_class(demo, mentor):
    mentor.get(PAGE)

    answer = mentor.post(f"/activiteit/{ROUND}/pdf", sheet="afspraken", gesprek=demo.facts.foreign_talk)

    assert answer.status_code == 404
