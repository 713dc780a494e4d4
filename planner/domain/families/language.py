"""A language of the invitations: how it is written, how sure its fixed texts are, and the texts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewable:
    """Texts in one language that are a draft until a person has looked: `needed`, `editorial` or `reviewed`."""

    review: str

    @property
    def reviewed(self) -> bool:
        """Whether a person who knows the language has looked at the texts."""
        return self.review != "needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts(Reviewable):
    """The texts of the page on which a family answers, in the language `code`; the rest as in `Language`."""

    code: str
    certainty: int
    strings: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Reviewable):
    """A language with the fixed texts of an invitation.

    `code` is how the planner calls the language (`ar`, `zh-Hans`), `babel` the locale for names of days
    and months. `rtl` is True when it is written from right to left. `certainty` runs from 1 (a draft
    that is likely to hold mistakes) to 5; `review` is `needed`, `editorial` or `reviewed`. `strings`
    maps the names of the fixed texts to the texts; `with_n` holds the placeholder `{n}`.
    """

    code: str
    babel: str
    rtl: bool
    name: str
    own_name: str
    certainty: int
    strings: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Reviewable):
    """What a card or a door says in one language: "I speak …" and "Welcome". Certainty and review as in Language."""

    code: str
    speak: str
    welcome: str
    certainty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTexts(Reviewable):
    """The fixed texts of the personal page in one language; `review` as for a language.

    `strings` maps the names of the texts to the texts; `hello` holds the placeholder `{name}`.
    """

    code: str
    strings: Mapping[str, str]
