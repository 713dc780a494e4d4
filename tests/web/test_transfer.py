"""The pages for what comes in and goes out: a whole visit without a script, and what is refused."""

import json
import subprocess
import sys

import pytest

from planner.services.keeping import archive
from planner.web.transfer import UPLOAD_LIMIT

DATA = "/instellingen/gegevens"
LIST = b"Stamnummer;Roepnaam;Achternaam;Klas;BSN\n999001;Amina;<b>Husayn</b>;1A;123456782\n"


def upload(browser, body=LIST, *, kind="pupils", name="klassen.csv", **more):
    return send(browser, f"{DATA}/inlezen", body, name, **{"kind": kind, "csrf_token": browser.token, **more})


def send(browser, path, body, name, **fields):
    """Send a form with a file. By hand, since the test client leaves large files open."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in fields.items()]
    parts.append(f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    data = "".join(parts).encode() + body + b"\r\n--x--\r\n"
    return browser.open(path, "POST", data=data, content_type="multipart/form-data; boundary=x")


def pupils(demo):
    with demo.app.app_context():
        return [each["number"] for each in json.loads(
            archive.export_archive(demo.workspace, who="", now=demo.app.config["CLOCK"]())
        )["tables"]["pupil"]["rows"]]  # fmt: skip


def test_list_is_seen_first_then_applied_then_undone(demo, coordinator):
    before = pupils(demo)

    place = upload(coordinator).location
    page = coordinator.get(place).text

    assert pupils(demo) == before
    assert "Amina &lt;b&gt;Husayn&lt;/b&gt; (999001)" in page
    assert "Overgeslagen en niet bewaard: BSN." in page
    assert "123456782" not in page
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    assert coordinator.post(f"{place}/uitvoeren", revision=revision).location == DATA
    assert "999001" in pupils(demo)
    assert "1 nieuw" in coordinator.get(DATA).text
    coordinator.post(f"{DATA}/ongedaan")
    assert sorted(pupils(demo)) == sorted(before)


def test_columns_are_chosen_on_the_page(coordinator):
    place = upload(coordinator, b"Stamnummer;Voor;Achter;Groepje\n999001;A;B;9Z\n").location
    chosen = {"kolom-1": "first", "kolom-2": "last", "kolom-3": "class", "kolom-x": "y", "kolom-99999": "last"}

    answer = coordinator.post(f"{place}/kolommen", **chosen, new_classes="1")

    assert answer.location == place
    page = coordinator.get(place).text
    assert "Nieuwe klassen: 9Z." in page
    assert "Dit moet eerst anders" not in page


def test_waiting_list_can_be_thrown_away(coordinator):
    place = upload(coordinator).location
    assert "klassen.csv" in coordinator.get(DATA).text

    coordinator.post(f"{place}/weg")

    assert coordinator.get(place).status_code == 404


def test_file_must_be_chosen(coordinator):
    for answer in (upload(coordinator, b"", name=""), coordinator.post(f"{DATA}/inlezen", kind="pupils")):
        assert answer.status_code == 400
        assert "Kies eerst een bestand op uw computer." in answer.text


def test_preview_that_is_too_old_is_refused(coordinator):
    place = upload(coordinator).location

    assert coordinator.post(f"{place}/uitvoeren", revision="1").status_code == 409


def test_only_this_page_takes_large_files(coordinator):
    large = b"x;y\n" * 500_000

    assert upload(coordinator, large).status_code == 400
    assert upload(coordinator, b"x" * UPLOAD_LIMIT).status_code == 413
    assert send(coordinator, "/instellingen", large, "x.csv", csrf_token=coordinator.token).status_code == 413


def test_stranger_sends_no_large_files(demo, stranger):
    demo.app.config["WTF_CSRF_ENABLED"] = False

    assert upload(stranger, b"x" * (2 << 20)).status_code in {302, 413}


def test_upload_asks_for_the_token(coordinator):
    assert upload(coordinator, csrf_token="fout").status_code == 400  # noqa: S106 - the wrong one


@pytest.mark.parametrize(
    ("path", "method", "start"),
    [("sjabloon.xlsx", "GET", b"PK"), ("alles.xlsx", "POST", b"PK"), ("archief.json", "POST", b"{")],
)
def test_files_are_given_as_files(coordinator, path, method, start):
    place = f"{DATA}/{path}"

    answer = coordinator.get(place) if method == "GET" else coordinator.post(place)

    assert answer.data.startswith(start)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=schakelplan")


def test_web_process_starts_without_openpyxl():
    code = "import sys, planner.app; sys.exit('openpyxl' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
