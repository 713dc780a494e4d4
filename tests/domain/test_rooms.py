from contextlib import ExitStack

import pytest
from fontTools.ttLib import TTFont
from make import a_room

from planner.config import ROOT
from planner.domain.drawing.boxes import Box
from planner.domain.drawing.labels import fitted
from planner.domain.drawing.textwidth import shortened, text_width, wrapped
from planner.domain.rooms.room import floor_name, room_faults


def test_good_room_has_no_faults():
    assert room_faults(a_room("a"), [a_room("b", x=8), a_room("a", name="Oud")]) == ()


def test_room_without_places_is_refused():
    assert room_faults(a_room(capacity=0), []) == ("A1 heeft geen plaatsen. Vul in hoeveel mensen erin passen.",)


def test_name_that_sounds_the_same_is_refused():
    assert room_faults(a_room("a", name="lokaal  1"), [a_room("b", name="Lokaal 1", x=9)]) == (
        'Er is al een ruimte die "Lokaal 1" heet. Kies een andere naam, anders gaan mensen naar de verkeerde deur.',
    )


def test_rooms_on_one_spot_are_refused_but_may_share_a_wall():
    room = a_room("a", name="Aula")

    assert room_faults(room, [a_room("b", x=4)]) == (
        "Op de plattegrond ligt Aula over B. Verander de plek of de maten, of kies een andere verdieping.",
    )
    assert room_faults(room, [a_room("b", x=7.95), a_room("c", floor=1), a_room("d", y=7)]) == ()


@pytest.mark.parametrize(
    ("floor", "name"), [(0, "begane grond"), (2, "2e verdieping"), (-1, "kelder"), (-2, "2e kelder")]
)
def test_floor_is_called_as_people_do(floor, name):
    assert floor_name(floor) == name


WORDS = [
    "Lokaal 1.03", "Technieklokaal", "Centrale hal", "Oekraïens", "WC MANNEN", "İğdır Öztürk", "Nguyễn Thị Hồng",
    "Кабінет Щасливий", "العربية المغرب", "دری پښتو", "ትግርኛ ሰላም", "አማርኛ", "中文教室", "Ελλάδα",
]  # fmt: skip


@pytest.fixture(scope="module")
def fonts():
    with ExitStack() as stack:
        yield [
            stack.enter_context(TTFont(ROOT / "var" / "fonts" / f"{name}-Bold.ttf", lazy=True))
            for name in ("Vazirmatn", "NotoSansEthiopic", "NotoSansSC", "NotoSans")
        ]


@pytest.mark.parametrize("text", WORDS)
def test_estimate_is_never_less_than_the_bold_letters_take(text, fonts):
    def width(character):
        font = next(each for each in reversed(fonts) if ord(character) in each.getBestCmap())
        return font["hmtx"][font.getBestCmap()[ord(character)]][0] / font["head"].unitsPerEm

    assert text_width(text, 10) >= 10 * sum(map(width, text))


def test_text_is_wrapped_between_words_or_not_at_all():
    assert wrapped("Klas 1A en 1B", 40, 4) == ("Klas 1A en 1B",)
    assert wrapped("Klas 1A en 1B", 20, 4) == ("Klas 1A", "en 1B")
    assert wrapped("中文教室", 10, 4) == ("中文", "教室")
    assert wrapped("Technieklokaal", 20, 4) is None


def test_text_is_shortened_to_what_fits():
    assert [shortened("Begane grond", width, 4) for width in (60, 24, 2)] == ["Begane grond", "Begane…", ""]


def test_label_takes_the_largest_letters_that_fit():
    box = Box(x=0, y=0, width=30, height=20)

    large = fitted("Aula", ("Arabisch",), box, smallest=2.5, largest=4.5)
    small = fitted("Aula", ("Arabisch",), Box(x=0, y=0, width=24, height=9), smallest=2.5, largest=4.5)

    assert [(line.text, line.size, line.bold) for line in large.lines] == [
        ("Aula", 4.5, True), ("Arabisch", 3.96, False)
    ]  # fmt: skip
    assert small.lines[0].size < 4.5
    assert fitted("Aula", (), Box(x=0, y=0, width=3, height=8), smallest=2.5, largest=4.5) is None
    assert fitted(" ", (), box, smallest=2.5, largest=4.5) is None


@pytest.mark.parametrize("mark", ["\u0301", "\u064e", "\u200f"])
def test_mark_over_a_letter_and_sign_without_a_picture_take_no_room(mark):
    assert text_width(f"a{mark}b", 10) == text_width("ab", 10)
