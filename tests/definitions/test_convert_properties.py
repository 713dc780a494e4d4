import string
from dataclasses import replace
from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.definitions.convert import dump_runbook
from planner.definitions.loader import read_runbook
from planner.domain.runbook import (
    Anchor,
    Assignment,
    Clause,
    Form,
    Invitation,
    Kind,
    Material,
    Moment,
    OccurrenceRule,
    OwnInvitation,
    Per,
    Place,
    Role,
    Row,
    Runbook,
    Shape,
    Source,
    Split,
    Step,
    StepKind,
    Walk,
)

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
TRICKY = st.sampled_from([": ", " #", "\n", "- ", "'", '"', "{", "[", "&", "*", "!", "|", "%", "@", "~", "no", "10:30"])
texts = st.lists(LETTERS | TRICKY, min_size=1, max_size=8).map("".join).map(str.strip).filter(bool)
words = st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=6)
sources = st.sampled_from(Source)
truths = st.booleans()
days = st.sampled_from([(1, 9), (2, 28), (10, 31), (12, 1)])
lines = st.lists(texts, max_size=3).map(tuple)
clauses = st.builds(
    Clause,
    phases=st.sampled_from([(), (1,), (1, 2)]),
    routes=st.sampled_from([(), (3,)]),
    started_within_months=st.none() | st.integers(1, 36),
    starts_within_weeks=st.integers(0, 12),
    leaves_within_months=st.none() | st.integers(1, 36),
)
moments = st.builds(
    Moment, id=words, title=texts, first=days, last=st.just((11, 1)), only_with_pupils=truths, source=sources
)
occurrences = st.builds(
    OccurrenceRule,
    split=st.sampled_from(Split),
    moments=st.tuples(moments),
    own_group_from=st.integers(1, 50),
    own_groups=st.integers(0, 30),
)
places = st.builds(
    Place,
    id=words.map("plek-{}".format),
    name=texts,
    per=st.sampled_from([Per.EVENT, Per.GROUP]),
    features=lines,
    capacity=st.none() | st.integers(1, 2000),
    says=st.lists(texts, max_size=3).map(tuple),
    outside=truths,
    source=sources,
)
materials = st.builds(Material, id=words, name=texts, count=st.integers(1, 9), per=st.sampled_from(Per), source=sources)
roles = st.builds(
    Role,
    id=words.map("rol-{}".format),
    title=texts,
    minimum=st.integers(0, 3),
    maximum=st.none() | st.integers(3, 100),
    per=st.sampled_from([Per.EVENT, Per.ROOM]),
    interprets=truths,
    optional=truths,
    source=sources,
)
assignments = st.builds(Assignment, title=texts, what=texts, step=st.none(), products=lines)
invitations = st.builds(
    Invitation,
    title=texts,
    about=st.lists(texts, min_size=1, max_size=8).map(tuple),
    who_may_come=texts,
    start=st.just(time(19, 5)),
    end=st.none() | st.just(time(21)),
    source=sources,
)

own_invitations = st.builds(
    OwnInvitation,
    about=st.lists(texts, min_size=1, max_size=8).map(tuple),
    start=st.just(time(19, 5)),
    end=st.none() | st.just(time(21)),
    source=sources,
)


@st.composite
def rows_of(draw, place, material, role):
    """Return one row that uses all three."""
    start = draw(st.times(max_value=time(19)).map(lambda at: at.replace(second=0, microsecond=0)))
    return Row(
        id="rij-" + draw(words), start=start, end=draw(st.none() | st.just(time(23, 59))), places=(place.id,),
        needs=(material.id,), what=draw(texts), responsible=(role.id,), parallel=draw(truths),
        source=draw(sources), responsible_source=draw(sources),
    )  # fmt: skip


@st.composite
def steps_of(draw, role, links):
    """Return one step for this role, sometimes with a link."""
    anchor = draw(st.sampled_from(Anchor))
    weeks = st.just(0) if anchor is Anchor.BEFORE_SUMMER else st.integers(-12, 0)
    return Step(
        id="stap-" + draw(words), what=draw(texts), who=(role.id,), weeks_before=draw(weeks), anchor=anchor,
        kind=draw(st.sampled_from(StepKind)), link=draw(st.sampled_from([None, *(name for name, _ in links)])),
        condition=draw(st.none() | texts), source=draw(sources),
    )  # fmt: skip


@st.composite
def walks_of(draw, row):
    """Return going round past the place of this row."""
    return Walk(
        shape=draw(st.sampled_from(Shape)), row=row.id, places=row.places, guides=row.responsible,
        session_minutes=draw(st.integers(3, 120)), gap_minutes=draw(st.integers(0, 60)),
        group_size=draw(st.integers(2, 100)), wanted=draw(st.integers(0, 24)), source=draw(sources),
    )  # fmt: skip


@st.composite
def forms_of(draw, row):
    """Return a form that drops the row and adds things of its own, with ids that differ."""
    place, material, role = (replace(draw(kind), id=draw(words) + "-vorm") for kind in (places, materials, roles))
    own = replace(draw(rows_of(place, material, role)), id="rij-v-vorm")
    step = replace(draw(steps_of(role, ())), id="stap-v-vorm")
    return Form(
        id=draw(words), title=draw(texts), shape=draw(st.sampled_from(["tour", "media"])), what=draw(texts),
        drops=(row.id,), rows=(own,), steps=(step,), roles=(role,), places=(place,), materials=(material,),
        walk=draw(st.none() | walks_of(own)), invitation=draw(st.none() | own_invitations), source=draw(sources),
    )  # fmt: skip


@st.composite
def runbooks(draw):
    """Return a runbook with one of everything."""
    place, material, role = draw(places), draw(materials), draw(roles)
    links = tuple(draw(st.dictionaries(words, texts, max_size=2)).items())
    row = draw(rows_of(place, material, role))
    return Runbook(
        id=draw(words), title=draw(texts), short=draw(words), goal=draw(texts), phase=draw(st.integers(1, 2)),
        kind=draw(st.sampled_from(Kind)), audience=(draw(clauses),), occurrences=draw(occurrences),
        places=(place,), roles=(role,), materials=(material,), rows=(row,), steps=(draw(steps_of(role, links)),),
        lesson=draw(st.none() | assignments), home=draw(st.none() | assignments),
        forms=draw(st.just(()) | st.tuples(forms_of(row))), outcomes=draw(lines), aftercare=draw(lines),
        invitation=draw(invitations), links=links, sectors=draw(lines),
        group_size=draw(st.none() | st.integers(1, 100)), round_school_days=draw(st.integers(1, 40)),
        slot_minutes=draw(st.integers(5, 240)), walk=draw(st.none() | walks_of(row)),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(runbooks())
def test_dump_then_load_is_the_same_runbook(runbook):
    loaded, problems = read_runbook(dump_runbook(runbook).encode(), file="x", folder=runbook.id)

    assert problems == ()
    assert loaded == runbook
