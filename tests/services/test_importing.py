"""Lists coming in: a preview changes nothing, applying is whole or not at all, and undoing puts everything back."""

from datetime import timedelta

import pytest
from demoschool import NOW
from sqlalchemy import func, select

from planner.errors import ConflictError, InputError, NotFoundError
from planner.services import tidying
from planner.services.keeping import archive
from planner.services.lists import importing, importview, workbooks
from planner.services.state import load_state
from planner.storage.db import writing
from planner.storage.models import AuditRow, DutyRow, FeedRow, HouseholdRow, ImportRow, PersonRow, PupilRow, RoomRow

WHO = "Noor"
HEADER = "Stamnummer;Roepnaam;Achternaam;Klas"
DAY = timedelta(hours=24)


@pytest.fixture
def first(workspace):
    return load_state(workspace).school.pupils[0]


@pytest.fixture
def a_class(workspace):
    return load_state(workspace).school.classes[0].name


def received(workspace, *rows, kind="pupils", header=HEADER, now=NOW):
    body = "\n".join((header, *rows)).encode()
    return importing.receive(workspace, body, name="C:\\lijsten\\klassen.csv", kind=kind, who=WHO, now=now)


def seen(workspace, import_id):
    return importview.view(workspace, import_id, now=NOW)


def apply(workspace, import_id, *, delete_vanished=False, now=NOW):
    revision = seen(workspace, import_id).revision
    return importing.apply(workspace, import_id, seen=revision, delete_vanished=delete_vanished, who=WHO, now=now)


def sums(workspace):
    """Return the checksums of all but the school's row, whose revision counts every change."""
    found = archive.checksums(workspace.session)
    return {name: value for name, value in found.items() if name not in {"school", "import_column"}}


def count(workspace, table):
    return workspace.session.scalar(select(func.count()).select_from(table))


def test_preview_changes_nothing(workspace, a_class, first):
    before = sums(workspace)

    view = seen(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}", f"{first.number};Sam;;"))

    assert sums(workspace) == before
    assert (view.title, view.file_name, view.shape, view.rows) == ("Leerlingen", "klassen.csv", "Magister", 2)
    assert view.new == ("Amina Husayn (999001)",)
    assert view.changed[0].fields == (("Roepnaam", first.first_name, "Sam"),)
    assert len(view.vanished) == 44
    assert view.problems == ()


def test_apply_keeps_who_vanished_and_our_own_fields(workspace, a_class, first):
    said = apply(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}", f"00{first.number};Sam;;"))

    state = load_state(workspace)
    after = state.school.pupil(first.id)
    assert said == "Leerlingen ingelezen: 1 nieuw, 1 veranderd, 0 hetzelfde, 44 niet in de lijst en gebleven."
    assert len(state.school.pupils) == 46
    assert (after.first_name, after.number, after.phase, after.leaves) == (
        "Sam", first.number, first.phase, first.leaves,
    )  # fmt: skip
    assert state.school.pupils[-1].number == "999001"


def test_apply_is_noted_and_raises_the_revision(workspace, a_class):
    revision = load_state(workspace).facts.revision

    apply(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}"))

    noted = workspace.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert (noted.who, noted.what, noted.at) == (WHO, "import.pupils", NOW)
    assert "Amina" not in noted.subject
    assert load_state(workspace).facts.revision == revision + 1


def test_same_list_again_changes_nothing(workspace, a_class):
    apply(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}"))

    view = seen(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}"))

    assert (view.new, view.changed, view.unchanged) == ((), (), 1)


def test_problems_stop_everything(workspace, a_class):
    before = sums(workspace)
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class}", "999002;Noor;Berg;9Z")

    with pytest.raises(InputError, match=r"^Rij 3, kolom Klas: de klas \"9Z\" kennen we niet\."):
        apply(workspace, waiting)

    assert sums(workspace) == before
    assert seen(workspace, waiting).problems != ()


def test_change_since_the_preview_stops_everything(workspace, a_class):
    one, two = (received(workspace, f"{number};Amina;Husayn;{a_class}") for number in ("999001", "999002"))
    revision = seen(workspace, two).revision
    apply(workspace, one)

    with pytest.raises(ConflictError, match="Iemand anders heeft dit intussen veranderd"):
        importing.apply(workspace, two, seen=revision, delete_vanished=False, who=WHO, now=NOW)


def test_undo_puts_everything_back(workspace, a_class, first):
    before = sums(workspace)
    apply(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}", f"{first.number};Sam;;"))
    assert sums(workspace) != before

    said = importing.undo(workspace, who=WHO, now=NOW)

    assert said == "De import van leerlingen is ongedaan gemaakt. Alles is weer zoals ervoor."
    assert sums(workspace) == before
    with pytest.raises(NotFoundError, match="Er is geen import die ongedaan gemaakt kan worden"):
        importing.undo(workspace, who=WHO, now=NOW)


def test_tick_deletes_who_vanished_and_undo_brings_them_back_with_all(workspace, first):
    before, pupils = sums(workspace), count(workspace, PupilRow)
    waiting = received(workspace, f"{first.number};;;")

    said = apply(workspace, waiting, delete_vanished=True)

    state = load_state(workspace)
    assert said.endswith(f"{pupils - 1} verwijderd.")
    assert [each.id for each in state.school.pupils] == [first.id]
    assert {pupil for home in state.school.households for pupil in home.pupil_ids} == {first.id}
    assert {pupil for event in state.events for pupil in event.planned.pupil_ids} <= {first.id}
    assert state.violations is not None  # the year can still be judged
    importing.undo(workspace, who=WHO, now=NOW)
    assert sums(workspace) == before


@pytest.mark.parametrize(("kind", "table"), [("people", PersonRow), ("rooms", RoomRow), ("households", HouseholdRow)])
def test_other_lists_delete_and_undo_too(workspace, first, kind, table):
    before, rows = sums(workspace), count(workspace, table)
    links = count(workspace, FeedRow), count(workspace, DutyRow)
    lists = {
        "people": ("Naam;Soort", *(f"Nieuw {word};{word}" for word in (
            "collega", "sleutelouder", "beroepsbeoefenaar", "oud-leerling", "partner", "vrijwilliger"))),
        "rooms": ("Lokaal;Plaatsen", "Tent;40"),
        "households": ("Gezinsnaam;Leerlingnummers;Taal", f"Nieuw;{first.number};Arabisch"),
    }  # fmt: skip
    header, *new = lists[kind]
    waiting = received(workspace, *new, kind=kind, header=header)

    apply(workspace, waiting, delete_vanished=True)

    assert count(workspace, table) < rows
    importing.undo(workspace, who=WHO, now=NOW)
    assert sums(workspace) == before
    assert (count(workspace, FeedRow), count(workspace, DutyRow)) == links


def test_undo_is_refused_when_the_same_was_changed_since(workspace, first):
    apply(workspace, received(workspace, f"{first.number};Sam;;"))
    with writing(workspace.session):
        workspace.session.get(PupilRow, first.id).first_name = "Samir"
    before = sums(workspace)

    with pytest.raises(ConflictError, match="Ongedaan maken kan niet meer"):
        importing.undo(workspace, who=WHO, now=NOW)

    assert sums(workspace) == before


def test_undo_is_refused_when_it_would_take_more_along(workspace, a_class):
    apply(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}"))
    header = "Gezinsnaam;Leerlingnummers;Taal"
    apply(workspace, received(workspace, "Husayn;999001;Arabisch", kind="households", header=header),
          now=NOW + timedelta(minutes=1))  # fmt: skip
    with writing(workspace.session):  # so that the import of pupils is the last one
        workspace.session.scalars(select(ImportRow).where(ImportRow.kind == "households")).one().undo = {}
        row = workspace.session.scalars(select(ImportRow).where(ImportRow.kind == "pupils")).one()
        row.applied_at = NOW + timedelta(minutes=2)
    before = sums(workspace)

    with pytest.raises(ConflictError, match="Ongedaan maken kan niet meer"):
        importing.undo(workspace, who=WHO, now=NOW + timedelta(minutes=3))

    assert sums(workspace) == before


def test_imports_are_undone_one_after_the_other(workspace, a_class):
    before = sums(workspace)
    for minute, number in enumerate(("999001", "999002")):
        apply(workspace, received(workspace, f"{number};Amina;Husayn;{a_class}"), now=NOW + timedelta(minutes=minute))

    importing.undo(workspace, who=WHO, now=NOW + timedelta(minutes=5))
    importing.undo(workspace, who=WHO, now=NOW + timedelta(minutes=6))

    assert sums(workspace) == before


def test_chosen_columns_are_remembered_and_forgotten(workspace, a_class):
    header = "Stamnummer;Voor;Achter;Klas;BSN"
    one = received(workspace, f"999001;Amina;Husayn;{a_class};123", header=header)
    assert "ontbreekt" in seen(workspace, one).problems[0]

    importing.choose_columns(
        workspace, one, {0: "number", 1: "first", 2: "last", 4: "name"}, new_classes=False, now=NOW
    )

    two = received(workspace, f"999001;Amina;Husayn;{a_class};123", header=header)
    assert [column.column for column in seen(workspace, two).columns] == ["number", "first", "last", "class", ""]
    assert seen(workspace, two).problems == ()
    assert seen(workspace, two).notes[0] == "Overgeslagen en niet bewaard: BSN. Schakelplan heeft dit niet nodig."
    importing.choose_columns(workspace, two, {1: "", 2: ""}, new_classes=False, now=NOW)
    assert seen(workspace, two).problems != ()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({0: "class"}, "Een van de gekozen kolommen kennen we niet"),
        ({0: "number", 1: "number"}, "Twee kolommen zijn allebei 'Stamnummer'. Kies er één."),
    ],
)
def test_odd_choice_is_refused(workspace, a_class, chosen, sentence):
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class}")
    chosen = {place: "bestaat niet" if column == "class" else column for place, column in chosen.items()}

    with pytest.raises(InputError, match=f"^{sentence}"):
        importing.choose_columns(workspace, waiting, chosen, new_classes=False, now=NOW)


def test_new_classes_are_made_when_asked(workspace):
    waiting = received(workspace, "999001;Amina;Husayn;9Z")

    importing.choose_columns(workspace, waiting, {}, new_classes=True, now=NOW)

    assert "Nieuwe klassen: 9Z." in seen(workspace, waiting).notes
    apply(workspace, waiting)
    assert load_state(workspace).school.classes[-1].name == "9Z"


def test_preview_says_what_new_ones_get(workspace, a_class):
    notes = seen(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}")).notes

    assert [note.partition(".")[0] for note in notes] == [
        "Er is geen startdatum",
        "Er is geen fase",
        "Er is geen route",
        "Nieuwe leerlingen horen nog niet bij een activiteit",
        "Bij nieuwe leerlingen hoort nog geen gezin",
    ]


def test_full_list_needs_no_guesses(workspace, a_class, first):
    header = f"{HEADER};Fase;Route;Startdatum;Opmerking;"
    notes = seen(workspace, received(workspace, f"999001;A;B;{a_class};1;1;1-9-2026;x", header=header)).notes
    homes = {
        column: seen(workspace, received(workspace, f"nieuw;A;{first.number};nl", kind="households", header=head)).notes
        for column in ("Taal", "Zomaar")
        for head in (f"Gezinscode;Gezinsnaam;Leerlingnummers;{column}",)
    }

    assert notes[0] == "Niet gebruikt: Opmerking."
    assert len(notes) == 3
    assert homes["Taal"] == ()
    assert homes["Zomaar"][-1] == "Er is geen taal. Nieuwe gezinnen krijgen Nederlands."


def test_columns_without_a_name_or_a_value_are_shown(workspace, a_class):
    view = seen(workspace, received(workspace, f"999001;Amina;Husayn;{a_class}", header=f"{HEADER};;Leeg"))

    assert [(column.header, column.sample) for column in view.columns[4:]] == [("kolom 5", ""), ("Leeg", "")]


def test_list_without_rows_or_words_is_refused(workspace):
    with pytest.raises(InputError, match=r"^In dit bestand staat alleen een kop"):
        received(workspace)
    with pytest.raises(InputError, match=r"^Kies waar de lijst over gaat: pupils, households, people, rooms"):
        received(workspace, "1;A;B;C", kind="planets")
    empty = received(workspace, ";x", header="Stamnummer;Zomaar")
    assert seen(workspace, empty).problems == (
        "In de gekozen kolommen staat niets. Controleer welke kolom wat is.",
    )  # fmt: skip


def test_names_that_cannot_be_written_are_written_as_ids(workspace):
    """Titles with a comma would be taken for two; what we write we must be able to read."""
    book = workbooks.everything(workspace, who=WHO, now=NOW)

    for kind in importing.KINDS:
        view = seen(workspace, importing.receive(workspace, book, name="alles.xlsx", kind=kind, who=WHO, now=NOW))
        assert (view.problems, view.new, view.changed, view.vanished) == ((), (), (), ())
        assert view.unchanged == view.rows
        assert apply(workspace, view.id).endswith(f"ingelezen: 0 nieuw, 0 veranderd, {view.rows} hetzelfde.")
    with pytest.raises(NotFoundError):  # nothing changed, so there is nothing to undo
        importing.undo(workspace, who=WHO, now=NOW)


def test_page_shows_what_waits_and_what_was_last(workspace, a_class):
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class}")
    assert importing.page(workspace, now=NOW).waiting == ((waiting, "Leerlingen", "klassen.csv"),)
    assert importing.page(workspace, now=NOW).last is None

    apply(workspace, waiting)

    page = importing.page(workspace, now=NOW)
    assert page.waiting == ()
    assert (page.last.title, page.last.who, page.last.at) == ("Leerlingen", WHO, NOW)
    assert importing.page(workspace, now=NOW + timedelta(days=7)).last is None


def test_list_waits_a_day(workspace, a_class):
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class}")

    with pytest.raises(NotFoundError, match="staat niet meer klaar"):
        importview.view(workspace, waiting, now=NOW + DAY)
    assert tidying.tidy(workspace, now=NOW + DAY - timedelta(seconds=1)) == 0
    assert count(workspace, ImportRow) == 1
    tidying.tidy(workspace, now=NOW + DAY)
    assert count(workspace, ImportRow) == 0


def test_names_of_an_import_are_erased(workspace, a_class):
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class}")
    apply(workspace, waiting)
    row = workspace.session.get(ImportRow, waiting)
    assert (row.content, bool(row.undo)) == ({}, True)

    tidying.tidy(workspace, now=NOW + timedelta(days=7))

    workspace.session.expire_all()
    assert workspace.session.get(ImportRow, waiting).undo == {}


def test_discarded_list_is_gone(workspace, a_class):
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class}")

    importing.discard(workspace, waiting)
    importing.discard(workspace, waiting)

    assert count(workspace, ImportRow) == 0


def test_banned_column_is_never_kept(workspace, a_class):
    waiting = received(workspace, f"999001;Amina;Husayn;{a_class};123456782", header=f"{HEADER};BSN")

    assert "123456782" not in str(workspace.session.get(ImportRow, waiting).content)


def test_without_a_school_there_is_nothing_to_add_to(empty):
    waiting = received(empty, "1;A;B;1A")

    with pytest.raises(NotFoundError, match="Er is nog geen school ingericht"):
        importview.view(empty, waiting, now=NOW)
