"""The settings of an installation, read once from the environment. Odd values are refused with a sentence."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from planner.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
PORT = 8080
KEY_CHARACTERS = 32  # 128 bits and more when written as hexadecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation decides. `public_url` has no slash at its end."""

    database_url: str
    data_dir: Path
    runbooks_dir: Path
    public_url: str
    port: int
    secret_key: str
    smtp_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    testing: bool = False

    @property
    def fonts_dir(self) -> Path:
        """The folder with the print fonts that set-up made."""
        return self.data_dir / "fonts"

    @property
    def prints_dir(self) -> Path:
        """The folder in which finished prints wait to be fetched."""
        return self.data_dir / "prints"


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - the range of TCP ports
        raise SettingsError(f'PORT is "{text}". Kies een getal van 1 tot en met 65535, bijvoorbeeld 8080.')
    return int(text)


def _url(name: str, text: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(text)
    if parts.scheme not in schemes or not (parts.netloc or parts.scheme.startswith("sqlite")):
        raise SettingsError(f'{name} is "{text}". Begin met {" of ".join(f"{s}://" for s in schemes)}.')
    return text.rstrip("/")


def _database(text: str) -> str:
    """Return an SQLAlchemy address; plain postgres:// addresses get the driver we install."""
    for scheme in ("postgres://", "postgresql://"):
        if text.startswith(scheme):
            text = "postgresql+psycopg://" + text.removeprefix(scheme)
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError('DATABASE_URL begint met "sqlite:///" of "postgresql://". Laat hem leeg voor SQLite.')
    return text


def _secret_key(given: str, data_dir: Path) -> str:
    """Return the given key, or the one kept in the data folder; made at the first start."""
    if given:
        if len(given) < KEY_CHARACTERS:
            raise SettingsError(f"SECRET_KEY is te kort. Gebruik minstens {KEY_CHARACTERS} willekeurige tekens.")
        return given
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(KEY_CHARACTERS), encoding="ascii")
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(
            f"In de map {data_dir} kan niet worden geschreven ({error.strerror}). "
            "Geef de map schrijfrechten of kies een andere met PLANNER_DATA."
        ) from error


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in `environment`; SettingsError says which value is odd and what would be right."""
    data_dir = Path(environment.get("PLANNER_DATA") or ROOT / "var").absolute()
    runbooks = Path(environment.get("PLANNER_RUNBOOKS") or ROOT / "runbooks").absolute()
    if not runbooks.is_dir():
        raise SettingsError(f"De map met draaiboeken {runbooks} bestaat niet. Controleer PLANNER_RUNBOOKS.")
    port = _port(environment.get("PORT") or str(PORT))
    public = environment.get("PUBLIC_URL") or f"http://localhost:{port}"
    smtp = environment.get("SMTP_URL", "")
    hosts = tuple(host.strip() for host in environment.get("TRUSTED_HOSTS", "").split(",") if host.strip())
    public_host = urlsplit(public).hostname or "localhost"
    return Settings(
        database_url=_database(environment.get("DATABASE_URL") or f"sqlite:///{data_dir / 'schakelplan.db'}"),
        data_dir=data_dir,
        runbooks_dir=runbooks,
        public_url=_url("PUBLIC_URL", public, ("http", "https")),
        port=port,
        secret_key=_secret_key(environment.get("SECRET_KEY", ""), data_dir),
        smtp_url=_url("SMTP_URL", smtp, ("smtp", "smtps")) if smtp else "",
        trusted_hosts=(public_host, "localhost", "127.0.0.1", "[::1]", *hosts),
    )
