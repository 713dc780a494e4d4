"""The school's own drawing under a floor of the plan: taken in, put in its place, and taken away."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace

from planner.domain.access.rights import Right
from planner.domain.drawing.floorplan import Picture
from planner.errors import InputError, NotFoundError
from planner.imports.pictures import read_drawing
from planner.services.guarding import allowed
from planner.services.rooms.roomforms import HIGHEST, LOWEST, number_in
from planner.services.state import load_state
from planner.services.views import PictureForm
from planner.services.workspace import Workspace
from planner.storage.building import StoredPicture, drop_picture, load_image, load_pictures, save_picture
from planner.storage.db import writing
from planner.storage.records import bump_revision

Form = Mapping[str, str]
FURTHEST, LARGEST = 1000, 2000  # metres


@allowed(Right.SEE_YEAR)
def forms(workspace: Workspace) -> tuple[PictureForm, ...]:
    """Return for each floor whether it has a drawing, and where that lies."""
    known = {picture.floor: picture for picture in load_pictures(workspace.session)}
    floors = sorted({room.floor for room in load_state(workspace).rooms} | known.keys())
    return tuple(_form(floor, known.get(floor)) for floor in floors)


def _form(floor: int, picture: StoredPicture | None) -> PictureForm:
    if picture is None:
        return PictureForm(floor=floor, is_there=False, x=0.0, y=0.0, width=0.0)
    return PictureForm(floor=floor, is_there=True, x=picture.x, y=picture.y, width=picture.width)


@allowed(Right.PLAN)
def receive(workspace: Workspace, floor: int, body: bytes) -> None:
    """Put a drawing under a floor, as wide as its rooms are together; it replaces one that was there.

    InputError when it is no picture, too large, or the floor has no rooms.
    """
    rooms = [room for room in load_state(workspace).rooms if room.floor == floor]
    if not rooms:
        raise InputError("Op deze verdieping zijn geen ruimtes. Voeg eerst een ruimte toe.")
    workspace.session.rollback()  # nothing stays open while the drawing is read
    drawing = read_drawing(body)
    left = min(room.x for room in rooms)
    picture = StoredPicture(
        floor=floor,
        x=left,
        y=min(room.y for room in rooms),
        width=max(room.x + room.width for room in rooms) - left,
        pixels_wide=drawing.wide,
        pixels_high=drawing.high,
    )
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_picture(workspace.session, picture, drawing.body)


@allowed(Right.PLAN)
def place(workspace: Workspace, floor: int, form: Form) -> None:
    """Give a drawing another place: `x`, `y` and `width` in metres."""
    session = workspace.session
    with writing(session):
        known = {picture.floor: picture for picture in load_pictures(session)}
        if floor not in known:
            raise NotFoundError("Onder deze verdieping ligt geen tekening (meer).")
        bump_revision(session)
        moved = replace(
            known[floor],
            x=number_in(form, "x", "het aantal meters van west", -FURTHEST, FURTHEST),
            y=number_in(form, "y", "het aantal meters van noord", -FURTHEST, FURTHEST),
            width=number_in(form, "width", "de breedte", 1, LARGEST),
        )
        save_picture(session, moved)


@allowed(Right.PLAN)
def remove(workspace: Workspace, floor: int) -> None:
    """Take a drawing away; nothing happens when there is none."""
    session = workspace.session
    with writing(session):
        if floor in {picture.floor for picture in load_pictures(session)}:
            bump_revision(session)
            drop_picture(session, floor)


@allowed(Right.SEE_YEAR)
def image(workspace: Workspace, floor: int) -> bytes:
    """Return a drawing as a JPEG; NotFoundError when there is none."""
    return _image(workspace, floor)


def _image(workspace: Workspace, floor: int) -> bytes:
    found = load_image(workspace.session, floor) if LOWEST <= floor <= HIGHEST else None
    if found is None:
        raise NotFoundError("Onder deze verdieping ligt geen tekening.")
    return found


def as_data(workspace: Workspace) -> Callable[[int], str]:
    """Return how a sheet on paper gets a drawing: inside the document itself, so that nothing is fetched."""
    return lambda floor: f"data:image/jpeg;base64,{b64encode(_image(workspace, floor)).decode('ascii')}"


def pictures(workspace: Workspace, address: Callable[[int], str]) -> tuple[Picture, ...]:
    """Return the drawings as the floor plan takes them, each at the address that `address` gives its floor."""
    return tuple(
        Picture(floor=each.floor, address=address(each.floor), x=each.x, y=each.y, width=each.width, height=each.height)
        for each in load_pictures(workspace.session)
    )
