"""V31: two requests hidden in one (gunicorn CVE-2024-1135 and CVE-2024-6827, waitress CVE-2022-24761).

Raw bytes go to the server that `planner serve` starts. A request whose length can be read in two ways gets one answer
or none, never a second one for what was hidden in it.
"""

import socket
import threading

import pytest

from planner.cli.server import _listen

HIDDEN = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = f"0\r\n\r\n{HIDDEN}"


def posted(*headers, body=CHUNKED):
    return "\r\n".join(["POST /c HTTP/1.1", "Host: localhost", *headers, "", body])


SMUGGLED = {
    "both lengths": posted(f"Content-Length: {len(CHUNKED)}", "Transfer-Encoding: chunked", "Connection: close"),
    "two lengths": posted("Content-Length: 5", f"Content-Length: {len(CHUNKED)}"),
    "a list of lengths": posted(f"Content-Length: 5, {len(CHUNKED)}"),
    "length with a sign": posted("Content-Length: +5"),
    "negative length": posted("Content-Length: -1"),
    "length in hexadecimal": posted("Content-Length: 0x5"),
    "space before the colon": posted("Content-Length : 5"),
    "encoding we do not know": posted("Transfer-Encoding: xchunked"),
    "encoding twice": posted("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    "chunk size that is no number": posted("Transfer-Encoding: chunked", body=f"z\r\n\r\n{HIDDEN}"),
    "bare line feed after a header": posted(f"X: y\nContent-Length: {len(CHUNKED)}", "Content-Length: 0"),
    "folded header": posted("Content-Length: 0\r\n 5"),
}


@pytest.fixture
def server(demo):
    server = _listen(demo.app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server
    server.close()
    server.task_dispatcher.shutdown()


def answers_to(server, text, *, silence=0.7):
    """Send bytes as they are; return the status of each answer until the server is silent or closes."""
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=silence) as line:
        line.sendall(text.encode("latin-1"))
        heard = b""
        try:
            while piece := line.recv(65536):
                heard += piece
        except TimeoutError:
            pass
    return [int(each.split()[0]) for each in heard.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize("text", SMUGGLED.values(), ids=SMUGGLED)
def test_request_with_two_lengths_is_one_request_or_none(server, text):
    answers = answers_to(server, text)

    assert len(answers) <= 1
    assert 200 not in answers


def test_twin_second_request_would_be_seen(server):
    """Without anything odd the same connection answers both, so a hidden one that got through would be counted."""
    last = HIDDEN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")

    assert answers_to(server, HIDDEN + last, silence=10) == [200, 200]
