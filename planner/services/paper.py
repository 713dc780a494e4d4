"""What every print needs: fonts, letters, pages that are laid out once, and a place until they are fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.errors import InputError
from planner.exports.fonts import missing_fonts, missing_glyphs
from planner.exports.rendering import render_pdf
from planner.services.progress import Progress
from planner.services.views import InvitationSheet
from planner.services.workspace import Workspace

FAMILIES_AT_ONCE = 50  # measured: larger parts take more memory and hardly less time


def check_fonts(workspace: Workspace) -> None:
    """Refuse to print without fonts; InputError says what to do."""
    missing = missing_fonts(workspace.fonts_dir)
    if missing:
        raise InputError(f"Lettertypen ontbreken ({', '.join(missing[:3])}). Voer eerst 'make fonts' uit.")


def check_glyphs(workspace: Workspace, printed: Sequence[InvitationSheet]) -> None:
    """Refuse an invitation with a character no font has; InputError names language and character."""
    texts = {(_own_words(sheet), sheet.language): sheet.language_name for sheet in printed}
    for (text, language), name in texts.items():
        missing = missing_glyphs(text, language, folder=workspace.fonts_dir)
        if missing:
            raise InputError(f"Voor {name} ontbreekt een letter: {' '.join(missing)}.")


def _own_words(sheet: InvitationSheet) -> str:
    more = sheet.date_own, sheet.title_own, sheet.greeting_own, sheet.who_own
    return " ".join((*sheet.own.values(), *more, *sheet.about_own))


Order = Sequence[tuple[int, int]]


def _base(sheet: InvitationSheet) -> InvitationSheet:
    """Return what a sheet has in common with that of another family."""
    return replace(sheet, household="", household_id="", pupils=(), url="", code="", code_extra="")


def stacked(
    workspace: Workspace, printed: Sequence[InvitationSheet], values: Mapping[str, Any]
) -> tuple[tuple[str, ...], Order]:
    """Return invitations as documents in which equal ones stand together, so that each is laid out once.

    The order says where each of `printed` is.
    """
    keys = [repr(_base(sheet)) for sheet in printed]
    sorted_places = sorted(range(len(printed)), key=lambda place: (printed[place].language, keys[place], place))
    documents: list[str] = []
    where: dict[int, tuple[int, int]] = {}
    for at, start in enumerate(range(0, len(printed), FAMILIES_AT_ONCE)):
        places = sorted_places[start : start + FAMILIES_AT_ONCE]
        bases = {keys[place]: printed[place] for place in places}
        numbers = {key: number for number, key in enumerate(bases)}
        where |= {place: (at, number) for number, place in enumerate(places)}
        mine = {
            "sheets": [printed[place] for place in places],
            "gelijk": [_base(sheet) for sheet in bases.values()],
            "bij": [numbers[keys[place]] for place in places],
        }
        documents.append(workspace.render("print/uitnodigingen.html", **{**values, **mine}, paper=True))
    return tuple(documents), tuple(where[place] for place in range(len(printed)))


def rendered(
    workspace: Workspace, documents: Sequence[str], progress: Progress, *, order: Order = (), zoom: float = 1
) -> bytes:
    """Return documents as one PDF, for `order` and `zoom` see `render_pdf`; `progress` hears how far it is."""

    def tell(done: int) -> None:
        progress(done, len(documents), "De bladen opmaken")

    return render_pdf(
        documents, css=workspace.print_css, fonts_dir=workspace.fonts_dir, tell=tell, order=order, zoom=zoom
    )


def keep_print(workspace: Workspace, task_id: str, body: bytes) -> None:
    """Keep the print of a task until it is fetched."""
    workspace.prints_dir.mkdir(parents=True, exist_ok=True)
    path = workspace.prints_dir / f"{task_id}.pdf"
    partial = path.with_suffix(".part")
    partial.write_bytes(body)
    partial.replace(path)
