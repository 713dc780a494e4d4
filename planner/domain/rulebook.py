"""The rules of one judge: what each is called, why it is there, and how it says that a plan breaks it."""

from dataclasses import dataclass

from planner.domain.requirements import Violation


@dataclass(frozen=True, slots=True)
class SchoolRule:
    """A rule that does not come from the toolkit but from how a school works. All are proposed.

    `weight` is what one breach costs a plan; a rule without weight is hard: no plan may break it.
    """

    id: str
    title: str
    reason: str
    advice: str = ""
    weight: int = 0
    can_be_overridden: bool = False

    @property
    def hard(self) -> bool:
        """Whether a plan that breaks it is refused."""
        return self.weight == 0


class RuleBook(dict[str, SchoolRule]):
    """The rules of one judge by their id, in the order in which readers see them."""

    def __init__(self, *rules: SchoolRule) -> None:
        super().__init__({rule.id: rule for rule in rules})

    def broken(self, rule_id: str, *, where: str, why: str, count: int = 1) -> Violation:
        """Return that a plan breaks a rule `count` times, in words; KeyError for a rule that is not in this book."""
        rule = self[rule_id]
        return Violation(rule=rule_id, hard=rule.hard, where=where, why=why, weight=rule.weight * count)
