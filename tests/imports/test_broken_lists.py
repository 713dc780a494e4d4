"""Broken files: each gives the sentence that says where it is, what is wrong and what to do."""

import io
import zipfile
from datetime import date

import lists
import pytest
from lists import HEADER, NAMES, repacked, stored, workbook

from planner.errors import InputError
from planner.imports.columns import Kind, find_sheet, map_columns
from planner.imports.known import COLUMNS, TITLES
from planner.imports.matching import match
from planner.imports.reading import read_table
from planner.imports.records import read_records

GOOD = ("12345", "Amina", "Husayn", "1A")
HEAD = ("Stamnummer", "Roepnaam", "Achternaam", "Klas")


def sentences(body, *, name="lijst.csv", kind=Kind.PUPILS, school=None):
    """Return everything that is wrong with a file, whether the file itself or its rows."""
    try:
        sheet = find_sheet(read_table(body, name=name, sheet=TITLES[kind]), COLUMNS[kind])
    except InputError as error:
        return [str(error)]
    records, problems = read_records(kind, sheet, map_columns(sheet, COLUMNS[kind], chosen={}), NAMES)
    outcome = match(kind, records, school or stored(), new_classes=False)
    return [problem.sentence for problem in (*problems, *outcome.problems)]


def pupils(*rows, header=HEADER):
    return "\n".join((header, *rows)).encode()


def with_formula(sheet):
    sheet["B2"] = "=A2"


def with_error(sheet):
    sheet["D2"] = "#N/A"


def with_merged(sheet):
    sheet.merge_cells("C2:D3")


def hidden(sheet):
    sheet.sheet_state = "hidden"
    sheet.parent.create_sheet("Uitleg")


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return file.getvalue()


BOOK = workbook(HEAD, GOOD)
SHEET = "xl/worksheets/sheet1.xml"
TOO_BIG = "Dit bestand is uitgepakt veel te groot. Kopieer alleen de lijst naar een nieuw, leeg bestand."
DAMAGED = "Dit Excel-bestand is beschadigd. Open het in Excel en sla het opnieuw op."
AGAIN = "Open het in Excel en kies 'Opslaan als' met .xlsx of .csv."
UTF8 = "Bewaar het bestand opnieuw als 'CSV UTF-8'."
NEST = "Zet de kolom erbij, of kies hieronder welke kolom het is."

FILES = {
    "leeg": (b"", "Dit bestand is leeg. Exporteer de lijst nog eens."),
    "alleen-bom": (lists.BOM + b"\r\n", "Dit bestand is leeg. Exporteer de lijst nog eens."),
    "alleen-scheiding": (b";;;\n;;\n", "In dit bestand staan geen gegevens. Exporteer de lijst nog eens."),
    "te-groot": (b"a" * (5 << 20) + b"b", "Dit bestand is groter dan 5 MB. Haal plaatjes en oude bladen eruit."),
    "oud-excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxx",
                  f"Dit is een oud Excel-bestand, of er zit een wachtwoord op. {AGAIN}"),
    "pdf": (b"%PDF-1.7 ...",
            "Dit is een PDF. Daar kan Schakelplan geen lijst uit lezen. Exporteer naar Excel of CSV."),
    "html": (b"<html><table><tr>", f"Dit bestand is een webpagina en geen lijst. {AGAIN}"),
    "zip": (zipped(notities="x"),
            "Dit is een zip-bestand en geen lijst. Pak het eerst uit en kies het bestand zelf."),
    "halve-zip": (BOOK[: len(BOOK) // 2], DAMAGED),
    "kapot-deel": (repacked(BOOK, {SHEET: b"<worksheet><sheetData><row>"}), DAMAGED),
    "geen-bladen": (repacked(BOOK, {"xl/workbook.xml": b"<workbook/>"}),
                    "In dit bestand staat geen blad met een lijst. Zet de lijst op het eerste blad."),
    "doctype": (repacked(BOOK, {SHEET: b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"}), DAMAGED),
    "bom": (repacked(BOOK, {"xl/media/a.bin": b"\0" * (40 << 20)}), TOO_BIG),
    "bom-van-velen": (repacked(BOOK, {f"xl/{n}.xml": b"" for n in range(201)}), TOO_BIG),
    "bom-van-een-rij": (repacked(BOOK, {SHEET: b"<worksheet><sheetData><row>" + b"<c/>" * 2_001}), TOO_BIG),
    "bom-van-cellen": (repacked(BOOK, {SHEET: b"<worksheet><sheetData>" + b"<row><c/></row>" * 200_001},
                                method=zipfile.ZIP_STORED), TOO_BIG),
    "bom-van-teksten": (repacked(BOOK, {"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 100_001},
                                 method=zipfile.ZIP_STORED), TOO_BIG),
    "bom-van-stijlen": (repacked(BOOK, {"xl/styles.xml": b"<styleSheet>" + b"<xf/>" * 30_001},
                                 method=zipfile.ZIP_STORED), TOO_BIG),
    "macro": (repacked(BOOK, {"xl/vbaProject.bin": b"x"}),
              "In dit bestand zitten macro's. Sla het op als gewoon Excel-bestand (.xlsx)."),
    "ods": (repacked(BOOK, {"mimetype": b"x", "content.xml": b"<x/>"}),
            "Dit is een LibreOffice-bestand (.ods). Kies 'Opslaan als' met .xlsx of .csv."),
    "formule": (workbook(HEAD, GOOD, change=with_formula),
                "Cel B2: hier staat een formule. Kopieer de kolom en plak haar terug als waarden."),
    "excelfout": (workbook(HEAD, GOOD, change=with_error),
                  "Cel D2: hier staat een fout (#N/A). Vul de juiste waarde in."),
    "samengevoegd": (workbook(HEAD, GOOD, GOOD, change=with_merged),
                     "Cellen C2:D3 zijn samengevoegd. Kies in Excel 'Samenvoegen ongedaan maken' en vul elke cel."),
    "verborgen": (workbook(HEAD, GOOD, change=hidden),
                  "In dit bestand staat geen blad met een lijst. Zet de lijst op het eerste blad."),
    "te-veel-rijen": (pupils(*(f"{n};A;B;1A" for n in range(200_000))),
                      "Dit bestand heeft meer dan 5000 rijen. Maak er kleinere bestanden van."),
    "te-veel-kolommen": (pupils(";".join("x" * 61)),
                         "Rij 2 heeft meer dan 60 kolommen. Bewaar alleen de kolommen die u nodig hebt."),
    "te-veel-tekst": (pupils(f"1;{'x' * 501};B;1A"),
                      "Rij 2, kolom 2: hier staan meer dan 500 tekens. Maak de tekst korter."),
    "gemengde-letters": (pupils("1;Zoë;B;1A") + "\n2;Zoë;C;1A".encode("cp1252"),
                         ("Rij 3: de letters zijn anders opgeslagen dan in de rest van het bestand. "
                         f"Zijn er twee lijsten aan elkaar geplakt? {UTF8}")),
    "onleesbare-letter": (HEADER.encode() + b"\n1;Zo\x81;B;1A",
                          f"Rij 2: hier staat een teken dat we niet kunnen lezen. {UTF8}"),
    "halve-utf16": ("Stamnummer\t1".encode("utf-16") + b"x",
                    f"Dit bestand is niet heel: de laatste letters ontbreken. {UTF8}"),
    "aanhalingsteken": (pupils('1;"Zo;B;1A'),
                        'Rij 2: hier klopt een aanhalingsteken (") niet. Haal het weg, of zet er twee neer.'),
    "kapotte-letters": (pupils("1;ZoÃ«;B;1A"),
                        f'Rij 2, kolom Roepnaam: "ZoÃ«" heeft kapotte letters. {UTF8}'),
    "stuurteken": (pupils("1;Zo\x07e;B;1A"),
                   "Rij 2, kolom Roepnaam: hier staat een onzichtbaar teken in. Typ de tekst opnieuw."),
    "omgekeerde-tekst": (pupils("1;Zo\u202ee;B;1A"),
                         "Rij 2, kolom Roepnaam: hier staat een onzichtbaar teken in. Typ de tekst opnieuw."),
    "verkeerde-kolommen": (b"Kleur;Maat\nrood;XL\n", f"Het bestand heeft geen kolom Stamnummer. {NEST}"),
    "geen-nummer": (pupils(";Amina;B;1A"),
                    "Rij 2, kolom Stamnummer: dit vak is leeg. Vul het in, of haal de rij weg."),
    "afgekort-nummer": (pupils("1,23457E+11;Amina;B;1A"),
                        ('Rij 2, kolom Stamnummer: "1,23457E+11" is door Excel afgekort. '
                        "Maak van de kolom 'Tekst' en vul het nummer in.")),
    "vreemd-nummer": (pupils("12 34;Amina;B;1A"),
                      'Rij 2, kolom Stamnummer: "12 34" is geen leerlingnummer. Gebruik alleen cijfers en letters.'),
    "dubbel-nummer": (pupils("0123;Amina;B;1A", "4;B;C;1A", "123;Amina;B;1A"),
                      "Rij 4, kolom Stamnummer: dit staat ook in rij 2. Haal een van de twee rijen weg."),
    "extra-vak": (pupils("1;Amina;B;1A", "2;A;B;1A;1;1;;;;;x"),
                  "Rij 3: deze rij heeft meer vakken dan de kop. Staat er een scheidingsteken in een naam?"),
    "onbekende-klas": (pupils("1;Amina;B;1C"),
                       ('Rij 2, kolom Klas: de klas "1C" kennen we niet. Bedoelt u "1B"? '
                       "Of vink 'Nieuwe klassen maken' aan.")),
    "vreemde-klas": (pupils("1;Amina;B;zebra"),
                     ('Rij 2, kolom Klas: de klas "zebra" kennen we niet. '
                     "Verbeter de naam, of vink 'Nieuwe klassen maken' aan.")),
    "fase-drie": (pupils("1;Amina;B;1A;3"), 'Rij 2, kolom Fase: "3" kan niet. Kies 1 of 2.'),
    "route-nul": (pupils("1;Amina;B;1A;1;0"), 'Rij 2, kolom Route: "0" kan niet. Kies 1, 2 of 3.'),
    "bestemming": (pupils("1;Amina;B;1A;1;1;;;maan"),
                   'Rij 2, kolom Bestemming: "maan" kan niet. Kies mbo, vmbo, havo-vwo, pro of werk.'),
    "geen-datum": (pupils("1;Amina;B;1A;1;1;morgen"),
                   'Rij 2, kolom Startdatum: "morgen" is geen datum. Schrijf hem als 31-08-2026.'),
    "dag-bestaat-niet": (pupils("1;Amina;B;1A;1;1;30-02-2026"),
                         ('Rij 2, kolom Startdatum: "30-02-2026" bestaat niet in de kalender. '
                         "Schrijf dag-maand-jaar, als 31-08-2026.")),
    "verre-datum": (pupils("1;Amina;B;1A;1;1;1-1-1926"),
                    'Rij 2, kolom Startdatum: "1-1-1926" ligt te ver weg. Controleer het jaar.'),
    "nieuwe-zonder-klas": (pupils("1;Amina;B"),
                           "Rij 2: dit is een nieuwe regel, maar de klas ontbreekt. Vul het aan."),
    "lange-naam": (pupils(f"1;{'x' * 121};B;1A"),
                   f'Rij 2, kolom Roepnaam: "{"x" * 30}…" is te lang. Gebruik hooguit 120 tekens.'),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_broken_file_gets_its_sentence(name):
    body, sentence = FILES[name]

    assert sentences(body) == [sentence]


def test_there_are_forty_broken_files():
    assert len(FILES) >= 40


ROWS = {
    "taal": (Kind.HOUSEHOLDS, "Gezinsnaam;Leerlingnummers;Taal\nA;12345;Arabis\n",
             'Rij 2, kolom Taal: de taal "Arabis" kennen we niet. Bedoelt u "Arabisch"?'),
    "vreemde-taal": (Kind.HOUSEHOLDS, "Gezinsnaam;Leerlingnummers;Taal\nA;12345;Klingon\n",
                     'Rij 2, kolom Taal: de taal "Klingon" kennen we niet. Controleer hoe het geschreven is.'),
    "kind": (Kind.HOUSEHOLDS, "Gezinsnaam;Leerlingnummers\nA;12345, 999\n",
             'Rij 2, kolom Leerlingnummers: leerling "999" kennen we niet. Lees eerst de leerlingen in.'),
    "volwassenen": (Kind.HOUSEHOLDS, "Gezinsnaam;Leerlingnummers;Volwassenen\nA;12345;veel\n",
                    'Rij 2, kolom Volwassenen: "veel" kan niet. Schrijf een getal van 0 tot en met 12.'),
    "tolk": (Kind.HOUSEHOLDS, "Gezinsnaam;Leerlingnummers;Tolk\nA;12345;soms\n",
             'Rij 2, kolom Tolk: "soms" kan niet. Kies ja of nee.'),
    "dubbel-gezin": (Kind.HOUSEHOLDS, "Gezinsnaam;Leerlingnummers\nA;12345\nA;12345\n",
                     "Rij 3, kolom Gezinscode: dit staat ook in rij 2. Haal een van de twee rijen weg."),
    "rol": (Kind.PEOPLE, "Naam;Rollen\nJan;mentor, docnt\n",
            'Rij 2, kolom Rollen: de rol "docnt" kennen we niet. Bedoelt u "docent"?'),
    "werkdag": (Kind.PEOPLE, "Naam;Werkdagen\nJan;ma xx\n",
                'Rij 2, kolom Werkdagen: "xx" is geen dag. Schrijf bijvoorbeeld: ma di do.'),
    "tijd": (Kind.PEOPLE, "Naam;Vanaf\nJan;25:00\n",
             'Rij 2, kolom Vanaf: "25:00" is geen tijd. Schrijf hem als 18:30.'),
    "mentorklas": (Kind.PEOPLE, "Naam;Mentor van\nJan;9Z\n",
                   'Rij 2, kolom Mentor van: de klas "9Z" kennen we niet. Controleer hoe het geschreven is.'),
    "uren": (Kind.PEOPLE, "Naam;Meeste uren\nJan;25\n",
             'Rij 2, kolom Meeste uren: "25" kan niet. Schrijf een getal van 0 tot en met 24.'),
    "plaatsen": (Kind.ROOMS, "Lokaal;Plaatsen\nAula;-1\n",
                 'Rij 2, kolom Plaatsen: "-1" kan niet. Schrijf een getal van 0 tot en met 5000.'),
    "voorziening": (Kind.ROOMS, "Lokaal;Plaatsen;Voorzieningen\nAula;10;schrem\n",
                    'Rij 2, kolom Voorzieningen: de voorziening "schrem" kennen we niet. Bedoelt u "scherm"?'),
    "nieuwe-ruimte": (Kind.ROOMS, "Lokaal\nAula\n",
                      "Rij 2: dit is een nieuwe regel, maar het aantal plaatsen ontbreekt. Vul het aan."),
    "geen-naam": (Kind.PEOPLE, "Rollen\nmentor\n", f"Het bestand heeft geen kolom Naam of Achternaam of Code. {NEST}"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_broken_row_gets_its_sentence(name):
    kind, text, sentence = ROWS[name]

    assert sentences(text.encode(), kind=kind) == [sentence]


def test_every_problem_of_a_file_is_told():
    body = pupils("1;Amina;B;1A;9;9", "", "2;Noor;C;1A;1;1;gisteren")

    assert [sentence.partition(":")[0] for sentence in sentences(body)] == [
        "Rij 2, kolom Fase", "Rij 2, kolom Route", "Rij 4, kolom Startdatum",
    ]  # fmt: skip


def test_file_that_calls_itself_excel_is_told_apart():
    assert sentences(b"Stamnummer;Klas\n1;1A\n", name="lijst.xlsx") == [
        f"Dit bestand heet .xlsx, maar het is geen Excel-bestand. {AGAIN}"
    ]


def test_lying_sizes_unpack_no_more_than_they_say():
    body = bytearray(repacked(BOOK, {"xl/a.xml": b"x" * 3_000_000}))
    size = (3_000_000).to_bytes(4, "little")
    while (at := body.find(size)) >= 0:
        body[at : at + 4] = (100).to_bytes(4, "little")

    assert sentences(bytes(body)) == [DAMAGED]


def test_password_is_told():
    body = bytearray(BOOK)
    at = body.find(b"PK\x01\x02")
    body[at + 8] |= 1

    assert sentences(bytes(body)) == [
        "Op dit bestand zit een wachtwoord. Haal het wachtwoord eraf en probeer het opnieuw."
    ]


def test_rows_far_below_count():
    def far(sheet):
        sheet.cell(row=20_001, column=1, value="9")

    assert sentences(workbook(HEAD, GOOD, change=far)) == [
        "Dit bestand heeft meer dan 5000 rijen. Maak er kleinere bestanden van."
    ]


def test_day_may_be_written_in_four_ways():
    table = pupils(*(f"{n};A;B;1A;1;1;{day}" for n, day in enumerate(
        ("1-9-2026", "01/09/2026", "2026-09-01", "01.09.2026 00:00:00"))))  # fmt: skip
    sheet = find_sheet(read_table(table, name="x.csv"), COLUMNS[Kind.PUPILS])

    records, _ = read_records(Kind.PUPILS, sheet, map_columns(sheet, COLUMNS[Kind.PUPILS], chosen={}), NAMES)

    assert {record.values["started"] for record in records} == {date(2026, 9, 1)}
