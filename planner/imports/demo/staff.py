"""The staff of the demo school: appointed per class, per activity, and with the languages they speak."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from math import ceil
from random import Random

from planner.domain.school import SchoolClass
from planner.domain.staffing.people import Person, PersonKind
from planner.imports.demo.days import DemoYear
from planner.imports.demo.persons import Register, skills, weekdays
from planner.imports.demo.tables import Row, table, words

SECTORS = ("zorg", "techniek", "bouw", "groen", "horeca", "kinderen", "sport")
FREE_DAYS = ("ma", "wo", "vr")  # not Tuesday and Thursday: then everybody is in
TEACHES = frozenset({"mentor", "docent", "vakdocent"})
AWAY = 0.25  # of the staff has days on which they cannot come


def build_staff(classes: Sequence[SchoolClass], year: DemoYear, register: Register, rng: Random) -> tuple[Person, ...]:
    """Return the staff; the mentors lead the classes in order."""
    posts = _posts(len(classes))
    rows = _appointed(posts, rng)
    staff = [_employee(row, register) for row in rows]
    leads = iter(classes)
    staff = [
        replace(one, class_id=next(leads).id) if row["post"] == "mentor" else one
        for row, one in zip(rows, staff, strict=True)
    ]
    days = year.calendar.school_days()
    return tuple(
        replace(one, unavailable=frozenset(rng.sample(days, rng.randint(1, 2))))
        if rng.random() < AWAY and one.kind is PersonKind.STAFF and "lob-coordinator" not in one.roles
        else one
        for one in staff
    )


def _posts(classes: int) -> dict[str, int]:
    """Return how many people there are for each post in a school with this many classes."""
    return {
        "lob-coordinator": 1,
        "teamleider": ceil(classes / 14),
        "trajectbegeleider": ceil(classes / 14),
        "zorgcoordinator": ceil(classes / 20),
        "roostermaker": 1,
        "concierge": ceil(classes / 20),
        "mentor": classes,
        "docent": max(2, classes // 2),
        "vakdocent": len(SECTORS) * ceil(classes / 20),
    }


def _appointed(posts: dict[str, int], rng: Random) -> list[Row]:
    named = table("staff")
    fresh = _fresh_names()
    rows: list[Row] = []
    for post, wanted in posts.items():
        known = [row for row in named if row["post"] == post][:wanted]
        rows += known
        rows += [_fresh_row(post, number, next(fresh), rng) for number in range(len(known), wanted)]
    return rows


def _fresh_names() -> Iterator[str]:
    names = table("more-staff")
    for shift in count():
        # The second time round everybody has the family name of the next in the list.
        for index, row in enumerate(names):
            yield f"{row['first']} {names[(index + shift) % len(names)]['last']}"


def _fresh_row(post: str, number: int, name: str, rng: Random) -> Row:
    free = rng.choice(FREE_DAYS)
    days = " ".join(day for day in ("ma", "di", "wo", "do", "vr") if day != free)
    sector = {"sector": SECTORS[number % len(SECTORS)]} if post == "vakdocent" else {}
    return {"post": post, "name": name, "days": days, **sector}


def _employee(row: Row, register: Register) -> Person:
    taken = register.take_id(row["name"])
    return Person(
        id=row.get("id", taken),
        name=row["name"],
        kind=PersonKind.STAFF,
        roles=frozenset({*words(row.get("roles", "")), *_post_roles(row["post"])}),
        skills=skills(row.get("languages", "")),
        weekdays=weekdays(row["days"]),
        sector=row.get("sector"),
    )


def _post_roles(post: str) -> tuple[str, ...]:
    return (post, "docent") if post in TEACHES else (post,)
