"""Going back to where somebody wanted to be, and never to another site (Flask-Security-Too CVE-2023-49438)."""

import re
from urllib.parse import urlsplit

# One slash, then letters of our own addresses: no second slash, no backslash, no control character, no "%".
_OWN = re.compile(r"/(?:[a-z0-9][a-z0-9._~-]*(?:/[a-z0-9][a-z0-9._~-]*)*/?)?", re.ASCII | re.IGNORECASE)
LONGEST = 200


def own_path(text: object) -> str:
    """Return a path within our own site; empty when it could be read as anything else."""
    if not isinstance(text, str) or len(text) > LONGEST or not _OWN.fullmatch(text):
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc else text
