"""The readable tables of the demo school: YAML files of flat rows, in which every value is text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import yaml

Row = Mapping[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of `<name>.yaml`, in file order."""
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds text only, also of "no"
    return tuple(cast("list[Row]", rows))


def words(text: str) -> tuple[str, ...]:
    """Return the parts of a list written with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A home language with its share of the pupils and names as school records write them."""

    code: str
    share: float
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    also: str
    has_key_parents: bool


def languages(size: int) -> tuple[Language, ...]:
    """Return the home languages of a school of `size` pupils, the most spoken first."""
    return tuple(
        Language(
            code=row["code"],
            share=float(row["share"]),
            girls=words(row["girls"]),
            boys=words(row["boys"]),
            women=words(row["women"]),
            men=words(row["men"]),
            families=words(row["families"]),
            also=row.get("also", ""),
            has_key_parents=row.get("key_parents") != "none",
        )
        for row in table("languages")
        if size >= int(row.get("from", "0"))
    )


def surname(family: str, *, female: bool) -> str:
    """Return the form of a family name for a girl or a woman, or for a boy, a man or a household."""
    male, _, for_women = family.partition("|")
    return for_women if female and for_women else male
