"""Talks, what is wrong with them and what publishing would change, as readers see them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.domain.requirements import Violation
from planner.domain.schoolrules import say_day
from planner.domain.talks.plan import Talk, say_time
from planner.domain.talks.rules import TALK_RULES, why_open
from planner.domain.year import AMSTERDAM
from planner.services.talks.talkround import Round
from planner.services.talks.talks import wanted
from planner.services.views import Problem, TalkChange, TalkLine
from planner.services.workspace import Workspace


def sees(workspace: Workspace, talk: Talk) -> bool:
    """Return whether a talk is for who is at work: the families of its class."""
    return workspace.actor.sees_class(talk.class_id)


def _families(found: Round, talk: Talk) -> tuple[str, ...]:
    names = {home.id: home.name for home in found.state.school.households}
    return tuple(names[home_id] for home_id in talk.household_ids if home_id in names)


def line_of(found: Round, talk: Talk, hard: Mapping[str, int]) -> TalkLine:
    """Return a talk as a line in a list."""
    stored = found.talks.get(talk.id)
    slot = stored.slot if stored else None
    bare = TalkLine(
        id=talk.id,
        about=talk.about,
        families=_families(found, talk),
        class_name=found.classes[talk.class_id],
        language=found.state.language_names.get(talk.language, talk.language),
        mentor=", ".join(filter(None, (found.person_name(mentor) for mentor in talk.mentors))),
        interpreter="",
        guest="",
        room=found.room_name(talk),
        minutes=talk.minutes,
        missed=bool(stored and stored.missed),
        hard=hard.get(talk.id, 0),
    )
    if slot is None:
        return replace(bare, why_open=why_open(found.problem, talk))
    return replace(
        bare,
        interpreter=found.person_name(slot.interpreter_id),
        guest=found.person_name(slot.guest_id),
        day=slot.day,
        start=say_time(slot.start),
        end=say_time(slot.start + talk.minutes),
        confirmed=slot.confirmed,
        pinned=slot.pinned,
    )


def problems_of(violations: Iterable[Violation]) -> tuple[Problem, ...]:
    """Return broken rules for a reader; talks without a time are told elsewhere."""
    return tuple(
        Problem(rule=v.rule, title=TALK_RULES[v.rule].title, hard=v.hard, where=v.where, why=v.why, event_id="")
        for v in violations
        if v.rule != "G11"
    )


def _when(data: Mapping[str, Any] | None) -> str:
    if not data:
        return "geen afspraak"
    start = datetime.fromisoformat(data["data"]["start"]).astimezone(AMSTERDAM)
    return f"{say_day(start.date())} om {start:%H:%M}"


def changes_of(found: Round) -> tuple[TalkChange, ...]:
    """Return what publishing now will tell: for each talk what was, what will be, and who hears it."""
    facts, lines = wanted(found), []
    for talk_id, stored in found.talks.items():
        before, after = stored.published, facts.get(talk_id)
        if before == after:
            continue
        talk = found.problem.talk.get(talk_id)
        people = {who for each in (before, after) if each for who in each["people"]}
        words = [_when(before), _when(after)]
        if words[0] == words[1]:
            words[1] += ", met andere mensen of in een andere kamer"
        lines.append(
            TalkChange(
                about=talk.about if talk else "Een gesprek dat niet meer hoeft",
                before=words[0],
                after=words[1],
                people=tuple(sorted(filter(None, map(found.person_name, people)))),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.about, line.before)))
