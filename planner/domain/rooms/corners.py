"""The inside of a loopbaanlokaal: a corner for each profession, at most four (toolkit, interessemarkt)."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PROFESSIONS = 4
CORNERS = ("linksvoor", "rechtsvoor", "rechtsachter", "linksachter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """A profession in a corner and who tells about it; either may still be empty."""

    profession: str = ""
    person_id: str = ""


def corner_faults(sector: str, corners: Sequence[Corner]) -> tuple[str, ...]:
    """Return in plain Dutch what is wrong with the corners of a sector; empty when they can be used."""
    named = [corner.profession.casefold() for corner in corners if corner.profession]
    faults = []
    if len(corners) > MOST_PROFESSIONS:
        faults.append(
            f"{sector}: {len(corners)} beroepen is te veel. Een loopbaanlokaal heeft vier hoeken, dus hooguit vier "
            "beroepen. Verdeel de rest over een tweede lokaal."
        )
    if len(set(named)) < len(named):
        faults.append(f"{sector}: een beroep staat er twee keer. Laat een hoek leeg of kies een ander beroep.")
    people = [corner.person_id for corner in corners if corner.person_id]
    if len(set(people)) < len(people):
        faults.append(f"{sector}: iemand staat in twee hoeken tegelijk. Laat bij één hoek de naam leeg.")
    return tuple(faults)


def proposed_corners(people: Sequence[tuple[str, str]]) -> tuple[Corner, ...]:
    """Return corners for those who come to tell about their work: (person id, profession), four at most."""
    return tuple(Corner(profession=work, person_id=person) for person, work in people[:MOST_PROFESSIONS])
