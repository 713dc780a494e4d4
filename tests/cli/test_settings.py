from pathlib import Path

import pytest

from planner.config import ROOT, read_settings
from planner.errors import SettingsError

KEY = "0123456789abcdef" * 2


def read(tmp_path, **given):
    return read_settings({"PLANNER_DATA": str(tmp_path), "SECRET_KEY": KEY, **given})


def test_nothing_needs_to_be_set(tmp_path):
    settings = read_settings({"PLANNER_DATA": str(tmp_path)})

    assert (settings.database_url, settings.public_url, settings.port, settings.runbooks_dir, settings.smtp_url) == (
        f"sqlite:///{tmp_path / 'schakelplan.db'}",
        "http://localhost:8080",
        8080,
        ROOT / "runbooks",
        "",
    )


def test_empty_value_is_no_value(tmp_path):
    settings = read(tmp_path, PORT="", DATABASE_URL="", PUBLIC_URL="", PLANNER_RUNBOOKS="", SMTP_URL="")

    assert settings == read(tmp_path)


def test_folders_are_inside_the_data_folder(tmp_path):
    (tmp_path / "fonts").mkdir()
    settings = read(tmp_path)

    assert (settings.fonts_dir, settings.prints_dir) == (tmp_path / "fonts", tmp_path / "prints")


def test_folder_without_fonts_uses_those_that_set_up_made(tmp_path):
    assert read(tmp_path).fonts_dir == ROOT / "var" / "fonts"


def test_address_follows_the_port(tmp_path):
    assert read(tmp_path, PORT="9000").public_url == "http://localhost:9000"


def test_address_loses_the_slash_at_its_end(tmp_path):
    assert read(tmp_path, PUBLIC_URL="https://planner.isk.test/").public_url == "https://planner.isk.test"


def test_own_host_is_trusted_and_so_are_the_ones_that_are_named(tmp_path):
    settings = read(tmp_path, PUBLIC_URL="https://planner.isk.test", TRUSTED_HOSTS="a.test, ,b.test")

    assert settings.trusted_hosts == ("planner.isk.test", "localhost", "127.0.0.1", "[::1]", "a.test", "b.test")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "80.5", "9" * 5000, "8080 "])
def test_odd_port_is_refused(tmp_path, port):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, PORT=port)

    assert str(refused.value) == f'PORT is "{port}". Kies een getal van 1 tot en met 65535, bijvoorbeeld 8080.'


@pytest.mark.parametrize(
    "url",
    [
        "planner.isk.test",
        "ftp://planner.isk.test",
        "https://",
        "http://[::1",
        "http://planner.isk.test:99999",
        "http://planner.isk.test:poort",
        "https://planner.isk.test\n",
        "https://planner .test",
        "javascript://alert(1)",
    ],
)
def test_odd_address_is_refused(tmp_path, url):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, PUBLIC_URL=url)

    assert str(refused.value) == "PUBLIC_URL klopt niet. Begin met http:// of https:// en noem daarna de computer."


def test_odd_mail_server_is_refused_without_showing_its_password(tmp_path):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, SMTP_URL="mail://user:hunter2@mail.test")

    assert str(refused.value) == "SMTP_URL klopt niet. Begin met smtp:// of smtps:// en noem daarna de computer."


def test_mail_server_is_kept(tmp_path):
    assert read(tmp_path, SMTP_URL="smtps://mail.test:465").smtp_url == "smtps://mail.test:465"


def test_short_key_is_refused(tmp_path):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, SECRET_KEY="hunter2")  # noqa: S106 - it is refused

    assert str(refused.value) == "SECRET_KEY is te kort. Gebruik minstens 32 willekeurige tekens."


def test_folder_with_runbooks_must_be_there(tmp_path):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, PLANNER_RUNBOOKS=str(tmp_path / "none"))

    assert str(refused.value) == (
        f"De map met draaiboeken {tmp_path / 'none'} bestaat niet. Controleer PLANNER_RUNBOOKS."
    )


def test_key_is_made_once(tmp_path):
    made = [read_settings({"PLANNER_DATA": str(tmp_path / "new")}).secret_key for _ in range(2)]

    assert (made[0] == made[1], len(made[0])) == (True, 64)


def test_key_is_for_its_owner_only(tmp_path):
    read_settings({"PLANNER_DATA": str(tmp_path)})

    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", [b"", b"abc\n", b"\xff\xfe"])
def test_key_that_is_not_whole_is_refused(tmp_path, left):
    (tmp_path / "secret_key").write_bytes(left)

    with pytest.raises(SettingsError, match=r"^De sleutel in .*/secret_key is niet heel\. Zet hem terug uit een"):
        read_settings({"PLANNER_DATA": str(tmp_path)})


def test_given_key_makes_no_file(tmp_path):
    read(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("odd", [{"PUBLIC_URL": "x"}, {"SMTP_URL": "x"}, {"PORT": "x"}])
def test_odd_value_is_refused_before_a_key_is_made(tmp_path, odd):
    with pytest.raises(SettingsError):
        read_settings({"PLANNER_DATA": str(tmp_path), **odd})

    assert list(tmp_path.iterdir()) == []


def test_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("a file")

    with pytest.raises(SettingsError, match=r"^In de map .*/data kan niet worden geschreven .* met PLANNER_DATA\.$"):
        read_settings({"PLANNER_DATA": str(tmp_path / "data")})


def test_relative_folder_counts_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert read(Path("data")).data_dir == tmp_path / "data"


@pytest.mark.parametrize(("given", "proxies"), [("", 0), ("0", 0), ("1", 1), ("2", 2)])
def test_proxies_are_trusted_when_they_are_counted(tmp_path, given, proxies):
    assert read(tmp_path, TRUSTED_PROXIES=given).trusted_proxies == proxies


@pytest.mark.parametrize("given", ["-1", "x", "10", "1.0", "\u0661"])
def test_odd_number_of_proxies_is_refused(tmp_path, given):
    with pytest.raises(SettingsError, match=r"^TRUSTED_PROXIES is "):
        read(tmp_path, TRUSTED_PROXIES=given)


# ---- Mail and the school's own accounts ----

SCHOOL = {
    "OIDC_NAME": "Microsoft",
    "OIDC_ISSUER": "https://login.microsoftonline.com/0b1c-2d3e/v2.0/",
    "OIDC_CLIENT_ID": "plan",
    "OIDC_CLIENT_SECRET": "geheim",
}


@pytest.mark.parametrize(
    ("given", "sender"),
    [
        ({}, "schakelplan@localhost"),
        ({"PUBLIC_URL": "https://plan.school.nl"}, "schakelplan@plan.school.nl"),
        ({"PUBLIC_URL": "http://[::1]:8080"}, "schakelplan@localhost"),
        ({"MAIL_FROM": " lob@school.nl "}, "lob@school.nl"),
    ],
)
def test_mail_comes_from_an_address(tmp_path, given, sender):
    assert read(tmp_path, **given).mail_from == sender


@pytest.mark.parametrize("odd", ["lob", "a@b.nl, c@d.nl", "LOB <lob@school.nl>", "a@b.nl\r\nBcc: c@d.nl", "@", "a@"])
def test_odd_sender_is_refused(tmp_path, odd):
    with pytest.raises(SettingsError, match="MAIL_FROM klopt niet"):
        read(tmp_path, MAIL_FROM=odd)


def test_school_without_accounts_of_its_own_sets_nothing(tmp_path):
    assert read(tmp_path, **dict.fromkeys(SCHOOL, "")).school_signin is None


def test_accounts_of_the_school(tmp_path):
    found = read(tmp_path, **SCHOOL).school_signin

    assert (found.name, found.issuer) == ("Microsoft", "https://login.microsoftonline.com/0b1c-2d3e/v2.0")
    assert (found.client_id, found.client_secret) == ("plan", "geheim")


@pytest.mark.parametrize("missing", SCHOOL)
def test_half_a_set_of_values_names_what_is_missing(tmp_path, missing):
    with pytest.raises(SettingsError, match=f"Vul ook in: {missing}\\.$"):
        read(tmp_path, **{**SCHOOL, missing: " "})


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"OIDC_ISSUER": "login.school.nl"}, "OIDC_ISSUER klopt niet"),
        ({"OIDC_ISSUER": "http://login.school.nl"}, "OIDC_ISSUER moet met https:// beginnen"),
        ({"OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"}, "van alle scholen samen"),
        ({"OIDC_ISSUER": "https://login.microsoftonline.com/organizations/v2.0"}, "van alle scholen samen"),
        ({"OIDC_NAME": "x" * 31}, "OIDC_NAME is te lang"),
    ],
)
def test_odd_accounts_of_the_school_are_refused(tmp_path, odd, sentence):
    with pytest.raises(SettingsError, match=sentence):
        read(tmp_path, **{**SCHOOL, **odd})


def test_provider_on_this_computer_may_do_without_encryption(tmp_path):
    given = {**SCHOOL, "OIDC_ISSUER": "http://127.0.0.1:5000"}

    assert read(tmp_path, **given).school_signin.issuer == "http://127.0.0.1:5000"
