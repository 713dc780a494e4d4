import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.families.smallcells import FEWEST, without_small


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([], []),
        ([[10, 5, 7]], [[10, 5, 7]]),
        ([[10, 4, 3]], [[10, None, None]]),
        ([[10, 6, 3]], [[10, None, None]]),
        ([[3]], [[None]]),
        ([[12], [3], [8]], [[12], [None], [None]]),
        ([[12], [3], [2]], [[12], [None], [None]]),
        ([[3], [9]], [[None], [None]]),
    ],
)
def test_small_cells_and_what_gives_them_away_are_left_out(rows, kept):
    assert without_small(rows) == kept


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(tables)
def test_no_hidden_cell_stands_alone(rows):
    found = without_small(rows)

    for before, after in zip(rows, found, strict=True):
        assert all(cell in {None, count} for count, cell in zip(before, after, strict=True))
        assert not any(cell is not None and cell < FEWEST for cell in after)
        assert len(after) == 1 or after.count(None) != 1
    for column in zip(*found, strict=True):
        assert len(column) == 1 or column.count(None) != 1
