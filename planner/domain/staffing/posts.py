"""Interpreters in the class rooms: one post for each class and each language of its families.

An evening may begin together and go on in a room for every class. One interpreter in the hall does not help the
families who then sit in five rooms. The toolkit names nobody for this, so no post is obliged (proposed). A mentor
stays with the own class.
"""

from collections.abc import Iterator

from planner.domain.runbook import Kind, Per, Role, Row
from planner.domain.staffing.needs import DUTCH, Gathering, Need, rows_for


def _class_rows(gathering: Gathering) -> tuple[Row, ...]:
    """Return the rows that guests spend in a room of their class."""
    rooms = {place.id for place in gathering.runbook.places if place.per is Per.CLASS}
    begin = gathering.runbook.invitation.start
    return tuple(row for row in gathering.runbook.rows if row.start >= begin and rooms.intersection(row.places))


def _post(gathering: Gathering, role: Role, rows: tuple[Row, ...], class_id: str, code: str) -> Need:
    start, end = gathering.window(rows)
    expected = gathering.expected
    guests = expected.language_pupils[code] & expected.class_pupils[class_id]
    names = {each.id: each.name for each in gathering.school.classes}
    return Need(
        id=f"{gathering.event.id}:{role.id}:{code}@{class_id}",
        event_id=gathering.event.id,
        role=role.id,
        title=role.title,
        scope=f"{code}@{class_id}",
        day=gathering.event.span.first,
        start=start,
        end=end,
        minimum=0,
        maximum=None,
        about=names.get(class_id, class_id),
        rows=tuple(row.id for row in rows),
        place_ids=tuple(dict.fromkeys(place for row in rows for place in row.places)),
        interprets=True,
        language=code,
        class_id=class_id,
        optional=True,
        together=True,
        led=frozenset(expected.class_pupils),
        present=expected.class_pupils[class_id],
        guests=((code, guests),) if guests else (),
    )


def class_posts(gathering: Gathering) -> tuple[Need, ...]:
    """Return the posts of an evening, by role, class and language; none where nobody goes to a class room.

    A role that is counted per class already, or that does the rows in the class rooms anyway, has no posts.
    """
    return tuple(_class_posts(gathering)) if gathering.runbook.kind is Kind.EVENING else ()


def _class_posts(gathering: Gathering) -> Iterator[Need]:
    rows = _class_rows(gathering)
    for role in gathering.runbook.roles if rows else ():
        doubled = set(rows_for(gathering, role)).intersection(rows)
        if role.interprets and role.per is Per.LANGUAGE and not doubled:
            for class_id in gathering.expected.class_pupils:
                for code in gathering.expected.per_language:
                    if code != DUTCH and (class_id, code) in gathering.expected.class_language:
                        yield _post(gathering, role, rows, class_id, code)
