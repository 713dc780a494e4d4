"""The code that is typed: read back from paper, limited by failures and never by success."""

import random
from datetime import timedelta

import pytest
from contents import contents
from demoschool import KEY, NOW
from sqlalchemy import delete, select, update

from planner.domain.families.answers import Flaw
from planner.domain.families.shortcode import ALPHABET, BASE, from_number, normalise, shown
from planner.services.answers import answering
from planner.services.invitations import invitations, shortcodes
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.limiting import Failures
from planner.storage.db import writing
from planner.storage.models import InviteLinkRow, ShortCodeRow

MARKET = "interessemarkt"
SCHOOL, ELSEWHERE = "203.0.113.7", "198.51.100.9"
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def sheets(workspace):
    object.__setattr__(workspace, "failures", Failures())
    return invitations.sheets(workspace, MARKET)


def found(workspace, typed, guesser=SCHOOL, now=NOW):
    return answering.spot_of_code(workspace, typed, guesser=guesser, now=now)


def refusal(workspace, typed, **facts):
    with pytest.raises(AnswerRefusedError) as caught:
        found(workspace, typed, **facts)
    return caught.value.flaw


def some_code(number):
    return from_number(number, length=shortcodes.LENGTH)


def guess(workspace, times=20, guesser=SCHOOL):
    for number in range(times):
        assert refusal(workspace, some_code(number), guesser=guesser) is Flaw.CODE_UNKNOWN


def test_every_household_has_a_code_of_its_own(sheets):
    codes = [sheet.code for sheet in sheets]

    assert len(set(codes)) == len(sheets)
    assert all(len(normalise(code)) == shortcodes.LENGTH and code == shown(normalise(code)) for code in codes)
    assert all(len(sheet.code_extra) == shortcodes.EXTRA for sheet in sheets)


def test_code_opens_what_the_qr_code_opens(workspace, sheets):
    for sheet in sheets[:3]:
        by_link = answering.spot_of_link(workspace, sheet.url.rpartition("/")[2])
        spot, whole = found(workspace, f" {sheet.code.lower()} ")

        assert spot == by_link
        assert whole == normalise(sheet.code) + sheet.code_extra
        assert found(workspace, whole)[0] == spot


def test_code_printed_twice_is_the_same(workspace, sheets):
    before = contents(workspace.session)

    again = invitations.sheets(workspace, MARKET)

    assert [(sheet.code, sheet.code_extra) for sheet in again] == [(s.code, s.code_extra) for s in sheets]
    assert contents(workspace.session) == before


def test_database_does_not_hold_a_code(workspace, sheets):
    kept = repr(contents(workspace.session))

    assert not any(sheet.code in kept or normalise(sheet.code) in kept for sheet in sheets)


@only_sqlite
def test_invitation_from_before_there_were_codes_gets_one(workspace, sheets):
    with writing(workspace.session):
        workspace.session.execute(delete(ShortCodeRow))

    assert [sheet.code for sheet in invitations.sheets(workspace, MARKET)] == [sheet.code for sheet in sheets]


@only_sqlite
def test_two_links_with_the_same_code_get_two_codes(workspace, sheets):
    with writing(workspace.session):
        first, second = workspace.session.scalars(select(ShortCodeRow).order_by(ShortCodeRow.link_id).limit(2))
        taken, link_id = first.code_hash, second.link_id
        workspace.session.execute(delete(ShortCodeRow))
        workspace.session.add(ShortCodeRow(link_id=link_id, attempt=0, code_hash=taken))

    again = invitations.sheets(workspace, MARKET)

    assert len({sheet.code for sheet in again}) == len(sheets)
    assert len({sheet.code for sheet in again} - {sheet.code for sheet in sheets}) == 1


@only_sqlite
def test_another_key_ends_every_code(open_workspace, sheets):
    restarted = open_workspace(secret_key="another-" + KEY, failures=Failures())

    assert refusal(restarted, sheets[0].code) is Flaw.CODE_UNKNOWN
    assert found(restarted, invitations.sheets(restarted, MARKET)[0].code)


@only_sqlite
@pytest.mark.parametrize("typed", ["", "x", "K7P", "0" * 9, "K7P-3MA-X9RRR", "😀" * 9, "a" * 5000])
def test_what_is_no_code_is_a_slip_and_never_counts(workspace, sheets, typed):
    for _ in range(30):
        assert refusal(workspace, typed) is Flaw.CODE_WRONG

    assert found(workspace, sheets[0].code)


@only_sqlite
def test_every_wrong_character_is_a_slip(workspace, sheets):
    code = normalise(sheets[0].code)
    for place in range(len(code)):
        for other in set(ALPHABET) - {code[place]}:
            assert refusal(workspace, code[:place] + other + code[place + 1 :]) is Flaw.CODE_WRONG

    assert found(workspace, code)


@only_sqlite
def test_revoked_code(workspace, sheets):
    with writing(workspace.session):
        workspace.session.execute(update(InviteLinkRow).values(revoked_at=NOW))

    assert refusal(workspace, sheets[0].code) is Flaw.CODE_UNKNOWN


@only_sqlite
def test_guesser_closes_the_short_way_for_its_address_and_no_other(workspace, sheets):
    guess(workspace)

    with pytest.raises(AnswerRefusedError) as caught:
        found(workspace, sheets[0].code)
    assert caught.value.flaw is Flaw.CODE_EXTRA
    assert caught.value.wait > timedelta(0)
    assert found(workspace, sheets[0].code, guesser=ELSEWHERE)
    assert found(workspace, sheets[0].code, now=NOW + timedelta(minutes=10))


@only_sqlite
def test_families_beside_a_guesser_get_in_with_what_is_on_their_paper(workspace, sheets):
    guess(workspace)

    for sheet in sheets:
        spot, _ = found(workspace, f"{sheet.code} {sheet.code_extra}")
        assert spot == answering.spot_of_link(workspace, sheet.url.rpartition("/")[2])
        guess_again = normalise(sheet.code) + "222" if sheet.code_extra != "222" else normalise(sheet.code) + "333"
        assert refusal(workspace, guess_again) is Flaw.CODE_UNKNOWN


@only_sqlite
def test_wrong_extra_characters_are_a_guess(workspace, sheets):
    wrong = normalise(sheets[0].code) + ("222" if sheets[0].code_extra != "222" else "333")

    for _ in range(20):
        assert refusal(workspace, wrong) is Flaw.CODE_UNKNOWN

    assert refusal(workspace, sheets[0].code) is Flaw.CODE_EXTRA


@only_sqlite
def test_five_hundred_families_on_one_address_are_no_guessers(workspace, sheets):
    for number in range(500):
        assert found(workspace, sheets[number % len(sheets)].code)

    assert workspace.failures.wait(shortcodes.DOOR, SCHOOL, now=NOW) == timedelta()


def number_of(code):
    """Return the number that a code was made of."""
    number = 0
    for character in code[:-1]:
        number = number * BASE + ALPHABET.index(character)
    return number


def hits(codes, places):
    """Return how many of a million guesses hit one of these codes, if codes had so many free characters."""
    known = {number_of(normalise(code)) % BASE**places for code in codes}
    rng = random.Random(7)  # noqa: S311 - the same guesses every time
    return sum(rng.randrange(BASE**places) in known for _ in range(10**6))


@only_sqlite
def test_a_million_guesses_hit_nothing(sheets):
    assert hits([sheet.code for sheet in sheets], shortcodes.LENGTH - 1) == 0


@only_sqlite
def test_a_million_guesses_would_hit_shorter_codes(sheets):
    assert hits([sheet.code for sheet in sheets], 4) > 50


@only_sqlite
@pytest.mark.usefixtures("sheets")
def test_limiter_trips_long_before_and_asks_for_more(workspace):
    flaws = [refusal(workspace, some_code(number)) for number in range(100)]

    assert flaws == [Flaw.CODE_UNKNOWN] * 20 + [Flaw.CODE_EXTRA] * 80
