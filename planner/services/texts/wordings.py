"""What is said in each language: the definitions, with what the school itself changed, added or checked over them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from sqlalchemy import select

from planner.domain.families import wording as texts
from planner.domain.families.language import Language
from planner.domain.families.wording import told_places
from planner.domain.runbook import Runbook
from planner.errors import NotFoundError
from planner.services.state import load_state
from planner.services.workspace import Workspace
from planner.storage.models import OwnLanguageRow, WordingRow, WordingState

DUTCH = "nl"
FIXED, TITLE, WHO, ABOUT, PLACE, SENTENCE = "vast", "titel", "wie", "onderwerp", "plek", "zin"
FORM = "vorm"  # lines of the invitation in a form
KINDS = {"aanhef": "greetings", "zin": "sentences", "wie": "who"}  # of sentences: our word, and the definitions'


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text in one language. `own` means that the school wrote it; `certainty` is 0 for what is not there."""

    key: str
    group: str
    dutch: str
    text: str
    certainty: int
    state: str
    who: str = ""
    at: datetime | None = None
    note: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything said in one language, by key."""

    language: Language
    lines: Mapping[str, Wording]

    def text(self, key: str) -> str:
        """Return a text; empty when there is none."""
        line = self.lines.get(key)
        return line.text if line else ""

    @property
    def fixed(self) -> dict[str, str]:
        """The fixed texts of an invitation."""
        return {key.partition(".")[2]: line.text for key, line in self.lines.items() if key.startswith(f"{FIXED}.")}

    def about(self, runbook: Runbook) -> tuple[str, ...]:
        """Return the lines on what an activity is about in the form it is in; empty texts where one is missing."""
        own = self._numbered(f"{runbook.id}.{FORM}.{runbook.form_id}.") if runbook.form_id else ()
        return own or self._numbered(f"{runbook.id}.{ABOUT}.")

    def sentences(self, kind: str) -> tuple[str, ...]:
        """Return what a pupil chooses from: `aanhef`, `zin` or `wie`."""
        return self._numbered(f"{SENTENCE}.{kind}.")

    def said_at(self, runbook_id: str, place_id: str) -> tuple[Wording, ...]:
        """Return what can be said at a place of an activity, as far as there are words for it."""
        start = f"{runbook_id}.{PLACE}.{place_id}."
        return tuple(line for key, line in self.lines.items() if key.startswith(start) and line.text)

    def _numbered(self, start: str) -> tuple[str, ...]:
        return tuple(line.text for key, line in self.lines.items() if key.startswith(start))

    @property
    def unchecked(self) -> int:
        """How many texts nobody who knows the language has checked."""
        return sum(line.text != "" and line.state != WordingState.CHECKED for line in self.lines.values())


def languages(workspace: Workspace) -> Mapping[str, Language]:
    """Return every language by code: those of the definitions, and then those the school added."""
    own = workspace.session.scalars(select(OwnLanguageRow).order_by(OwnLanguageRow.name))
    return {**workspace.languages, **{row.code: _language(row) for row in own if row.code not in workspace.languages}}


def _language(row: OwnLanguageRow) -> Language:
    return Language(
        code=row.code,
        babel=row.babel,
        rtl=row.rtl,
        name=row.name,
        own_name=row.own_name,
        certainty=1,
        review="needed",
        strings={},
    )


def words(workspace: Workspace, code: str) -> Words:
    """Return what is said in a language; NotFoundError for one that is not there. Kept until the school changes."""
    made: Mapping[str, Words] = load_state(workspace).once("words", lambda: _all_words(workspace))
    if code not in made:
        raise NotFoundError("Deze taal is er niet.")
    return made[code]


def all_words(workspace: Workspace) -> Mapping[str, Words]:
    """Return what is said in every language, by code."""
    return load_state(workspace).once("words", lambda: _all_words(workspace))


def _all_words(workspace: Workspace) -> Mapping[str, Words]:
    rows = {(row.language, row.key): row for row in workspace.session.scalars(select(WordingRow))}
    return {
        code: Words(
            language=language,
            lines={line.key: _overlaid(line, rows.get((code, line.key))) for line in _defined(workspace, language)},
        )
        for code, language in languages(workspace).items()
    }


def _overlaid(line: Wording, row: WordingRow | None) -> Wording:
    if row is None:
        return line
    return Wording(
        key=line.key,
        group=line.group,
        dutch=line.dutch,
        text=row.text or line.text,
        certainty=line.certainty,
        state=row.state,
        who=row.who,
        at=row.at,
        note=row.note,
        own=bool(row.text),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the lines of one language; a language that the school added has texts only where it wrote them."""

    language: Language

    def line(self, key: str, group: str, dutch: str, text: str, *, of: tuple[int, str] | None) -> Wording:
        certainty, review = of or (0, "needed")
        is_dutch = self.language.code == DUTCH
        state = WordingState.DRAFT if review == "needed" and not is_dutch else WordingState.CHECKED
        return Wording(
            key=key,
            group=group,
            dutch=dutch,
            text=dutch if is_dutch else text,
            certainty=certainty if text else 0,
            state=state,
        )


def _defined(workspace: Workspace, language: Language) -> Iterator[Wording]:
    """Yield every text of a language as the definitions have it."""
    make = _Maker(language).line
    dutch = workspace.languages[DUTCH]
    of = (language.certainty, language.review)
    for name, text in dutch.strings.items():
        yield make(f"{FIXED}.{name}", "Vaste woorden", text, language.strings.get(name, ""), of=of)
    for runbook in workspace.cycle.runbooks:
        yield from _of_runbook(runbook, workspace.texts.wordings.get((runbook.id, language.code)), language)
    yield from _sentences(workspace, language)


def _of_runbook(runbook: Runbook, found: texts.Wording | None, language: Language) -> Iterator[Wording]:
    make, start, group, said = _Maker(language).line, runbook.id, runbook.title, runbook.invitation
    of = (found.certainty, found.review) if found else (0, "needed")
    yield make(f"{start}.{TITLE}", group, said.title, found.title if found else "", of=of)
    yield make(f"{start}.{WHO}", group, said.who_may_come, found.who_may_come if found else "", of=of)
    for number, (text, own) in enumerate(_beside(said.about, found.about if found else ()), start=1):
        yield make(f"{start}.{ABOUT}.{number}", group, text, own, of=of)
    for form in runbook.forms:
        lines = form.invitation.about if form.invitation else ()
        mine = found.forms.get(form.id, ()) if found else ()
        for number, (text, own) in enumerate(_beside(lines, mine), start=1):
            yield make(f"{start}.{FORM}.{form.id}.{number}", f"{group}: {form.title}", text, own, of=of)
    for place in told_places(runbook):
        mine = found.says.get(place.id, ()) if found else ()
        for number, (text, own) in enumerate(_beside(place.says, mine), start=1):
            yield make(f"{start}.{PLACE}.{place.id}.{number}", f"{group}: {place.name}", text, own, of=of)


def _beside(dutch: Sequence[str], own: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each Dutch line with its translation, empty where there is none."""
    return zip_longest(dutch, own, fillvalue="")


def _sentences(workspace: Workspace, language: Language) -> Iterator[Wording]:
    make = _Maker(language).line
    known = workspace.texts.sentences
    dutch, own = known.get(DUTCH), known.get(language.code)
    of = (own.certainty, own.review) if own else (0, "needed")
    for kind, name in KINDS.items():
        for number, text in enumerate(getattr(dutch, name, ()), start=1):
            mine = getattr(own, name)[number - 1] if own else ""
            yield make(f"{SENTENCE}.{kind}.{number}", "Zinnen voor leerlingen", text, mine, of=of)
