"""Workbooks: every cell is text, whatever it begins with."""

import io

import pytest
from openpyxl import load_workbook

from planner.exports.sheet import DANGEROUS, SheetOut, safe_text, write_workbook


def opened(*sheets):
    return load_workbook(io.BytesIO(write_workbook(sheets)))


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("rest", ["1+1", "cmd|'/c calc'!A1", 'HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_is_text(start, rest):
    cell = opened(SheetOut(title="Blad", header=("Naam",), rows=[(start + rest,)]))["Blad"]["A2"]

    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_header_is_text_too():
    cell = opened(SheetOut(title="Blad", header=("=A1",)))["Blad"]["A1"]

    assert (cell.data_type, cell.value) == ("s", "'=A1")


def test_numbers_keep_their_zeros_and_signs_that_excel_cannot_hold_are_left_out():
    sheet = opened(SheetOut(title="Blad", header=("Nummer",), rows=[("0012",), ("a\x07b",), ("",)]))["Blad"]

    assert [(cell.value, cell.number_format) for (cell,) in sheet["A2:A4"]] == [("0012", "@"), ("ab", "@"), (None, "@")]
    assert safe_text("\0=1") == "'=1"


def test_choices_are_lists_and_too_long_ones_are_left_out():
    sheet = opened(
        SheetOut(title="Blad", header=("a", "b", "c"), choices={0: ("ja", "nee"), 1: ("x" * 256,), 2: ("a, b", "c")})
    )["Blad"]

    assert [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation] == [
        ("A2:A5000", '"ja,nee"')
    ]
