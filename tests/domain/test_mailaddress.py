import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.access.mailaddress import mail_address

ODD = (
    "", "noor", "@school.nl", "noor@", "noor@@school.nl", "noor@school..nl", ".noor@school.nl", "noor.@school.nl",
    "noor@-school.nl", "noor@school-.nl", "Noor <noor@school.nl>", "noor@school.nl, piet@school.nl",
    "noor@school.nl\r\nBcc: alle@school.nl", "noor@school.nl\n", "noor\0@school.nl", "no or@school.nl",
    '"noor\\"@x"@school.nl', "noor@[127.0.0.1]", "noor@école.fr", "noör@school.nl", "noor@school.nl>", "noor;@x y",
    "noor@school.nl\u2028x", "a" * 250 + "@x.nl", "noor@school.nl SIZE=1",
)  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_what_is_not_one_plain_address_is_refused(typed):
    assert mail_address(typed) is None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("noor@school.nl", "noor@school.nl"),
        ("  Noor.deVries+isk@School.NL ", "noor.devries+isk@school.nl"),
        ("n_o-o'r@sub.school-1.example", "n_o-o'r@sub.school-1.example"),
        ("noor@localhost", "noor@localhost"),
    ],
)
def test_plain_address_in_small_letters(typed, address):
    assert mail_address(typed) == address


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from('ab.@ \r\n\t\0",;<>()[]:\\é\u2028'), max_size=30))
def test_nothing_that_a_mail_server_would_obey_gets_through(typed):
    address = mail_address(typed)

    assert address is None or set(address) <= set("ab.@")
