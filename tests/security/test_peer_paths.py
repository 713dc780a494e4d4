"""Names that could lead to a file: the program opens its own files, its database and nothing else.

Every test has a twin that fails when its guard is off.
"""

import io
import mimetypes
import re
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from urllib.parse import quote

import pytest

from planner.config import ROOT
from planner.web import family

# ---- V28, V29: names that lead to a file (pretalx CVE-2023-28459, Gibbon CVE-2023-45878, Babel CVE-2021-42771) ----

HEARD = []
HEARING = []


def _hear(event, arguments):
    if get_ident() in HEARING and event in {
        "open",
        "os.listdir",
        "os.scandir",
        "os.mkdir",
        "os.rename",
        "os.remove",
        "os.truncate",
    }:
        HEARD.extend(each for each in arguments[:2] if isinstance(each, str | bytes) and len(each) > 1)


sys.addaudithook(_hear)  # it cannot be taken away, so it only listens when asked to


@contextmanager
def listening(demo):
    """Give a set that holds afterwards which files outside the program were opened; SQLite opens its own unheard."""
    mimetypes.init()  # the sender of a form reads the computer's own list, once
    HEARD.clear()
    HEARING.append(get_ident())
    found = set()
    try:
        yield found
    finally:
        HEARING.clear()
    ours = (ROOT / "templates", ROOT / "static", ROOT / "planner", demo.folder / "fonts", ROOT / "var" / "fonts")
    allowed = tuple(
        f"{folder.resolve()}/"
        for folder in (*ours, Path(sys.prefix), Path(sys.base_prefix) / "lib", Path("/usr/share/zoneinfo"))
    )
    paths = {str(Path(each.decode() if isinstance(each, bytes) else each).resolve()) for each in HEARD}
    found |= {each for each in paths if not each.startswith(allowed)}


NAMES = (
    "../../../../../../etc/hostname", "/etc/hostname", "..\\..\\..\\etc\\hostname", "....//....//etc/hostname",
    "%2e%2e%2f%2e%2e%2fetc%2fhostname", "..%c0%afetc%c0%afhostname", "../secret_key", "../school.sqlite", "nl/../../ar",
    "file:///etc/hostname", "ar\0.yaml", "~root", "$HOME", "C:\\Windows\\win.ini", "\\\\host\\share\\x", ".", "..",
    "root.dat", "x" * 300,
)  # fmt: skip
PLACES = (
    "/static/{}", "/activiteit/{}", "/activiteit/{event}/blad/{}", "/activiteit/{event}/ruimte?plek={}",
    "/activiteit/{event}/plattegrond?om={}", "/talen/{}", "/talen/{}/teksten.po", "/talen/ar/teksten.{}", "/taak/{}",
    "/taak/{}/bestand", "/ruimtes/tekening/{}", "/mensen/{}", "/huishoudens/{}/gegevens.json", "/agenda/{}.ics",
    "/lezen/{}", "/i/{}", "/m/{}", "/c/{}", "/instellingen/gegevens/inlezen/{}", "/gesprekken/{}",
    "/u/maken/{}?taal={}",
)  # fmt: skip


def try_names(demo, browser, place):
    """Open an address with every hostile name; return the statuses."""
    demo.workspace.failures.clear()
    for name in NAMES:
        for written in dict.fromkeys((name, quote(name, safe=""))):
            yield browser.open(place.replace("{event}", demo.facts.event_id).replace("{}", written)).status_code


@pytest.mark.parametrize("place", PLACES)
def test_name_in_an_address_leads_to_no_file(demo, coordinator, place):
    coordinator.look("/mensen")

    with listening(demo) as opened:
        statuses = set(try_names(demo, coordinator, place))

    assert opened == set()
    assert max(statuses) < 500


def test_name_in_a_form_leads_to_no_file(demo, coordinator):
    event, data = f"/activiteit/{demo.facts.event_id}", "/instellingen/gegevens"
    coordinator.look("/regels")

    with listening(demo) as opened:
        for name in NAMES:
            file = lambda body, ends="", name=name: (io.BytesIO(body), name + ends)  # noqa: E731
            for path, fields in (
                (f"{event}/pdf", {"sheet": name, "persoon": ""}),
                (f"{event}/pdf", {"sheet": "draaiboek", "persoon": name}),
                (f"{event}/vorm", {"form_id": name}),
                (
                    "/instellingen/gegevens/inlezen",
                    {"kind": "pupils", "file": file(b"Stamnummer;Klas\n1;1A\n", ".csv")},
                ),
                (f"{data}/inlezen", {"kind": name, "file": file(b"Stamnummer;Klas\n1;1A\n")}),
                ("/talen/ar/inlezen", {"file": file(b"Sleutel;Vertaling\n", ".po")}),
                ("/taal/nieuw", {"code": name, "babel": "sq", "name": "A", "own_name": "A"}),
                ("/taal/nieuw", {"code": "zz", "babel": name, "name": "A", "own_name": "A"}),
                ("/ruimtes/tekening/0", {"file": file(b"\x89PNG", ".png")}),
            ):
                assert coordinator.post(path, **fields).status_code in {302, 400, 404}, (path, name)

    assert opened == set()


def test_twin_page_that_opens_what_it_is_asked_would_be_seen(demo, coordinator, monkeypatch):
    def careless(filename):
        with suppress(OSError, ValueError):
            return (ROOT / "static" / filename).read_text()
        return ""

    monkeypatch.setitem(demo.app.view_functions, "static", careless)

    with listening(demo) as opened:
        list(try_names(demo, coordinator, "/static/{}"))

    assert "/etc/hostname" in opened


HTML = re.compile("<html[^>]*>")  # it says which language the page is in


def languages_shown(demo, stranger):
    """Open the pages for families in languages that do not exist; return what each page says its languages are."""
    family_page = demo.facts.invitations["ar"].removeprefix("http://localhost")
    helper = demo.facts.helper_link.removeprefix("http://localhost")
    for page in ("/c", family_page, helper, "/u"):
        usual = HTML.search(stranger.open(page).text)[0]
        for name in (name for name in NAMES if "\0" not in name):
            told = {"Accept-Language": quote(name), "Cookie": f"taal={quote(name)}; lang={quote(name)}"}
            answer = stranger.open(f"{page}?taal={quote(name, safe='')}", headers=told)
            yield answer.status_code, HTML.search(answer.text)[0] == usual


def test_language_that_is_not_there_is_the_usual_one_and_opens_no_file(demo, stranger):
    set(languages_shown(demo, stranger))

    with listening(demo) as opened:
        found = set(languages_shown(demo, stranger))

    assert found == {(200, True)}
    assert opened == set()


def test_twin_language_that_is_looked_up_as_a_file_would_be_seen(demo, stranger, monkeypatch):
    def careless(workspace):
        with suppress(OSError, ValueError):
            (workspace.fonts_dir / family.request.values.get("taal", "nl")).read_bytes()

    monkeypatch.setattr(family, "_kept", careless)

    with listening(demo) as opened:
        set(languages_shown(demo, stranger))

    assert "/etc/hostname" in opened
