"""The security headers of every answer (OWASP ASVS 5.0: 3.4)."""

import secrets
from typing import cast

from flask import Flask, current_app, g
from werkzeug.wrappers import Response

CONTENT = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
NONCE_BYTES = 16
HTTPS_ONLY = "max-age=31536000"  # a year; other names of the school's domain are not ours to decide about


def csp_nonce() -> str:
    """Return the word that a script of this answer must carry; another one for each request (CSP Level 3, 6.7.3)."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(NONCE_BYTES)
    return cast("str", g.csp_nonce)


def _scripts(response: Response) -> str:
    """Return which scripts an answer may run: on a page the ones with our word, elsewhere none."""
    return f"'nonce-{csp_nonce()}'" if response.mimetype == "text/html" else "'none'"


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT.format(scripts=_scripts(response)))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def register(app: Flask) -> None:
    """Put the headers on every answer of `app`, errors included."""
    app.after_request(_add)
