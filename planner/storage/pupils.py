"""Classes, pupils and households: rows to domain values and back."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from planner.domain.school import Household, Pupil, SchoolClass
from planner.storage.db import AnySession
from planner.storage.merging import Values, delete_others, merge_rows, replace_rows
from planner.storage.models import HouseholdPupilRow, HouseholdRow, PupilRow, SchoolClassRow


def load_classes(session: AnySession) -> tuple[SchoolClass, ...]:
    """Return the classes in the school's order."""
    rows = session.scalars(select(SchoolClassRow).order_by(SchoolClassRow.position))
    return tuple(SchoolClass(id=row.id, name=row.name, phase=row.phase) for row in rows)


def load_pupils(session: AnySession) -> tuple[Pupil, ...]:
    """Return the pupils in the school's order."""
    return tuple(_pupil(row) for row in session.scalars(select(PupilRow).order_by(PupilRow.position)))


def load_households(session: AnySession) -> tuple[Household, ...]:
    """Return the households in the school's order, each with its pupils in its own order."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    columns = select(HouseholdPupilRow.household_id, HouseholdPupilRow.pupil_id).order_by(HouseholdPupilRow.position)
    for household_id, pupil_id in session.execute(columns):
        members[household_id].append(pupil_id)
    rows = session.scalars(select(HouseholdRow).order_by(HouseholdRow.position))
    return tuple(_household(row, tuple(members[row.id])) for row in rows)


def save_pupils(
    session: AnySession, classes: Sequence[SchoolClass], pupils: Sequence[Pupil], households: Sequence[Household]
) -> None:
    """Make classes, pupils and households equal to these; who is not in them is deleted, with links and invitations."""
    merge_rows(session, SchoolClassRow, [_class_values(each, at) for at, each in enumerate(classes)])
    merge_rows(session, PupilRow, [_pupil_values(each, at) for at, each in enumerate(pupils)])
    merge_rows(session, HouseholdRow, [_household_values(each, at) for at, each in enumerate(households)])
    delete_others(session, HouseholdRow, (each.id for each in households))
    delete_others(session, PupilRow, (each.id for each in pupils))
    delete_others(session, SchoolClassRow, (each.id for each in classes))
    members = [
        {"household_id": home.id, "pupil_id": pupil_id, "position": at}
        for home in households
        for at, pupil_id in enumerate(home.pupil_ids)
    ]
    replace_rows(session, HouseholdPupilRow, members)
    session.expire_all()


def _class_values(each: SchoolClass, position: int) -> Values:
    return {"id": each.id, "name": each.name, "phase": each.phase, "position": position}


def _pupil(row: PupilRow) -> Pupil:
    return Pupil(
        id=row.id,
        number=row.number,
        first_name=row.first_name,
        last_name=row.last_name,
        class_id=row.class_id,
        phase=row.phase,
        route=row.route,
        started=row.started,
        leaves=row.leaves,
        destination=row.destination,
    )


def _pupil_values(pupil: Pupil, position: int) -> Values:
    return {
        "id": pupil.id,
        "number": pupil.number,
        "first_name": pupil.first_name,
        "last_name": pupil.last_name,
        "class_id": pupil.class_id,
        "phase": pupil.phase,
        "route": pupil.route,
        "started": pupil.started,
        "leaves": pupil.leaves,
        "destination": pupil.destination,
        "position": position,
    }


def _household(row: HouseholdRow, pupil_ids: tuple[str, ...]) -> Household:
    return Household(
        id=row.id,
        name=row.name,
        language=row.language,
        pupil_ids=pupil_ids,
        adults=row.adults,
        interpreter=row.interpreter,
        relation=row.relation,
    )


def _household_values(home: Household, position: int) -> Values:
    return {
        "id": home.id,
        "name": home.name,
        "language": home.language,
        "adults": home.adults,
        "interpreter": home.interpreter,
        "relation": home.relation,
        "position": position,
    }
