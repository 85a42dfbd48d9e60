"""The review server: for this computer and its own page alone, and what it has confirmed is on the disk."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

from mtqa.document import Document, Span, make_document
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.review.decisions import load
from mtqa.review.key import marks
from mtqa.review.serve import make_server
from mtqa.segment import segment

TEXT = "\n\n".join(f"Sentence {number} has a wool party." for number in range(40))
PAGE = '<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; connect-src &#39;self&#39;">'
SCRIPT = """
import signal
import sys
from pathlib import Path
from types import SimpleNamespace
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it
sys.modules["mtqa.review.page"] = SimpleNamespace(render_page=lambda *a, serve_token=None: "<p>page</p>")
from mtqa.read import read
from mtqa.review.serve import serve
from mtqa.segment import segment
path = Path("a.txt")
sys.exit(serve(path, segment(read(path)), [], "mtqa:x", port=int(sys.argv[1]), open_browser=False))
"""


def article() -> tuple[Document, list[Finding]]:
    document = segment(make_document("a.txt", TEXT))
    starts = [segment.span.end - 11 for segment in document.segments]
    return document, [Finding("literal", Span(start, start + 10), "", "", "major") for start in starts]


def decisions(text: str | None = "bargain hunters") -> list[dict[str, Any]]:
    document, findings = article()
    return [
        {
            "key": mark.key,
            "state": "accepted" if text else "rejected",
            "text": text,
            "reason": "",
            "time": "2026-11-23T03:00:00Z",
            "editor": "",
            "rule": "literal",
            "term": None,
            "severity": "major",
            "sentence": mark.sentence,
            "occurrence": mark.occurrence,
            "start": mark.start,
            "end": mark.end,
            "words": mark.words,
            "zh": mark.zh,
        }
        for mark in marks(document, findings)
    ]


class Client:
    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {"X-Mtqa-Token": self.token, "Content-Type": "application/json"}
        given.update({name.replace("_", "-"): value for name, value in headers.items()})
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection.request(method, path, data, {name: value for name, value in given.items() if value})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        kind = answer.headers["Content-Type"]
        return answer.status, json.loads(text) if kind.startswith("application/json") else text, dict(answer.headers)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.chdir(tmp_path)
    stub = SimpleNamespace(render_page=lambda *_, serve_token: PAGE + serve_token)
    monkeypatch.setitem(sys.modules, "mtqa.review.page", stub)
    server = make_server(Path("a.txt"), *article(), "mtqa:x")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Client(server.server_port, server.token)
    server.shutdown()
    thread.join()
    server.server_close()
    server.store.close()


def test_decide_undo_and_ask(client: Client) -> None:
    one, two, *_ = decisions()
    assert client.ask("POST", "/decide", one)[:2] == (200, {"saved": one["key"]})
    assert client.ask("POST", "/decide", two)[0] == 200
    assert client.ask("POST", "/decide", {**one, "state": "edited", "text": "fans “😀”"})[0] == 200
    status, whole, _ = client.ask("GET", "/decisions")
    assert (status, whole["version"], whole["signature"]) == (200, 1, "mtqa:x")
    assert [(a["path"], [d["text"] for d in a["decisions"]]) for a in whole["articles"]] == [
        ("a.txt", ["bargain hunters", "fans “😀”"])
    ]
    assert client.ask("POST", "/undo", {"key": one["key"]})[:2] == (200, {"undone": one["key"]})
    assert client.ask("POST", "/decide", {"key": two["key"], "state": "open"})[0] == 200
    assert client.ask("GET", "/decisions")[1]["articles"][0]["decisions"] == []
    assert load(Path("a.txt.review.sqlite")).articles[0].decisions == ()


def test_the_page_comes_with_headers_that_lock_it_in(client: Client) -> None:
    status, page, headers = client.ask("GET", f"/?token={client.token}", X_Mtqa_Token="")
    assert (status, page) == (200, PAGE + client.token)
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Python" not in headers["Server"]
    assert "Access-Control-Allow-Origin" not in headers
    for path in ("/decisions", "/none"):
        assert client.ask("GET", path)[2]["Content-Security-Policy"].startswith("default-src 'none'; base-uri")


@pytest.mark.parametrize("headers", [
    {"X_Mtqa_Token": ""}, {"X_Mtqa_Token": "wrong"}, {"X_Mtqa_Token": "\xe9"},
    {"Host": "evil.example"}, {"Host": "127.0.0.1"}, {"Host": "127.0.0.1:1"}, {"Host": "evil.example:80@127.0.0.1"},
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "https://127.0.0.1"},
])  # fmt: skip
def test_strangers_are_refused(client: Client, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/"), ("GET", "/decisions"), ("POST", "/decide"), ("POST", "/undo")):
        status, answer, _ = client.ask(method, path, decisions()[0], **headers)
        assert (status, list(answer)) == (403, ["error"])
    assert client.ask("POST", f"/decide?token={client.token}", decisions()[0], X_Mtqa_Token="")[0] == 403
    assert client.ask("GET", "/decisions")[1]["articles"][0]["decisions"] == []


def test_our_own_page_is_let_in(client: Client) -> None:
    for host in ("127.0.0.1", "localhost"):
        own = f"{host}:{client.port}"
        assert client.ask("POST", "/decide", decisions()[0], Host=own, Origin=f"http://{own}")[0] == 200


@pytest.mark.parametrize(
    ("body", "headers", "status", "said"),
    [
        (b"{", {}, 400, "no JSON"),
        (b"\xff", {}, 400, "not UTF-8"),
        (b"[" * 60_000, {}, 400, "nested"),
        (b"{}", {}, 400, "missing"),
        ({**decisions()[0], "state": "maybe"}, {}, 400, "state: 'maybe' found; write accepted, edited or rejected"),
        ({**decisions()[0], "words": "<script>"}, {}, 400, "words: "),
        ({"key": "../../etc", "state": "open"}, {}, 400, "16 hexadecimal digits"),
        (b" " * (64 * 1024 + 1), {}, 413, "65,536 at most"),
        (b"{}", {"Content_Type": "text/plain"}, 415, "application/json"),
        (b"{}", {"Content_Length": "-1"}, 411, "how long"),
        (b"{}", {"Transfer_Encoding": "chunked"}, 411, "how long"),
    ],
)
def test_bad_requests_are_named(client: Client, body: Any, headers: dict[str, str], status: int, said: str) -> None:
    found, answer, _ = client.ask("POST", "/decide", body, **headers)
    assert (found, said in answer["error"]) == (status, True), answer
    assert client.ask("GET", "/decisions")[1]["articles"][0]["decisions"] == []


def test_what_is_not_there(client: Client) -> None:
    for method, path in (("GET", "/favicon.ico"), ("GET", "/../a.txt"), ("GET", "/decide"), ("POST", "/")):
        assert client.ask(method, path, {})[0] == 404
    assert client.ask("DELETE", "/")[0] == 501
    assert client.ask("OPTIONS", "/decide")[0] == 501
    raw = socket.create_connection(("127.0.0.1", client.port), timeout=20)
    raw.sendall(b"no request at all\r\n\r\n")
    assert b"Bad request" in raw.recv(65536)
    raw.close()


def test_only_this_computer_is_listened_to(client: Client) -> None:
    listening = Path("/proc/net/tcp")
    if not listening.exists():
        pytest.skip("needs /proc")
    ours = [
        line.split()[1] for line in listening.read_text(encoding="ascii").splitlines() if f":{client.port:04X} " in line
    ]
    assert all(address.startswith("0100007F:") for address in ours)


def test_many_at_once(client: Client) -> None:
    all_ = decisions()
    threads = [threading.Thread(target=client.ask, args=("POST", "/decide", one)) for one in all_]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = client.ask("GET", "/decisions")[1]["articles"][0]["decisions"]
    assert {one["key"] for one in saved} == {one["key"] for one in all_}


def test_a_port_in_use_and_a_damaged_store_are_named(client: Client) -> None:
    with pytest.raises(MtqaError, match=rf"--port: port {client.port} cannot be used: .*choose another"):
        make_server(Path("b.txt"), *article(), "x", client.port)
    Path("c.txt.review.sqlite").write_bytes(b"no database, " * 1000)
    with pytest.raises(MtqaError, match=r"c\.txt\.review\.sqlite: is damaged .*move it away"):
        make_server(Path("c.txt"), *article(), "x")


def start(port: int = 0) -> "tuple[subprocess.Popen[str], Client]":
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    address = urlsplit(process.stdout.readline().strip())
    assert (address.scheme, address.hostname, address.path) == ("http", "127.0.0.1", "/")
    return process, Client(address.port or 0, address.query.removeprefix("token="))


def end(process: "subprocess.Popen[str]", number: int) -> tuple[int, str]:
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    return process.returncode, err


@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
def test_killed_in_the_middle_nothing_decided_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    confirmed: set[str] = set()
    tokens = set()
    todo = decisions()
    for _ in range(3):
        process, client = start()
        tokens.add(client.token)
        saved = client.ask("GET", "/decisions")[1]["articles"][0]["decisions"]
        assert confirmed <= {one["key"] for one in saved}
        killer = threading.Timer(0.08, process.kill)
        killer.start()
        try:
            while todo:
                assert client.ask("POST", "/decide", todo[0])[0] == 200
                confirmed.add(todo.pop(0)["key"])
        except (OSError, http.client.HTTPException):
            pass
        killer.join()
        assert end(process, signal.SIGKILL)[0] == -signal.SIGKILL
    process, client = start()
    assert client.ask("POST", "/decide", decisions()[-1])[0] == 200
    saved = client.ask("GET", "/decisions")[1]["articles"][0]["decisions"]
    assert confirmed
    assert confirmed | {decisions()[-1]["key"]} <= {one["key"] for one in saved}
    assert len(tokens) == 3
    code, err = end(process, signal.SIGINT)
    assert code == 0
    assert err.endswith(
        "mtqa: the decisions are in a.txt.review.sqlite; write them into the article: "
        "mtqa apply a.txt.review.sqlite a.txt\n"
    )
    assert "Traceback" not in err
    assert {d.key for d in load(Path("a.txt.review.sqlite")).articles[0].decisions} >= confirmed


def test_the_real_page_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jinja2")
    monkeypatch.chdir(tmp_path)
    server = make_server(Path("a.txt"), *article(), "mtqa:x")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        status, page, headers = Client(server.server_port, "").ask("GET", f"/?token={server.token}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        server.store.close()
    assert status == 200
    assert "wool party" in page
    policy = headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
