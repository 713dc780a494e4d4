"""Mail addresses as we take them: one plain address, in which nothing can hide that a mail server would obey."""

import re

LONGEST = 254  # characters of an address that can travel (RFC 5321, 4.5.3.1.3)
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The dot-atom of RFC 5322 and a host name. Quoted names and 8-bit letters are left out: no school has them, and
# every mail injection so far came in through them.
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)*{_LABEL}", re.ASCII)


def mail_address(text: str) -> str | None:
    """Return a typed address in lower case, without spaces around it; None when it is not one plain address."""
    address = text.strip(" ").lower()
    return address if len(address) <= LONGEST and _ADDRESS.fullmatch(address) else None
