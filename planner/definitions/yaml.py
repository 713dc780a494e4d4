"""The reader of YAML files: every scalar is text, every value knows its line, nothing is guessed.

libyaml reads, since it is five times as fast and every start of the program reads some 250 files. A file that it
cannot read goes to the parser in Python, that says more exactly what is wrong and where.
"""

import re
from pathlib import Path as FilePath

import yaml
from yaml.composer import Composer

from planner.definitions.problems import Document, Finding, Path, Problem, show
from planner.definitions.syntax import BAD_ESCAPE, QUOTES, TAB_ADVICE, explain_syntax

MAX_BYTES = 1_000_000  # the longest real definition is about 30 kB
MAX_NODES = 20_000
MAX_DEPTH = 20

# Control characters, separators that count as a line for some programs, halves of characters, stray marks.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TAB = re.compile(r"^ *\t", re.MULTILINE)
# What libyaml lets pass and YAML forbids: a tab before a value, text lost as a comment behind the sign of a block.
_LET_PASS = re.compile(r"\t|[|>][-+0-9]*#")


class _RefusedError(Exception):
    """A construction that YAML knows and definitions do not use: line, what is wrong, what to try."""

    def __init__(self, line: int, wrong: str, advice: str) -> None:
        super().__init__(wrong)
        self.line, self.wrong, self.advice = line, wrong, advice


class _Composer(Composer):
    """A composer of nodes that refuses references and tags, and stops at a size and a depth."""

    nodes = depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; `_RefusedError` when it may not be there."""
        event = self.peek_event()  # type: ignore[attr-defined]
        self.nodes, self.depth = self.nodes + 1, self.depth + 1
        self._refuse(event, event.start_mark.line + 1)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _refuse(self, event: yaml.Event, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _RefusedError(line, "Verwijzingen met & en * worden hier niet gebruikt.", f"Is het tekst? {QUOTES}")
        if getattr(event, "tag", None) is not None:
            raise _RefusedError(
                line, "Labels met een uitroepteken worden hier niet gebruikt.", f"Is het tekst? {QUOTES}"
            )
        if self.nodes > MAX_NODES:
            raise _RefusedError(
                line,
                f"Dit bestand heeft meer dan {MAX_NODES:,} onderdelen.".replace(",", "."),
                "Maak het bestand kleiner.",
            )
        if self.depth > MAX_DEPTH:
            raise _RefusedError(
                line, f"Hier zitten meer dan {MAX_DEPTH} lagen in elkaar.", "Sluit de haken die nog open staan."
            )


class _QuickLoader(_Composer, yaml.CBaseLoader):
    """The loader for files that are right."""

    def __init__(self, text: str) -> None:
        yaml.CBaseLoader.__init__(self, text)
        _Composer.__init__(self)


class _ExplainingLoader(_Composer, yaml.BaseLoader):
    """The loader whose errors `explain_syntax` has words for."""


class _Unfolding:
    """Nodes made into plain values, with the lines and the problems met on the way."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.found: list[Finding] = []

    def value(self, node: yaml.Node, path: Path) -> object:
        """Return text, a list or a dictionary."""
        if isinstance(node, yaml.ScalarNode):
            return self._text(str(node.value), path)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.mapping(node, path)

    def _item(self, node: yaml.Node, path: Path) -> object:
        self.lines[path] = node.start_mark.line + 1
        return self.value(node, path)

    def _text(self, text: str, path: Path) -> str:
        if _FORBIDDEN.search(text):
            wrong = "In deze tekst zit een onzichtbaar stuurteken."
            self.found.append((path, wrong, "Haal de code met de schuine streep (\\) weg."))
        return text

    def mapping(self, node: yaml.Node, path: Path) -> dict[str, object]:
        """Return a mapping with text as keys."""
        result: dict[str, object] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.lines[*path, "?"] = line
                advice = "Schrijf voor de dubbele punt één woord, zonder haken."
                self.found.append(((*path, "?"), "Een sleutel moet één woord zijn.", advice))
            elif key.value in result:
                first = self.lines[*path, key.value]
                wrong = f"De sleutel {show(key.value)} staat er twee keer: op regel {first} en op regel {line}."
                self.lines[*path, key.value] = line
                self.found.append(((*path, key.value), wrong, "Haal een van de twee weg of voeg ze samen."))
            else:
                self.lines[*path, key.value] = line
                result[key.value] = self.value(value, (*path, key.value))
        return result


def read_file(path: FilePath, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return what the file at `path` holds; `file` is how messages call it."""
    try:
        if path.exists() and not path.is_file():
            return None, (_of_file(file, "Dit is geen bestand.", "Zet hier een tekstbestand neer."),)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None, (_of_file(file, "Dit bestand is er niet.", "Maak het aan of zet het terug."),)
    except OSError:
        advice = "Kijk of de planner dit bestand mag lezen (de rechten van het bestand en de map)."
        return None, (_of_file(file, "Dit bestand kan niet gelezen worden.", advice),)
    return read_bytes(data, file)


def read_bytes(data: bytes, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return what the bytes of a YAML file hold, or the problems that stop it from being read."""
    if len(data) > MAX_BYTES:
        wrong = "Dit bestand is groter dan 1 MB."
        return None, (_of_file(file, wrong, "Een definitie is veel kleiner. Kijk of dit het goede bestand is."),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        advice = 'Bewaar het bestand opnieuw en kies daarbij de codering "UTF-8".'
        return None, (_of_file(file, "Hier staat een teken dat geen UTF-8 is.", advice, line),)
    return _refuse_characters(text, file) or _compose(text, file)


def _of_file(file: str, wrong: str, advice: str, line: int | None = None) -> Problem:
    return Problem(file=file, line=line, place="", wrong=wrong, advice=advice)


def _refuse_characters(text: str, file: str) -> tuple[None, tuple[Problem, ...]] | None:
    match = _FORBIDDEN.search(text)
    wrong, advice = "Hier staat een onzichtbaar stuurteken.", "Haal het weg: typ de regel opnieuw."
    if not match:
        match = _TAB.search(text)
        wrong, advice = "Deze regel springt in met een tab.", TAB_ADVICE
    if not match:
        return None
    return None, (_of_file(file, wrong, advice, text.count("\n", 0, match.end() - 1) + 1),)


def _compose(text: str, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    if _LET_PASS.search(text):
        return _explain(text, file)
    try:
        return _unfold(_QuickLoader(text).get_single_node(), file)
    except (yaml.YAMLError, _RefusedError):
        return _explain(text, file)


def _explain(text: str, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    loader = _ExplainingLoader(text)
    try:
        node = loader.get_single_node()
    except _RefusedError as error:
        return None, (_of_file(file, error.wrong, error.advice, error.line),)
    except yaml.MarkedYAMLError as error:
        return None, (_of_file(file, *explain_syntax(error)),)
    except (ValueError, OverflowError):  # the parser does not check how large the number in "\U…" is
        return None, (_of_file(file, *BAD_ESCAPE, loader.line + 1),)
    finally:
        loader.dispose()
    return _unfold(node, file)


def _unfold(node: yaml.Node | None, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    if node is None or node.value == "":
        return None, (
            _of_file(file, "Dit bestand is leeg.", "Vul het, of begin met een kopie van een bestand dat werkt."),
        )
    if not isinstance(node, yaml.MappingNode):
        advice = 'Begin met een sleutel, een dubbele punt en een spatie, bijvoorbeeld "title: Welkom".'
        return None, (_of_file(file, "Dit bestand bestaat niet uit sleutels met een waarde.", advice, 1),)
    unfolding = _Unfolding()
    data = unfolding.mapping(node, ())
    document = Document(file=file, data=data, lines=unfolding.lines)
    problems = tuple(document.problem(*finding) for finding in unfolding.found)
    return (None if problems else document), problems
