"""The door for `languages.yaml`: the fixed texts of the invitation in every language."""

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import Field, ValidationError

from planner.definitions.messages import explain
from planner.definitions.problems import Document, Problem, show
from planner.definitions.schema import Part, Text
from planner.definitions.yaml import read_file
from planner.domain.families.language import Language
from planner.errors import InputError

FILE = "languages.yaml"
NUMBER = "{n}"  # stands for the number of people in `with_n`
_BRACE = re.compile(r"[{}]")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


class StringsPart(Part):
    """The fixed texts of an invitation in one language."""

    invitation: Text
    when: Text
    where: Text
    what_time: Text
    who_may_come: Text
    what_about: Text
    will_you_come: Text
    i_come: Text
    i_cannot: Text
    with_n: Text
    need_interpreter: Text
    school: Text
    room: Text
    date: Text
    greeting: Text
    closing: Text
    see_you: Text


class LanguagePart(Part):
    """One language, without its code."""

    babel: Text
    direction: Literal["ltr", "rtl"]
    name_nl: Text
    name_own: Text
    certainty: Annotated[int, Field(ge=1, le=5)]
    review: Literal["needed", "editorial", "reviewed"]
    strings: StringsPart


def load_languages(folder: FilePath) -> tuple[Language, ...]:
    """Return the languages of a folder of runbooks; InputError with every problem when there are any."""
    languages, problems = read_languages(folder)
    if problems:
        raise InputError("\n".join(str(problem) for problem in problems))
    return languages


def read_languages(folder: FilePath) -> tuple[tuple[Language, ...], tuple[Problem, ...]]:
    """Return the good languages of a folder of runbooks, in the order of the file, and all problems."""
    document, problems = read_file(folder / FILE, f"{folder.resolve().name}/{FILE}")
    languages: list[Language] = []
    if document:
        for code in document.data:
            language, wrong = _read_language(document, code)
            languages += [language] if language else []
            problems += wrong
    return tuple(languages), problems


def _read_language(document: Document, code: str) -> tuple[Language | None, tuple[Problem, ...]]:
    try:
        part = LanguagePart.model_validate(document.data[code])
    except ValidationError as error:
        return None, explain(error, LanguagePart, document, at=(code,))
    problems = tuple(_check_language(document, code, part))
    return (None if problems else _language(code, part)), problems


def _check_language(document: Document, code: str, part: LanguagePart) -> Iterator[Problem]:
    if not _CODE.fullmatch(code):
        wrong = f"{show(code)} is geen code voor een taal."
        yield document.problem((code,), wrong, 'Gebruik letters en streepjes, bijvoorbeeld "ar" of "zh-Hans".')
    try:
        Locale.parse(part.babel)
    except (UnknownLocaleError, ValueError):
        wrong = f"{show(part.babel)} is geen code die bekend is voor datums."
        advice = 'Kijk op cldr.unicode.org welke codes er zijn, bijvoorbeeld "nl", "ar_SY" of "zh_Hans".'
        yield document.problem((code, "babel"), wrong, advice)
    braces = _BRACE.findall(part.strings.with_n.replace(NUMBER, ""))
    if NUMBER not in part.strings.with_n or braces:
        wrong = f"In deze tekst hoort {NUMBER} te staan waar het aantal personen komt, en geen andere accolades."
        advice = f'Schrijf bijvoorbeeld "Wij komen met {NUMBER} personen".'
        yield document.problem((code, "strings", "with_n"), wrong, advice)


def _language(code: str, part: LanguagePart) -> Language:
    return Language(
        code=code,
        babel=part.babel,
        rtl=part.direction == "rtl",
        name=part.name_nl,
        own_name=part.name_own,
        certainty=part.certainty,
        review=part.review,
        strings=part.strings.model_dump(),
    )
