"""The door: a folder with `cycle.yaml` and one folder for each activity becomes a cycle, or problems."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import ValidationError

from planner.definitions.convert import cycle_of, runbook_of
from planner.definitions.crosscheck import check_runbook
from planner.definitions.cyclecheck import check_cycle
from planner.definitions.languages import load_languages
from planner.definitions.messages import explain
from planner.definitions.problems import Document, Problem
from planner.definitions.schema import CyclePart, Part, RunbookPart
from planner.definitions.yaml import read_bytes, read_file
from planner.domain.cycle import Cycle
from planner.domain.runbook import Runbook

__all__ = ["Loaded", "load_cycle", "load_languages", "read_runbook"]

CYCLE_FILE, RUNBOOK_FILE = "cycle.yaml", "runbook.yaml"
_P = TypeVar("_P", bound=Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a folder of definitions gave.

    `runbooks` are the ones without problems: first those of the cycle, in its order, then any others.
    `cycle` is None when `cycle.yaml` cannot be used or when a runbook that it names is broken.
    """

    cycle: Cycle | None
    runbooks: tuple[Runbook, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Folder:
    """A folder that is being read: what it is called in messages, and what was found so far."""

    path: FilePath
    name: str
    parts: dict[str, RunbookPart] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_cycle(folder: FilePath) -> Loaded:
    """Return all that can be used of a folder of definitions, and every problem; raises nothing."""
    reading = _Folder(folder, folder.resolve().name)
    names = sorted(path.parent.name for path in folder.glob(f"[!.]*/{RUNBOOK_FILE}"))
    document, problems = read_file(folder / CYCLE_FILE, f"{reading.name}/{CYCLE_FILE}")
    cycle, wrong = _fit(CyclePart, document)
    reading.problems += problems + wrong
    for name in names:
        _load_runbook(reading, name)
    return _finish(reading, cycle, document, names)


def read_runbook(data: bytes, *, file: str, folder: str) -> tuple[Runbook | None, tuple[Problem, ...]]:
    """Return the runbook that the bytes of a `runbook.yaml` describe, or None and its problems."""
    document, problems = read_bytes(data, file)
    part, wrong = _check(document, folder)
    return (runbook_of(part) if part else None), problems + wrong


def _load_runbook(reading: _Folder, name: str) -> None:
    file = f"{reading.name}/{name}/{RUNBOOK_FILE}"
    document, problems = read_file(reading.path / name / RUNBOOK_FILE, file)
    part, wrong = _check(document, name)
    reading.problems += problems + wrong
    if part:
        reading.parts[name] = part


def _check(document: Document | None, folder: str) -> tuple[RunbookPart | None, tuple[Problem, ...]]:
    part, problems = _fit(RunbookPart, document)
    if part and document:
        problems = _in_order(document.problem(*finding) for finding in check_runbook(part, folder))
    return (None if problems else part), problems


def _fit(model: type[_P], document: Document | None) -> tuple[_P | None, tuple[Problem, ...]]:
    if document is None:
        return None, ()
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        return None, _in_order(explain(error, model, document))


def _finish(reading: _Folder, cycle: CyclePart | None, document: Document | None, names: list[str]) -> Loaded:
    runbooks = {name: runbook_of(part) for name, part in reading.parts.items()}
    if cycle is None or document is None:
        return Loaded(cycle=None, runbooks=tuple(runbooks.values()), problems=tuple(reading.problems))
    wrong = _in_order(document.problem(*found) for found in check_cycle(cycle, names, reading.parts))
    reading.problems += (*wrong, *_unnamed(reading, cycle, names))
    named = tuple(runbooks.pop(name) for name in dict.fromkeys(cycle.activities) if name in runbooks)
    whole = not wrong and len(named) == len(cycle.activities)
    return Loaded(
        cycle=cycle_of(cycle, named) if whole else None,
        runbooks=(*named, *runbooks.values()),
        problems=tuple(reading.problems),
    )


def _unnamed(reading: _Folder, cycle: CyclePart, names: list[str]) -> Iterable[Problem]:
    for name in names:
        if name not in cycle.activities:
            wrong = f'De map "{name}" staat niet bij "activities" in {CYCLE_FILE}.'
            advice = f'Zet "{name}" in die lijst, of haal de map weg.'
            file = f"{reading.name}/{name}/{RUNBOOK_FILE}"
            yield Problem(file=file, line=None, place="", wrong=wrong, advice=advice)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))
