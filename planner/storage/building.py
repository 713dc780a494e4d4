"""The school's drawings under the floor plan and the corners of a loopbaanlokaal: rows to domain values and back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from planner.domain.rooms.corners import Corner
from planner.domain.rooms.room import Spot
from planner.storage.db import AnySession
from planner.storage.merging import add_rows
from planner.storage.models import THE_ENTRANCE, CornerRow, EntranceRow, PlanPictureRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPicture:
    """A drawing without its bytes: where it lies (metres), and its shape in pixels."""

    floor: int
    x: float
    y: float
    width: float
    pixels_wide: int
    pixels_high: int

    @property
    def height(self) -> float:
        """How deep the drawing is, in metres; its shape decides."""
        return self.width * self.pixels_high / self.pixels_wide


def load_entrance(session: AnySession) -> Spot | None:
    """Return where people come in, None when nobody said so."""
    row = session.get(EntranceRow, THE_ENTRANCE)
    return Spot(floor=row.floor, x=row.x, y=row.y) if row else None


def save_entrance(session: AnySession, entrance: Spot | None) -> None:
    """Keep where people come in; None takes it off the plan."""
    session.execute(delete(EntranceRow))
    if entrance:
        add_rows(session, EntranceRow, [{"id": THE_ENTRANCE, **asdict(entrance)}])


def load_pictures(session: AnySession) -> tuple[StoredPicture, ...]:
    """Return the drawings, without their bytes, by floor."""
    columns = [getattr(PlanPictureRow, name) for name in StoredPicture.__slots__]
    rows = session.execute(select(*columns).order_by(PlanPictureRow.floor)).mappings()
    return tuple(StoredPicture(**row) for row in rows)


def load_image(session: AnySession, floor: int) -> bytes | None:
    """Return the drawing of a floor as a JPEG, None when there is none."""
    return session.scalar(select(PlanPictureRow.image).where(PlanPictureRow.floor == floor))


def save_picture(session: AnySession, picture: StoredPicture, image: bytes | None = None) -> None:
    """Keep a drawing, or without `image` another place for the one that is there."""
    values = {name: getattr(picture, name) for name in StoredPicture.__slots__}
    row = session.get(PlanPictureRow, picture.floor) or PlanPictureRow(floor=picture.floor)
    for name, value in values.items():
        setattr(row, name, value)
    if image is not None:
        row.image = image
    session.add(row)
    session.flush()


def drop_picture(session: AnySession, floor: int) -> None:
    """Take a drawing away; nothing happens when there is none."""
    session.execute(delete(PlanPictureRow).where(PlanPictureRow.floor == floor))


def load_corners(session: AnySession, event_id: str) -> Mapping[str, tuple[Corner, ...]]:
    """Return what a coordinator wrote about the corners of an event, by sector."""
    found: defaultdict[str, list[Corner]] = defaultdict(list)
    query = select(CornerRow).filter_by(event_id=event_id).order_by(CornerRow.sector, CornerRow.number)
    for row in session.scalars(query):
        found[row.sector].append(Corner(profession=row.profession, person_id=row.person_id or ""))
    return {sector: tuple(corners) for sector, corners in found.items()}


def save_corners(session: AnySession, event_id: str, sector: str, corners: Sequence[Corner]) -> None:
    """Replace the corners of a sector."""
    session.execute(delete(CornerRow).where(CornerRow.event_id == event_id, CornerRow.sector == sector))
    rows = [
        {
            "event_id": event_id,
            "sector": sector,
            "number": number,
            "profession": corner.profession,
            "person_id": corner.person_id or None,
        }
        for number, corner in enumerate(corners, start=1)
    ]
    add_rows(session, CornerRow, rows)
