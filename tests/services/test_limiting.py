from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from planner.errors import TooManyError
from planner.services.limiting import Failures, network_of, refuse_guesser

NOW = datetime(2026, 11, 10, 19, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failed(count, door="codes", guesser="192.0.2.1", **facts):
    failures = Failures(**facts)
    for number in range(count):
        failures.note(door, guesser, now=NOW + number * timedelta(seconds=1))
    return failures


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_addresses_of_one_guesser_are_one_network(address, network):
    assert network_of(address) == network


def test_tries_left_mean_no_wait():
    assert failed(19).wait("codes", "192.0.2.1", now=NOW) == timedelta()


def test_no_tries_left_means_waiting_until_the_first_is_old():
    failures = failed(20)

    assert failures.wait("codes", "192.0.2.1", now=NOW + MINUTE) == 9 * MINUTE
    assert failures.wait("codes", "192.0.2.1", now=NOW + 10 * MINUTE) == timedelta()


def test_another_door_and_another_guesser_are_not_touched():
    failures = failed(20)

    assert failures.wait("sign-in", "192.0.2.1", now=NOW) == timedelta()
    assert failures.wait("codes", "192.0.2.2", now=NOW) == timedelta()


def test_owner_is_forgiven():
    failures = failed(20)

    failures.forget("codes", "192.0.2.1")

    assert failures.wait("codes", "192.0.2.1", now=NOW) == timedelta()


def test_memory_is_bounded_and_the_oldest_guesser_goes_first():
    failures = failed(1, most=2, limit=1)
    failures.note("codes", "192.0.2.2", now=NOW)
    failures.note("codes", "192.0.2.1", now=NOW)

    failures.note("codes", "192.0.2.3", now=NOW)

    waiting = [failures.wait("codes", f"192.0.2.{number}", now=NOW) > timedelta() for number in (1, 2, 3)]
    assert waiting == [True, False, True]


def test_threads_lose_no_failure():
    failures = Failures(limit=400)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: failures.note("codes", "192.0.2.1", now=NOW), range(400)))

    assert failures.wait("codes", "192.0.2.1", now=NOW) == failures.window


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        (timedelta(), "Dit is te vaak niet gelukt. Probeer het over 10 minuten opnieuw."),
        (9 * MINUTE + timedelta(seconds=1), "Dit is te vaak niet gelukt. Probeer het over 1 minuut opnieuw."),
    ],
)
def test_guesser_is_told_when_to_try_again(later, sentence):
    with pytest.raises(TooManyError) as caught:
        refuse_guesser(failed(20), "codes", "192.0.2.1", now=NOW + later)

    assert str(caught.value) == sentence
    assert caught.value.wait == 10 * MINUTE - later


def test_guesser_with_tries_left_is_not_refused():
    refuse_guesser(failed(19), "codes", "192.0.2.1", now=NOW)
