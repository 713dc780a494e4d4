from datetime import UTC, date, datetime, timedelta

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import delete, select, update

from planner.domain.calendar import DAY
from planner.errors import NotFoundError
from planner.services.state import load_state
from planner.services.views import Change
from planner.services.year import feeds, planning, publishing
from planner.storage.db import writing
from planner.storage.events import save_plan
from planner.storage.models import DutyRow, FeedEntryRow, FeedRow, PublicationRow, RoomUseRow
from planner.storage.records import bump_revision

LATER = NOW + timedelta(hours=1)
MARKET = "interessemarkt"
FREE_DAY = date(2027, 2, 9)


def body(workspace, whose="year"):
    return feeds.body_for(workspace, whose, now=NOW)


def move_market(workspace, day=FREE_DAY):
    planning.move(workspace, MARKET, day, pin=False, now=LATER)


def drop_market(workspace):
    """Take the market out of the plan, as a plan without it would."""
    state = load_state(workspace)
    kept = tuple(event for event in state.events if event.planned.id != MARKET)
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_plan(workspace.session, [event.occurrence for event in kept], tuple(e.planned for e in kept), now=LATER)


def entry(workspace):
    """Return the line of the market in the calendar of the year."""
    session = workspace.session
    session.rollback()
    year = session.scalar(select(FeedRow.id).where(FeedRow.person_id.is_(None)))
    return session.get(FeedEntryRow, (year, f"{load_state(workspace).event(MARKET).uid}@schakelplan"))


def revisions(workspace):
    workspace.session.rollback()
    return dict(map(tuple, workspace.session.execute(select(FeedRow.person_id, FeedRow.revision))))


def changed(workspace):
    return publishing.unpublished(workspace, load_state(workspace))


def test_edit_is_in_no_calendar(workspace):
    before = contents(workspace.session)

    move_market(workspace)

    after = contents(workspace.session)
    assert [after[name] for name in ("feed", "feed_entry", "publication")] == [
        before[name] for name in ("feed", "feed_entry", "publication")
    ]


def test_published_edit_is_in_the_calendar(workspace):
    move_market(workspace)

    count = publishing.publish(workspace, by="Marieke", now=LATER)

    assert (count, entry(workspace).data["start"]) == (1, "2027-02-09T14:30:00+00:00")


def test_moved_event_keeps_its_uid_and_counts_up(workspace):
    before = entry(workspace)
    uid, sequence = before.uid, before.sequence
    move_market(workspace)

    publishing.publish(workspace, by="Marieke", now=LATER)

    after = entry(workspace)
    assert (after.uid, after.sequence, after.modified) == (uid, sequence + 1, LATER)


def test_only_calendars_that_changed_get_a_new_revision(workspace):
    before, guests = revisions(workspace), {p.id for _, _, p in load_state(workspace).duties_of(MARKET)}
    move_market(workspace)
    guests |= {p.id for _, _, p in load_state(workspace).duties_of(MARKET)}

    publishing.publish(workspace, by="Marieke", now=LATER)

    raised = {whose for whose, number in revisions(workspace).items() if number != before.get(whose)}
    assert raised == {None, *guests}


def test_new_revision_is_a_new_entity_tag(workspace):
    token = feeds.year_links(workspace, now=NOW).https.rpartition("/")[2].removesuffix(".ics")
    before = feeds.served(workspace, token).etag
    move_market(workspace)

    publishing.publish(workspace, by="Marieke", now=LATER)

    served = feeds.served(workspace, token)
    assert (served.etag == before, served.changed_at) == (False, LATER)


def test_publishing_twice_changes_nothing(workspace):
    move_market(workspace)
    publishing.publish(workspace, by="Marieke", now=LATER)
    rows, bytes_before = contents(workspace.session), body(workspace)

    count = publishing.publish(workspace, by="Marieke", now=LATER + timedelta(days=1))

    assert (count, contents(workspace.session), body(workspace)) == (0, rows, bytes_before)


def test_publication_is_kept_with_its_number_and_who_did_it(workspace):
    move_market(workspace)

    publishing.publish(workspace, by="Marieke", now=LATER)

    last = publishing.last_publication(workspace)
    assert (last.number, last.by, last.published_at) == (2, "Marieke", LATER)


def test_first_publication_has_number_one(workspace):
    assert publishing.last_publication(workspace).number == 1


def test_dropped_event_is_cancelled(workspace):
    uid = entry(workspace).uid
    drop_market(workspace)

    publishing.publish(workspace, by="Marieke", now=LATER)

    lines = body(workspace).decode().split("BEGIN:VEVENT\r\n")
    mine = next(text for text in lines if f"UID:{uid}\r\n" in text)
    assert [line for line in mine.split("\r\n") if line.startswith(("SEQUENCE", "STATUS", "SUMMARY"))] == [
        "SUMMARY:Vervalt: Interessemarkt",
        "SEQUENCE:1",
        "STATUS:CANCELLED",
    ]


def test_cancelled_event_is_not_cancelled_again(workspace):
    drop_market(workspace)
    publishing.publish(workspace, by="Marieke", now=LATER)
    before = body(workspace)

    publishing.publish(workspace, by="Marieke", now=LATER + timedelta(days=1))

    assert body(workspace) == before


@pytest.mark.parametrize(("days", "there"), [(30, True), (31, False)])
def test_cancelled_event_vanishes_thirty_days_after_its_day(workspace, days, there):
    uid = entry(workspace).uid
    drop_market(workspace)
    publishing.publish(workspace, by="Marieke", now=LATER)
    after = datetime(2027, 2, 3, 12, tzinfo=UTC) + days * DAY

    publishing.publish(workspace, by="Marieke", now=after)

    assert (f"UID:{uid}\r\n".encode() in body(workspace)) == there


def test_vanishing_is_a_new_revision(workspace):
    drop_market(workspace)
    publishing.publish(workspace, by="Marieke", now=LATER)
    before = revisions(workspace)[None]

    publishing.publish(workspace, by="Marieke", now=LATER + timedelta(days=365))

    assert revisions(workspace)[None] == before + 1


def test_event_that_comes_back_is_no_longer_cancelled(workspace):
    uid, state = entry(workspace).uid, load_state(workspace)
    drop_market(workspace)
    publishing.publish(workspace, by="Marieke", now=LATER)
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_plan(workspace.session, [event.occurrence for event in state.events], state.plan, now=LATER)

    publishing.publish(workspace, by="Marieke", now=LATER)

    back = entry(workspace)
    assert (back.uid, back.cancelled_at, back.sequence) == (uid, None, 2)


def test_nothing_to_tell_after_publishing(workspace):
    assert changed(workspace) == ()


def test_move_is_told_with_both_days(workspace):
    move_market(workspace)

    assert changed(workspace) == (
        Change(
            kind="verplaatst",
            title="Interessemarkt",
            before="woensdag 3 februari 2027, 15:30",
            after="dinsdag 9 februari 2027, 15:30",
        ),
    )


def test_drop_is_told(workspace):
    drop_market(workspace)

    assert changed(workspace) == (
        Change(kind="vervallen", title="Interessemarkt", before="woensdag 3 februari 2027, 15:30"),
    )


def test_other_rooms_are_told(workspace):
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(
            update(RoomUseRow)
            .where(RoomUseRow.event_id == MARKET, RoomUseRow.need_id == f"{MARKET}:centrale-hal:event")
            .values(room_id="r-gym")
        )

    assert changed(workspace) == (
        Change(kind="veranderd", title="Interessemarkt", after="Mensen of ruimtes zijn veranderd."),
    )


def test_everything_is_new_before_the_first_publication(workspace):
    with writing(workspace.session):
        workspace.session.execute(delete(PublicationRow))

    assert {change.kind for change in changed(workspace)} == {"nieuw"}


def test_two_who_publish_at_once_publish_once(workspace, other):
    move_market(workspace)
    publishing.unpublished(other, load_state(other))

    counts = [publishing.publish(each, by="Marieke", now=LATER) for each in (workspace, other)]

    assert counts == [1, 0]


def test_publishing_shows_what_somebody_else_just_changed(workspace, other):
    load_state(workspace)
    move_market(other)

    publishing.publish(workspace, by="Marieke", now=LATER)

    assert entry(workspace).data["start"][:10] == str(FREE_DAY)


def test_nothing_can_be_published_without_a_school(empty):
    with pytest.raises(NotFoundError, match=r"^Er is nog geen school ingericht.$"):
        publishing.publish(empty, by="Marieke", now=NOW)


def test_person_without_tasks_any_more_gets_them_cancelled(workspace):
    person_id = load_state(workspace).duties_of(MARKET)[0][2].id
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(delete(DutyRow).where(DutyRow.person_id == person_id))

    publishing.publish(workspace, by="Marieke", now=LATER)

    feed = workspace.session.scalar(select(FeedRow.id).where(FeedRow.person_id == person_id))
    cancelled = workspace.session.scalars(select(FeedEntryRow.cancelled_at).where(FeedEntryRow.feed_id == feed))
    assert set(cancelled) == {LATER}
