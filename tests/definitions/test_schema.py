from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from planner.definitions import answertexts, languages, messages, schema
from planner.definitions.problems import Document
from planner.definitions.words import WORDS

PARTS = [
    part
    for module in (schema, languages, answertexts)
    for part in vars(module).values()
    if isinstance(part, type) and issubclass(part, schema.Part)
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_has_a_dutch_word(part):
    assert set(part.model_fields) <= set(WORDS)


def test_json_schema_describes_times_days_and_answers_as_text():
    described = schema.json_schema()
    row, moment = (described["$defs"][name]["properties"] for name in ("RowPart", "MomentPart"))

    assert row["start"] == {"pattern": "^([01]\\d|2[0-3]):[0-5]\\d$", "title": "Start", "type": "string"}
    assert moment["first"]["pattern"] == "^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$"
    assert row["parallel"]["enum"] == ["ja", "nee"]
    assert described["additionalProperties"] is False


class OddPart(schema.Part):
    count: Annotated[int, Field(multiple_of=5)]


def test_error_that_no_saying_fits_is_still_in_dutch():
    document = Document(file="x.yaml", data={"count": "4"}, lines={(): 1, ("count",): 1})

    with pytest.raises(ValidationError) as caught:
        OddPart.model_validate(document.data)
    (problem,) = messages.explain(caught.value, OddPart, document)

    assert (
        str(problem)
        == 'x.yaml, regel 1, aantal: "4" past hier niet. Vergelijk deze regel met een bestand dat wel werkt.'
    )
