"""How sentences are put together in Dutch."""

from collections.abc import Sequence


def say_list(words: Sequence[str]) -> str:
    """Return "a", "a en b" or "a, b en c"; IndexError for no words."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"
