"""The door for `answers.yaml`: the texts of the page on which a family answers, in every language."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from planner.definitions.messages import explain
from planner.definitions.problems import Document, Problem
from planner.definitions.schema import Part, Text
from planner.definitions.yaml import read_file
from planner.domain.families.language import AnswerTexts

FILE = "answers.yaml"
MOMENT = "{when}"  # stands for the day and the time in `call`
DUTCH = "nl"  # what a language without texts of its own falls back on
_BRACE = re.compile(r"[{}]")


class AnswerStringsPart(Part):
    """The texts of the answer page in one language."""

    how_many: Text
    which_language: Text
    child_care: Text
    question: Text
    question_hint: Text
    send: Text
    saved: Text
    your_answer: Text
    change: Text
    until: Text
    language: Text
    code: Text
    code_extra: Text
    open: Text
    code_wrong: Text
    code_unknown: Text
    choose_first: Text
    wrong_number: Text
    too_long: Text
    too_late: Text
    try_again: Text
    call: Text


class AnswerLanguagePart(Part):
    """The texts in one language, without its code."""

    certainty: Annotated[int, Field(ge=1, le=5)]
    review: Literal["needed", "editorial", "reviewed"]
    strings: AnswerStringsPart


def read_answer_texts(folder: FilePath) -> tuple[Mapping[str, AnswerTexts], tuple[Problem, ...]]:
    """Return the good texts of a folder of runbooks by code of the language, and all problems."""
    document, problems = read_file(folder / FILE, f"{folder.resolve().name}/{FILE}")
    found: dict[str, AnswerTexts] = {}
    if document:
        for code in document.data:
            texts, wrong = _read(document, code)
            found |= {code: texts} if texts else {}
            problems += wrong
        if DUTCH not in document.data:
            wrong_, advice = "Er staan geen Nederlandse teksten in.", "Zet het blok nl terug: andere talen vallen erop."
            problems += (document.problem((), wrong_, advice),)
    return found, problems


def _read(document: Document, code: str) -> tuple[AnswerTexts | None, tuple[Problem, ...]]:
    try:
        part = AnswerLanguagePart.model_validate(document.data[code])
    except ValidationError as error:
        return None, explain(error, AnswerLanguagePart, document, at=(code,))
    problems = tuple(_check(document, code, part))
    if problems:
        return None, problems
    strings = part.strings.model_dump()
    return AnswerTexts(code=code, certainty=part.certainty, review=part.review, strings=strings), ()


def _check(document: Document, code: str, part: AnswerLanguagePart) -> Iterator[Problem]:
    call = part.strings.call
    if MOMENT not in call or _BRACE.findall(call.replace(MOMENT, "")):
        wrong = f"In deze tekst hoort {MOMENT} te staan waar de dag en de tijd komen, en geen andere accolades."
        advice = f'Schrijf bijvoorbeeld "Er is een bijeenkomst: {MOMENT}."'
        yield document.problem((code, "strings", "call"), wrong, advice)
