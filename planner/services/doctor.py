"""What this installation can do and what it still misses."""

from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from planner.config import Settings
from planner.domain.families.language import Language
from planner.exports.dates import full_date
from planner.exports.fonts import missing_fonts, missing_glyphs
from planner.services.keeping.backups import newest
from planner.services.workspace import Workspace

LIBRARIES = {"Pango": "pango-1.0", "Pango voor lettertypen": "pangoft2-1.0"}
BACKUP_AGE = timedelta(days=7)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; a `needed` one that is not `ok` makes the installation unfit."""

    about: str
    ok: bool
    text: str
    needed: bool = False


def _libraries() -> Iterator[Finding]:
    for name, library in LIBRARIES.items():
        there = find_library(library) is not None
        text = "aanwezig" if there else "ontbreekt; PDF's maken kan niet. Voer 'make run' uit, dat installeert het."
        yield Finding(about=name, ok=there, text=text, needed=True)


def _year_of(language: Language) -> str:
    """Return every weekday and month name of a language, as dates."""
    days = (date(2026, 1, 1) + timedelta(days=offset) for offset in range(0, 365, 5))
    return " ".join(full_date(day, language.babel) for day in days)


def _languages(workspace: Workspace) -> Iterator[Finding]:
    if missing_fonts(workspace.fonts_dir):
        yield Finding(about="Lettertypen", ok=False, text="ontbreken. Voer 'make fonts' uit.", needed=True)
        return
    for language in workspace.languages.values():
        text = " ".join((*language.strings.values(), _year_of(language)))
        missing = missing_glyphs(text, language.code, folder=workspace.fonts_dir)
        draft = "" if language.reviewed else " (vertaling is nog een concept)"
        yield Finding(
            about=language.name,
            ok=not missing,
            text=f"mist {' '.join(missing)}" if missing else f"kan worden afgedrukt{draft}",
            needed=True,
        )


def _surroundings(given: Settings, *, now: datetime) -> Iterator[Finding]:
    host = urlsplit(given.public_url).hostname or ""
    public = host not in LOOPBACK
    yield Finding(
        about="Adres",
        ok=public,
        text=given.public_url
        if public
        else f"{given.public_url} werkt alleen op deze computer; zet PUBLIC_URL voor QR-codes.",
    )
    secure = given.public_url.startswith("https:") or not public
    yield Finding(about="Versleuteling", ok=secure, text="in orde" if secure else "PUBLIC_URL begint niet met https.")
    yield Finding(
        about="Mail",
        ok=bool(given.smtp_url),
        text="ingesteld" if given.smtp_url else "SMTP_URL is leeg; er gaat geen mail uit.",
    )
    yield Finding(about="Geheime sleutel", ok=True, text="aanwezig")
    yield _backup(given, now=now)


def _backup(given: Settings, *, now: datetime) -> Finding:
    made = newest(given.backups_dir)
    if made is None:
        text = f"nog geen back-up in {given.backups_dir}. Maak er een met 'planner backup'."
        return Finding(about="Back-up", ok=False, text=text)
    days = (now - made).days
    text = "van vandaag" if days < 1 else f"{days} dagen oud" if days > 1 else "1 dag oud"
    return Finding(about="Back-up", ok=now - made <= BACKUP_AGE, text=text)


def examine(workspace: Workspace, given: Settings, *, now: datetime) -> tuple[Finding, ...]:
    """Return everything that was looked at: libraries, languages, address, mail, key, backup."""
    return (*_libraries(), *_languages(workspace), *_surroundings(given, now=now))
