"""A sign-in of a school, small but real: an HTTP server on this computer with a key of its own."""

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from planner.config import SchoolSignin

CLIENT_ID, CLIENT_SECRET = "schakelplan", "geheim-van-de-test"
KEY = RSAKey.generate_key(2048, {"kid": "een"})
FOREIGN_KEY = RSAKey.generate_key(2048, {"kid": "een"})
EC_KEY = ECKey.generate_key("P-256", {"kid": "twee"})


@dataclass
class Provider:
    """Who is signed in there, and what of its answers is wrong on purpose."""

    url: str = ""
    claims: dict = field(default_factory=dict)
    key: object = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    document: dict = field(default_factory=dict)
    status: int = 200
    padding: int = 0
    tokens: list[dict] = field(default_factory=list)
    flows: dict[str, dict] = field(default_factory=dict)
    now: int = 0

    @property
    def settings(self) -> SchoolSignin:
        return SchoolSignin(name="Testschool", issuer=self.url, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)

    def authorize(self, url: str, **changes: str) -> str:
        """Do what the browser does there: sign in, and return the code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = f"code-{len(self.flows)}"
        self.flows[code] = {**asked, **changes}
        return code

    def id_token(self, flow: dict) -> str:
        known = {"iss": self.url, "aud": CLIENT_ID, "sub": "noor-1", "iat": self.now, "exp": self.now + 300}
        claims = {**known, "nonce": flow.get("nonce"), **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm in {"none", "HS256"}:
            signed = ".".join(
                _b64(json.dumps(each).encode()) for each in ({"alg": self.algorithm, "kid": "een"}, claims)
            )
            # With the public key, passed off as a shared secret (the class of CVE-2024-37568).
            secret = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
            return f"{signed}.{_b64(secret) if self.algorithm == 'HS256' else ''}"
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, self.key, [self.algorithm])

    def answer(self, path: str, body: str) -> tuple[int, dict]:
        if path == "/.well-known/openid-configuration":
            known = {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "padding": "x" * self.padding,
            }
            return self.status, {**known, **self.document}
        if path == "/keys":
            return 200, KeySet([KEY, EC_KEY]).as_dict(private=False)
        given = {name: values[0] for name, values in parse_qs(body).items()}
        self.tokens.append(given)
        flow = self.flows.pop(given.get("code", ""), None)
        challenge = _b64(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if flow is None or flow["code_challenge"] != challenge or flow["redirect_uri"] != given["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(flow)}


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


@contextmanager
def running_provider():
    """Give a provider that listens."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status, document = provider.answer(urlsplit(self.path).path, body)
            data = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if status == 302:
                self.send_header("Location", f"{provider.url}/elsewhere")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _answer  # noqa: N815 - named by http.server

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
