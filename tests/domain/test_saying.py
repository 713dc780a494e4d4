import pytest

from planner.domain.saying import say_list


@pytest.mark.parametrize(("words", "said"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")])
def test_words_are_listed_as_in_a_sentence(words, said):
    assert say_list(words) == said
