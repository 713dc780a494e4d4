"""The school's own accounts, through OpenID Connect: the only door of Authlib and requests.

Code flow with PKCE (RFC 7636), state and nonce; signatures with a public key only, so that nobody can pass off a
public key as a shared secret (the class of CVE-2024-37568). Answers are small and never lead elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from planner.config import SchoolSignin
from planner.errors import InputError, UnavailableError

TIMEOUT_SECONDS = 5
MOST_BYTES = 200_000
ALGORITHMS = ["RS256", "PS256", "ES256"]
SCOPE = "openid email profile"
LEEWAY_SECONDS = 60  # clocks of two servers
DISCOVERY = "/.well-known/openid-configuration"
UNREACHABLE = "De inlogpagina van uw school is nu niet bereikbaar. Probeer het later, of log in met een wachtwoord."
UNSOUND = "Het antwoord van de inlogpagina van uw school klopt niet. Probeer het nog eens."


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a provider does what."""

    authorization: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One sign-in under way: what its answer must match, and where that answer comes."""

    redirect_uri: str
    state: str
    nonce: str
    verifier: str


def discover(provider: SchoolSignin) -> Endpoints:
    """Ask a provider where it does what.

    UnavailableError when it does not answer, InputError when it says odd things.
    """
    found = _fetch(provider.issuer + DISCOVERY)
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    places = [found.get(name) for name in names]
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer or not all(
        _is_safe(provider, each) for each in places
    ):
        raise InputError(UNSOUND)
    return Endpoints(authorization=str(places[0]), token=str(places[1]), keys=str(places[2]))


def authorization_url(provider: SchoolSignin, endpoints: Endpoints, flow: Flow) -> str:
    """Return where to send the browser."""
    with _client(provider, flow) as client:
        url, _ = client.create_authorization_url(
            endpoints.authorization, state=flow.state, code_verifier=flow.verifier, nonce=flow.nonce
        )
    return str(url)


def claims(provider: SchoolSignin, endpoints: Endpoints, flow: Flow, *, code: str, now: datetime) -> Mapping[str, Any]:
    """Return what the provider says of who came back with `code`.

    InputError when it does not accept the code, or says it in a way that cannot be trusted.
    """
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - heavy, and most schools never need it
    from requests import RequestException  # noqa: PLC0415

    try:
        with _client(provider, flow) as client:
            token = client.fetch_token(
                endpoints.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=flow.verifier,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
    except RequestException as error:
        raise UnavailableError(UNREACHABLE) from error
    except (AuthlibBaseError, ValueError) as error:
        raise InputError(UNSOUND) from error
    return _verified(provider, flow, str(token.get("id_token", "")), _fetch(endpoints.keys), now=now)


def _verified(
    provider: SchoolSignin, flow: Flow, id_token: str, keys: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Any]:
    """Return the claims of an ID token whose signature, issuer, audience, time and nonce are right."""
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        decoded = jwt.decode(id_token, KeySet.import_key_set({"keys": keys["keys"]}), algorithms=ALGORITHMS)
        # Some providers end their issuer with a slash and some do not; both stand for the same.
        issuers = {"essential": True, "values": [provider.issuer, f"{provider.issuer}/"]}
        audience = {"essential": True, "value": provider.client_id}
        found = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={"iss": issuers, "aud": audience},
            params={"nonce": flow.nonce, "client_id": provider.client_id},
        )
        found.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise InputError(UNSOUND) from error
    return dict(found)


def _client(provider: SchoolSignin, flow: Flow) -> Any:  # noqa: ANN401 - Authlib has no types
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415

    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=flow.redirect_uri,
        code_challenge_method="S256",
    )


def _fetch(url: str) -> Mapping[str, Any]:
    """Return a small JSON object."""
    import requests  # noqa: PLC0415

    try:
        with requests.get(url, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True) as answer:
            body = answer.raw.read(MOST_BYTES + 1, decode_content=True)
            is_good = answer.status_code == requests.codes.ok and len(body) <= MOST_BYTES
    except (requests.RequestException, OSError) as error:
        raise UnavailableError(UNREACHABLE) from error
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not is_good or not isinstance(found, dict):
        raise InputError(UNSOUND)
    return found


def _is_safe(provider: SchoolSignin, place: object) -> bool:
    """Return whether a place is encrypted; only a provider on this very computer may do without."""
    return isinstance(place, str) and urlsplit(place).scheme in {"https", urlsplit(provider.issuer).scheme}
