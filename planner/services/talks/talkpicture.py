"""The days of a round as pictures: a row for each mentor or interpreter, a bar for each talk, minutes to the right."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from planner.domain.talks.plan import Slot, Talk, say_time
from planner.services.talks.talkround import Round
from planner.services.views import TalkBar, TalkDay, TalkRow

PIXELS, MARGIN, TOP, ROW = 4, 170, 30, 44  # a minute, the names, the hours, a row
HOUR = 60
Held = tuple[Slot, Talk]


def _people(slot: Slot, talk: Talk, per: str) -> Iterable[str]:
    return (slot.interpreter_id,) if per == "tolk" else talk.mentors


def _below(found: Round, who: str, held: Collection[Held], per: str) -> str:
    """Return what is under a name: the room of a mentor, the languages of an interpreter."""
    if per == "tolk":
        names = found.state.language_names
        return ", ".join(sorted({names.get(talk.language, talk.language) for _, talk in held}))
    room = found.problem.rooms.get(who)
    return room.name if room else ""


def _bar(found: Round, slot: Slot, talk: Talk, start: int, broken: Collection[str], per: str) -> TalkBar:
    language = found.state.language_names.get(talk.language, "")
    end = slot.start + talk.minutes
    first = found.state.school.pupil(talk.pupil_ids[0]).first_name
    label = f"{first} · {found.room_name(talk)}" if per == "tolk" else f"{first}{f' · {language}' if language else ''}"
    helper = found.person_name(slot.interpreter_id)
    words = [f"{say_time(slot.start)}–{say_time(end)}", talk.about, f"tolk {helper} ({language})" if helper else ""]
    return TalkBar(
        talk_id=talk.id,
        x=MARGIN + (slot.start - start) * PIXELS,
        width=talk.minutes * PIXELS - 2,
        label=label,
        title=", ".join(word for word in words if word),
        language=talk.language,
        confirmed=slot.confirmed,
        hard=talk.id in broken,
    )


def _day(found: Round, day: date, held: list[Held], broken: Collection[str], per: str) -> TalkDay:
    by_person: defaultdict[str, list[Held]] = defaultdict(list)
    for slot, talk in held:
        for who in _people(slot, talk, per):
            by_person[who].append((slot, talk))
    start = min(slot.start for slot, _ in held) // HOUR * HOUR
    end = -(-max(slot.start + talk.minutes for slot, talk in held) // HOUR) * HOUR
    people = sorted(by_person.items(), key=lambda item: (item[1][0][1].class_id if per != "tolk" else "", item[0]))
    rows = tuple(
        TalkRow(
            who=found.person_name(who),
            below=_below(found, who, mine, per),
            y=TOP + at * ROW,
            bars=tuple(_bar(found, slot, talk, start, broken, per) for slot, talk in mine),
        )
        for at, (who, mine) in enumerate(people)
    )
    return TalkDay(
        day=day,
        width=MARGIN + (end - start) * PIXELS + 24,
        height=TOP + len(rows) * ROW + 4,
        hours=tuple((MARGIN + (at - start) * PIXELS, say_time(at)) for at in range(start, end + 1, HOUR // 2)),
        rows=rows,
    )


def pictures(found: Round, held: Iterable[Held], broken: Collection[str], per: str) -> tuple[TalkDay, ...]:
    """Return a picture of each day that has talks; `per` mentor or tolk, `broken` the ids of talks that clash."""
    by_day: defaultdict[date, list[Held]] = defaultdict(list)
    for slot, talk in held:
        if per != "tolk" or slot.interpreter_id:
            by_day[slot.day].append((slot, talk))
    return tuple(_day(found, day, mine, broken, per) for day, mine in sorted(by_day.items()))
