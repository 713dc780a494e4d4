"""The door for `cards.yaml`: the words on language cards and door signs. A folder may do without."""

from pathlib import Path as FilePath
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from planner.definitions.messages import explain
from planner.definitions.problems import Document, Problem
from planner.definitions.schema import Part, Text
from planner.definitions.yaml import read_file
from planner.domain.families.language import Card

FILE = "cards.yaml"


class CardPart(Part):
    """The words of one language, without its code."""

    speak: Text
    welcome: Text
    certainty: Annotated[int, Field(ge=1, le=5)]
    review: Literal["needed", "editorial", "reviewed"]


def read_cards(folder: FilePath) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """Return the good cards of a folder of definitions, in the order of the file, and all problems."""
    if not (folder / FILE).exists():
        return (), ()
    document, problems = read_file(folder / FILE, f"{folder.resolve().name}/{FILE}")
    cards: list[Card] = []
    if document:
        for code in document.data:
            card, wrong = _read_card(document, code)
            cards += [card] if card else []
            problems += wrong
    return tuple(cards), problems


def _read_card(document: Document, code: str) -> tuple[Card | None, tuple[Problem, ...]]:
    try:
        part = CardPart.model_validate(document.data[code])
    except ValidationError as error:
        return None, explain(error, CardPart, document, at=(code,))
    return Card(code=code, **part.model_dump()), ()
