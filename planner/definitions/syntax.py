"""What is wrong with a line that YAML cannot read, in Dutch instead of the parser's English."""

import yaml

QUOTES = "Zet de tekst tussen aanhalingstekens."
TAB_ADVICE = "Gebruik spaties: twee voor elke stap naar binnen."
_COLON_ADVICE = (
    "Hoort de dubbele punt bij de tekst? Zet de hele tekst dan tussen aanhalingstekens. "
    "Kijk anders of deze regel en de regel erboven goed inspringen."
)

BAD_ESCAPE = (
    "Een schuine streep naar achteren (\\) geeft hier een code die niet bestaat.",
    "Zet de tekst tussen enkele aanhalingstekens ('), of schrijf twee schuine strepen.",
)

# A piece of the parser's English, what to say instead, and what to try.
_SAYINGS = (
    (
        "mapping values are not allowed",
        "Hier staat een dubbele punt op een plek waar dat niet kan.",
        _COLON_ADVICE,
    ),
    ("'\\t' that cannot start", "Hier staat een tab.", "Vervang hem door een spatie."),
    ("that cannot start any token", "Een tekst kan niet met dit teken beginnen.", QUOTES),
    (
        "found unexpected end of stream",
        "Een aanhalingsteken gaat hier open, maar nergens dicht.",
        "Zet aan het eind van de tekst ook een aanhalingsteken.",
    ),
    ("escape", *BAD_ESCAPE),
    (
        "expected ',' or",
        "Een haak gaat hier open, maar niet goed dicht.",
        "Sluit elke [ met ] en elke { met }, en zet komma's tussen de onderdelen.",
    ),
    (
        "could not find expected ':'",
        "Achter een sleutel ontbreekt de dubbele punt.",
        'Schrijf de sleutel, een dubbele punt en een spatie, bijvoorbeeld "title: Welkom".',
    ),
    (
        "expected <block end>",
        "De indeling klopt hier niet: dit hoort niet bij wat ervoor staat.",
        "Laat regels die bij elkaar horen even ver inspringen, met niets achter een aanhalingsteken dat sluit.",
    ),
    (
        "found another document",
        "Hier begint een tweede document (---).",
        "Zet één definitie in een bestand en haal de streepjes weg.",
    ),
)
UNKNOWN = (
    "Deze regel is niet te lezen.",
    "Vergelijk hem met een bestand dat wel werkt. Zet tekst met bijzondere tekens tussen aanhalingstekens.",
)


def explain_syntax(error: yaml.MarkedYAMLError) -> tuple[str, str, int | None]:
    """Return what is wrong, what to try, and on which line."""
    english = error.problem or ""
    wrong, advice = next(((wrong, advice) for piece, wrong, advice in _SAYINGS if piece in english), UNKNOWN)
    # What is opened and never closed is wrong where it opens, not where the file ends.
    opens = "end of stream" in english or "expected ',' or" in english or "expected ':'" in english
    mark = (error.context_mark if opens else None) or error.problem_mark
    return wrong, advice, mark.line + 1 if mark else None
