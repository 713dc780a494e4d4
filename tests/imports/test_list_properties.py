"""What goes out comes in again: any text through CSV and Excel, any value through our template."""

import csv
import io
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import NAMES, stored

from planner.domain.rooms.room import Room
from planner.domain.school import Destination, Household, Pupil
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.errors import InputError
from planner.exports.sheet import SheetOut, write_workbook
from planner.imports.cells import CellError, clean
from planner.imports.columns import Kind, find_sheet, map_columns
from planner.imports.known import COLUMNS, RELATIONS, TITLES
from planner.imports.matching import match
from planner.imports.reading import read_table
from planner.imports.records import read_records
from planner.imports.writing import Words, row_of

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff\u200b\ufffd")
TEXT = st.text(LETTERS, min_size=1, max_size=30)
# A name as a school may have it, and as it comes out of a cell again.
NAME = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
WORDS = Words(
    classes={"1a": "1A", "1b": "1B"},
    numbers={"l12345": "012345", "l12346": "12346"},
    languages={"ar": "Arabisch", "ti": "Tigrinya", "nl": "nl"},
    roles={"mentor": "Mentor"},
)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.lists(TEXT, min_size=2, max_size=5), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)
def test_any_text_comes_through_csv(rows, delimiter, encoding):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["kop", "kop"], *rows])

    table = read_table(file.getvalue().encode(encoding), name="x.csv")

    expected = [trimmed(row) for row in rows]
    assert [list(line.cells) for line in table.lines[1:]] == [row for row in expected if row]


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.lists(TEXT, min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_text_comes_through_excel(rows):
    body = write_workbook([SheetOut(title="Blad", header=("a", "b", "c", "d", "e"), rows=rows)])

    table = read_table(body, name="x.xlsx")

    found = [[clean_or_none(cell) for cell in line.cells] for line in table.lines[1:]]
    expected = [[clean_or_none(cell) for cell in trimmed(row)] for row in rows]
    assert found == [row for row in expected if row]


def trimmed(row):
    while row and not row[-1].strip():
        row = row[:-1]
    return row


def clean_or_none(text):
    try:
        return clean(text)
    except CellError:
        return None


@settings(max_examples=150, deadline=None)
@given(body=st.binary(max_size=300) | TEXT.map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_sentence(body):
    with suppress(InputError):
        assert read_table(body, name="x.csv").lines


def named(text):
    return clean_or_none(text) == text


DAYS = st.dates(date(2001, 1, 1), date(2090, 1, 1))
PUPILS = st.builds(
    Pupil,
    id=st.just("l5"),
    number=st.from_regex(r"[0-9]{1,8}", fullmatch=True),
    first_name=NAME.filter(named),
    last_name=NAME.filter(named),
    class_id=st.sampled_from(("1a", "1b")),
    phase=st.integers(1, 2),
    route=st.integers(1, 3),
    started=DAYS,
    leaves=st.none() | DAYS,
    destination=st.none() | st.sampled_from(Destination),
)
HOUSEHOLDS = st.builds(
    Household,
    id=st.from_regex(r"g[0-9]{3}", fullmatch=True),
    name=NAME.filter(named),
    language=st.sampled_from(("ar", "ti", "nl")),
    pupil_ids=st.lists(st.sampled_from(("l12345", "l12346")), min_size=1, unique=True).map(tuple),
    adults=st.integers(0, 12),
    interpreter=st.booleans(),
    relation=st.sampled_from(RELATIONS),
)
PEOPLE = st.builds(
    Person,
    id=st.from_regex(r"p-[a-z]{1,8}", fullmatch=True),
    name=NAME.filter(named),
    kind=st.sampled_from(PersonKind),
    roles=st.sampled_from((frozenset({"mentor"}), frozenset({"mentor", "docent"}))),
    skills=st.lists(
        st.builds(
            Skill,
            language=st.sampled_from(("ar", "ti")),
            understands=st.integers(0, 3),
            speaks=st.integers(0, 3),
            reads=st.integers(0, 3),
        ),
        max_size=2,
        unique_by=lambda skill: skill.language,
    ).map(tuple),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    not_before=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    unavailable=st.frozensets(DAYS, max_size=3),
    max_evenings=st.integers(0, 99),
    max_hours=st.floats(0, 24).map(lambda hours: round(hours, 3)),
    children=st.frozensets(st.sampled_from(("l12345", "l12346"))),
    class_id=st.none() | st.just("1a"),
    sector=st.none() | NAME.filter(named),
    organisation=st.none() | NAME.filter(named),
)
METRES = st.floats(0.5, 500).map(lambda metres: round(metres, 3))
ROOMS = st.builds(
    Room,
    id=st.from_regex(r"r[0-9]{3}", fullmatch=True),
    name=NAME.filter(named),
    capacity=st.integers(0, 900),
    features=st.frozensets(st.sampled_from(("scherm", "keuken"))),
    floor=st.integers(-2, 9),
    x=METRES,
    y=METRES,
    width=METRES,
    depth=METRES,
)


@pytest.mark.parametrize(
    ("kind", "values"),
    [(Kind.PUPILS, PUPILS), (Kind.HOUSEHOLDS, HOUSEHOLDS), (Kind.PEOPLE, PEOPLE), (Kind.ROOMS, ROOMS)],
)
def test_what_our_template_says_is_what_it_was(kind, values):
    columns = [column for column in COLUMNS[kind] if column.in_template]

    @settings(max_examples=15, deadline=None)
    @given(value=values)
    def check(value):
        header = tuple(column.title for column in columns)
        body = write_workbook([SheetOut(title=TITLES[kind], header=header, rows=[row_of(kind, value, WORDS)])])
        sheet = find_sheet(read_table(body, name="x.xlsx", sheet=TITLES[kind]), columns)
        records, problems = read_records(kind, sheet, map_columns(sheet, columns, chosen={}), NAMES)
        made = match(kind, records, stored(), new_classes=False).new[0]
        known = match(kind, records, stored(**{kind.value: (value,)}), new_classes=False)

        assert problems == []
        assert known.pairs == [(value, value)]
        assert [made] == match(kind, records, stored(), new_classes=False).new

    check()
