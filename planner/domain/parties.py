"""A party: the people of one household who walk, talk and wait together on an evening."""

from collections.abc import Collection
from dataclasses import dataclass

from planner.domain.needs import DUTCH
from planner.domain.school import Household, Pupil, School


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A household on the evening: `persons` pupils and adults together, of whom `adults` adults.

    `pupil_ids` walk along. A pupil whose parents live apart walks with the first household; the other one
    comes with its adults and still counts the pupil among its `child_ids` and classes. `id` is the
    household's, or the pupil's own for a pupil without a household.
    """

    id: str
    name: str
    language: str
    class_ids: tuple[str, ...]
    persons: int
    adults: int = 1
    pupil_ids: frozenset[str] = frozenset()
    child_ids: frozenset[str] = frozenset()

    @property
    def asks_interpreter(self) -> bool:
        """Whether somebody has to stand between Dutch and the language of this party."""
        return self.language != DUTCH


def _classes(school: School, pupils: Collection[str]) -> tuple[str, ...]:
    order = {each.id: index for index, each in enumerate(school.classes)}
    found = {school.pupil(pupil_id).class_id for pupil_id in pupils}
    return tuple(sorted(found, key=lambda class_id: (order.get(class_id, len(order)), class_id)))


def _of_household(school: School, home: Household, invited: frozenset[str], walked: set[str]) -> Party:
    children = frozenset(invited.intersection(home.pupil_ids))
    walking = frozenset(children - walked)
    walked |= walking
    return Party(
        id=home.id,
        name=home.name,
        language=home.language,
        class_ids=_classes(school, children),
        persons=len(walking) + home.adults,
        adults=home.adults,
        pupil_ids=walking,
        child_ids=children,
    )


def _alone(pupil: Pupil) -> Party:
    return Party(
        id=pupil.id,
        name=f"{pupil.first_name} {pupil.last_name}",
        language=DUTCH,
        class_ids=(pupil.class_id,),
        persons=1,
        adults=0,
        pupil_ids=frozenset({pupil.id}),
        child_ids=frozenset({pupil.id}),
    )


def parties_of(school: School, pupil_ids: Collection[str]) -> tuple[Party, ...]:
    """Return the parties of these invited pupils, in the order of the school's households.

    Each pupil walks in exactly one party. Unknown pupils are left out, and so is a household of which
    nobody would come.
    """
    invited = frozenset(pupil_ids) & {pupil.id for pupil in school.pupils}
    walked: set[str] = set()
    homes = (home for home in school.households if invited.intersection(home.pupil_ids))
    parties = tuple(_of_household(school, home, invited, walked) for home in homes)
    alone = (_alone(pupil) for pupil in school.pupils if pupil.id in invited - walked)
    return (*(party for party in parties if party.persons), *alone)
