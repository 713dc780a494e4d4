"""The languages of going round on paper: their fixed words, and what can be said at a place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.domain.runbook import Place
from planner.domain.staffing.needs import DUTCH
from planner.domain.staffing.people import Person, PersonKind
from planner.services.texts.wordings import Words
from planner.services.views.routesheets import Told, TongueView
from planner.storage.models import WordingState

FIXED_WORDS = ("vast.where", "vast.what_time")  # those that are on these sheets


@dataclass(frozen=True, slots=True)
class Tongues:
    """What is said in every language by code, with what the school changed, about one activity."""

    words: Mapping[str, Words]
    runbook_id: str

    def of(self, codes: Iterable[str]) -> Iterator[TongueView]:
        """Yield the languages that we know of these codes, with their fixed words."""
        for words in (self.words[code] for code in codes if code in self.words):
            language = words.language
            lines = [words.lines[key] for key in FIXED_WORDS]
            yield TongueView(
                code=language.code,
                rtl=language.rtl,
                name=language.name,
                own_name=language.own_name,
                words=words.fixed,
                draft=any(line.text and line.state != WordingState.CHECKED for line in lines),
            )

    def of_helper(self, person: Person, interprets: Iterable[str] = ()) -> TongueView | None:
        """Return the language beside Dutch on somebody's sheet: the one they interpret here, else their first.

        A colleague reads Dutch, so has one only to say things in; None for who only speaks Dutch.
        """
        own = () if person.kind is PersonKind.STAFF else (skill.language for skill in person.skills)
        return next(self.of(code for code in (*interprets, *own) if code != DUTCH), None)

    def told(self, place: Place | None, tongue: TongueView | None) -> Told:
        """Return what can be said at a place, also in a language; nothing when we have no words for it."""
        dutch = place.says if place else ()
        lines = self.words[tongue.code].said_at(self.runbook_id, place.id) if place and tongue else ()
        return Told(
            dutch=dutch,
            own=tuple(line.text for line in lines),
            draft=any(line.state != WordingState.CHECKED for line in lines),
        )
