"""Secret links: derived from the installation's key, stored as a hash only, revocable one by one.

A token is the HMAC of a purpose, a subject and a generation. So the same link can be shown and
printed again, the database never holds it, and raising the generation revokes it (OWASP ASVS 11.5).
"""

import hashlib
import hmac
from base64 import b32encode

TOKEN_CHARACTERS = 28  # 140 bits in base 32: lower-case letters and digits that survive being typed


def derive_token(secret_key: str, *, purpose: str, subject: str, generation: int) -> str:
    """Return the token of a subject for one purpose; another purpose or generation gives another token."""
    message = f"{purpose}|{generation}|{subject}".encode()
    digest = hmac.digest(secret_key.encode(), message, "sha256")
    return b32encode(digest).decode("ascii").lower()[:TOKEN_CHARACTERS]


def hash_token(token: str) -> str:
    """Return what is stored and looked up instead of the token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
