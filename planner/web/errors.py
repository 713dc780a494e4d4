"""The one map from errors to HTTP: a status, a title and a sentence, never a stack trace."""

import logging
from datetime import timedelta
from math import ceil

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from planner.errors import (
    ConflictError,
    InfeasibleError,
    InputError,
    NotFoundError,
    PlannerError,
    TooManyError,
    UnavailableError,
)

log = logging.getLogger(__name__)

Answer = tuple[str, int, dict[str, str]]
RETRY_SECONDS = 5  # as long as a writer waits for its turn

STATUS: dict[type[PlannerError], tuple[int, str]] = {
    NotFoundError: (404, "Dit is er niet"),
    ConflictError: (409, "Dit gaat nu niet"),
    InfeasibleError: (409, "Dit past niet"),
    InputError: (400, "Dit klopt nog niet"),
    TooManyError: (429, "Even wachten"),
    UnavailableError: (503, "Even geduld"),
}
SENTENCES = {
    400: ("Dit klopt nog niet", "Ga terug en controleer wat u hebt ingevuld."),
    404: ("Dit is er niet", "Deze pagina bestaat niet of is niet voor u. Controleer de link."),
    405: ("Dit kan hier niet", "Ga terug en gebruik de knop op de pagina."),
    413: ("Dit is te groot", "Stuur een kleiner bestand of een kortere tekst."),
    500: (
        "Er ging iets mis",
        "Het ligt niet aan u. Er is niets half opgeslagen. Probeer het over een minuut nog eens.",
    ),
}


PLAIN = '<!doctype html><html lang="nl"><title>{title}</title><h1>{title}</h1><p>{sentence}</p></html>'


def _page(status: int, title: str, sentence: str, headers: dict[str, str] | None = None) -> Answer:
    try:
        page = render_template("web/error.html", status=status, title=title, sentence=sentence)
    except Exception as error:  # noqa: BLE001 - the page itself needs the database and our own address
        log.warning("a plain error page, because %r", error)
        page = PLAIN.format(title=escape(title), sentence=escape(sentence))
    return page, status, headers or {}


def retry_after(wait: timedelta) -> str:
    """Return when to try again, in whole seconds (RFC 9110, 10.2.3)."""
    return str(ceil(wait.total_seconds()))


def _retry(error: PlannerError) -> dict[str, str]:
    if isinstance(error, TooManyError):
        return {"Retry-After": retry_after(error.wait)}
    return {"Retry-After": str(RETRY_SECONDS)} if isinstance(error, UnavailableError) else {}


def _kind_of(error: PlannerError) -> tuple[int, str]:
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), (500, SENTENCES[500][0]))


def status_and_headers(error: PlannerError) -> tuple[int, dict[str, str]]:
    """Return the status and headers of an error, for a page that shows its form once more instead of an error page."""
    return _kind_of(error)[0], _retry(error)


def _planner_error(error: PlannerError) -> Answer:
    status, title = _kind_of(error)
    return _page(status, title, str(error), _retry(error))


def _http_error(error: HTTPException) -> Answer:
    status = error.code or 500
    title, sentence = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])  # noqa: PLR2004 - HTTP classes
    return _page(status, title, sentence, {name: text for name, text in error.get_headers() if name == "Allow"})


def _csrf_error(_: CSRFError) -> Answer:
    return _page(400, "Deze pagina is te oud", "Ga terug, laad de pagina opnieuw en druk dan nog eens op de knop.")


def _unexpected(error: Exception) -> Answer:
    log.error("unexpected error", exc_info=error)
    return _page(500, *SENTENCES[500])


def register(app: Flask) -> None:
    """Give every error of `app` its page."""
    app.register_error_handler(PlannerError, _planner_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
