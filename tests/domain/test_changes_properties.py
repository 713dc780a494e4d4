from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changes import Facts, apply, changes

MOMENTS = st.sampled_from([datetime(2026, 10, day, 17, tzinfo=UTC) for day in range(1, 4)])
FACTS = st.builds(
    Facts,
    id=st.sampled_from("abcd"),
    title=st.sampled_from(["Welkom", "Markt"]),
    start=MOMENTS,
    end=MOMENTS,
    place=st.sampled_from(["", "Aula"]),
    people=st.lists(st.sampled_from(["Jan", "Fatma"]), max_size=2).map(tuple),
)
PLANS = st.lists(FACTS, unique_by=lambda facts: facts.id, max_size=4)


@given(PLANS)
def test_plan_differs_from_itself_by_nothing(plan):
    assert changes(plan, reversed(plan)) == ()


@given(PLANS, PLANS)
def test_applying_the_changes_gives_the_new_plan(before, after):
    assert apply(before, changes(before, after)) == tuple(sorted(after, key=lambda facts: facts.id))


@given(PLANS, PLANS)
def test_there_and_back_are_the_same_differences(before, after):
    there, back = changes(before, after), changes(after, before)

    assert [(c.id, c.before, c.after) for c in there] == [(c.id, c.after, c.before) for c in back]
