"""Schools that cannot be, for the solvers: whatever is drawn, there must be an answer that breaks no hard rule."""

from datetime import time, timedelta

from hypothesis import strategies as st
from make import TUESDAY, a_need, a_person, a_plan, a_room, a_staff_problem

from planner.domain.staffing.people import Skill

LANGUAGES = [f"l{number}" for number in range(30)]
ROLES = ("docent", "mentor", "tolk")
NEAR, FAR = a_room("dichtbij"), a_room("ver", x=600.0)  # ten minutes apart


@st.composite
def absurd_people(draw, most):
    def person(number):
        return a_person(
            f"x{number}",
            name="Mo",
            roles=draw(st.sets(st.sampled_from(ROLES))),
            skills=tuple(
                Skill(language=code, understands=draw(st.integers(0, 3)), speaks=draw(st.integers(0, 3)))
                for code in draw(st.lists(st.sampled_from(LANGUAGES), max_size=3))
            ),
            weekdays=draw(st.sampled_from([frozenset(), frozenset({1}), frozenset(range(7))])),
            not_before=draw(st.sampled_from([None, time(18), time(23)])),
            unavailable=frozenset(draw(st.sets(st.sampled_from([TUESDAY, TUESDAY + timedelta(7)])))),
            max_evenings=draw(st.integers(0, 3)),
            max_hours=draw(st.sampled_from([0.0, 1.5, 24.0])),
            children=frozenset(draw(st.sets(st.sampled_from(["p0", "p1", "p2"])))),
            class_id=draw(st.sampled_from([None, "k1", "k2"])),
            sector=draw(st.sampled_from([None, "", "mbo", "zorg"])),
            consent=draw(st.sampled_from([True, True, True, False])),
            beside=frozenset(draw(st.sets(st.sampled_from(["x0", "x1", "weg"]), max_size=1))),
            rooms=frozenset(draw(st.sets(st.sampled_from(["dichtbij", "ver"]), max_size=1))),
        )

    return [person(number) for number in range(draw(st.integers(0, most)))]


@st.composite
def absurd_needs(draw, most):
    found = {}
    for number in range(draw(st.integers(0, most))):
        event = draw(st.integers(0, 3))
        role = draw(st.sampled_from(ROLES))
        codes = draw(st.lists(st.sampled_from(LANGUAGES), max_size=30, unique=True)) if role == "tolk" else []
        hour = draw(st.integers(16, 20))
        minimum = draw(st.integers(0, 3))
        need = a_need(
            f"e{event}:{role}:{number}",
            f"{hour}:00",
            f"{hour + draw(st.integers(0, 3))}:00",
            day=TUESDAY + timedelta(days=7 * (event % 2)),
            minimum=minimum,
            maximum=draw(st.sampled_from([None, 1, 2])),
            optional=draw(st.booleans()),
            spread=draw(st.booleans()) and role == "mentor",
            together=draw(st.booleans()),
            class_id=draw(st.sampled_from([None, "k1"])),
            sector=draw(st.sampled_from([None, "vo"])),
            language=codes[0] if len(codes) == 1 else None,
            guests={code: draw(st.sets(st.sampled_from(["p0", "p1", "p2"]), min_size=1)) for code in codes},
            rooms=draw(st.sampled_from([(), (NEAR,), (FAR,), (NEAR, FAR)])),
        )
        found[need.id] = need
    return list(found.values())


@st.composite
def absurd_problems(draw, needs=8, people=6):
    """Draw a problem with an old plan for it: nobody, everybody ill, thirty languages, tasks that are gone."""
    needs, people = draw(absurd_needs(needs)), draw(absurd_people(people))
    ids = st.tuples(
        st.sampled_from([*(need.id for need in needs), "weg"]), st.sampled_from([*(p.id for p in people), "weg"])
    )
    pinned = a_plan(*draw(st.lists(ids, max_size=2, unique=True)))
    told = frozenset(draw(st.sets(st.sampled_from([f"x{number}" for number in range(6)]))))
    old = a_plan(*draw(st.lists(ids, max_size=8)))
    return a_staff_problem(needs, people, pinned=pinned, told=told), old
