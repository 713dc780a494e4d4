import pytest

from planner.domain.access.browsers import UNKNOWN, browser_words

CASES = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox op Windows",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/150.0 Safari/537.36 Edg/150.0": "Edge op Windows",
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36": "Chrome op Android",
    "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27 Chrome/125.0 Safari/537.36": "Samsung Internet op Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) AppleWebKit/605.1 Version/19.0 Safari/604.1": "Safari op een iPhone",
    "Mozilla/5.0 (iPad; CPU OS 18_0) AppleWebKit/605.1 CriOS/140 Safari/604.1": "Chrome op een iPad",
    "Mozilla/5.0 (X11; CrOS x86_64 16000) AppleWebKit/537.36 Chrome/140.0 Safari/537.36": "Chrome op een Chromebook",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1 Version/19 Safari/605.1": "Safari op een Mac",
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537 OPR/120": "Opera op Linux",
    "curl/8.0": UNKNOWN,
    "": UNKNOWN,
}


@pytest.mark.parametrize("sent", CASES)
def test_browser_in_plain_words(sent):
    assert browser_words(sent) == CASES[sent]


def test_nothing_that_was_sent_comes_back():
    assert browser_words("<script>alert(1)</script>\r\nX: y Firefox Windows") == "Firefox op Windows"
