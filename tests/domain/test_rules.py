from datetime import date

import pytest
from make import a_check, a_pupil, a_rule, a_runbook, a_school, a_year, an_event, an_occurrence, changed

from planner.domain.cycle import CheckKind
from planner.domain.requirements import Violation
from planner.domain.rules import cost, invited, plan_from, requirements, rule_title, validate_year
from planner.domain.runbook import Clause
from planner.domain.year import PlannedEvent, Span

FIRST, LAST = date(2026, 9, 1), date(2027, 6, 30)
ORDER = a_rule(a_check(CheckKind.ORDER, "welkom", ["markt"]), rule_id="C04", title="Eerst Welkom")
SCHOOL = a_school([a_pupil("p1"), a_pupil("p2", started=date(2026, 12, 1))])


def year(**facts):
    runbooks = [
        a_runbook(id=name, title=name.capitalize(), audience=(Clause(phases=(1,)),)) for name in ("welkom", "markt")
    ]
    occurrences = [
        an_occurrence(name, runbook_id=name, title=name.capitalize(), first=FIRST, last=LAST, pupil_ids=("p1", "p2"))
        for name in ("welkom", "markt")
    ]
    return a_year(*occurrences, runbooks=runbooks, school=SCHOOL, rules=[ORDER], **facts)


TUESDAY, WEDNESDAY = date(2026, 10, 6), date(2026, 10, 7)
WRONG_ORDER = {"markt": TUESDAY, "welkom": WEDNESDAY}
SUNDAY = date(2026, 10, 11)


def rules_broken(problem, dates):
    return [violation.rule for violation in validate_year(problem, plan_from(problem, dates))]


def test_plan_is_in_order_of_date_with_who_is_invited():
    plan = plan_from(year(), {"welkom": date(2026, 12, 8), "markt": TUESDAY})

    assert plan == (
        PlannedEvent(id="markt", runbook_id="markt", span=Span(first=TUESDAY, last=TUESDAY), pupil_ids=("p1",)),
        PlannedEvent(
            id="welkom",
            runbook_id="welkom",
            span=Span(first=date(2026, 12, 8), last=date(2026, 12, 8)),
            pupil_ids=("p1", "p2"),
        ),
    )
    assert invited(year(), "markt", TUESDAY) == ("p1",)


def test_rule_that_the_school_overrides_is_not_judged():
    assert rules_broken(year(), WRONG_ORDER) == ["C04"]
    assert rules_broken(year(overrides={"C04": "Dit jaar andersom."}), WRONG_ORDER) == []
    assert "C04" not in {rule.rule for rule in requirements(year(overrides={"C04": "Zo."}))}


def test_audience_rule_can_be_overridden():
    problem = year()
    rules = (a_rule(a_check(CheckKind.LEAVES_WITHIN, "markt", hard=True, months=2), rule_id="C12"),)
    problem = changed(problem, cycle=changed(problem.cycle, rules=rules))
    dates = {"welkom": TUESDAY, "markt": WEDNESDAY}

    assert rules_broken(problem, dates) == ["C12"]
    assert rules_broken(changed(problem, overrides={"C12": "Iedereen mag."}), dates) == []


@pytest.mark.parametrize(("rule", "day"), [("K01", SUNDAY), ("K02", date(2027, 7, 20)), ("K12", date(2026, 10, 13))])
def test_fixed_rule_holds_even_when_an_override_names_it(rule, day):
    problem = year(overrides={rule: "Toch."}, pins={"markt": TUESDAY} if rule == "K12" else {})

    assert rule in rules_broken(problem, {"welkom": WEDNESDAY, "markt": day})


def test_year_must_be_complete():
    problem = year()
    (welkom,) = plan_from(problem, {"welkom": TUESDAY})
    plan = (welkom, changed(welkom, span=Span(first=WEDNESDAY, last=WEDNESDAY)), an_event(event_id="feest"))

    assert [(v.rule, v.hard, v.where, v.why) for v in validate_year(problem, plan)] == [
        ("K13", True, "feest", "'feest' hoort niet bij dit jaar."),
        ("K13", True, "markt", "'Markt' heeft geen datum."),
        ("K13", True, "welkom", "'Welkom' heeft meer dan één datum."),
    ]


def test_hard_violations_come_first():
    found = validate_year(year(), plan_from(year(), {"welkom": SUNDAY, "markt": TUESDAY}))

    assert [(v.rule, v.hard) for v in found] == [("K01", True), ("K03", True), ("C04", False)]


def test_cost_is_the_weight_of_soft_violations():
    soft = Violation(rule="C04", hard=False, where="markt", why="Nee.", weight=10)
    hard = changed(soft, hard=True)

    assert cost([]) == 0
    assert cost([soft, soft, hard]) == 20


def test_rule_has_a_title():
    assert rule_title(year(), "K01") == "Op een schooldag"
    assert rule_title(year(), "C04") == "Eerst Welkom"
    with pytest.raises(KeyError):
        rule_title(year(), "C99")
