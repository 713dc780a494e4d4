"""Rights are checked here, at the door of each use case; whoever may not is told that there is nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from planner.domain.access.rights import Right
from planner.errors import NotFoundError
from planner.services.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")
UseCase = Callable[Concatenate[Workspace, P], T]

NOT_YOURS = "Deze pagina bestaat niet of is niet voor u. Controleer de link."


def require(workspace: Workspace, *rights: Right) -> None:
    """Raise NotFoundError unless who is at work has at least one of these rights."""
    if not any(workspace.actor.may(right) for right in rights):
        raise NotFoundError(NOT_YOURS)


def require_class(workspace: Workspace, class_id: str) -> None:
    """Raise NotFoundError unless the families of this class are for who is at work."""
    if not workspace.actor.sees_class(class_id):
        raise NotFoundError(NOT_YOURS)


def allowed(*rights: Right) -> Callable[[UseCase[P, T]], UseCase[P, T]]:
    """Close a use case to everybody without one of these rights. `needs` on it names them, for the tests."""

    def close(use_case: UseCase[P, T]) -> UseCase[P, T]:
        @wraps(use_case)
        def guarded(workspace: Workspace, *args: P.args, **kwargs: P.kwargs) -> T:
            require(workspace, *rights)
            return use_case(workspace, *args, **kwargs)

        guarded.__dict__["needs"] = frozenset(rights)
        return cast("UseCase[P, T]", guarded)

    return close
