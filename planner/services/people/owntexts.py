"""In which language one's own page is: one's own where there are texts for it, and always Dutch beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.families.language import Language
from planner.domain.staffing.people import Person
from planner.services.workspace import Workspace

DUTCH, ENGLISH = "nl", "en"
SHARED = ("when", "where", "what_time")  # texts that the invitation has already


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """The texts of a page in a language and in Dutch. `choices` are the languages one can choose, with own names."""

    language: Language
    own: Mapping[str, str]
    dutch: Mapping[str, str]
    draft: bool
    choices: tuple[tuple[str, str], ...]


def texts_for(workspace: Workspace, person: Person, wanted: str) -> OwnTexts:
    """Return the texts in the `wanted` language when there are any, else in the person's own, else in Dutch."""
    spoken = [skill.language for skill in person.skills if skill.language in workspace.pages]
    choices = tuple(dict.fromkeys((*spoken, DUTCH, ENGLISH)))
    code = wanted if wanted in workspace.pages else choices[0]
    return OwnTexts(
        language=workspace.languages[code],
        own=_texts(workspace, code),
        dutch=_texts(workspace, DUTCH),
        draft=not workspace.pages[code].reviewed,
        choices=tuple((each, workspace.languages[each].own_name) for each in dict.fromkeys((code, *choices))),
    )


def review_of(workspace: Workspace, person: Person) -> str:
    """Return in which language somebody's page is and whether a human looked at the texts, for the school."""
    code = next((skill.language for skill in person.skills if skill.language in workspace.pages), DUTCH)
    state = {
        "needed": "concept, nog door niemand nagekeken",
        "editorial": "van de redactie",
        "reviewed": "nagekeken door iemand die de taal kent",
    }[workspace.pages[code].review]
    return f"{workspace.languages[code].name} ({state})"


def _texts(workspace: Workspace, code: str) -> Mapping[str, str]:
    invitation = workspace.languages[code].strings
    return {**{name: invitation[name] for name in SHARED}, **workspace.pages[code].strings}
