"""Plain builders for rounds of conversations: one mentor, one afternoon, unless a test says otherwise."""

from datetime import date
from itertools import combinations, product
from random import Random

from make import a_person, a_room

from planner.domain.staffing.people import PersonKind
from planner.domain.talks.plan import Slot, Talk, TalkProblem, Window, Wish
from planner.domain.talks.rules import validate_talks

MONDAY, TUESDAY, WEDNESDAY = date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7)


def at(clock):
    """Return "15:30" as minutes."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def a_talk(talk_id="p1.h1", mentor="sanne", minutes=30, **facts):
    pupil, _, home = talk_id.partition(".")
    known = {"pupil_ids": (pupil,), "household_ids": (home,) if home else (), "class_id": "k1"}
    mentors = (mentor,) if mentor else ()
    return Talk(id=talk_id, mentors=mentors, minutes=minutes, **{**known, "about": pupil.capitalize(), **facts})


def a_slot(talk_id="p1.h1", start="15:30", day=MONDAY, interpreter="", guest="", **facts):
    return Slot(talk_id=talk_id, day=day, start=at(start), interpreter_id=interpreter, guest_id=guest, **facts)


def a_window(start="15:30", end="18:30", day=MONDAY):
    return Window(day=day, start=at(start), end=at(end))


def a_mentor(person_id="sanne", **facts):
    return a_person(person_id, roles=facts.pop("roles", ("mentor",)), **facts)


def a_tolk(person_id="samira", speaks=("ar",), **facts):
    return a_person(
        person_id,
        roles=facts.pop("roles", ("tolk",)),
        speaks=speaks,
        kind=facts.pop("kind", PersonKind.KEY_PARENT),
        **facts,
    )


def a_round(*talks, people=None, windows=None, **facts):
    """Return a round; without `people` there is a mentor for every talk, without `windows` one afternoon."""
    if people is None:
        people = [a_mentor(mentor) for mentor in dict.fromkeys(each for talk in talks for each in talk.mentors)]
    return TalkProblem(
        talks=tuple(talks),
        windows=tuple(windows or [a_window()]),
        people=tuple(people),
        names=facts.pop("names", {"ar": "Arabisch", "so": "Somalisch"}),
        **facts,
    )


def far_rooms(*mentors, metres=600):
    """Return a room for each mentor, each ten minutes' walk from the one before."""
    return {mentor: a_room(f"r{place}", x=place * metres) for place, mentor in enumerate(mentors)}


def luck_of(seed):
    return Random(seed)  # noqa: S311 - repeatable luck, no secret


def a_tight_round(luck, talks=3):
    """Return a small round in which not everything fits: talks of an hour, one or two short days, two interpreters."""
    mentors = [f"m{number}" for number in range(luck.randint(1, 2))]
    made, homes = [], []
    for number in range(talks):
        home = luck.choice(homes) if homes and luck.random() < 0.3 else f"h{number}"
        homes.append(home)
        language = luck.choice(("", "ar", "ar", "so"))
        wishes = (Wish(weekdays=frozenset({luck.randrange(2)})),) if luck.random() < 0.3 else ()
        made.append(
            a_talk(f"p{number}.{home}", luck.choice(mentors), luck.choice((45, 60)), language=language, wishes=wishes)
        )
    people = [
        *(a_mentor(mentor) for mentor in mentors),
        a_tolk("t1", speaks=("ar", "so"), max_hours=luck.choice((1.0, 2.5)), children=frozenset({"p0"})),
        a_tolk("t2", speaks=("ar",), max_evenings=1, weekdays=frozenset({luck.randrange(2)})),
    ]
    ends = ("16:30", "16:40", "17:40")
    windows = [a_window(end=luck.choice(ends))]
    if luck.random() < 0.5:
        windows.append(a_window(end=luck.choice(ends[:2]), day=TUESDAY))
    siblings = tuple(
        group for home in dict.fromkeys(homes) if len(group := tuple(t.id for t in made if home in t.household_ids)) > 1
    )
    apart = ((made[0].id, made[-1].id),) if luck.random() < 0.3 and homes[0] != homes[-1] else ()
    return a_round(
        *made, people=people, windows=windows, siblings=siblings, apart=apart, rooms=far_rooms(*mentors, metres=400)
    )


def a_long_round(luck):
    """Return a round with long afternoons, talks of many lengths and wishes: there is much to find for a search."""
    talks = [
        a_talk(
            f"p{number}.h{number}",
            f"m{number % 2}",
            luck.choice((30, 35, 45)),
            language=luck.choice(("ar", "", "")),
            wishes=(
                Wish(weekdays=frozenset({luck.randrange(2)}), earliest=at(luck.choice(("16:00", "17:00", "18:00")))),
            ),
        )
        for number in range(20)
    ]
    people = [a_mentor("m0"), a_mentor("m1"), a_tolk(max_hours=5)]
    return a_round(*talks, people=people, windows=[a_window(end="20:00", day=day) for day in (MONDAY, TUESDAY)])


def every_slot(problem, talk):
    """Return every slot a talk could have in an empty round, whatever the rules say about it."""
    helpers = problem.interpreters[talk.id] if talk.language else ("",)
    return [
        Slot(talk_id=talk.id, day=window.day, start=start, interpreter_id=helper)
        for window in problem.windows
        for start in range(window.start, window.end - talk.minutes + 1, 5)
        for helper in helpers
    ]


def hard(problem, plan):
    return [violation for violation in validate_talks(problem, plan) if violation.hard]


def least_of(problem, score):
    """Return the least score of all plans without a broken hard rule.

    Rules look at one talk or at a few together, so what is broken by two talks is not completed any more; what only
    all together break (the days of a helper) the judge sees at the end.
    """
    choices = [[None, *(s for s in every_slot(problem, talk) if not hard(problem, (s,)))] for talk in problem.talks]
    pairs = {}
    for one, other in combinations(range(len(choices)), 2):
        for a, b in product(choices[one][1:], choices[other][1:]):
            pairs[a, b] = not hard(problem, (a, b))
    best = score(())
    for chosen in product(*choices):
        slots = tuple(slot for slot in chosen if slot)
        if (
            all(pairs[pair] for pair in combinations(slots, 2))
            and (found := score(slots)) < best
            and not hard(problem, slots)
        ):
            best = found
    return best
