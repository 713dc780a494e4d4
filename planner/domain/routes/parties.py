"""A party: the people of one household who walk, talk and wait together on an evening."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from planner.domain.families.answers import Reply
from planner.domain.families.expected import NOBODY_ANSWERED
from planner.domain.school import Household, Pupil, School
from planner.domain.staffing.needs import DUTCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A household on the evening: `persons` pupils and adults together, of whom `adults` adults.

    `pupil_ids` walk along. A pupil whose parents live apart walks with the first household; the other one
    comes with its adults. `child_ids` are all children of the household, also who is not invited: for them and
    their parents nobody of the own family interprets or sits at a table. `id` is the household's, or the pupil's
    own for a pupil without a household.
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


def _of_household(
    school: School, home: Household, invited: frozenset[str], walked: set[str], reply: Reply | None
) -> Party:
    """Return who of a household comes; of the number it gave, at least one is an adult, then its pupils."""
    children = [pupil_id for pupil_id in home.pupil_ids if pupil_id in invited]
    able = [pupil_id for pupil_id in children if pupil_id not in walked]
    walking = frozenset(able if reply is None else able[: reply.persons - 1])
    adults = home.adults if reply is None else reply.persons - len(walking)
    walked |= walking
    return Party(
        id=home.id,
        name=home.name,
        language=(reply.interpreter if reply else None) or home.language,
        class_ids=_classes(school, children),
        persons=len(walking) + adults,
        adults=adults,
        pupil_ids=walking,
        child_ids=frozenset(home.pupil_ids),
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


def parties_of(
    school: School, pupil_ids: Collection[str], answers: Mapping[str, Reply] = NOBODY_ANSWERED
) -> tuple[Party, ...]:
    """Return the parties of these invited pupils, in the order of the school's households.

    `answers` are replies by household id; who said nothing counts as coming. Each pupil walks in at most one
    party. Unknown pupils are left out, and so is a household of which nobody would come.
    """
    invited = frozenset(pupil_ids) & {pupil.id for pupil in school.pupils}
    walked: set[str] = set()
    asked = [home for home in school.households if invited.intersection(home.pupil_ids)]
    homes = (home for home in asked if home.id not in answers or answers[home.id].coming)
    parties = tuple(_of_household(school, home, invited, walked, answers.get(home.id)) for home in homes)
    with_home = {pupil_id for home in asked for pupil_id in home.pupil_ids if home.adults or home.id in answers}
    alone = (_alone(pupil) for pupil in school.pupils if pupil.id in invited - with_home - walked)
    return (*(party for party in parties if party.persons), *alone)
