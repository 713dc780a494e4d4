"""The life of an answer: pupil, parent, mentor and door in any order, twice, on two devices, and erased at the end.

A plain dictionary says what should be so; the services are asked after every step.
"""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

import pytest
from demoschool import NOW
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from planner.domain.access.rights import Actor, Role
from planner.domain.families.answers import Reply, Source
from planner.errors import NotFoundError
from planner.services.answers import answering as families
from planner.services.answers import answerkeeping, answerlist, door
from planner.services.answers.answering import Spot
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.invitations.invitations import invited_households
from planner.services.keeping import households
from planner.services.state import load_state
from planner.storage.answers import load_arrivals, load_said
from planner.storage.db import open_engine

MARKET = "interessemarkt"
BEGINS = datetime(2027, 2, 3, 16, 0, tzinfo=UTC)
EVENING = BEGINS + timedelta(hours=1)
OVER = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
WHICH = st.integers(0, 2)
DEVICES = st.integers(0, 1)
REPLIES = st.builds(Reply, coming=st.just(value=True), persons=st.integers(1, 12)) | st.just(Reply(coming=False))


class AnswerLife(RuleBasedStateMachine):
    """Three families of one class, two devices."""

    made = None  # the demo school, set by the test

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        path = f"{self.folder.name}/school.sqlite"
        shutil.copyfile(self.made.template, path)
        self.engine = open_engine(f"sqlite:///{path}")
        self.sessions = [Session(self.engine), Session(self.engine)]
        kept = dict(self.made.workspace.kept)
        self.devices = [
            replace(self.made.workspace, sessions=lambda session=session: session, kept=dict(kept))
            for session in self.sessions
        ]
        state = load_state(self.devices[0])
        everyone = invited_households(state, MARKET)
        classes = {home.id: state.school.pupil(home.pupil_ids[0]).class_id for home in everyone}
        self.class_id = classes[everyone[0].id]
        self.homes = [home for home in everyone if classes[home.id] == self.class_id and len(home.pupil_ids) == 1][:3]
        self.invited = len(everyone)
        self.now, self.said, self.here, self.erased, self.forgotten = NOW, {}, {}, set(), False

    def teardown(self):
        for session in self.sessions:
            session.close()
        self.engine.dispose()
        self.folder.cleanup()

    @property
    def is_open(self):
        return self.now < BEGINS and not self.forgotten

    def spot(self, which):
        return Spot(event_id=MARKET, household_id=self.homes[which].id)

    def expect(self, which, reply, source):
        if self.is_open and self.homes[which].id not in self.erased:
            self.said[self.homes[which].id] = (reply, source)

    def send(self, send):
        """Send something twice, as a nervous thumb does; what is refused changes nothing."""
        for _ in range(2):
            with suppress(AnswerRefusedError, NotFoundError):
                send()

    @rule(which=WHICH, device=DEVICES, reply=REPLIES)
    def parent(self, which, device, reply):
        self.send(
            lambda: families.answer(self.devices[device], self.spot(which), reply, source=Source.FAMILY, now=self.now)
        )
        self.expect(which, reply, Source.FAMILY)

    @rule(which=WHICH, device=DEVICES, reply=REPLIES)
    def pupil(self, which, device, reply):
        form = {"komt": "ja" if reply.coming else "nee", "personen": str(reply.persons)}
        home = self.homes[which]
        self.send(
            lambda: families.answer_by_pupil(
                self.devices[device], MARKET, home.pupil_ids[0], form, household_id=home.id, now=self.now
            )
        )
        self.expect(which, reply, Source.PUPIL)

    @precondition(lambda self: self.now < OVER)
    @rule(which=WHICH, device=DEVICES, number=st.integers(0, 12))
    def mentor(self, which, device, number):
        home = self.homes[which].id
        mentor = Actor(role=Role.MENTOR, name="Noor", class_ids=frozenset({self.class_id}))
        who = replace(self.devices[device], actor=mentor)
        form = {f"n-{home}": str(number), f"was-{home}": "-"}
        answerlist.save_list(who, MARKET, form, class_id=self.class_id, now=self.now)
        if home not in self.erased:
            reply = Reply(coming=True, persons=number) if number else Reply(coming=False)
            self.said[home] = (reply, Source.MENTOR)

    @precondition(lambda self: BEGINS <= self.now < OVER)
    @rule(which=WHICH, device=DEVICES, persons=st.integers(0, 12))
    def at_the_door(self, which, device, persons):
        home = self.homes[which].id
        who = self.devices[device]
        self.send(lambda: door.tick(who, MARKET, home, is_here=persons > 0, persons=str(persons), now=self.now))
        if persons and home not in self.erased:
            self.here[home] = persons
        else:
            self.here.pop(home, None)

    @precondition(lambda self: self.now == NOW)
    @rule()
    def evening_begins(self):
        self.now = EVENING

    @precondition(lambda self: self.now == EVENING)
    @rule()
    def weeks_go_by(self):
        self.now = OVER
        answerkeeping.erase_old(self.devices[0], now=self.now)
        self.forgotten = True
        self.said, self.here = {}, {}

    @precondition(lambda self: not self.erased)
    @rule(which=WHICH)
    def family_is_erased(self, which):
        home = self.homes[which].id
        for session in self.sessions:
            session.rollback()
        households.erase(self.devices[0], home, confirmed="ja", by="Noor", now=self.now)
        self.erased.add(home)
        self.said.pop(home, None)
        self.here.pop(home, None)

    @invariant()
    def one_answer_from_the_right_source_in_the_right_counts(self):
        for device in self.devices:
            device.session.rollback()
            found = {home: (answer.reply, answer.source) for (_, home), answer in load_said(device.session).items()}
            assert found == self.said
            arrived = {home: arrival.persons for (_, home), arrival in load_arrivals(device.session).items()}
            assert arrived == self.here
            counting = {home: reply for home, (reply, _) in self.said.items()}
            counting |= {home: Reply(coming=True, persons=persons) for home, persons in self.here.items()}
            state = load_state(device)
            assert state.replies(MARKET) == counting
            expected = state.expected(MARKET)
            coming = sum(reply.coming for reply in counting.values())
            assert (expected.coming, expected.cannot) == (coming, len(counting) - coming)
            assert expected.silent == self.invited - len(self.erased) - len(counting)


@pytest.mark.slow
def test_life_of_an_answer(made_sqlite):
    AnswerLife.made = made_sqlite
    run_state_machine_as_test(
        AnswerLife,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
