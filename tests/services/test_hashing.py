import threading
import time

import pytest
from argon2 import PasswordHasher, extract_parameters

from planner.errors import TooManyError
from planner.services.signin.hashing import HASHER, LANES, MEMORY_KIB, PASSES, WAITING, Hasher


def test_hash_is_argon2id_with_our_parameters():
    kept = HASHER.hash("een lang wachtwoord")
    found = extract_parameters(kept)

    assert kept.startswith("$argon2id$")
    assert (found.memory_cost, found.time_cost, found.parallelism) == (MEMORY_KIB, PASSES, LANES) == (19456, 2, 1)


def test_right_password_fits_and_another_does_not():
    kept = HASHER.hash("een lang wachtwoord")

    assert [HASHER.fits(kept, each) for each in ("een lang wachtwoord", "Een lang wachtwoord", "")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("kept", [None, "", "geen hash", "$argon2id$v=19$kapot"])
def test_nothing_fits_without_a_sound_hash(kept):
    assert HASHER.fits(kept, "nobody has this password") is False


@pytest.mark.parametrize("kept", [None, "", "bekend"])
def test_every_try_costs_one_hash(kept):
    hasher = Hasher()
    hasher.fits(None, "x")  # the hash of nobody is made once
    before = hasher.count

    hasher.fits(HASHER.hash("a") if kept else kept, "een gok")

    assert hasher.count == before + 1


def test_old_parameters_are_noticed():
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("een lang wachtwoord")

    assert (HASHER.is_old(old), HASHER.is_old(HASHER.hash("een lang wachtwoord"))) == (True, False)
    assert HASHER.fits(old, "een lang wachtwoord")


def test_one_at_a_time_and_few_who_wait():
    hasher, at_work, most, refused = Hasher(), [0], [0], []
    slow = hasher._argon2  # noqa: SLF001 - replaced by a slow one that counts who is at work
    everybody = threading.Barrier(WAITING + 4)

    class Slow:
        def hash(self, password):
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
            time.sleep(0.05)
            at_work[0] -= 1
            return slow.hash(password)

    hasher._argon2 = Slow()  # noqa: SLF001

    def go():
        everybody.wait()
        try:
            hasher.hash("x")
        except TooManyError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=go) for _ in range(WAITING + 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (most[0], len(refused)) == (1, 3)
    hasher.hash("x")  # and afterwards there is room again
