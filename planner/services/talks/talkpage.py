"""A round of conversations as its pages show it; a mentor sees the own class and nothing of another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from planner.domain.access.rights import Right
from planner.domain.runbook import Kind
from planner.domain.talks.cost import cost_of
from planner.domain.talks.hours import shortages
from planner.domain.talks.plan import Slot, Wish, in_order, say_minutes, say_time
from planner.domain.talks.rules import validate_talks
from planner.services.guarding import allowed, require_class
from planner.services.lines import event_line
from planner.services.state import load_state
from planner.services.talks.talklines import changes_of, line_of, problems_of, sees
from planner.services.talks.talkpicture import pictures
from planner.services.talks.talkround import LENGTHS, Round, read_round
from planner.services.talks.talks import slot_for
from planner.services.views import (
    AwayLine,
    ClassRoom,
    HourLine,
    Problem,
    RoundLine,
    TalkLine,
    TalksView,
    TalkView,
    WishView,
)
from planner.services.workspace import Workspace
from planner.storage.talks import load_round, load_talks, load_wishes

PERS = ("mentor", "tolk")
LABELS = {
    "plain": "Gesprek zonder tolk",
    "interpreted": "Gesprek met tolk",
    "extra": "Extra als het gezin een avond miste",
    "pause": "Pauze tussen twee gesprekken",
    "siblings": "Wachten tussen broers en zussen, hooguit",
    "apart": "Tijd tussen ouders die apart komen",
    "joint": "Extra voor elk kind meer in hetzelfde gesprek",
}


def _hours(found: Round) -> tuple[HourLine, ...]:
    span, chosen = found.event.planned.span, {window.day: window for window in found.days}
    offered = {window.day: window for window in found.hours.more(found.state.calendar, span, found.days)} | chosen
    return tuple(
        HourLine(day=day, start=say_time(window.start), end=say_time(window.end), chosen=day in chosen)
        for day, window in sorted(offered.items())
    )


def _groups(lines: Iterable[TalkLine], per: str) -> tuple[tuple[str, tuple[TalkLine, ...]], ...]:
    """Return the talks that have a time by who is there, in order of time; per tolk only those with one."""
    found: defaultdict[str, list[TalkLine]] = defaultdict(list)
    for line in sorted((each for each in lines if each.day), key=lambda each: (str(each.day), each.start, each.about)):
        who = line.interpreter if per == "tolk" else line.mentor
        if who:
            found[who].append(line)
    return tuple((who, tuple(mine)) for who, mine in sorted(found.items()))


def _class_rooms(found: Round) -> tuple[ClassRoom, ...]:
    """Return the room of each class that has talks in a round."""
    talks = {talk.class_id: talk for talk in reversed(found.problem.talks)}
    return tuple(
        ClassRoom(
            class_id=class_id,
            name=name,
            chosen=found.stored.rooms.get(class_id, ""),
            now=found.room_name(talks[class_id]),
        )
        for class_id, name in found.classes.items()
        if class_id in talks
    )


@allowed(Right.SEE_YEAR, Right.SEE_FAMILIES)
def rounds(workspace: Workspace) -> tuple[RoundLine, ...]:
    """Return the rounds of the year with how far each is, in order of date; a mentor's count is of the whole school."""
    state = load_state(workspace)
    found = []
    for event in state.events:
        if state.runbook(event.planned.id).kind is Kind.CONVERSATION:
            talks = load_talks(workspace.session, event.planned.id).values()
            found.append(
                RoundLine(
                    line=event_line(state, event),
                    talks=len(talks) or len(event.planned.pupil_ids),
                    planned=sum(each.slot is not None for each in talks),
                    confirmed=sum(bool(each.slot and each.slot.confirmed) for each in talks),
                    published=load_round(workspace.session, event.planned.id).published_at is not None,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.line.first, each.line.id)))


@allowed(Right.SEE_YEAR, Right.SEE_FAMILIES)
def talks_view(workspace: Workspace, event_id: str, *, per: str = "mentor") -> TalksView:
    """Return the page of a round; NotFoundError for an event that is none."""
    found = read_round(workspace, event_id)
    per = per if per in PERS else PERS[0]
    mine = [talk for talk in found.problem.talks if sees(workspace, talk)]
    names = {talk.id for talk in mine}
    violations = [v for v in found.violations if v.where in names or workspace.actor.may(Right.PLAN)]
    hard = Counter(v.where for v in violations if v.hard)
    lines = [line_of(found, talk, hard) for talk in mine]
    held = [(slot, talk) for slot, talk in found.problem.known(found.plan) if talk.id in names]
    cost = cost_of(found.problem, found.plan)
    may_plan = workspace.actor.may(Right.PLAN)
    times = found.problem.times
    return TalksView(
        line=event_line(found.state, found.event),
        per=per,
        may_plan=may_plan,
        may_confirm=workspace.actor.may(Right.ANSWERS),
        planned=len(held),
        groups=_groups(lines, per),
        open=tuple(each for each in lines if not each.day),
        days=pictures(found, held, hard, per),
        problems=problems_of(violations),
        shortages=tuple(each.why for each in shortages(found.problem)) if may_plan else (),
        advice=found.stored.advice if may_plan and any(not each.day for each in lines) else (),
        changes=changes_of(found) if may_plan else (),
        confirmed=sum(each.confirmed for each in lines),
        waiting=say_minutes(cost.waiting),
        comings=cost.comings,
        lengths=tuple((name, LABELS[name], getattr(times, name)) for name in LENGTHS),
        hours=_hours(found),
        rest=(say_time(found.hours.rest[0]), say_time(found.hours.rest[1])) if any(found.hours.rest) else ("", ""),
        class_rooms=_class_rooms(found) if may_plan else (),
        rooms=tuple(found.state.room_names.items()) if may_plan else (),
        away=tuple(
            AwayLine(person_id=who, person=found.person_name(who), day=day)
            for who, day in sorted(found.stored.away)
            if may_plan
        ),
        people=tuple(
            (person.id, person.name)
            for person in found.state.people
            if may_plan and (person.id in found.problem.mentors or "tolk" in person.roles)
        ),
        published_at=found.stored.published_at,
        published_by=found.stored.published_by,
    )


def _wish_view(found: Round, wishes: Mapping[str, Wish], home_id: str) -> WishView:
    wish = wishes.get(home_id, Wish())
    home = next(each for each in found.state.school.households if each.id == home_id)
    shared = any(
        other.id != home_id and not {*home.pupil_ids}.isdisjoint(other.pupil_ids)
        for other in found.state.school.households
    )
    return WishView(
        household_id=home_id,
        name=home.name,
        weekdays=tuple(sorted(wish.weekdays)),
        earliest="" if wish.earliest is None else say_time(wish.earliest),
        latest="" if wish.latest is None else say_time(wish.latest),
        apart=wish.apart,
        at_once=wish.at_once,
        may_be_apart=shared,
        has_siblings=len(home.pupil_ids) > 1,
    )


def _tried(found: Round, slot: Slot) -> tuple[Problem, ...]:
    """Return what another slot would break that is not broken now."""
    others = tuple(each for each in found.plan if each.talk_id != slot.talk_id)
    after = validate_talks(found.problem, in_order((*others, slot)))
    now = {(v.rule, v.where, v.why) for v in found.violations}
    return problems_of(v for v in after if (v.rule, v.where, v.why) not in now)


@allowed(Right.SEE_YEAR, Right.SEE_FAMILIES)
def talk_view(workspace: Workspace, event_id: str, talk_id: str, *, tried: Slot | None = None) -> TalkView:
    """Return the page of one talk; with `tried` what that moment would break. NotFoundError for another's class."""
    found = read_round(workspace, event_id)
    talk = found.talk(talk_id)
    require_class(workspace, talk.class_id)
    mine = [v for v in found.violations if v.where == talk_id]
    line = line_of(found, talk, Counter(v.where for v in mine if v.hard))
    wishes = load_wishes(workspace.session)
    slot = slot_for(found, tried) if tried else found.talks[talk_id].slot if talk_id in found.talks else None
    people = found.problem.person
    return TalkView(
        event=event_line(found.state, found.event),
        talk=line,
        may_plan=workspace.actor.may(Right.PLAN),
        may_confirm=workspace.actor.may(Right.ANSWERS),
        days=found.problem.days,
        interpreters=tuple((who, people[who].name) for who in found.problem.interpreters[talk_id]),
        guests=tuple((who, people[who].name) for who in talk.guests if who in people),
        chosen_day=slot.day.isoformat() if slot else "",
        chosen_start=say_time(slot.start) if slot else "",
        chosen_interpreter=slot.interpreter_id if slot else "",
        chosen_guest=slot.guest_id if slot else "",
        problems=problems_of(mine),
        tried=_tried(found, slot) if tried and slot else None,
        wishes=tuple(_wish_view(found, wishes, home_id) for home_id in talk.household_ids),
    )
