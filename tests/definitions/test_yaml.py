import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.definitions.yaml import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_bytes, read_file


def messages(text):
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem) for problem in read_bytes(data, "x.yaml")[1]]


def data_of(text):
    return read_bytes(text.encode(), "x.yaml")[0].data


@pytest.mark.parametrize("scalar", ["10:30", "no", "yes", "1", "0x10", "1_000", "~", "null", "2026-09-01", ".5", "<<"])
def test_every_scalar_is_text(scalar):
    assert data_of(f"start: {scalar}\n") == {"start": scalar}


def test_values_know_their_lines():
    document, problems = read_bytes(b"# top\na: 1\nb:\n  - c: 2\n    d: 3\n  - e\n", "x.yaml")

    assert problems == ()
    assert document.lines == {
        (): 1,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "c"): 4,
        ("b", 0, "d"): 5,
        ("b", 1): 6,
    }


def test_problem_with_something_absent_stands_on_the_line_of_what_should_hold_it():
    document, _ = read_bytes(b"a: 1\nb:\n  - id: eerste\n", "x.yaml")

    assert document.problem(("b", 0, "what"), "Fout.", "Kijk.").line == 3
    assert document.problem(("a", 0, "c"), "Fout.", "Kijk.").place == "a › nummer 1 › c"


@pytest.mark.parametrize("start", ["\ufeff", "---\n", "%YAML 1.1\n---\n", "# opmerking\n\n"])
def test_harmless_beginnings_are_read(start):
    assert data_of(f"{start}title: Welkom\n") == {"title": "Welkom"}


def test_windows_line_ends_are_read():
    document, _ = read_bytes(b"a: 1\r\nb: 2\r\n", "x.yaml")

    assert document.lines["b",] == 2


def test_largest_file_is_read_and_a_larger_one_is_not():
    start = "title: Welkom\n#"
    fits = start + "x" * (MAX_BYTES - len(start))

    assert data_of(fits) == {"title": "Welkom"}
    assert messages(fits + "x") == [
        "x.yaml: Dit bestand is groter dan 1 MB. Een definitie is veel kleiner. Kijk of dit het goede bestand is."
    ]


def test_most_parts_are_read_and_one_more_is_not():
    around = 3  # the mapping, its key and the list

    assert len(data_of(f"a: [{'b,' * (MAX_NODES - around)}]")["a"]) == MAX_NODES - around
    assert messages(f"a: [{'b,' * (MAX_NODES - around + 1)}]") == [
        "x.yaml, regel 1: Dit bestand heeft meer dan 20.000 onderdelen. Maak het bestand kleiner."
    ]


def test_deepest_layer_is_read_and_one_more_is_not():
    lists = MAX_DEPTH - 1  # the mapping is the first layer

    assert messages(f"a: {'[' * lists}{']' * lists}") == []
    assert messages(f"a: {'[' * (lists + 1)}{']' * (lists + 1)}") == [
        "x.yaml, regel 1: Hier zitten meer dan 20 lagen in elkaar. Sluit de haken die nog open staan."
    ]


def test_reference_bomb_is_refused_at_its_first_line():
    bomb = 'a: &a ["x", "x"]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n'

    assert messages(bomb) == [
        (
            "x.yaml, regel 1: Verwijzingen met & en * worden hier niet gebruikt. "
            "Is het tekst? Zet de tekst tussen aanhalingstekens."
        )
    ]


@pytest.mark.parametrize("sign", ["|", ">", ">-", "|2+"])
def test_comment_stuck_to_the_sign_of_a_block_loses_no_text(sign):
    assert data_of(f"a: {sign} # over b\n  Tekst.\n")["a"].strip() == "Tekst."
    assert messages(f"a: {sign}# Tekst.\n  Meer.\n") == [
        (
            "x.yaml, regel 1: Deze regel is niet te lezen. Vergelijk hem met een bestand dat wel werkt. "
            "Zet tekst met bijzondere tekens tussen aanhalingstekens."
        )
    ]


def test_tab_within_a_text_is_text():
    assert data_of('a: "b\tc"\n') == {"a": "b\tc"}


def test_line_that_no_saying_fits_still_gets_a_message():
    assert messages("a: ]\n") == [
        (
            "x.yaml, regel 1: Deze regel is niet te lezen. Vergelijk hem met een bestand dat wel werkt. "
            "Zet tekst met bijzondere tekens tussen aanhalingstekens."
        )
    ]


def test_absent_file_is_a_problem(tmp_path):
    _, problems = read_file(tmp_path / "x.yaml", "x.yaml")

    assert [str(problem) for problem in problems] == ["x.yaml: Dit bestand is er niet. Maak het aan of zet het terug."]


def test_folder_in_place_of_a_file_is_a_problem(tmp_path):
    _, problems = read_file(tmp_path, "x.yaml")

    assert [str(problem) for problem in problems] == ["x.yaml: Dit is geen bestand. Zet hier een tekstbestand neer."]


def test_unreadable_file_is_a_problem(tmp_path):
    (tmp_path / "x.yaml").symlink_to(tmp_path / "x.yaml")

    _, problems = read_file(tmp_path / "x.yaml", "x.yaml")

    assert [str(problem) for problem in problems] == [
        (
            "x.yaml: Dit bestand kan niet gelezen worden. "
            "Kijk of de planner dit bestand mag lezen (de rechten van het bestand en de map)."
        )
    ]


@given(st.text(alphabet="ab:-[]{}&*!|>%@`'\"\\UxN#,\n\t\r 019~?.<=\u2028\ufeff", max_size=60))
def test_any_text_gives_a_document_or_problems(text):
    document, problems = read_bytes(text.encode(), "x.yaml")

    assert (document is None) == bool(problems)


@given(st.binary(max_size=40))
def test_any_bytes_give_a_document_or_problems(data):
    document, problems = read_bytes(data, "x.yaml")

    assert (document is None) == bool(problems)
