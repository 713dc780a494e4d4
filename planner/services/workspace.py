"""What every use case works with: the database session, the definitions, and where things are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.config import SchoolSignin
from planner.definitions.texts import Texts
from planner.domain.access.rights import SYSTEM, Actor
from planner.domain.cycle import Cycle
from planner.domain.families.language import AnswerTexts, Card, Language, PageTexts
from planner.services.limiting import Failures
from planner.storage.models import OwnLanguageRow

ACCOUNT_TRIES = 8  # from one network for one account, before ten minutes of waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One school's installation.

    `actor` is who is at work: the command line and the worker act as the system, a page acts as its visitor.
    `public_url` has no slash at its end; `secret_key` derives every token; `render` makes a page of a
    template and values; `print_css` is the style sheet of everything on paper; `kept` holds what is
    worth keeping between requests; `failures` counts who guesses, `account_failures` who guesses for one account.
    Without `smtp_url` nothing is mailed; without `school_signin` nobody comes in through the school's own accounts.
    """

    sessions: Callable[[], Session]
    cycle: Cycle
    languages: Mapping[str, Language]
    pages: Mapping[str, PageTexts]
    answer_texts: Mapping[str, AnswerTexts]
    texts: Texts
    secret_key: str
    public_url: str
    fonts_dir: Path
    prints_dir: Path
    render: Callable[..., str]
    print_css: str
    cards: Mapping[str, Card] = field(default_factory=dict)
    actor: Actor = SYSTEM
    kept: dict[str, object] = field(default_factory=dict)
    failures: Failures = field(default_factory=Failures)
    account_failures: Failures = field(default_factory=lambda: Failures(limit=ACCOUNT_TRIES))
    smtp_url: str = ""
    mail_from: str = ""
    school_signin: SchoolSignin | None = None

    @property
    def session(self) -> Session:
        """The database session of this request, command or job."""
        return self.sessions()

    @property
    def language_names(self) -> Mapping[str, str]:
        """Return the Dutch name of each language by code, those that the school added included."""
        own = {row.code: row.name for row in self.session.scalars(select(OwnLanguageRow).order_by(OwnLanguageRow.name))}
        return {**own, **{code: language.name for code, language in self.languages.items()}}
