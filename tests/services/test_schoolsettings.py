from datetime import date, time

import pytest
from contents import contents
from demoschool import NOW, YEAR
from sqlalchemy import select

from planner.errors import InputError, NotFoundError
from planner.services.state import load_state
from planner.services.year import planning, schoolsettings, yearpage
from planner.storage.models import OpenDayRow, PeriodOrigin, PeriodRow

PERIOD = {"name": "Studiedag", "first": "2026-11-05"}
OPEN_DAY = {"school": "ROC Noord", "day": "2027-01-20", "sector": "mbo"}
on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def form(workspace):
    """Return the main form as it is shown."""
    view = schoolsettings.view(workspace)
    return {
        "name": view.name,
        "region": view.region,
        "label": view.label,
        "first_day": str(view.first_day),
        "last_day": str(view.last_day),
        "market_last_year": "1" if view.market_last_year else "",
        "verder_split": str(view.verder_split),
        **{f"evening_{day}": start for day, _, start in view.evenings},
    }


@pytest.fixture
def feasts(workspace):
    return [key for key, _, on in schoolsettings.view(workspace).feasts if on]


def periods(workspace):
    return {
        (row.name, row.first, row.last, row.kind, row.origin) for row in workspace.session.scalars(select(PeriodRow))
    }


def test_settings_are_shown(workspace):
    view = schoolsettings.view(workspace)

    assert (view.name, view.region, view.label, view.evenings, view.verder_split) == (
        "ISK De Ankerplaats",
        "Midden",
        "2026-2027",
        (
            (0, "maandag", "15:30"),
            (1, "dinsdag", "15:30"),
            (2, "woensdag", "15:30"),
            (3, "donderdag", "15:30"),
            (4, "vrijdag", ""),
        ),
        2,
    )


def test_days_are_shown_in_order(workspace):
    view = schoolsettings.view(workspace)

    firsts, days = [first for _, _, first, *_ in view.periods], [day for _, _, day, _ in view.open_days]
    assert (firsts, days) == (sorted(firsts), sorted(days))


def test_same_form_changes_no_day(workspace, form, feasts):
    before = periods(workspace), load_state(workspace).calendar.first_day

    schoolsettings.save(workspace, form, feasts=feasts)

    assert (periods(workspace), load_state(workspace).calendar.first_day) == before


def test_evenings_are_kept(workspace, form, feasts):
    chosen = {"evening_0": "", "evening_1": "18:30", "evening_2": " ", "evening_3": "19:00", "evening_4": ""}

    schoolsettings.save(workspace, {**form, **chosen}, feasts=feasts)

    assert load_state(workspace).school.evenings == {1: time(18, 30), 3: time(19, 0)}


def test_time_with_a_zone_is_kept_as_a_time_of_day(workspace, form, feasts):
    schoolsettings.save(workspace, {**form, "evening_1": "18:30:15+02:00"}, feasts=feasts)

    assert load_state(workspace).school.evenings[1] == time(18, 30)


def test_market_and_split_are_kept(workspace, form, feasts):
    schoolsettings.save(workspace, {**form, "market_last_year": "", "verder_split": "3"}, feasts=feasts)

    school = load_state(workspace).school
    assert (school.market_last_year, school.verder_split) == (False, 3)


def test_feasts_are_switched_on_and_off(workspace, form):
    schoolsettings.save(workspace, form, feasts=["nowruz", "bestaat-niet"])

    feasts = {name for name, *_, kind, _ in periods(workspace) if kind in {"feest", "ramadan"}}
    assert (feasts, load_state(workspace).facts.feasts) == ({"Nowruz"}, ("nowruz",))


def test_holiday_that_the_school_took_away_stays_away(workspace, form, feasts):
    row = workspace.session.scalar(select(PeriodRow).where(PeriodRow.name == "Dodenherdenking"))
    schoolsettings.drop_period(workspace, row.id)

    schoolsettings.save(workspace, form, feasts=feasts)

    assert "Dodenherdenking" not in {name for name, *_ in periods(workspace)}


def test_other_region_brings_its_own_holidays_and_days(workspace, form, feasts):
    schoolsettings.save(workspace, {**form, "region": "Noord"}, feasts=feasts)

    state = load_state(workspace)
    autumn = next(
        period.first
        for period in state.calendar.periods
        if period.name == "Herfstvakantie" and period.first > date(2026, 8, 1)
    )
    assert (state.facts.region, autumn) == ("Noord", date(2026, 10, 10))


def test_days_of_the_school_itself_survive_another_region(workspace, form, feasts):
    own = {period for period in periods(workspace) if period[-1] is PeriodOrigin.OWN}

    schoolsettings.save(workspace, {**form, "region": "Zuid"}, feasts=feasts)

    assert {period for period in periods(workspace) if period[-1] is PeriodOrigin.OWN} == own


def test_other_first_and_last_day_are_kept(workspace, form, feasts):
    days = {"first_day": "2026-08-31", "last_day": "2027-07-02"}

    schoolsettings.save(workspace, {**form, **days}, feasts=feasts)

    calendar = load_state(workspace).calendar
    assert (calendar.first_day, calendar.last_day) == (date(2026, 8, 31), date(2027, 7, 2))


@on_one_database
def test_next_year_can_be_looked_at_and_planned(workspace, form, feasts):
    schoolsettings.save(workspace, {**form, "label": "2027-2028"}, feasts=feasts)

    outside = {violation.where for violation in load_state(workspace).violations if violation.rule == "K02"}
    view = yearpage.year_view(workspace, now=NOW)
    planning.propose(workspace, now=NOW)
    after = load_state(workspace)
    assert (len(outside), view.label, {e.planned.span.first >= date(2027, 8, 1) for e in after.events}) == (
        len(view.events),
        "2027-2028",
        {True},
    )


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"name": " "}, "Geef de school een naam van hooguit 80 tekens."),
        ({"name": "x" * 81}, "Geef de school een naam van hooguit 80 tekens."),
        ({"name": "a\u202eb"}, "Geef de school een naam van hooguit 80 tekens."),
        ({"evening_1": "half 7"}, 'Bij dinsdag staat "half 7". Schrijf een tijd als 18:30, of laat het vak leeg.'),
        (
            {f"evening_{day}": "" for day in range(5)},
            "Kies minstens één dag waarop ouders kunnen komen, met een tijd.",
        ),
        ({"verder_split": "4"}, "Kies 1, 2 of 3 bijeenkomsten voor 'Verder na de ISK'."),
        ({"region": "Oost"}, "Regio ‘Oost’ bestaat niet. Kies Noord, Midden of Zuid."),
        ({"label": "volgend jaar"}, "‘volgend jaar’ is geen schooljaar. Schrijf het als 2026-2027."),
        ({"first_day": "morgen"}, '"morgen" is geen datum. Kies een dag in de kalender.'),
        (
            {"first_day": "2027-07-01", "last_day": "2026-09-01"},
            "De laatste lesdag ligt niet na de eerste. Wissel de datums om of kies andere.",
        ),
        (
            {"first_day": "0001-01-01"},
            (
                "Maandag 1 januari 1 valt buiten schooljaar 2026-2027. "
                "Kies een dag van zaterdag 1 augustus 2026 tot en met zaterdag 31 juli 2027."
            ),
        ),
        (
            {"last_day": "9999-12-31"},
            (
                "Vrijdag 31 december 9999 valt buiten schooljaar 2026-2027. "
                "Kies een dag van zaterdag 1 augustus 2026 tot en met zaterdag 31 juli 2027."
            ),
        ),
    ],
)
def test_odd_setting_is_refused_and_changes_nothing(workspace, form, feasts, odd, sentence):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        schoolsettings.save(workspace, {**form, **odd}, feasts=feasts)

    assert (str(refused.value), contents(workspace.session)) == (sentence, before)


def test_one_day_is_added(workspace):
    schoolsettings.add_period(workspace, PERIOD)

    day = date(2026, 11, 5)
    assert ("Studiedag", day, day, "gesloten", PeriodOrigin.OWN) in periods(workspace)


def test_more_days_are_added(workspace):
    schoolsettings.add_period(workspace, {**PERIOD, "last": "2026-11-06", "kind": "toetsweek"})

    assert ("Studiedag", date(2026, 11, 5), date(2026, 11, 6), "toetsweek", PeriodOrigin.OWN) in periods(workspace)


def test_added_day_is_free_at_once(workspace):
    schoolsettings.add_period(workspace, PERIOD)

    assert load_state(workspace).calendar.free_because(date(2026, 11, 5)) == "Studiedag"


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"name": ""}, "Geef deze dagen een naam van hooguit 80 tekens."),
        ({"first": ""}, '"" is geen datum. Kies een dag in de kalender.'),
        ({"last": "2026-13-01"}, '"2026-13-01" is geen datum. Kies een dag in de kalender.'),
        ({"last": "2026-11-04"}, "De laatste dag ligt vóór de eerste. Wissel de datums om."),
        ({"last": "2027-02-14"}, "Dat zijn meer dan 100 dagen. Controleer het jaar."),
        (
            {"first": "2027-08-01"},
            (
                "Zondag 1 augustus 2027 valt buiten schooljaar 2026-2027. "
                "Kies een dag van zaterdag 1 augustus 2026 tot en met zaterdag 31 juli 2027."
            ),
        ),
        (
            {"kind": "ramadan"},
            '"ramadan" kan niet. Kies uit: vakantie, feestdag, gesloten, toetsweek, feest, bijzondere dag.',
        ),
    ],
)
def test_odd_days_are_refused_and_change_nothing(workspace, odd, sentence):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        schoolsettings.add_period(workspace, {**PERIOD, **odd})

    assert (str(refused.value), contents(workspace.session)) == (sentence, before)


def test_days_are_taken_away(workspace):
    schoolsettings.add_period(workspace, PERIOD)
    row = workspace.session.scalar(
        select(PeriodRow).where(PeriodRow.name == "Studiedag", PeriodRow.first == date(2026, 11, 5))
    )

    schoolsettings.drop_period(workspace, row.id)

    assert load_state(workspace).calendar.free_because(date(2026, 11, 5)) == ""


@pytest.mark.parametrize("period_id", [0, 10**6, 10**30])
def test_days_that_are_not_there(workspace, period_id):
    with pytest.raises(NotFoundError, match=r"^Deze dagen stonden al niet meer in de kalender.$"):
        schoolsettings.drop_period(workspace, period_id)


def test_open_day_is_added(workspace):
    schoolsettings.add_open_day(workspace, OPEN_DAY)

    assert ("ROC Noord", date(2027, 1, 20), "mbo") in {
        (each.school, each.day, each.sector) for each in load_state(workspace).calendar.open_days
    }


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"school": "\n"}, "Geef de school een naam van hooguit 80 tekens."),
        ({"day": "20 januari"}, '"20 januari" is geen datum. Kies een dag in de kalender.'),
        ({"sector": "hbo"}, "Kies mbo of vo."),
        (
            {"day": "2026-07-31"},
            (
                "Vrijdag 31 juli 2026 valt buiten schooljaar 2026-2027. "
                "Kies een dag van zaterdag 1 augustus 2026 tot en met zaterdag 31 juli 2027."
            ),
        ),
    ],
)
def test_odd_open_day_is_refused_and_changes_nothing(workspace, odd, sentence):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        schoolsettings.add_open_day(workspace, {**OPEN_DAY, **odd})

    assert (str(refused.value), contents(workspace.session)) == (sentence, before)


def test_open_day_is_taken_away(workspace):
    row = workspace.session.scalar(select(OpenDayRow))

    schoolsettings.drop_open_day(workspace, row.id)

    assert row.id not in {day_id for day_id, *_ in schoolsettings.view(workspace).open_days}


@pytest.mark.parametrize("day_id", [0, 10**30])
def test_open_day_that_is_not_there(workspace, day_id):
    with pytest.raises(NotFoundError, match=r"^Deze open dag stond al niet meer op de lijst.$"):
        schoolsettings.drop_open_day(workspace, day_id)


def test_nothing_can_be_set_without_a_school(empty):
    form = {"name": "ISK", "evening_1": "15:30", "region": "Midden", "label": YEAR}

    with pytest.raises(NotFoundError, match=r"^Er is nog geen school ingericht.$"):
        schoolsettings.save(empty, form, feasts=())


def test_change_counts_so_that_no_old_state_is_kept(workspace, form, feasts):
    before = load_state(workspace).facts.revision

    schoolsettings.save(workspace, form, feasts=feasts)

    assert load_state(workspace).facts.revision == before + 1
