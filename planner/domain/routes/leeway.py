"""What may change about an evening that does not fit, in the words of its form."""

from collections.abc import Iterator, Mapping, Sequence

from planner.domain.routes.brief import WITH_STOPS, RouteBrief
from planner.domain.routes.count import Leeway
from planner.domain.routes.groups import make_groups
from planner.domain.routes.guests import parents_of
from planner.domain.routes.parties import Party
from planner.domain.runbook import Shape

TOPIC_WORDS: Mapping[Shape, tuple[str, str]] = {
    Shape.CAROUSEL: ("plek", "plekken"),
    Shape.TOUR: ("plek", "plekken"),
    Shape.SPEED_DATE: ("gesprekje", "gesprekjes"),
    Shape.SLOTS: ("gesprek", "gesprekken"),
}
WALKER_WORDS: Mapping[Shape, tuple[str, str]] = {
    Shape.SPEED_DATE: ("ouder", "ouders"),
    Shape.SLOTS: ("gezin", "gezinnen"),
}


def _walkers(brief: RouteBrief, parties: Sequence[Party]) -> int:
    """Return how many groups, or guests at the tables, these families are."""
    if brief.shape is Shape.SPEED_DATE:
        return len(parents_of(parties))
    if brief.shape is Shape.SLOTS:
        return len(parties)
    return len(make_groups(parties, brief.size, most=brief.setup.most_groups, apart=brief.own_families))


def _evening_groups(brief: RouteBrief) -> Iterator[int]:
    """Yield the most groups on one evening for two, three … evenings; who is in no division comes on the first."""
    for parts in brief.divisions:
        later = frozenset[str]().union(*parts[1:])
        first = [party for party in brief.coming if not party.child_ids & later]
        others = ([party for party in brief.coming if party.child_ids & part] for part in parts[1:])
        yield max(_walkers(brief, mine) for mine in (first, *others))


def _fewest_groups(brief: RouteBrief) -> int:
    """Return the number of groups below which nobody can go; guests at tables are in no groups."""
    if brief.shape in WITH_STOPS:
        return len(make_groups(brief.coming, brief.size, most=1))
    return len(brief.guests)


def _can_add_topics(brief: RouteBrief) -> bool:
    """Return whether a topic more is one to choose from, and not one more for everybody to see."""
    if brief.shape in WITH_STOPS:
        has_sectors = any(need.about for need in brief.room_needs)
        return brief.shape is Shape.CAROUSEL and has_sectors and bool(brief.setup.wanted or brief.walk.wanted)
    return True


def leeway_of(brief: RouteBrief, *, fits: bool = False) -> Leeway:
    """Return what may change; when the evening `fits` nobody asks for more evenings, which take the most counting."""
    one, more = TOPIC_WORDS.get(brief.shape, TOPIC_WORDS[Shape.CAROUSEL])
    who, whose = WALKER_WORDS.get(brief.shape, ("groep", "groepen"))
    if brief.shape is Shape.CAROUSEL and any(need.about for need in brief.room_needs):
        one, more = "sector", "sectoren"
    return Leeway(
        start=brief.start,
        end=brief.end,
        session=brief.session,
        gap=brief.gap,
        fewest_groups=_fewest_groups(brief),
        shareable=tuple(
            stop.topic
            for stop in brief.stops
            if brief.shape is Shape.CAROUSEL and stop.groups == 1 and stop.room and stop.room.capacity >= 2 * brief.size
        ),
        evening_groups=() if fits else tuple(_evening_groups(brief)),
        can_add_topics=_can_add_topics(brief),
        at_tables=brief.shape not in WITH_STOPS,
        topic_name=one,
        topic_names=more,
        walker_name=who,
        walker_names=whose,
    )
