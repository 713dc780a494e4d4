"""Lists as Magister, Somtoday, Zermelo and our template give them, with their quirks."""

from datetime import date, datetime, time

import lists
import pytest
from lists import NAMES, pupil, stored, workbook

from planner.domain.rooms.room import Room
from planner.domain.school import Destination, Household, SchoolClass
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.imports.columns import Kind, find_sheet, map_columns
from planner.imports.known import COLUMNS, TITLES
from planner.imports.matching import match, slug
from planner.imports.reading import read_table
from planner.imports.records import read_records, split_name


def sheet_of(body, kind=Kind.PUPILS):
    body = body if isinstance(body, bytes) else body.encode()
    return find_sheet(read_table(body, name="lijst", sheet=TITLES[kind]), COLUMNS[kind])


def outcome_of(body, kind=Kind.PUPILS, *, school=None, new_classes=False, chosen=None):
    sheet = sheet_of(body, kind)
    mapped = map_columns(sheet, COLUMNS[kind], chosen=chosen or {})
    records, problems = read_records(kind, sheet, mapped, NAMES)
    assert problems == []
    return match(kind, records, school or stored(), new_classes=new_classes)


def test_magister_with_bom_quotes_and_zeros_in_front():
    assert sheet_of(lists.MAGISTER).shape == "Magister"

    first, second = outcome_of(lists.MAGISTER).new

    assert (first.number, first.first_name, first.last_name, first.class_id) == ("012345", "Amina", "Ḥusayn", "1a")
    assert (second.number, second.last_name, second.phase) == ("012346", "van den Berg", 2)
    assert (first.route, first.started) == (2, date(2026, 8, 31))


def test_magister_with_one_name_in_windows_letters():
    assert sheet_of(lists.MAGISTER_WINDOWS).shape == "Magister"

    (found,) = outcome_of(lists.MAGISTER_WINDOWS).new

    assert (found.first_name, found.last_name) == ("Zoë", "van der Grün")


def test_somtoday_list():
    assert sheet_of(lists.SOMTODAY).shape == "Somtoday"

    (found,) = outcome_of(lists.SOMTODAY).new

    assert (found.first_name, found.last_name) == ("Noor", "van den Berg")


def test_somtoday_structure_without_header_gives_staff():
    assert sheet_of(lists.STRUCTURE, Kind.PEOPLE).shape == "Somtoday"

    (found,) = outcome_of(lists.STRUCTURE, Kind.PEOPLE).new

    assert found == Person(id="jan", name="Jansen", kind=PersonKind.STAFF, roles=frozenset())


def test_zermelo_pupils_between_tabs():
    assert sheet_of(lists.ZERMELO_PUPILS).shape == "Zermelo"

    (found,) = outcome_of(lists.ZERMELO_PUPILS).new

    assert (found.id, found.number, found.class_id) == ("l12345", "012345", "1a")


def test_zermelo_parents_are_households_without_their_address():
    sheet = sheet_of(lists.ZERMELO_PARENTS, Kind.HOUSEHOLDS)

    first, second = outcome_of(lists.ZERMELO_PARENTS, Kind.HOUSEHOLDS).new

    assert sheet.shape == "Zermelo"
    assert "a@b.nl" not in str(sheet.lines)
    assert first == Household(id="77", name="Husayn", language="nl", pupil_ids=("l12345", "l12346"))
    assert second.pupil_ids == ("l12346",)


@pytest.mark.parametrize(
    "header",
    ["BSN", "Burgerservicenummer", "PGN", "Nationaliteit 1", "Verblijfsstatus", "Status", "Godsdienst", "Geloof",
     "Medische gegevens", "Allergieën", "Zorgprofiel", "Geboorteland", "E-mail", "Postcode", "Geboortedatum", "Adres"],
)  # fmt: skip
def test_what_we_may_not_keep_is_thrown_away(header):
    sheet = sheet_of(f"Stamnummer;{header};Klas\n1;geheim;1A\n")

    assert sheet.banned == {1}
    assert sheet.lines[0].cells == ("1", "", "1A")
    assert map_columns(sheet, COLUMNS[Kind.PUPILS], chosen={}) == {"number": 0, "class": 2}


def test_utf16_with_a_line_for_excel():
    body = "sep=;\r\nStamnummer;Roepnaam;Achternaam;Klas\r\n1;王;欣;1A\r\n".encode("utf-16")

    (found,) = outcome_of(body).new

    assert (found.first_name, found.last_name) == ("王", "欣")


def test_title_above_the_list_keeps_row_numbers():
    sheet = sheet_of("Klassenlijst 2026-2027\n\nStamnummer;Klas\n\n5;1A\n")

    assert [line.number for line in sheet.lines] == [5]


def test_workbook_with_numbers_dates_and_zeros():
    def shaped(sheet):
        sheet["A2"].number_format = "000000"
        sheet.merge_cells("A1:A1")

    head = ("Stamnummer", "Roepnaam", "Achternaam", "Klas", "Startdatum", "Fase")
    rows = ((12345, "Amina", "B", "1A", datetime(2026, 9, 1), 1.0), (7.0, "C", "D", "1A", date(2026, 9, 2), "2"))  # noqa: DTZ001 - Excel knows no zones

    first, second = outcome_of(workbook(head, *rows, change=shaped)).new

    assert (first.number, first.started, first.phase) == ("012345", date(2026, 9, 1), 1)
    assert (second.number, second.started, second.phase) == ("7", date(2026, 9, 2), 2)


def test_workbook_may_have_a_merged_title_and_more_sheets():
    def titled(sheet):
        sheet.insert_rows(1)
        sheet["A1"] = "Lijst van de school"
        sheet.merge_cells("A1:D1")
        sheet.parent.create_sheet("Uitleg", 0)
        sheet.title = "blad1"

    body = workbook(("Stamnummer", "Roepnaam", "Achternaam", "Klas"), (1, "A", "B", "1A"), change=titled)

    assert len(outcome_of(body).new) == 1


def test_workbook_keeps_times_truth_and_other_numbers():
    rows = (("Naam", "Vanaf", "Meeste uren", "Vakgebied"), ("Jan", time(17, 30), 2.5, True))
    kind = Kind.PEOPLE

    (found,) = outcome_of(workbook(*rows, title="Mensen"), kind).new

    assert (found.not_before, found.max_hours, found.sector) == (time(17, 30), 2.5, "ja")


def test_sparse_and_far_cells_cost_nothing():
    body = workbook(("Stamnummer", "Roepnaam", "Achternaam", "Klas"), (1, "A", "B", "1A"))
    far = lists.repacked(
        body,
        {
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr">'
            b"<is><t>Stamnummer</t></is></c>"
            b'<c r="XFD1"/></row><row r="3"><c r="A3"><v>5</v></c></row></sheetData></worksheet>'
        },
    )

    assert [line.cells for line in read_table(far, name="x.xlsx").lines] == [("Stamnummer",), ("5",)]


def test_people_with_everything():
    text = (
        "Code;Roepnaam;Tussenvoegsel;Achternaam;Soort;Rollen;Talen;Werkdagen;Vanaf;Kan niet op;Meeste avonden;"
        "Meeste uren;Mentor van;Eigen kinderen;Vakgebied;Organisatie\n"
        'dij;Noor;van;Dijk;sleutelouder;Mentor, docent;"Arabisch, Frans (2-2-1)";ma-wo en vr;17.30 uur;'
        "5-11-2026, 2026-11-06;4;2,5;1A;012345;techniek;ROC\n"
    )

    (found,) = outcome_of(text, Kind.PEOPLE).new

    assert found == Person(
        id="dij",
        name="Noor van Dijk",
        kind=PersonKind.KEY_PARENT,
        roles=frozenset({"mentor", "docent"}),
        skills=(Skill(language="ar"), Skill(language="fr", understands=2, speaks=2, reads=1)),
        weekdays=frozenset({0, 1, 2, 4}),
        not_before=time(17, 30),
        unavailable=frozenset({date(2026, 11, 5), date(2026, 11, 6)}),
        max_evenings=4,
        max_hours=2.5,
        children=frozenset({"l12345"}),
        class_id="1a",
        sector="techniek",
        organisation="ROC",
    )


def test_rooms_are_known_by_name_or_code():
    school = stored(rooms=(Room(id="aula", name="Aula", capacity=80, features=frozenset({"scherm"})),))

    outcome = outcome_of("Lokaal;Capaciteit\nAULA;100\n1.01;28\n", Kind.ROOMS, school=school)
    coded = outcome_of("Code;Plaatsen;Breedte\nAula;90;9,5\n", Kind.ROOMS, school=school)

    assert outcome.changed[0][1] == Room(id="aula", name="AULA", capacity=100, features=frozenset({"scherm"}))
    assert [room.id for room in outcome.new] == ["1-01"]
    assert (coded.changed[0][1].capacity, coded.changed[0][1].width) == (90, 9.5)


def test_pupil_is_known_without_the_zeros_and_keeps_our_fields():
    ours = pupil("012345", phase=2, route=3, leaves=date(2027, 7, 1), destination=Destination.MBO)
    left = pupil("99")

    outcome = outcome_of("Stamnummer;Klas;Fase\n12345;1B;\n", school=stored(pupils=(ours, left)))

    ((before, after),) = outcome.changed
    assert before == ours
    assert (after.number, after.class_id, after.phase, after.leaves) == ("012345", "1b", 2, date(2027, 7, 1))
    assert outcome.vanished == [left]


def test_new_class_has_the_phase_of_most_of_its_pupils():
    text = "Stamnummer;Naam;Klas;Fase\n1;A B;2C;2\n2;C D;2c;2\n3;E F;2C;1\n"

    outcome = outcome_of(text, new_classes=True)

    assert outcome.classes == [SchoolClass(id="2c", name="2C", phase=2)]
    assert [each.class_id for each in outcome.new] == ["2c"] * 3


def test_first_list_of_a_school_makes_its_classes():
    outcome = outcome_of("Stamnummer;Naam;Klas\n1;A B;أ\n", school=stored(classes=()))

    assert outcome.classes[0].name == "أ"
    assert outcome.new[0].phase == 1


def test_separated_parents_are_two_households():
    head = "Gezinsnaam;Leerlingnummers;Taal;Relatie;Tolk;Volwassenen"
    text = f"{head}\nHusayn;12345;ar;vader;ja;1\nBerg;12345;nl;moeder;nee;2\n"

    father, mother = outcome_of(text, Kind.HOUSEHOLDS).new
    again = outcome_of(text, Kind.HOUSEHOLDS, school=stored(households=(father, mother)))

    assert (father.relation, father.interpreter, father.language) == ("vader", True, "ar")
    assert (mother.relation, mother.adults) == ("moeder", 2)
    assert father.id != mother.id
    assert (again.new, again.changed, again.vanished) == ([], [], [])


def test_household_is_known_by_code_or_else_by_its_children():
    home = Household(id="g1", name="Husayn", language="ar", pupil_ids=("l12345",))
    school = stored(households=(home,))

    coded = outcome_of("Code;Naam;Leerlingen\nG1;Al Husayn;12345\n", Kind.HOUSEHOLDS, school=school)
    renamed = outcome_of("Naam;Leerlingen\nAl Husayn;12345\n", Kind.HOUSEHOLDS, school=school)
    split = outcome_of("Naam;Leerlingen\nAl Husayn;12345\nBerg;12345\n", Kind.HOUSEHOLDS, school=school)

    assert coded.changed[0][1].name == renamed.changed[0][1].name == "Al Husayn"
    assert len(split.new) == 2


def test_people_are_known_by_code_or_else_by_a_name_of_their_own():
    jan = Person(id="jan", name="Jan", kind=PersonKind.STAFF, roles=frozenset({"mentor"}))
    sofia = Person(id="sofia", name="Sofia", kind=PersonKind.KEY_PARENT, roles=frozenset())
    school = stored(people=(jan, sofia))

    named = outcome_of("Naam;Vakgebied\nJAN;zorg\n", Kind.PEOPLE, school=school)
    coded = outcome_of("Code;Naam\nJAN;Jan Jansen\npet;Jan\n", Kind.PEOPLE, school=school)
    others = outcome_of("Naam;Soort\nPiet;collega\n", Kind.PEOPLE, school=school)

    assert named.changed[0][1].sector == "zorg"
    assert coded.changed[0][1].name == "Jan Jansen"
    assert [each.id for each in coded.new] == ["pet"]
    assert others.vanished == [jan]  # a list of colleagues says nothing about parents


def test_chosen_columns_count_before_our_guess():
    text = "Stamnummer;Groep;Klas\n1;1A;oud\n"
    sheet = sheet_of(text)

    assert map_columns(sheet, COLUMNS[Kind.PUPILS], chosen={"groep": "class", "klas": ""}) == {"class": 1, "number": 0}
    assert map_columns(sheet, COLUMNS[Kind.PUPILS], chosen={}) == {"number": 0, "class": 2}


def test_second_pupil_with_the_same_id_gets_another():
    school = stored(pupils=(pupil("0", id="l12345"),))

    (found,) = outcome_of("Stamnummer;Naam;Klas\n12345;A B;1A\n", school=school).new

    assert found.id == "l12345-2"


def test_rows_with_nothing_for_us_are_skipped():
    assert outcome_of("Stamnummer;Naam;Klas;Opmerking\n1;A B;1A;\n;;;let op\n").problems == []


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Noor van den Berg", "Noor", "van den Berg"),
        ("Berg, Noor van den", "Noor", "van den Berg"),
        ("Husayn, Amina", "Amina", "Husayn"),
        ("Berg, van", "van", "Berg"),
        ("Amina", "Amina", ""),
    ],
)
def test_whole_name_is_split(name, first, last):
    assert split_name(name) == (first, last)


def test_id_is_never_empty():
    assert slug("Lokaal 1.01") == "lokaal-1-01"
    assert slug("王").startswith("x")


def test_row_with_a_mistake_is_still_known():
    sheet = sheet_of("Stamnummer;Klas;Fase\n12345;9Z;7\n6;1A;7\n;1A;7\n")
    mapped = map_columns(sheet, COLUMNS[Kind.PUPILS], chosen={})
    records, problems = read_records(Kind.PUPILS, sheet, mapped, NAMES)

    outcome = match(Kind.PUPILS, records, stored(pupils=(pupil(),)), new_classes=False)

    assert (outcome.vanished, outcome.new) == ([], [])
    assert [problem.column for problem in (*problems, *outcome.problems)] == ["Fase", "Fase", "Fase", "Klas"]
