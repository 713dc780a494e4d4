"""Counts that may be kept: cells too small to hide behind are left out, and so is what would give them away."""

from collections.abc import Sequence

FEWEST = 5  # fewer families than this in a cell could point at one of them

Cells = list[list[int | None]]


def _hide_lone(cells: list[int | None]) -> bool:
    """Hide the smallest one left when exactly one is hidden: a total minus the others would tell it."""
    left = [index for index, cell in enumerate(cells) if cell is not None]
    if len(cells) - len(left) != 1 or not left:
        return False
    cells[min(left, key=lambda index: (cells[index], index))] = None
    return True


def without_small(rows: Sequence[Sequence[int]]) -> Cells:
    """Return a table of counts with None for what must not be told.

    Rows add up to something known (the size of a class), and so do columns (all families that came), so no row
    and no column keeps a single hidden cell.
    """
    found: Cells = [[count if count >= FEWEST else None for count in row] for row in rows]
    changed = True
    while changed:
        changed = False
        for row in found:
            changed |= _hide_lone(row)
        for index in range(len(found[0]) if found else 0):
            column = [row[index] for row in found]
            if len(found) > 1 and _hide_lone(column):
                changed = True
                for row, cell in zip(found, column, strict=True):
                    row[index] = cell
    return found
