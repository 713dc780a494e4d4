"""The door for `texts/` of an activity and for `sentences/`: what is said in each language, one file a language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Annotated, Literal, TypeVar

from pydantic import Field, ValidationError

from planner.definitions.messages import explain
from planner.definitions.problems import Document, Path, Problem, show, suggest
from planner.definitions.schema import Part, Text
from planner.definitions.yaml import read_file
from planner.domain.families.language import Language
from planner.domain.families.wording import Sentences, Wording, told_places
from planner.domain.runbook import Runbook

TEXTS, SENTENCES = "texts", "sentences"
DUTCH = "nl"
Lines = Annotated[list[Text], Field(min_length=1, max_length=12)]
_P = TypeVar("_P", bound=Part)
_Check = Callable[[Document, _P], Iterator[Problem]]


class WordingPart(Part):
    """One `texts/<taal>.yaml`."""

    certainty: Annotated[int, Field(ge=1, le=5)]
    review: Literal["needed", "editorial", "reviewed"]
    title: Text
    about: Lines
    who_may_come: Text
    says: dict[str, Lines] = Field(default_factory=dict)
    forms: dict[str, Lines] = Field(default_factory=dict)


class SentencesPart(Part):
    """One `sentences/<taal>.yaml`."""

    certainty: Annotated[int, Field(ge=1, le=5)]
    review: Literal["needed", "editorial", "reviewed"]
    greetings: Lines
    sentences: Lines
    who: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What can be used: per activity and language, and per language."""

    wordings: Mapping[tuple[str, str], Wording] = field(default_factory=dict)
    sentences: Mapping[str, Sentences] = field(default_factory=dict)


def read_texts(
    folder: FilePath, runbooks: Sequence[Runbook], languages: Sequence[Language]
) -> tuple[Texts, tuple[Problem, ...]]:
    """Return the good texts of a folder of runbooks, and all problems. A language without a file is no problem."""
    reading = _Reading(folder, tuple(language.code for language in languages))
    wordings = {(runbook.id, code): wording for runbook in runbooks for code, wording in reading.wordings(runbook)}
    return Texts(wordings=wordings, sentences=dict(reading.sentences())), tuple(reading.problems)


@dataclass(slots=True)
class _Reading:
    folder: FilePath
    codes: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def wordings(self, runbook: Runbook) -> Iterator[tuple[str, Wording]]:
        """Yield the texts of an activity by language."""

        def check(document: Document, part: WordingPart) -> Iterator[Problem]:
            yield from _check_lines(document, part, {"about": len(runbook.invitation.about)})
            said_at = {place.id: len(place.says) for place in told_places(runbook)}
            said_in = {form.id: len(form.invitation.about) for form in runbook.forms if form.invitation}
            yield from _check_named(document, "says", part.says, said_at)
            yield from _check_named(document, "forms", part.forms, said_in)

        for code, part in self._parts(f"{runbook.id}/{TEXTS}", WordingPart, check):
            yield (
                code,
                Wording(
                    title=part.title,
                    about=tuple(part.about),
                    who_may_come=part.who_may_come,
                    certainty=part.certainty,
                    review=part.review,
                    says={place: tuple(lines) for place, lines in part.says.items()},
                    forms={form: tuple(lines) for form, lines in part.forms.items()},
                ),
            )

    def sentences(self) -> Iterator[tuple[str, Sentences]]:
        """Yield the sentences by language; those in Dutch say how many there are of each kind."""
        lines: dict[str, int] = {}

        def check(document: Document, part: SentencesPart) -> Iterator[Problem]:
            return _check_lines(document, part, lines)

        for code, part in self._parts(SENTENCES, SentencesPart, check):
            found = Sentences(
                greetings=tuple(part.greetings),
                sentences=tuple(part.sentences),
                who=tuple(part.who),
                certainty=part.certainty,
                review=part.review,
            )
            lines |= {name: len(getattr(found, name)) for name in ("greetings", "sentences", "who")}
            yield code, found

    def _parts(self, under: str, model: type[_P], check: _Check[_P]) -> Iterator[tuple[str, _P]]:
        files = sorted(self.folder.glob(f"{under}/[!.]*.yaml"), key=lambda path: (path.stem != DUTCH, path.stem))
        for path in files:
            document, problems = read_file(path, f"{self.folder.resolve().name}/{under}/{path.name}")
            self.problems += problems
            part = self._part(document, model) if document else None
            if document and part:
                wrong = [*_check_code(document, path.stem, self.codes)] or [*check(document, part)]
                self.problems += wrong
                if not wrong:
                    yield path.stem, part

    def _part(self, document: Document, model: type[_P]) -> _P | None:
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            self.problems += explain(error, model, document)
            return None


def _check_code(document: Document, code: str, known: tuple[str, ...]) -> Iterator[Problem]:
    if code not in known:
        wrong = f"De taal {show(code)} staat niet in languages.yaml."
        yield document.problem((), wrong, suggest(code, known, otherwise="Zet de taal eerst in languages.yaml."))


def _check_lines(document: Document, part: Part, lines: Mapping[str, int]) -> Iterator[Problem]:
    for name, count in lines.items():
        yield from _check_count(document, (name,), len(getattr(part, name)), count)


UNKNOWN = {
    "says": "Bij de plek {it} staan in runbook.yaml geen zinnen.",
    "forms": "De vorm {it} heeft in runbook.yaml geen eigen uitnodiging.",
}


def _check_named(
    document: Document, key: str, said: Mapping[str, list[str]], known: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield what is wrong with lines under a name; a name that is left out has none in this language."""
    for name, lines in said.items():
        if name in known:
            yield from _check_count(document, (key, name), len(lines), known[name])
        else:
            advice = suggest(name, tuple(known), otherwise="Haal dit hier weg.")
            yield document.problem((key, name), UNKNOWN[key].format(it=show(name)), advice)


def _check_count(document: Document, path: Path, found: int, count: int) -> Iterator[Problem]:
    if found != count:
        wrong = f"Hier staan {found} regels; in het Nederlands zijn het er {count}."
        yield document.problem(path, wrong, "Zet op elke regel de vertaling van de Nederlandse regel.")
