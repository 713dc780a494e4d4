"""What pydantic finds, said in Dutch: one function per kind of error, no English of the library passes."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from planner.definitions.problems import Document, Finding, Path, Problem, nearest, show
from planner.definitions.words import listed, meaning_of, word_of

Model = type[BaseModel]
Said = tuple[str, str]  # what is wrong, what to try

_KEY_MARK = "[key]"  # how pydantic says that a key is meant, not its value
_RULE_ID = "^C"  # how the pattern of a rule's id starts
_ALMOST_CLOCK = re.compile(r"(\d{1,2})\D?(\d\d)(?: ?uur)?", re.ASCII)


def explain(error: ValidationError, model: Model, document: Document, at: Path = ()) -> tuple[Problem, ...]:
    """Return the problems of a document that does not fit `model`; `at` is where the model starts in it."""
    findings = (_finding(detail, model) for detail in _without_echoes(error.errors(), model))
    return tuple(document.problem((*at, *path), wrong, advice) for path, wrong, advice in findings)


def _without_echoes(details: list[ErrorDetails], model: Model) -> Iterator[ErrorDetails]:
    """Leave out that a key is missing where a misspelt one stands: that is one mistake, not two."""
    unknown = (detail["loc"] for detail in details if detail["type"] == "extra_forbidden")
    meant = {(*loc[:-1], key_meant(str(loc[-1]), keys_at(model, loc[:-1]))) for loc in unknown}
    return (detail for detail in details if detail["type"] != "missing" or detail["loc"] not in meant)


def _finding(detail: ErrorDetails, model: Model) -> Finding:
    path: Path = tuple(step for step in detail["loc"] if step != _KEY_MARK)
    if detail["type"] == "missing":
        return (path[:-1], *_missing(str(path[-1])))
    if detail["type"] == "extra_forbidden":
        return (path, *_unknown_key(str(path[-1]), keys_at(model, path[:-1])))
    if detail["input"] == "":
        return (path, *_empty(path, model))
    return (path, *_SAYERS.get(detail["type"], _otherwise)(detail, model_at(model, path)))


def model_at(model: Model, path: Path) -> Model | None:
    """Return the model of what stands at `path`, or of its items when it is a list; None for plain values."""
    current: Model | None = model
    for step in path:
        if isinstance(step, str):
            field = current.model_fields.get(step) if current else None
            current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> Model | None:  # noqa: ANN401 - an annotation can be anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def keys_at(model: Model, path: Path) -> tuple[str, ...]:
    """Return the keys that the mapping at `path` may have."""
    found = model_at(model, path)
    return tuple(found.model_fields) if found else ()


def key_meant(key: str, known: tuple[str, ...]) -> str:
    """Return the known key that someone meant: misspelt, or written in Dutch; empty when there is none."""
    dutch = {word_of(name): name for name in known}
    return dutch.get(key.lower()) or nearest(key, known) or dutch.get(nearest(key, dutch), "")


def _is_required(model: Model, path: Path) -> bool:
    parent = model_at(model, path[:-1])
    field = parent.model_fields.get(str(path[-1])) if parent else None
    return field is None or field.is_required()


def _missing(key: str) -> Said:
    word = word_of(key)
    return (
        f'"{key}"{f" ({word})" if word != key else ""} ontbreekt.',
        f'Voeg "{key}:" toe: {meaning_of(key)}.',
    )


def _unknown_key(key: str, known: tuple[str, ...]) -> Said:
    meant = key_meant(key, known)
    advice = f'Misschien is "{meant}" bedoeld.' if meant else f"Kies uit: {listed(list(known))}."
    return f"De sleutel {show(key)} bestaat hier niet.", advice


def _empty(path: Path, model: Model) -> Said:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    fill = f"Vul in: {meaning_of(key)}."
    required = isinstance(path[-1], str) and _is_required(model, path)
    return "Hier staat niets.", fill if required else f"{fill} Of haal de regel weg."


def _clock(detail: ErrorDetails, _: Model | None) -> Said:
    value = detail["input"]
    almost = _ALMOST_CLOCK.fullmatch(value) if isinstance(value, str) else None
    hour, minute = (int(part) for part in almost.groups()) if almost else (19, 30)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
        return (
            f"{show(value)} is geen tijd.",
            "De uren lopen van 00 tot en met 23, de minuten van 00 tot en met 59.",
        )
    example = f'bijvoorbeeld "{hour:02}:{minute:02}".'
    if isinstance(value, str) and value == f"{hour}:{minute:02}":
        return f"{show(value)} is geen tijd.", f"Schrijf de uren met twee cijfers, {example}"
    return f"{show(value)} is geen tijd.", f"Schrijf uren en minuten met een dubbele punt, {example}"


def _year_day(detail: ErrorDetails, _: Model | None) -> Said:
    advice = 'Schrijf eerst de maand en dan de dag, elk met twee cijfers: "11-01" is 1 november.'
    return f"{show(detail['input'])} is geen dag van het jaar.", advice


def _no_such_day(detail: ErrorDetails, _: Model | None) -> Said:
    value = detail["input"]
    if value == "02-29":
        return "29 februari is er niet elk jaar.", 'Kies "02-28" of "03-01".'
    advice = 'Schrijf eerst de maand en dan een dag die in die maand bestaat: "11-01" is 1 november.'
    return f"De dag {show(value)} bestaat niet.", advice


def _truth(detail: ErrorDetails, _: Model | None) -> Said:
    value = detail["input"]
    word = value.lower() if isinstance(value, str) else ""
    yes, no = (
        word in {"ja", "j", "yes", "y", "true", "waar", "on", "1"},
        word in {"nee", "n", "no", "false", "off", "0"},
    )
    advice = "Schrijf ja." if yes else "Schrijf nee." if no else "Kies: ja of nee."
    return f"{show(value)} is hier geen antwoord.", advice


def _number(detail: ErrorDetails, _: Model | None) -> Said:
    return f"{show(detail['input'])} is geen heel getal.", "Schrijf het getal in cijfers, bijvoorbeeld 4."


def _fraction(detail: ErrorDetails, _: Model | None) -> Said:
    return f"{show(detail['input'])} is geen getal.", "Schrijf een getal met een punt, bijvoorbeeld 0.5."


def _too_small(detail: ErrorDetails, _: Model | None) -> Said:
    bounds = detail["ctx"]
    least = f"{bounds['ge']} of meer" if "ge" in bounds else f"meer dan {bounds['gt']:g}"
    return f"{show(detail['input'])} is te klein.", f"Kies {least}."


def _too_large(detail: ErrorDetails, _: Model | None) -> Said:
    return f"{show(detail['input'])} is te groot.", f"Kies {detail['ctx']['le']:g} of minder."


def _text(detail: ErrorDetails, _: Model | None) -> Said:
    if isinstance(detail["input"], list):
        return "Hier hoort tekst te staan, geen lijst.", "Haal de streepjes of de vierkante haken weg."
    advice = "Staat er een dubbele punt in de tekst? Zet de hele tekst dan tussen aanhalingstekens."
    return "Hier hoort tekst te staan, geen blok met sleutels.", advice


def _too_long(detail: ErrorDetails, _: Model | None) -> Said:
    value = detail["input"]
    wrong = f"{show(value)} is te lang: {len(value)} tekens."
    return wrong, f"Gebruik er hooguit {detail['ctx']['max_length']}."


def _pattern(detail: ErrorDetails, _: Model | None) -> Said:
    value = detail["input"]
    if detail["ctx"]["pattern"].startswith(_RULE_ID):
        return (
            f"{show(value)} is geen nummer van een regel.",
            'Schrijf een C en twee cijfers, bijvoorbeeld "C01".',
        )
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    example = "-".join(re.findall(r"[A-Za-z0-9]+", plain)) or "ontvangst-ouders"
    advice = f'Gebruik letters zonder accent, cijfers en streepjes ertussen, bijvoorbeeld "{example}".'
    return f"{show(value)} is geen id.", advice


def _list(detail: ErrorDetails, model: Model | None) -> Said:
    value = detail["input"]
    if isinstance(value, dict) or model:
        advice = 'Zet voor elk onderdeel een streepje, bijvoorbeeld "- id: eerste".'
        return "Hier hoort een lijst te staan.", advice if model else "Zet voor elk onderdeel een streepje."
    return "Hier hoort een lijst te staan.", f"Zet er vierkante haken omheen: [{' '.join(value.split())}]."


def _mapping(_: ErrorDetails, model: Model | None) -> Said:
    example = f', te beginnen met "{next(iter(model.model_fields))}:"' if model else ", zonder streepje"
    return "Hier hoort een blok met sleutels te staan.", f"Zet elke sleutel op een eigen regel die inspringt{example}."


def _too_short_list(detail: ErrorDetails, _: Model | None) -> Said:
    least = detail["ctx"]["min_length"]
    wrong = "Deze lijst is leeg." if not detail["input"] else "Deze lijst is te kort."
    return wrong, f"Zet er minstens {least} {'onderdeel' if least == 1 else 'onderdelen'} in."


def _too_long_list(detail: ErrorDetails, _: Model | None) -> Said:
    wrong = f"Deze lijst is te lang: {len(detail['input'])} onderdelen."
    return wrong, f"Houd er hooguit {detail['ctx']['max_length']} over."


def _choice(detail: ErrorDetails, _: Model | None) -> Said:
    value, known = detail["input"], re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
    match = nearest(value, known) if isinstance(value, str) else ""
    hint = f'Misschien is "{match}" bedoeld. ' if match else ""
    return f"{show(value)} is hier geen keuze.", f"{hint}Kies uit: {listed(known)}."


def _otherwise(detail: ErrorDetails, _: Model | None) -> Said:
    return f"{show(detail['input'])} past hier niet.", "Vergelijk deze regel met een bestand dat wel werkt."


_SAYERS: dict[str, Callable[[ErrorDetails, Model | None], Said]] = {
    "clock": _clock,
    "year_day": _year_day,
    "no_such_day": _no_such_day,
    "truth": _truth,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_type": _number,
    "float_parsing": _fraction,
    "float_type": _fraction,
    "greater_than_equal": _too_small,
    "greater_than": _too_small,
    "less_than_equal": _too_large,
    "string_type": _text,
    "string_too_short": lambda _detail, _model: ("Hier staat niets.", "Vul hier tekst in."),
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "list_type": _list,
    "model_type": _mapping,
    "dict_type": _mapping,
    "too_short": _too_short_list,
    "too_long": _too_long_list,
    "enum": _choice,
    "literal_error": _choice,
}
