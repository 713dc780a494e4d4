"""The door for `pages.yaml`: the fixed texts of the personal page in some languages."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path as FilePath
from typing import Literal

from pydantic import ValidationError

from planner.definitions.messages import explain
from planner.definitions.problems import Document, Problem, show
from planner.definitions.schema import Part, Text
from planner.definitions.yaml import read_file
from planner.domain.families.language import PageTexts

FILE = "pages.yaml"
NAME = "{name}"  # stands for the name of the reader in `hello`
DUTCH = "nl"
_BRACE = re.compile(r"[{}]")


class PageStringsPart(Part):
    """The fixed texts of the personal page in one language."""

    heading: Text
    hello: Text
    none: Text
    task: Text
    what_when: Text
    to_say: Text
    together: Text
    will_you: Text
    says_yes: Text
    says_no: Text
    why_not: Text
    said_yes: Text
    said_no: Text
    change: Text
    closed: Text
    saved: Text
    odd: Text
    availability: Text
    on_days: Text
    not_before: Text
    away: Text
    evenings: Text
    save: Text
    private: Text
    calendar: Text
    language: Text
    draft: Text


class PageLanguagePart(Part):
    """The texts of one language, without its code."""

    review: Literal["needed", "editorial", "reviewed"]
    strings: PageStringsPart


def read_pages(folder: FilePath, *, known: Collection[str]) -> tuple[tuple[PageTexts, ...], tuple[Problem, ...]]:
    """Return the good texts of a folder of runbooks, in the order of the file, and all problems.

    `known` are the codes of `languages.yaml`; Dutch must be there, since every other language falls back to it.
    """
    document, problems = read_file(folder / FILE, f"{folder.resolve().name}/{FILE}")
    found: list[PageTexts] = []
    if document:
        for code in document.data:
            texts, wrong = _read(document, code, known)
            found += [texts] if texts else []
            problems += wrong
        if DUTCH not in document.data:
            advice = 'Zet een blok "nl" in het bestand: elke andere taal valt daarop terug.'
            problems += (document.problem((), "Het Nederlands ontbreekt.", advice),)
    return tuple(found), problems


def _read(document: Document, code: str, known: Collection[str]) -> tuple[PageTexts | None, tuple[Problem, ...]]:
    try:
        part = PageLanguagePart.model_validate(document.data[code])
    except ValidationError as error:
        return None, explain(error, PageLanguagePart, document, at=(code,))
    problems = tuple(_check(document, code, part, known))
    texts = PageTexts(code=code, review=part.review, strings=part.strings.model_dump())
    return (None if problems else texts), problems


def _check(document: Document, code: str, part: PageLanguagePart, known: Collection[str]) -> Iterator[Problem]:
    if code not in known:
        wrong = f"{show(code)} staat niet in languages.yaml."
        yield document.problem((code,), wrong, "Zet de taal ook daar, of verbeter de code.")
    if NAME not in part.strings.hello or _BRACE.search(part.strings.hello.replace(NAME, "")):
        wrong = f"In deze tekst hoort {NAME} te staan waar de naam komt, en geen andere accolades."
        yield document.problem((code, "strings", "hello"), wrong, f'Schrijf bijvoorbeeld "Dag {NAME}".')
