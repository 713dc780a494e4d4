import pytest

from planner.domain.families.reaching import Mark, ReachStep, next_step, steps_for

PUPIL, HELPER, MENTOR, PAPER = ReachStep.PUPIL, ReachStep.HELPER, ReachStep.MENTOR, ReachStep.PAPER


@pytest.mark.parametrize(
    ("has_helper", "days", "steps"),
    [
        (True, 10, (PUPIL, HELPER, MENTOR, PAPER)),
        (False, 3, (PUPIL, MENTOR, PAPER)),
        (True, 2, (PUPIL, HELPER, MENTOR)),
        (False, 0, (PUPIL, MENTOR)),
    ],
)
def test_steps_begin_at_home_and_paper_must_still_arrive(has_helper, days, steps):
    assert steps_for(has_helper=has_helper, days_left=days) == steps


@pytest.mark.parametrize(
    ("marks", "step"),
    [
        ({}, PUPIL),
        ({PUPIL: Mark.DONE}, HELPER),
        ({PUPIL: Mark.UNSURE}, HELPER),
        ({HELPER: Mark.DONE}, PUPIL),
        (dict.fromkeys(ReachStep, Mark.DONE), None),
    ],
)
def test_next_step_is_the_first_that_nobody_took(marks, step):
    assert next_step((PUPIL, HELPER, MENTOR, PAPER), marks) is step
