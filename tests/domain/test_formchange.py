from make import a_place, a_role, a_row, a_runbook, changed

from planner.domain.formchange import form_change
from planner.domain.runbook import Form, Material, Per, Step


def a_step(step_id, what):
    return Step(id=step_id, what=what, who=("docent",), weeks_before=1)


TOUR = Form(
    id="tour", title="Tour", shape="tour", what="Lopen.", drops=("r1", "s1", "kaart"),
    rows=(a_row("lopen", "19:30", "20:00"),), steps=(a_step("t1", "Loop de route."),),
    roles=(a_role("docent", title="Docent die meeloopt"),), places=(a_place("gym"),),
)  # fmt: skip
RUNBOOK = a_runbook(
    [a_role("docent")], [a_row("r1", "19:00", "20:00"), a_row("r2", "20:00", "21:00")], forms=(TOUR,),
    steps=(a_step("s1", "Koop kaartjes."), a_step("s2", "Nodig uit.")),
    materials=(Material(id="kaart", name="Kaartje", count=1, per=Per.PERSON),),
)  # fmt: skip


def parts(change):
    return {part.part: (part.added, part.dropped) for part in change.parts}


def test_same_form_changes_nothing():
    assert form_change(RUNBOOK, None, None).parts == ()
    assert form_change(RUNBOOK, "tour", "tour").parts == ()


def test_another_form_adds_and_drops():
    assert parts(form_change(RUNBOOK, None, "tour")) == {
        "Draaiboek": (("19:30 Iets doen.",), ("19:00 Iets doen.",)),
        "Stappenplan": (("Loop de route.",), ("Koop kaartjes.",)),
        "Mensen": (("Docent die meeloopt",), ("Docent",)),
        "Plekken": (("Gym",), ()),
        "Klaarleggen": ((), ("Kaartje",)),
    }


def test_form_without_an_evening_invites_nobody():
    film = Form(id="film", title="Film", shape="media", what="Kijk thuis.", drops=("r1", "r2"))
    said = RUNBOOK.invitation

    change = parts(form_change(changed(RUNBOOK, forms=(film,)), None, "film"))
    assert change["Uitnodiging"] == ((), (f"{said.start:%H:%M}–{said.end:%H:%M}", *said.about))


def test_back_is_the_reverse():
    there, back = parts(form_change(RUNBOOK, None, "tour")), parts(form_change(RUNBOOK, "tour", None))

    assert back == {part: (dropped, added) for part, (added, dropped) in there.items()}


def test_what_was_done_waits():
    done = frozenset({"s1", "s2"})

    assert form_change(RUNBOOK, None, "tour", done=done).kept_steps == ("Koop kaartjes.",)
    assert form_change(RUNBOOK, "tour", None, done=done).kept_steps == ()
