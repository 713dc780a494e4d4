"""How many people an evening in groups or at tables misses: counted before anybody has a place in it."""

from collections.abc import Iterator

from planner.domain.routes.companions import Task, too_few
from planner.domain.routes.guests import Guest
from planner.services.routes.routeplan import RoutePlan, say_language
from planner.services.state import YearState


def _guides(plan: RoutePlan) -> Iterator[str]:
    """Yield how many people more are asked to walk along, before anybody is assigned."""
    helpers = plan.brief.companion_problem(plan.groups).helpers
    guides = sum(helper.task is Task.GUIDE for helper in helpers)
    short = len(plan.groups) - guides
    if short > 0:
        people = "1 mens" if short == 1 else f"{short} mensen"
        groups = "1 groep vraagt" if len(plan.groups) == 1 else f"{len(plan.groups)} groepen vragen elk"
        yield f"{groups} een begeleider. Er zijn er {guides}. Vraag nog {people} om mee te lopen."


def _interpreters(state: YearState, plan: RoutePlan) -> Iterator[str]:
    """Yield for which languages there are more groups than people who speak it, in one sentence."""
    short = too_few(plan.brief.companion_problem(plan.groups))
    if short:
        names = ", ".join(f"{say_language(state, code)} (nog {number})" for code, number in short.items())
        yield f"Van deze talen zijn er meer groepen dan tolken: {names}."


def _shortages(state: YearState, plan: RoutePlan) -> Iterator[str]:
    for shortage in plan.shortages:
        languages = {walker.language for walker in plan.problem.walkers
                     if walker.id in shortage.walkers and isinstance(walker, Guest)}  # fmt: skip
        names = " en ".join(sorted(say_language(state, code) for code in languages))
        parents = "1 ouder vindt" if shortage.missing == 1 else f"{shortage.missing} ouders vinden"
        people = "1 mens" if shortage.more == 1 else f"{shortage.more} mensen"
        yield f"{names}: {parents} niemand die deze taal spreekt. Met nog {people} erbij lukt het wel."


def people_missing(state: YearState, plan: RoutePlan) -> tuple[str, ...]:
    """Return who is missing for going round, a sentence each: for a language at the tables, guides, interpreters."""
    return (*_shortages(state, plan), *_guides(plan), *_interpreters(state, plan))
