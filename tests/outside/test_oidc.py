import socket
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from oidcprovider import CLIENT_ID, EC_KEY, FOREIGN_KEY, KEY, running_provider

from planner.errors import InputError, UnavailableError
from planner.outside import oidc
from planner.outside.oidc import Flow

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
FLOW = Flow(
    redirect_uri="http://localhost/inloggen/school/terug",
    state="een-staat",
    nonce="een-nonce",
    verifier="een-geheim-van-minstens-drieenveertig-tekens-lang",
)


@pytest.fixture(scope="module")
def listening():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(listening):
    """Return the provider with nothing wrong about it."""
    fresh = type(listening)(url=listening.url, now=int(NOW.timestamp()))
    vars(listening).update(vars(fresh))
    return listening


def claims(provider, *, flow=FLOW, now=NOW, **changes):
    endpoints = oidc.discover(provider.settings)
    code = provider.authorize(oidc.authorization_url(provider.settings, endpoints, FLOW), **changes)
    return oidc.claims(provider.settings, endpoints, flow, code=code, now=now)


def test_browser_is_sent_with_state_nonce_and_challenge(provider):
    url = oidc.authorization_url(provider.settings, oidc.discover(provider.settings), FLOW)
    asked = parse_qs(urlsplit(url).query)

    assert url.startswith(f"{provider.url}/authorize?")
    assert asked["code_challenge"] != [FLOW.verifier]
    assert {name: values for name, values in asked.items() if name != "code_challenge"} == {
        "response_type": ["code"],
        "client_id": [CLIENT_ID],
        "redirect_uri": [FLOW.redirect_uri],
        "scope": ["openid email profile"],
        "state": [FLOW.state],
        "nonce": [FLOW.nonce],
        "code_challenge_method": ["S256"],
    }


@pytest.mark.parametrize(("key", "algorithm"), [(KEY, "RS256"), (KEY, "PS256"), (EC_KEY, "ES256")])
def test_sound_answer_is_believed(provider, key, algorithm):
    provider.key, provider.algorithm, provider.claims = key, algorithm, {"email": "noor@school.example"}

    found = claims(provider)

    assert (found["sub"], found["email"], found["iss"]) == ("noor-1", "noor@school.example", provider.url)


def test_secret_of_the_flow_goes_to_the_provider_only(provider):
    claims(provider)

    assert provider.tokens[0]["code_verifier"] == FLOW.verifier


WRONG = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "iemand-anders"},
    "several audiences without a party": {"aud": [CLIENT_ID, "iemand-anders"]},
    "another party": {"azp": "iemand-anders"},
    "over": {"exp": int(NOW.timestamp()) - 120},
    "without an end": {"exp": None},
    "of the future": {"iat": int(NOW.timestamp()) + 600, "nbf": int(NOW.timestamp()) + 600},
    "another nonce": {"nonce": "een-andere"},
    "no nonce": {"nonce": None},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("what", WRONG)
def test_claims_that_are_not_for_us_are_refused(provider, what):
    provider.claims = WRONG[what]

    with pytest.raises(InputError, match="Het antwoord van de inlogpagina"):
        claims(provider)


@pytest.mark.parametrize(("key", "algorithm"), [(KEY, "none"), (KEY, "HS256"), (FOREIGN_KEY, "RS256"), (KEY, "RS512")])
def test_signature_that_proves_nothing_is_refused(provider, key, algorithm):
    provider.key, provider.algorithm = key, algorithm

    with pytest.raises(InputError, match="Het antwoord van de inlogpagina"):
        claims(provider)


def test_code_of_another_browser_is_refused(provider):
    """Whoever steals a code has no verifier."""
    thief = Flow(redirect_uri=FLOW.redirect_uri, state="x", nonce=FLOW.nonce, verifier="x" * 50)

    with pytest.raises(InputError):
        claims(provider, flow=thief)


def test_code_counts_once(provider):
    endpoints = oidc.discover(provider.settings)
    code = provider.authorize(oidc.authorization_url(provider.settings, endpoints, FLOW))
    oidc.claims(provider.settings, endpoints, FLOW, code=code, now=NOW)

    with pytest.raises(InputError):
        oidc.claims(provider.settings, endpoints, FLOW, code=code, now=NOW)


ODD = {
    "another issuer": {"issuer": "https://evil.example"},
    "no place for keys": {"jwks_uri": None},
    "a file": {"token_endpoint": "file:///etc/passwd"},
    "no issuer": {"issuer": None},
}


@pytest.mark.parametrize("what", ODD)
def test_odd_description_of_a_provider_is_refused(provider, what):
    provider.document = ODD[what]

    with pytest.raises(InputError):
        oidc.discover(provider.settings)


@pytest.mark.parametrize(("status", "padding"), [(302, 0), (404, 0), (200, oidc.MOST_BYTES)])
def test_detour_or_endless_answer_is_refused(provider, status, padding):
    provider.status, provider.padding = status, padding

    with pytest.raises(InputError):
        oidc.discover(provider.settings)


def test_provider_with_a_slash_at_its_end_is_the_same(provider):
    provider.document = {"issuer": f"{provider.url}/"}
    provider.claims = {"iss": f"{provider.url}/"}

    assert claims(provider)["sub"] == "noor-1"


def test_answer_that_is_no_json_is_refused(provider, monkeypatch):
    monkeypatch.setattr(oidc, "DISCOVERY", "/keys")  # JSON, but no description

    with pytest.raises(InputError):
        oidc.discover(provider.settings)


def test_provider_that_is_not_there_is_told(provider):
    endpoints = oidc.discover(provider.settings)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    gone = type(provider)(url=nowhere)

    with pytest.raises(UnavailableError, match="niet bereikbaar"):
        oidc.discover(gone.settings)
    lost = oidc.Endpoints(authorization=nowhere, token=nowhere, keys=endpoints.keys)
    with pytest.raises(UnavailableError, match="niet bereikbaar"):
        oidc.claims(provider.settings, lost, FLOW, code="x", now=NOW)
