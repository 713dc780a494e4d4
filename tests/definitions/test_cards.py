from planner.config import ROOT
from planner.definitions.cards import read_cards
from planner.definitions.languages import read_languages
from planner.exports.fonts import missing_glyphs

GOOD = 'ar: {speak: "أتحدث العربية", welcome: "أهلاً", certainty: 4, review: needed}\n'


def test_every_language_has_a_card_and_only_dutch_was_looked_at():
    cards, problems = read_cards(ROOT / "runbooks")

    assert problems == ()
    assert {card.code for card in cards} == {language.code for language in read_languages(ROOT / "runbooks")[0]}
    assert [card.code for card in cards if card.reviewed] == ["nl"]


def test_every_card_can_be_printed():
    for card in read_cards(ROOT / "runbooks")[0]:
        assert missing_glyphs(card.speak + card.welcome, card.code, folder=ROOT / "var" / "fonts") == ()


def test_folder_may_do_without_cards(tmp_path):
    assert read_cards(tmp_path) == ((), ())


def test_broken_card_is_told_and_the_good_ones_are_kept(tmp_path):
    (tmp_path / "cards.yaml").write_text(GOOD + "ti: {speak: ትግርኛ, certainty: 9, review: needed}\n", encoding="utf-8")

    cards, problems = read_cards(tmp_path)

    assert [card.code for card in cards] == ["ar"]
    assert [problem.line for problem in problems] == [2, 2]
    assert all(problem.advice.endswith(".") for problem in problems)


def test_file_that_is_no_yaml_is_told(tmp_path):
    (tmp_path / "cards.yaml").write_text("- a\n", encoding="utf-8")

    cards, problems = read_cards(tmp_path)

    assert (cards, len(problems)) == ((), 1)
