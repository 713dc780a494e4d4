"""Plain builders with dull defaults: a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

from planner.domain.calendar import OpenDay, Period, PeriodKind, SchoolCalendar
from planner.domain.cycle import Check, Cycle, Rule
from planner.domain.families.expected import expected_for
from planner.domain.rooms.plan import RoomNeed, RoomUse
from planner.domain.rooms.room import Room
from planner.domain.routes.groups import Group
from planner.domain.routes.parties import Party
from planner.domain.routes.rounds import RoundsProblem, Stop, Visit, rounds_from
from planner.domain.runbook import (
    Clause,
    Invitation,
    Kind,
    Moment,
    OccurrenceRule,
    Per,
    Place,
    Role,
    Row,
    Runbook,
    Source,
    Split,
    Step,
)
from planner.domain.school import Household, Pupil, School, SchoolClass
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.domain.staffing.plan import Duty, StaffEvent, StaffProblem
from planner.domain.year import Occurrence, PlannedEvent, Span, YearProblem, local

TUESDAY = date(2026, 10, 6)
ALL_EVENINGS = dict.fromkeys(range(5), time(17, 0))


def a_pupil(pupil_id="p1", class_id="k1", **facts):
    known = {
        "id": pupil_id,
        "number": pupil_id,
        "first_name": "Sami",
        "last_name": "Haddad",
        "class_id": class_id,
        "phase": 1,
        "route": 1,
        "started": date(2026, 9, 1),
    }
    return Pupil(**{**known, **facts})


def a_household(pupil_ids=("p1",), language="ar", adults=1, household_id="", **facts):
    return Household(
        id=household_id or f"h-{'-'.join(pupil_ids)}-{language}",
        name="Haddad",
        language=language,
        pupil_ids=tuple(pupil_ids),
        adults=adults,
        **facts,
    )


def a_school(pupils=(), households=(), classes=None, **facts):
    """Return a school; without `classes` it has those of its pupils."""
    if classes is None:
        ids = dict.fromkeys(pupil.class_id for pupil in pupils)
        classes = [SchoolClass(id=class_id, name=class_id.upper(), phase=1) for class_id in ids]
    return School(
        name="ISK",
        classes=tuple(classes),
        pupils=tuple(pupils),
        households=tuple(households),
        evenings=facts.pop("evenings", ALL_EVENINGS),
        **facts,
    )


def a_school_of(languages_by_class):
    """Return a school with one pupil and one parent for each language: `{"k1": ["ar", "ti"]}` with p1 and p2."""
    pairs = [(class_id, code) for class_id, codes in languages_by_class.items() for code in codes]
    pupils = [a_pupil(f"p{number}", class_id) for number, (class_id, _) in enumerate(pairs, 1)]
    homes = [a_household((f"p{number}",), code) for number, (_, code) in enumerate(pairs, 1)]
    return a_school(pupils, homes)


def a_role(role_id="docent", minimum=1, per=Per.EVENT, **facts):
    known = {"title": role_id.capitalize(), "maximum": None}
    return Role(id=role_id, minimum=minimum, per=per, **{**known, **facts})


def a_row(row_id="r1", start="19:00", end="21:00", responsible=("docent",), places=("hal",), **facts):
    return Row(
        id=row_id,
        start=time.fromisoformat(start),
        end=time.fromisoformat(end) if end else None,
        responsible=tuple(responsible),
        places=tuple(places),
        needs=(),
        what="Iets doen.",
        **facts,
    )


def a_place(place_id="hal", per=Per.EVENT, **facts):
    return Place(id=place_id, name=facts.pop("name", place_id.capitalize()), per=per, **facts)


def an_invitation(start="19:00", end="21:00"):
    return Invitation(
        title="Welkom",
        about=("De school.",),
        who_may_come="Ouders en leerlingen",
        start=time.fromisoformat(start),
        end=time.fromisoformat(end) if end else None,
    )


def a_runbook(roles=(), rows=(), *, split=Split.ALL, kind=Kind.EVENING, **facts):
    moment = Moment(id="najaar", title="Najaar", first=(9, 1), last=(11, 1))
    known = {
        "id": "avond",
        "title": "Een avond",
        "short": "Avond",
        "goal": "Elkaar leren kennen.",
        "phase": 1,
        "audience": (Clause(),),
        "places": (a_place(),),
        "materials": (),
        "steps": (),
        "lesson": None,
        "home": None,
        "forms": (),
        "outcomes": (),
        "aftercare": (),
        "invitation": an_invitation(),
    }
    return Runbook(
        kind=kind,
        occurrences=OccurrenceRule(split=split, moments=(moment,)),
        roles=tuple(roles),
        rows=tuple(rows),
        **{**known, **facts},
    )


def an_occurrence(event_id="avond", **facts):
    known = {"runbook_id": "avond", "title": "Een avond", "moment": "", "first": TUESDAY, "last": TUESDAY}
    return Occurrence(id=event_id, **{**known, **facts})


def an_event(pupil_ids=(), event_id="avond", day=TUESDAY, last=None, **facts):
    return PlannedEvent(
        id=event_id,
        runbook_id=facts.pop("runbook_id", "avond"),
        span=Span(first=day, last=last or day),
        pupil_ids=tuple(pupil_ids),
        **facts,
    )


def a_person(person_id="jan", roles=("docent",), speaks=(), **facts):
    """Return a person; `speaks` are languages spoken fluently."""
    return Person(
        id=person_id,
        name=facts.pop("name", person_id.capitalize()),
        kind=facts.pop("kind", PersonKind.STAFF),
        roles=frozenset(roles),
        skills=facts.pop("skills", tuple(Skill(language=code) for code in speaks)),
        **facts,
    )


def a_need(need_id="avond:docent:event", start="19:00", end="21:00", day=TUESDAY, **facts):
    """Return a need for one evening; event, role and scope come from its id; `guests` maps languages to pupils."""
    event_id, role, scope = need_id.split(":")
    guests = tuple((code, frozenset(pupils)) for code, pupils in facts.pop("guests", {}).items())
    everyone = frozenset().union(*(pupils for _, pupils in guests))
    known = {"title": role.capitalize(), "minimum": 1, "maximum": None, "present": everyone}
    return Need(
        id=need_id,
        event_id=event_id,
        role=role,
        scope=scope,
        day=day,
        start=local(day, time.fromisoformat(start)).astimezone(UTC),
        end=local(day, time.fromisoformat(end)).astimezone(UTC),
        guests=guests,
        interprets=facts.pop("interprets", bool(guests)),
        **{**known, **facts},
    )


def a_tolk(language="ar", pupils=("p1",), event_id="avond", **facts):
    """Return a need for an interpreter of one language, with the pupils who speak it at home."""
    return a_need(
        f"{event_id}:{facts.pop('role', 'tolk')}:{language}", language=language, guests={language: pupils}, **facts
    )


def a_staff_problem(needs=(), people=(), **facts):
    """Return a problem with these needs, one event for each of their event ids."""
    events = {need.event_id: [] for need in needs}
    for need in needs:
        events[need.event_id].append(need)
    return StaffProblem(
        events=tuple(
            StaffEvent(
                id=event_id, title=event_id, day=mine[0].day, expected=expected_for(a_school(), ()), needs=tuple(mine)
            )
            for event_id, mine in events.items()
        ),
        people=tuple(people),
        school=a_school(),
        names=facts.pop("names", {"ar": "Arabisch", "so": "Somalisch", "ti": "Tigrinya"}),
        **facts,
    )


def a_plan(*pairs, pinned=False):
    """Return a plan from (need id, person id) pairs."""
    return tuple(Duty(need_id=need_id, person_id=person_id, pinned=pinned) for need_id, person_id in pairs)


def a_room_need(
    need_id="avond:lokaal:event", persons=20, features=(), start="19:00", end="21:00", day=TUESDAY, **facts
):
    event_id, place_id, scope = need_id.split(":")
    return RoomNeed(
        id=need_id,
        event_id=event_id,
        place_id=place_id,
        name=place_id.capitalize(),
        scope=scope,
        day=day,
        start=local(day, time.fromisoformat(start)).astimezone(UTC),
        end=local(day, time.fromisoformat(end)).astimezone(UTC),
        persons=persons,
        features=tuple(features),
        **facts,
    )


def room_uses(*pairs, pinned=False):
    """Return a room plan from (need id, room id) pairs."""
    return tuple(RoomUse(need_id=need_id, room_id=room_id, pinned=pinned) for need_id, room_id in pairs)


def a_room(room_id="a1", capacity=30, features=(), **facts):
    return Room(
        id=room_id, name=facts.pop("name", room_id.upper()), capacity=capacity, features=frozenset(features), **facts
    )


def changed(value, **facts):
    """Return a frozen value with some facts changed."""
    return replace(value, **facts)


# ---- A year and its rules ----


def a_step(step_id="s1", weeks_before=2, **facts):
    return Step(id=step_id, what="Iets regelen.", who=("docent",), weeks_before=weeks_before, **facts)


def a_period(first, last="", kind=PeriodKind.HOLIDAY, name="Vakantie", about=""):
    return Period(
        name=name, first=date.fromisoformat(first), last=date.fromisoformat(last or first), kind=kind, about=about
    )


def a_calendar(*periods, first="2026-08-31", last="2027-07-16", open_days=(), label="2026-2027"):
    """Return a school year; `open_days` are ISO dates."""
    return SchoolCalendar(
        label=label,
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        periods=tuple(periods),
        open_days=tuple(OpenDay(school="Het college", day=date.fromisoformat(day), sector="mbo") for day in open_days),
    )


def a_check(kind, first="avond", thens=(), *, hard=False, **facts):
    return Check(kind=kind, hard=hard, first=first, thens=tuple(thens), **facts)


def a_rule(*checks, rule_id="C01", title="Een regel"):
    return Rule(
        id=rule_id, title=title, reason="Daarom.", fallback="Anders.", checks=tuple(checks), source=Source.TOOLKIT
    )


def a_cycle(*runbooks, rules=()):
    return Cycle(title="Het jaar", runbooks=tuple(runbooks), rules=tuple(rules))


def a_year(*occurrences, runbooks=None, rules=(), calendar=None, school=None, **facts):
    """Return a problem; without `runbooks` there is one evening for every activity that the occurrences name."""
    if runbooks is None:
        names = dict.fromkeys(occurrence.runbook_id for occurrence in occurrences)
        runbooks = [a_runbook(id=name, title=name.capitalize()) for name in names]
    return YearProblem(
        calendar=calendar or a_calendar(),
        school=school or a_school(),
        cycle=a_cycle(*runbooks, rules=rules),
        occurrences=tuple(occurrences),
        **facts,
    )


def a_party(party_id="h1", language="ar", persons=2, class_ids=("k1",), **facts):
    """Return a family of so many people, of whom one adult."""
    known = {"name": party_id, "pupil_ids": frozenset(), "child_ids": frozenset()}
    return Party(id=party_id, language=language, persons=persons, class_ids=tuple(class_ids), **{**known, **facts})


def a_group(number=1, *parties):
    """Return group `g1`, `g2` …; without parties it has one of its own, of ten people who speak Arabic."""
    return Group(id=f"g{number}", number=number, parties=parties or (a_party(f"h{number}", persons=10),))


def a_stop(stop_id="zorg", **facts):
    return Stop(id=stop_id, name=stop_id.capitalize(), topic=facts.pop("topic", stop_id), **facts)


def some_rounds(number=3, start="17:30", session=20, gap=5):
    """Return rounds on the evening of TUESDAY."""
    first = local(TUESDAY, time.fromisoformat(start))
    return rounds_from(first, number, session=timedelta(minutes=session), gap=timedelta(minutes=gap))


def a_rounds_problem(groups=2, stops=("zorg", "bouw"), rounds=2, wanted=2, **facts):
    """Return so many groups, stops and rounds; each may also be given as it is."""
    return RoundsProblem(
        walkers=tuple(a_group(number) for number in range(1, groups + 1)) if isinstance(groups, int) else groups,
        stops=tuple(a_stop(stop) if isinstance(stop, str) else stop for stop in stops),
        rounds=some_rounds(rounds) if isinstance(rounds, int) else rounds,
        wanted=wanted,
        **facts,
    )


def some_visits(text, *, pinned=False):
    """Return visits from lines as "g1: zorg bouw -": one stop a round, a dash for none."""
    lines = (line.split(":") for line in text.split(";") if line.strip())
    return tuple(
        Visit(walker=walker.strip(), round=number, stop=stop, pinned=pinned)
        for walker, stops in lines
        for number, stop in enumerate(stops.split(), 1)
        if stop != "-"
    )
