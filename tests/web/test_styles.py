"""The style sheets are whole: one lost brace and everything after it says nothing, without a word of complaint."""

from pathlib import Path

import pytest

STYLES = sorted((Path(__file__).parents[2] / "static" / "css").glob("*.css"))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_block_is_closed_where_it_should(path):
    depth = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        depth += line.count("{") - line.count("}")
        assert depth >= 0, number
        # Only what is inside another block is indented; a rule or comment at the margin stands on its own.
        assert depth - line.count("{") + line.count("}") == 0 or line.startswith((" ", "}")) or not line, number
    assert depth == 0
