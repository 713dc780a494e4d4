"""The settings of an installation, read once from the environment. Odd values are refused with a sentence."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from planner.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
PORT = 8080
HIGHEST_PORT = 65535
OIDC_NAMES = ("OIDC_NAME", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
SHARED_TENANTS = frozenset({"common", "organizations", "consumers"})  # of Microsoft: not one school but all of them
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST_NAME = 30
_ADDRESS = re.compile(r"[a-zA-Z0-9._+-]+@[a-zA-Z0-9.-]+", re.ASCII)
KEY_CHARACTERS = 32  # 128 bits and more when written as hexadecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSignin:
    """The school's own accounts, of Microsoft or Google, through OpenID Connect. `name` stands on the button."""

    name: str
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation decides. `public_url` has no slash at its end.

    `trusted_proxies` is how many servers of the school stand in front of this one and add to X-Forwarded-For.
    """

    database_url: str
    data_dir: Path
    runbooks_dir: Path
    public_url: str
    port: int
    secret_key: str
    smtp_url: str = ""
    mail_from: str = ""
    school_signin: SchoolSignin | None = None
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    testing: bool = False

    @property
    def fonts_dir(self) -> Path:
        """The folder with the print fonts: the data folder's own, or else those that set-up made for everybody."""
        own = self.data_dir / "fonts"
        return own if own.is_dir() else ROOT / "var" / "fonts"

    @property
    def prints_dir(self) -> Path:
        """The folder in which finished prints wait to be fetched."""
        return self.data_dir / "prints"

    @property
    def backups_dir(self) -> Path:
        """The folder with backups."""
        return self.data_dir / "backups"


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() and len(text) <= len(str(HIGHEST_PORT)) else 0
    if not 1 <= port <= HIGHEST_PORT:
        raise SettingsError(f'PORT is "{text}". Kies een getal van 1 tot en met {HIGHEST_PORT}, bijvoorbeeld {PORT}.')
    return port


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 1):
        raise SettingsError(
            f'TRUSTED_PROXIES is "{text[:20]}". Kies hoeveel eigen servers ervoor staan: 0 als er geen is, meestal 1.'
        )
    return int(text)


def _url(name: str, text: str, schemes: tuple[str, ...]) -> str:
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or half an IPv6 address
        has_host = False
    if not has_host or parts.scheme not in schemes or not text.isprintable() or " " in text:
        known = " of ".join(f"{scheme}://" for scheme in schemes)
        # The value is not repeated: it may hold a password.
        raise SettingsError(f"{name} klopt niet. Begin met {known} en noem daarna de computer.")
    return text.rstrip("/")


def _mail_from(given: str, public_url: str) -> str:
    """Return the address that mail comes from; by itself it is of the host on which the planner is reached."""
    if given and not _ADDRESS.fullmatch(given):
        raise SettingsError("MAIL_FROM klopt niet. Kies één e-mailadres, bijvoorbeeld schakelplan@school.nl.")
    host = urlsplit(public_url).hostname or ""
    return given or f"schakelplan@{'localhost' if ':' in host else host}"


def _school_signin(environment: Mapping[str, str]) -> SchoolSignin | None:
    """Return how the school's own accounts sign in; None when nothing is set."""
    given = {name: environment.get(name, "").strip() for name in OIDC_NAMES}
    if not any(given.values()):
        return None
    missing = [name for name, text in given.items() if not text]
    if missing:
        raise SettingsError(f"Inloggen met schoolaccounts is half ingesteld. Vul ook in: {', '.join(missing)}.")
    name, issuer, client_id, client_secret = given.values()
    issuer = _url("OIDC_ISSUER", issuer, ("http", "https"))
    host, path = urlsplit(issuer).hostname or "", urlsplit(issuer).path.split("/")
    if issuer.startswith("http:") and host not in LOOPBACK:
        raise SettingsError("OIDC_ISSUER moet met https:// beginnen.")
    if not SHARED_TENANTS.isdisjoint(path):  # anybody in the world may then claim an address of this school
        raise SettingsError("OIDC_ISSUER is van alle scholen samen. Noem de eigen tenant: het nummer in het adres.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise SettingsError(f"OIDC_NAME is te lang. Kies hooguit {LONGEST_NAME} tekens, bijvoorbeeld Microsoft.")
    return SchoolSignin(name=name, issuer=issuer, client_id=client_id, client_secret=client_secret)


def _kept_key(data_dir: Path) -> str:
    """Return the key in the data folder; made at the first start, and never by two programs at once."""
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(KEY_CHARACTERS))
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise SettingsError(
            f"In de map {data_dir} kan niet worden geschreven ({error.strerror}). "
            "Geef de map schrijfrechten of kies een andere met PLANNER_DATA."
        ) from error


def _secret_key(given: str, data_dir: Path) -> str:
    """Return the given key, or the one kept in the data folder."""
    if given and len(given) < KEY_CHARACTERS:
        raise SettingsError(f"SECRET_KEY is te kort. Gebruik minstens {KEY_CHARACTERS} willekeurige tekens.")
    key = given or _kept_key(data_dir)
    if len(key) < KEY_CHARACTERS:
        raise SettingsError(
            f"De sleutel in {data_dir / 'secret_key'} is niet heel. Zet hem terug uit een back-up. "
            "Of verwijder het bestand: dan komt er een nieuwe en werken oude links niet meer."
        )
    return key


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in `environment`; SettingsError says which value is odd and what would be right."""
    data_dir = Path(environment.get("PLANNER_DATA") or ROOT / "var").absolute()
    runbooks = Path(environment.get("PLANNER_RUNBOOKS") or ROOT / "runbooks").absolute()
    if not runbooks.is_dir():
        raise SettingsError(f"De map met draaiboeken {runbooks} bestaat niet. Controleer PLANNER_RUNBOOKS.")
    port = _port(environment.get("PORT") or str(PORT))
    public = _url("PUBLIC_URL", environment.get("PUBLIC_URL") or f"http://localhost:{port}", ("http", "https"))
    smtp = environment.get("SMTP_URL", "")
    hosts = tuple(host.strip() for host in environment.get("TRUSTED_HOSTS", "").split(",") if host.strip())
    return Settings(
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{data_dir / 'schakelplan.db'}",
        data_dir=data_dir,
        runbooks_dir=runbooks,
        public_url=public,
        port=port,
        smtp_url=_url("SMTP_URL", smtp, ("smtp", "smtps")) if smtp else "",
        mail_from=_mail_from(environment.get("MAIL_FROM", "").strip(), public),
        school_signin=_school_signin(environment),
        trusted_hosts=(urlsplit(public).hostname or "", "localhost", "127.0.0.1", "[::1]", *hosts),
        trusted_proxies=_proxies(environment.get("TRUSTED_PROXIES") or "0"),
        # The last, since it may write a file: odd values are refused before anything is made.
        secret_key=_secret_key(environment.get("SECRET_KEY", ""), data_dir),
    )
