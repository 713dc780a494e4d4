"""Whether and how somebody is asked."""

import pytest
from contents import contents

from planner.domain.staffing.people import Channel
from planner.errors import InputError, NotFoundError
from planner.services.people import agreements
from planner.services.people.agreements import Agreements
from planner.services.state import load_state

WHO = "p-ghassan"
NOTHING = Agreements(consent=True, channel="", beside="", room="")


def test_agreements_are_kept(workspace):
    agreements.save(workspace, WHO, Agreements(consent=True, channel="mail", beside="p-thijs", room="r-kook"))

    person = load_state(workspace).person(WHO)
    assert (person.consent, person.channel) == (True, Channel.MAIL)
    assert (person.beside, person.rooms) == (frozenset({"p-thijs"}), frozenset({"r-kook"}))

    agreements.save(workspace, WHO, NOTHING)
    person = load_state(workspace).person(WHO)
    assert (person.channel, person.beside, person.rooms) == (None, frozenset(), frozenset())


def test_who_may_not_be_asked_does_nothing_any_more(workspace):
    agreements.save(workspace, WHO, Agreements(consent=False, channel="", beside="", room=""))

    assert WHO not in {duty.person_id for duty in load_state(workspace).staff_plan}


@pytest.mark.parametrize(
    ("person_id", "wrong", "error"),
    [
        ("niemand", {}, NotFoundError),
        (WHO, {"beside": "niemand"}, NotFoundError),
        (WHO, {"channel": "duif"}, InputError),
        (WHO, {"room": "r-weg"}, InputError),
    ],
)
def test_what_is_not_there_is_refused(workspace, person_id, wrong, error):
    before = contents(workspace.session)

    with pytest.raises(error):
        agreements.save(
            workspace, person_id, Agreements(**{"consent": True, "channel": "", "beside": "", "room": "", **wrong})
        )

    assert contents(workspace.session) == before
