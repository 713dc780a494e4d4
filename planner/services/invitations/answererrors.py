"""Why an answer of a family is not taken; the page says it in the language of the family."""

from datetime import timedelta

from planner.domain.families.answers import Flaw
from planner.errors import PlannerError

SENTENCES = {
    Flaw.CHOOSE: "Kies eerst of het gezin komt.",
    Flaw.NUMBER: "Dit aantal kan niet.",
    Flaw.LONG: "De vraag is te lang.",
    Flaw.LATE: "Antwoorden kan niet meer.",
    Flaw.CODE_WRONG: "Deze code klopt niet. Kijk goed en typ hem nog eens.",
    Flaw.CODE_UNKNOWN: "Deze code werkt niet (meer). Vraag de school om een nieuwe uitnodiging.",
    Flaw.CODE_EXTRA: "Typ ook de extra tekens van de uitnodiging.",
    Flaw.TRY_AGAIN: "Dit is niet gelukt. Probeer het nog eens.",
}


class AnswerRefusedError(PlannerError):
    """An answer, or the code for it, cannot be taken. `flaw` names the text for the family; `wait` is for a guesser."""

    def __init__(self, flaw: Flaw, *, wait: timedelta | None = None) -> None:
        super().__init__(SENTENCES[flaw])
        self.flaw = flaw
        self.wait = wait
