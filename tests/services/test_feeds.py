from datetime import timedelta

import pytest
from contents import contents
from demoschool import KEY, NOW
from sqlalchemy import delete, select, update

from planner.errors import NotFoundError
from planner.services.state import load_state
from planner.services.year import feeds, publishing
from planner.storage.db import writing
from planner.storage.models import FeedRow

LATER = NOW + timedelta(hours=1)
DEAD = r"^Deze agendalink werkt niet \(meer\)\. Vraag school om een nieuwe\.$"


def token_in(links):
    return links.https.rpartition("/")[2].removesuffix(".ics")


@pytest.fixture
def person(workspace):
    """Return somebody with tasks."""
    return load_state(workspace).duties_of("interessemarkt")[0][2]


@pytest.fixture
def links(workspace, person):
    return feeds.person_links(workspace, person.id, person.name, now=NOW)


def test_calendar_of_the_year_shows_every_event(workspace):
    body = feeds.body_for(workspace, "year", now=NOW)

    assert body.count(b"BEGIN:VEVENT\r\n") == len(load_state(workspace).events)


def test_calendar_of_the_year_names_nobody(workspace):
    body = feeds.body_for(workspace, "year", now=NOW).decode().replace("\r\n ", "")
    state = load_state(workspace)
    names = {person.name for person in state.people} | {home.name for home in state.school.households}

    assert {name for name in names if name in body} == set()


def test_calendar_of_a_person_shows_their_own_events_only(workspace, person):
    state = load_state(workspace)
    mine = {event.uid for event in state.events if person.id in {p.id for _, _, p in state.duties_of(event.planned.id)}}

    body = feeds.body_for(workspace, person.id, now=NOW).decode().replace("\r\n ", "")

    shown = {line[4:] for line in body.split("\r\n") if line.startswith("UID:")}
    assert shown == {f"{uid}.{person.id}@schakelplan" for uid in mine}


def test_calendar_of_a_person_without_tasks_is_empty(workspace):
    state = load_state(workspace)
    busy = {person.id for event in state.events for _, _, person in state.duties_of(event.planned.id)}
    idle = next(person for person in state.people if person.id not in busy)

    assert feeds.body_for(workspace, idle.id, now=NOW).count(b"BEGIN:VEVENT") == 0


def test_round_of_conversations_fills_days(workspace):
    body = feeds.body_for(workspace, "year", now=NOW)

    assert b"DTSTART;VALUE=DATE:20270301\r\nDTEND;VALUE=DATE:" in body


def test_lines_end_with_crlf(workspace):
    body = feeds.body_for(workspace, "year", now=NOW)

    assert body.count(b"\n") == body.count(b"\r\n") > 100


def test_calendar_of_somebody_unknown(workspace):
    with pytest.raises(NotFoundError) as unknown:
        feeds.body_for(workspace, "jan", now=NOW)

    assert str(unknown.value) == '"jan" is geen persoon van deze school. Gebruik het id van een persoon, of "year".'


def test_installation_without_school_has_no_calendar_and_keeps_none(empty):
    with pytest.raises(NotFoundError, match=r"^Er is nog geen school ingericht.$"):
        feeds.body_for(empty, "year", now=NOW)

    assert contents(empty.session)["feed"] == []


def test_addresses_of_a_calendar(workspace, links, person):
    token = token_in(links)

    assert (links.name, links.https, links.webcal, links.google) == (
        person.name,
        f"http://localhost/agenda/{token}.ics",
        f"webcal://localhost/agenda/{token}.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Fagenda%2F{token}.ics",
    )
    assert workspace


def test_calendar_of_the_year_is_named_after_school_and_year(workspace):
    assert feeds.year_links(workspace, now=NOW).name == "ISK De Ankerplaats 2026-2027"


def test_link_gives_the_same_bytes_as_the_command(workspace, links, person):
    assert feeds.served(workspace, token_in(links)).body() == feeds.body_for(workspace, person.id, now=NOW)


def test_name_says_whose_tasks_these_are(workspace, links):
    body = feeds.served(workspace, token_in(links)).body()

    assert b"\r\nX-WR-CALNAME:Mijn taken: ISK De Ankerplaats 2026-2027\r\n" in body


def test_asking_again_writes_nothing(workspace, person, links):
    before = contents(workspace.session)

    again = feeds.person_links(workspace, person.id, person.name, now=LATER)

    assert (again, contents(workspace.session)) == (links, before)


def test_serving_writes_nothing(workspace, links):
    before = contents(workspace.session)

    feeds.served(workspace, token_in(links)).body()

    assert contents(workspace.session) == before


def test_made_up_link(workspace):
    with pytest.raises(NotFoundError, match=DEAD):
        feeds.served(workspace, "a" * 28)


def test_revoked_link(workspace, links):
    with writing(workspace.session):
        workspace.session.execute(update(FeedRow).values(revoked_at=NOW))

    with pytest.raises(NotFoundError, match=DEAD):
        feeds.served(workspace, token_in(links))


def test_renewed_link_ends_the_old_one(workspace, person, links):
    feeds.renew(workspace, person_id=person.id, now=LATER)

    with pytest.raises(NotFoundError, match=DEAD):
        feeds.served(workspace, token_in(links))


def test_renewed_link_gives_the_same_calendar(workspace, person, links):
    before = feeds.served(workspace, token_in(links))
    feeds.renew(workspace, person_id=person.id, now=LATER)

    renewed = feeds.served(workspace, token_in(feeds.person_links(workspace, person.id, "", now=LATER)))

    assert (renewed.etag, renewed.body()) == (before.etag, before.body())


def test_renewing_one_link_leaves_the_others(workspace, person):
    year = token_in(feeds.year_links(workspace, now=NOW))

    feeds.renew(workspace, person_id=person.id, now=LATER)

    assert feeds.served(workspace, year).body().count(b"BEGIN:VCALENDAR") == 1


def test_link_can_be_renewed_before_it_was_ever_asked_for(workspace):
    person = load_state(workspace).people[-1]
    with writing(workspace.session):
        workspace.session.execute(delete(FeedRow))

    feeds.renew(workspace, person_id=person.id, now=LATER)

    row = workspace.session.scalar(select(FeedRow).where(FeedRow.person_id == person.id))
    assert row.generation == 2


def test_link_of_somebody_unknown_cannot_be_renewed(workspace):
    with pytest.raises(NotFoundError, match=r"^Deze persoon is er niet.$"):
        feeds.renew(workspace, person_id="jan", now=LATER)


def test_another_key_ends_every_link_at_once(open_workspace, links):
    restarted = open_workspace(secret_key="another-" + KEY)

    with pytest.raises(NotFoundError, match=DEAD):
        feeds.served(restarted, token_in(links))


def test_another_key_gives_new_links_that_work(open_workspace, person, links):
    restarted = open_workspace(secret_key="another-" + KEY)

    renewed = feeds.person_links(restarted, person.id, person.name, now=LATER)

    assert (renewed == links, feeds.served(restarted, token_in(renewed)).body()) == (
        False,
        feeds.body_for(restarted, person.id, now=NOW),
    )


def test_publishing_with_another_key_makes_every_link_good(open_workspace):
    restarted = open_workspace(secret_key="another-" + KEY)

    publishing.publish(restarted, by="Marieke", now=LATER)

    before = contents(restarted.session)
    feeds.year_links(restarted, now=LATER)
    assert contents(restarted.session) == before


def test_two_who_ask_for_a_new_link_at_once_get_the_same(workspace, other, person):
    with writing(workspace.session):
        workspace.session.execute(delete(FeedRow))

    links = [feeds.person_links(each, person.id, "", now=NOW) for each in (workspace, other)]

    assert links[0] == links[1]
