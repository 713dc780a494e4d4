"""The runbook definitions as the rest of the program uses them: loaded whole, or refused with every problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.definitions.answertexts import read_answer_texts
from planner.definitions.cards import read_cards
from planner.definitions.languages import read_languages
from planner.definitions.loader import load_cycle
from planner.definitions.pages import read_pages
from planner.definitions.problems import Problem
from planner.definitions.schema import json_schema
from planner.definitions.texts import Texts, read_texts
from planner.domain.cycle import Cycle
from planner.domain.families.language import AnswerTexts, Card, Language, PageTexts
from planner.domain.runbook import Clause, Row, Runbook, Step
from planner.errors import NotFoundError, SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """A cycle without problems, and by code the texts of invitations, of two pages and of cards.

    `pages` are those of the helpers' personal page, `answer_texts` those of the families' answer page, `cards`
    the words on language cards and door signs.
    """

    cycle: Cycle
    languages: Mapping[str, Language]
    cards: Mapping[str, Card]
    pages: Mapping[str, PageTexts]
    answer_texts: Mapping[str, AnswerTexts]
    texts: Texts


def check(folder: Path) -> tuple[Problem, ...]:
    """Return every problem of the definitions in `folder`; empty when they can be used."""
    return _read(folder)[1]


def load(folder: Path) -> Definitions:
    """Return the definitions in `folder`; SettingsError lists every problem when they cannot be used."""
    found, problems = _read(folder)
    if problems or found is None:
        raise SettingsError("De draaiboeken kunnen niet worden gebruikt.\n" + "\n".join(map(str, problems)))
    return found


def _read(folder: Path) -> tuple[Definitions | None, tuple[Problem, ...]]:
    loaded, (languages, wrong) = load_cycle(folder), read_languages(folder)
    answer_texts, strange = read_answer_texts(folder)
    pages, odd = read_pages(folder, known={each.code for each in languages})
    texts, more = read_texts(folder, loaded.runbooks, languages)
    cards, bad = read_cards(folder)
    problems = (*loaded.problems, *wrong, *odd, *strange, *more, *bad)
    if loaded.cycle is None:
        return None, problems
    found = Definitions(
        cycle=loaded.cycle,
        languages={each.code: each for each in languages},
        cards={each.code: each for each in cards},
        pages={each.code: each for each in pages},
        answer_texts=answer_texts,
        texts=texts,
    )
    return found, problems


def schema() -> dict[str, Any]:
    """Return the JSON Schema of `runbook.yaml`."""
    return json_schema()


def runbook_named(cycle: Cycle, runbook_id: str) -> Runbook:
    """Return the runbook with this id; NotFoundError names the ones there are."""
    try:
        return cycle.runbook(runbook_id)
    except KeyError:
        known = ", ".join(runbook.id for runbook in cycle.runbooks)
        raise NotFoundError(f'Er is geen draaiboek "{runbook_id}". Kies uit: {known}.') from None


def _row(runbook: Runbook, row: Row) -> dict[str, Any]:
    places = {place.id: place.name for place in runbook.places}
    materials = {material.id: material.name for material in runbook.materials}
    return {
        "id": row.id,
        "start": f"{row.start:%H:%M}",
        "end": f"{row.end:%H:%M}" if row.end else None,
        "place": " + ".join(places[place] for place in row.places),
        "needs": [materials[need] for need in row.needs],
        "what": row.what,
        "responsible": list(row.responsible),
        "parallel": row.parallel,
        "source": row.source,
        "responsible_source": row.responsible_source,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "weeks_before": step.weeks_before,
        "anchor": step.anchor,
        "kind": step.kind,
        "who": list(step.who),
        "what": step.what,
        "link": step.link,
        "condition": step.condition,
        "source": step.source,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "phases": list(clause.phases),
        "routes": list(clause.routes),
        "started_within_months": clause.started_within_months,
        "starts_within_weeks": clause.starts_within_weeks,
        "leaves_within_months": clause.leaves_within_months,
    }


def describe(cycle: Cycle, runbook_id: str) -> dict[str, Any]:
    """Return one runbook as plain values, in the shape that README documents for `runbooks show --json`."""
    runbook = runbook_named(cycle, runbook_id)
    rules = [rule for rule in cycle.rules if any(runbook.id in {c.first, *c.thens} for c in rule.checks)]
    return {
        "id": runbook.id,
        "title": runbook.title,
        "phase": runbook.phase,
        "kind": runbook.kind,
        "goal": runbook.goal,
        "audience": [_clause(clause) for clause in runbook.audience],
        "runsheet": [_row(runbook, row) for row in runbook.rows],
        "preparation": [_step(step) for step in runbook.steps],
        "roles": [
            {
                "id": role.id,
                "title": role.title,
                "minimum": role.minimum,
                "maximum": role.maximum,
                "per": role.per,
                "each": role.each,
                "interprets": role.interprets,
                "source": role.source,
            }
            for role in runbook.roles
        ],
        "forms": [{"id": f.id, "title": f.title, "shape": f.shape, "what": f.what} for f in runbook.forms],
        "rules": [{"id": r.id, "title": r.title, "hard": r.hard, "source": r.source} for r in rules],
    }
