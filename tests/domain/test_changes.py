from datetime import UTC, datetime

import pytest
from make import changed

from planner.domain.changes import Change, ChangeKind, Facts, apply, changes

MARKET = Facts(
    id="markt",
    title="Interessemarkt",
    start=datetime(2027, 3, 11, 16, 0, tzinfo=UTC),
    end=datetime(2027, 3, 11, 18, 45, tzinfo=UTC),
    place="Aula",
    people=("Jan",),
)
LATER = datetime(2027, 3, 11, 19, 0, tzinfo=UTC)


def test_nothing_changed_is_no_change():
    assert changes([MARKET], [MARKET]) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, MARKET, ChangeKind.ADDED),
        (MARKET, None, ChangeKind.DROPPED),
        (MARKET, changed(MARKET, start=LATER), ChangeKind.MOVED),
        (MARKET, changed(MARKET, end=LATER), ChangeKind.MOVED),
        (MARKET, changed(MARKET, end=LATER, place="Hal"), ChangeKind.MOVED),
        (MARKET, changed(MARKET, place="Hal"), ChangeKind.ALTERED),
        (MARKET, changed(MARKET, people=()), ChangeKind.ALTERED),
        (MARKET, changed(MARKET, title="Markt"), ChangeKind.ALTERED),
    ],
)
def test_change_has_a_kind(before, after, kind):
    found = changes([before] if before else [], [after] if after else [])

    assert found == (Change(kind=kind, id="markt", before=before, after=after),)


def test_changes_come_in_order_of_id():
    one, two = changed(MARKET, id="b"), changed(MARKET, id="a")

    assert [change.id for change in changes([], [one, two])] == ["a", "b"]


def test_changes_are_applied_by_id():
    kitchen, hall = changed(MARKET, id="kijkje"), changed(MARKET, place="Hal")

    assert apply([MARKET, kitchen], changes([MARKET, kitchen], [hall])) == (hall,)
