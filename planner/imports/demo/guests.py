"""Guests of the demo school: people who show their work, and the contacts at the schools that follow."""

from collections.abc import Iterator

from planner.domain.staffing.people import Channel, Person, PersonKind
from planner.imports.demo.persons import Register, clock, skills, weekdays
from planner.imports.demo.tables import table


def build_professionals(classes: int, register: Register) -> tuple[Person, ...]:
    """Return eight or more professionals who cover all seven sectors."""
    rows = table("professionals")
    return tuple(
        Person(
            id=register.take_id(row["name"]),
            name=row["name"],
            kind=PersonKind.PROFESSIONAL,
            roles=frozenset({"beroepsbeoefenaar"}),
            skills=skills(row.get("languages", "")),
            weekdays=weekdays(row["days"]),
            not_before=clock(row.get("after")),
            max_evenings=2,
            max_hours=4.0,
            sector=row["sector"],
            organisation=f"{row['organisation']} ({row['work']})",
            channel=Channel.MAIL,
        )
        for row in rows[: max(8, min(len(rows), 7 + classes // 4))]
    )


def build_partners(register: Register) -> tuple[Person, ...]:
    """Return the NT2 contacts and new mentors of the destination schools; `sector` is mbo or vo."""
    return tuple(_partners(register))


def _partners(register: Register) -> Iterator[Person]:
    for row in table("partners"):
        for column, role in (("contact", "nt2-contact"), ("mentor", "nieuwe-mentor")):
            if column in row:
                yield Person(
                    id=register.take_id(row[column]),
                    name=row[column],
                    kind=PersonKind.PARTNER,
                    roles=frozenset({role}),
                    weekdays=weekdays(row["days"]),
                    max_evenings=3,
                    sector=row["kind"],
                    organisation=row["school"],
                )
