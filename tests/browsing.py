"""A browser without a screen: it keeps cookies and sends the token of the page it was on."""

import re
from html import unescape

from demoschool import Demo
from werkzeug.test import TestResponse

from planner.domain.access.rights import Role

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """A visitor of the demo school over the test client."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.client = demo.app.test_client()
        self.token = ""

    def sign_in(self) -> None:
        """Use the one-click link, and look at a page with a form."""
        self.open(f"/aanmelden/{self.demo.facts.signin}")
        self.get("/hulp")

    def sign_in_as(self, role: Role) -> None:
        """Take over the session of somebody with this role, and look at a page with a form."""
        with self.client.session_transaction() as kept:
            kept["token"] = self.demo.facts.sessions[role]
        self.get("/hulp")

    def open(self, path: str, method: str = "GET", **options) -> TestResponse:
        """Ask for anything."""
        return self.client.open(path, method=method, buffered=True, **options)

    def get(self, path: str, **options) -> TestResponse:
        """Fetch a page; a token on it is kept for the next `post`."""
        answer = self.open(path, **options)
        if answer.mimetype == "text/html" and (found := _TOKEN.search(answer.text)):
            self.token = unescape(found[1])
        return answer

    def post(self, path: str, **fields) -> TestResponse:
        """Send a form as the page would."""
        return self.open(path, "POST", data={"csrf_token": self.token, **fields})

    def look(self, path: str) -> str:
        """Return the HTML of a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return answer.text
