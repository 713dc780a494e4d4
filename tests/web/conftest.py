"""Who asks: a stranger, or the coordinator of the demo school."""

import pytest
from browsing import Browser


@pytest.fixture
def stranger(demo):
    return Browser(demo)


@pytest.fixture
def coordinator(demo):
    browser = Browser(demo)
    browser.sign_in()
    return browser
