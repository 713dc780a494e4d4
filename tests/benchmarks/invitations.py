"""Six hundred invitations in two languages, each with its own code: ours, and the same content by Typst."""

from __future__ import annotations

import json
import resource
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.services import paper
from planner.services.invitations import invitations
from planner.services.progress import nobody
from tests.benchmarks import schools
from tests.benchmarks.clock import KIB_PER_MB, peak_mb, seconds_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.services.views import InvitationSheet
    from planner.services.workspace import Workspace


def _sheets(workspace: Workspace, size: int) -> list[InvitationSheet]:
    """Return so many invitations, each with an address of its own, in the languages of the demo school."""
    families = [each for each in invitations.sheets(workspace, schools.MARKET) if each.language != "nl"]
    return [
        replace(families[number % len(families)], url=f"https://isk.example/i/{number:028}") for number in range(size)
    ]


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield seconds, pages a second, the most memory of a process that lays out, and the size of the file."""
    import pypdfium2  # noqa: PLC0415 - only this benchmark counts pages

    made: list[bytes] = []
    with schools.demo_app(root, size) as (_, workspace):
        sheets = _sheets(workspace, size)

        def print_all() -> None:
            documents, order = paper.stacked(workspace, sheets, {"view": None})
            made.append(paper.rendered(workspace, documents, nobody, order=order))

        seconds = seconds_of(print_all)
    pages = len(pypdfium2.PdfDocument(made[0]))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIB_PER_MB
    yield Row(name="invitations", size=size, value=seconds, unit="s", peak_mb=child)
    yield Row(name="invitations/speed", size=size, value=pages / seconds, unit="pages/s", peak_mb=peak_mb())
    yield Row(name="invitations/bytes", size=size, value=len(made[0]) / 1024, unit="KiB")


TYPST = """
#let sheets = json(bytes(sys.inputs.sheets))
#set document(title: "Uitnodigingen")
#set page(paper: "a4", margin: (x: 16mm, top: 12mm, bottom: 10mm))
#set text(font: ("Noto Sans", "Vazirmatn", "Noto Sans Ethiopic", "Noto Sans SC"), size: 11pt, lang: "nl")
#for sheet in sheets {
  set text(dir: if sheet.rtl { rtl } else { ltr })
  let pair(nl, own) = [#text(lang: "nl", nl) \\ #text(lang: sheet.lang, weight: "bold", own)]
  [= #sheet.title.at(0) #h(1fr) #sheet.title.at(1)]
  pair(..sheet.event)
  line(length: 100%)
  pair(..sheet.greeting)
  table(columns: (50mm, 1fr), stroke: none,
    ..sheet.facts.map(((head, ..values)) => (pair(..head), values.map(v => pair(..v)).join([\\ ]))).flatten())
  for each in sheet.end { pair(..each); [ \\ ] }
  place(bottom + end, image(bytes(sheet.qr), format: "svg", width: 34mm, alt: "QR-code"))
  place(bottom + start, [#sheet.pupils \\ #text(size: 7pt, sheet.mark)])
  pagebreak(weak: true)
}
"""


def _as_typst(sheet: InvitationSheet) -> dict[str, object]:
    nl, own = sheet.dutch, sheet.own
    return {
        "rtl": sheet.rtl,
        "lang": sheet.language[:2],
        "title": (nl["invitation"], own["invitation"]),
        "event": (sheet.event_title, sheet.title_own),
        "greeting": (sheet.greeting, sheet.greeting_own),
        "facts": [
            ((nl["when"], own["when"]), (sheet.date_dutch, sheet.date_own), (sheet.date_digits, "")),
            ((nl["what_time"], own["what_time"]), (sheet.time, "")),
            ((nl["where"], own["where"]), (sheet.place, sheet.school)),
            ((nl["who_may_come"], own["who_may_come"]), (sheet.who_may_come, sheet.who_own)),
            ((nl["what_about"], own["what_about"]), *zip(sheet.about, sheet.about_own, strict=True)),
        ],
        "end": [(nl[key], own[key]) for key in ("will_you_come", "see_you", "closing")],
        "pupils": " en ".join(sheet.pupils),
        "mark": f"{sheet.household} · {sheet.language}",
        "qr": sheet.qr_svg,
    }


def typst(root: Path, size: int) -> Iterator[Row]:
    """Yield seconds for the same content by Typst, codes and tags included."""
    import typst  # noqa: PLC0415 - only for this comparison

    with schools.demo_app(root, size) as (_, workspace):
        sheets, fonts = _sheets(workspace, size), workspace.fonts_dir
    made: list[bytes] = []

    def compile_all() -> None:
        inputs = {"sheets": json.dumps([_as_typst(sheet) for sheet in sheets])}
        made.append(
            typst.compile(
                TYPST.encode(),
                font_paths=[str(fonts)],
                sys_inputs=inputs,
                pdf_standards="ua-1",
                ignore_system_fonts=True,
            )
        )

    seconds = seconds_of(compile_all)
    yield Row(name="invitations/typst", size=size, value=seconds, unit="s", peak_mb=peak_mb())
    yield Row(name="invitations/typst-bytes", size=size, value=len(made[0]) / 1024, unit="KiB")
