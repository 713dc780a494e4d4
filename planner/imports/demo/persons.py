"""What all people of the demo school have in common: ids, languages and days."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from unicodedata import normalize

from planner.domain.staffing.people import Skill
from planner.imports.demo.days import WEEKDAYS
from planner.imports.demo.tables import words

NAME_ATTEMPTS = 100
UNDECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o"})


@dataclass(slots=True)
class Register:
    """Knows the names that are taken, and hands out ids: `p-marieke`, and `p-marieke-2` for the next one."""

    names: set[str]
    _given: dict[str, int] = field(default_factory=dict)

    def new_name(self, draw: Callable[[], str]) -> str:
        """Return the first name drawn that nobody has; after many draws one that somebody has."""
        name = draw()
        for _ in range(NAME_ATTEMPTS):
            if name not in self.names:
                break
            name = draw()
        return name

    def take_id(self, name: str) -> str:
        """Return a new id for someone of this name, which is taken from now on."""
        self.names.add(name)
        plain = normalize("NFKD", name.split(maxsplit=1)[0].translate(UNDECOMPOSED))
        stem = "p-" + re.sub(r"[^a-z]", "", plain.lower())
        count = self._given[stem] = self._given.get(stem, 0) + 1
        return stem if count == 1 else f"{stem}-{count}"


def skills(text: str) -> tuple[Skill, ...]:
    """Return the languages of a cell: `"ar, fr 221"`, fluent unless digits say otherwise."""
    found = []
    for part in words(text):
        code, _, digits = part.partition(" ")
        understands, speaks, reads = (int(digit) for digit in digits or "333")
        found.append(Skill(language=code, understands=understands, speaks=speaks, reads=reads))
    return tuple(found)


def weekdays(text: str) -> frozenset[int]:
    """Return the days of a cell: `"ma di do"`."""
    return frozenset(WEEKDAYS[day] for day in text.split())


def clock(text: str | None) -> time | None:
    """Return the time of a cell, None for an empty one."""
    return time.fromisoformat(text) if text else None
