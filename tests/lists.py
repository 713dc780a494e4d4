"""Lists as school systems export them, and workbooks made by hand, for the tests of imports."""

import io
import zipfile
from datetime import date

from openpyxl import Workbook

from planner.domain.school import Pupil, SchoolClass
from planner.imports.cells import Names
from planner.imports.matching import Stored

BOM = b"\xef\xbb\xbf"
MAGISTER = (
    BOM
    + (
        '"Stamnummer","Roepnaam","Tussenvoegsel","Achternaam","Klas","Klassenmentor 1"\r\n'
        '"012345","Amina","","Ḥusayn","1A","dij"\r\n'
        '"012346","Noor","van den","Berg","1B",""\r\n'
    ).encode()
)
MAGISTER_WINDOWS = "Stamnummer;Naam;Klas\r\n12345;Zoë van der Grün;1A\r\n".encode("cp1252")
SOMTODAY = b"Leerlingnummer;Naam;Stamgroep\n12345;Berg, Noor van den;1A\n"
STRUCTURE = (
    "Vestiging;06XZ;De Brug;06XZ;\nStamgroep;06XZ;w1a;;\nMedewerker;23YT;Jansen;JAN;1234\nVak;23YT;Nederlands;ne;\n"
)
ZERMELO_PUPILS = "Gebruikerscode\tVoornaam\tTussenvoegsel\tAchternaam\tKlas\n012345\tAmina\t\tHusayn\t1A\n"
ZERMELO_PARENTS = "Code;Achternaam;Email;Leerlingcodes\n77;Husayn;a@b.nl;12345,12346\n78;Berg;;12346\n"
HEADER = "Stamnummer;Roepnaam;Achternaam;Klas;Fase;Route;Startdatum;Doorstroomdatum;Bestemming"
CLASSES = (SchoolClass(id="1a", name="1A", phase=1), SchoolClass(id="1b", name="1B", phase=2))
NAMES = Names(
    classes={"1a": "1a", "1b": "1b"},
    languages={"arabisch": "ar", "ar": "ar", "tigrinya": "ti", "nederlands": "nl", "nl": "nl", "frans": "fr"},
    roles={"mentor": "mentor", "docent": "docent"},
    features={"scherm": "scherm", "keuken": "keuken"},
    pupils={"12345": "l12345", "012345": "l12345", "12346": "l12346"},
    titles={"arabisch": "Arabisch", "tigrinya": "Tigrinya"},
)


def stored(**facts):
    known = {
        "classes": CLASSES, "pupils": (), "households": (), "people": (), "rooms": (), "first_day": date(2026, 8, 31),
    }  # fmt: skip
    return Stored(**{**known, **facts})


def pupil(number="12345", **facts):
    known = {
        "id": f"l{number}", "number": number, "first_name": "Amina", "last_name": "Husayn", "class_id": "1a",
        "phase": 1, "route": 3, "started": date(2026, 9, 1),
    }  # fmt: skip
    return Pupil(**{**known, **facts})


def workbook(*rows, title="Leerlingen", change=None):
    """Return an .xlsx file with these rows; `change` may do more to the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(body, changes, *, method=zipfile.ZIP_DEFLATED):
    """Return a zip file with parts replaced or added; a part that becomes None is left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(file, "w", method) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()
