"""Serves the review of one article to this computer alone, and keeps each decision on the disk at once.

The address holds a token that only the one who started the server sees. A page of another site can neither guess it
nor, by a name that it makes point here (DNS rebinding), be taken for ours: Host and Origin must be this server's.
"""

import hmac
import json
import re
import secrets
import socket
import sys
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.review.schema import checked, decision_of, parsed
from mtqa.review.store import Store, store_path

LOOPBACK = "127.0.0.1"
OPEN = "open"
"""The state of a mark whose decision is undone, as the page sends it with the key alone."""
MAX_BODY = 64 * 2**10
_QUIET_SECONDS = 30
_LENGTH = re.compile(r"[0-9]{1,9}")
_MOST_DRAINED = 2**20
_KEY = re.compile(r"[0-9a-f]{16}")
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"\r\n]*)"')
_ALONE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_NOTHING = f"default-src 'none'; {_ALONE}"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_Answer = tuple[int, Any]


class RefusedError(Exception):
    """Answer a request with a status other than 200 and say why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, token: str, page: Callable[[], str], store: Store) -> None:
        self.token = token
        self.page = page
        self.store = store
        super().__init__((LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer would ask the name service for this computer's name, which may take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Say nothing of a browser that has gone; show anything else, and serve on."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            print(f"mtqa: a request failed: {sys.exc_info()[1]!r}", file=sys.stderr)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "mtqa"
    sys_version = ""
    timeout = _QUIET_SECONDS

    def do_GET(self) -> None:
        """Answer with the page or with the decisions."""
        self._answer({"/": self._page, "/decisions": self._decisions})

    def do_POST(self) -> None:
        """Keep a decision, or its undoing."""
        self._answer({"/decide": self._decide, "/undo": self._undo})

    def _answer(self, routes: dict[str, Callable[[], object]]) -> None:
        self.body_read = False
        try:
            self._admit()
            work = routes.get(urlsplit(self.path).path)
            if work is None:
                raise RefusedError(404, "there is nothing here")
            self._send(200, work())
        except RefusedError as error:
            self._drain()
            self._send(error.status, {"error": str(error)})
        except MtqaError as error:
            self._send(500, {"error": str(error)})

    def _admit(self) -> None:
        """Raise RefusedError for a request that does not come from our own page, or not from who started the server."""
        port = self.server.server_port
        hosts = (f"{LOOPBACK}:{port}", f"localhost:{port}")
        if self.headers.get_all("Host") not in ([hosts[0]], [hosts[1]]):
            raise RefusedError(403, "the Host is not this server's")
        origin = self.headers.get_all("Origin")
        if origin and origin not in ([f"http://{hosts[0]}"], [f"http://{hosts[1]}"]):
            raise RefusedError(403, "the Origin is not this server's")
        given = self.headers.get("X-Mtqa-Token", "")
        if self.command == "GET" and not given:
            given = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.server.token.encode()):
            raise RefusedError(403, "the token is missing or wrong; open the address that mtqa review --serve printed")

    def _drain(self) -> None:
        """Read what a refused request sent along: a connection closed before would take the answer with it."""
        if _LENGTH.fullmatch(self.headers.get("Content-Length", "")) and not self.body_read:
            self.rfile.read(min(int(self.headers["Content-Length"]), _MOST_DRAINED))

    def _page(self) -> str:
        return self.server.page()

    def _decisions(self) -> object:
        return self.server.store.export()

    def _decide(self) -> object:
        body = self._body()
        if isinstance(body, dict) and set(body) == {"key", "state"} and body["state"] == OPEN:
            return self._reopen(body["key"])
        try:
            decision = decision_of(body, "decide")
        except MtqaError as error:
            raise RefusedError(400, error.what) from None
        self.server.store.save(decision.key, decision._asdict())
        return {"saved": decision.key}

    def _undo(self) -> object:
        body = self._body()
        return self._reopen(body.get("key") if isinstance(body, dict) else None)

    def _reopen(self, key: object) -> object:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise RefusedError(400, 'key: send {"key": "16 hexadecimal digits"}')
        self.server.store.save(key, None)
        return {"undone": key}

    def _body(self) -> object:
        """Return the JSON that was sent. Raises RefusedError when there is none, or too much."""
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Transfer-Encoding") or not _LENGTH.fullmatch(length):
            raise RefusedError(411, "say how long the body is")
        if int(length) > MAX_BODY:
            raise RefusedError(413, f"{length} bytes; {MAX_BODY:,} at most")
        if self.headers.get_content_type() != "application/json":
            raise RefusedError(415, "send application/json")
        self.body_read = True
        data = self.rfile.read(int(length))
        if len(data) < int(length):
            raise RefusedError(400, "the body is shorter than said")
        try:
            return parsed(data, "the body", "send a decision")
        except MtqaError as error:
            raise RefusedError(400, str(error)) from None

    def _send(self, status: int, body: object) -> None:
        page = isinstance(body, str)
        data = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
        # What a refused request sent along is not read, so the connection cannot be used again.
        self.close_connection = self.close_connection or status != 200
        self.send_response(status)
        self.send_header("Content-Type", f"{'text/html' if page else 'application/json'}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", _policy(data) if page else _NOTHING)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no proper request, with the headers of any other answer."""
        self.close_connection = True
        self._send(code, {"error": message or explain or "no proper request"})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Log nothing: addresses hold the token."""


def _policy(page: bytes) -> str:
    """Return the policy that a page asks for itself, made to forbid framing too, which only a header can."""
    found = _META.search(page)
    asked = found[1].decode("ascii", "ignore").replace("&#39;", "'") if found else ""
    inline = (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'"
    )
    policy = asked.rstrip("; ") or inline
    missing = [part for part in _ALONE.split("; ") if part.split(" ")[0] not in policy]
    return "; ".join([policy, *missing])


def make_server(
    article: Path, document: Document, findings: Sequence[Finding], signature: str, port: int = 0
) -> _Server:
    """Return a server that listens on the loopback address, and has opened its store. Raises MtqaError."""
    token = secrets.token_urlsafe(24)

    def page() -> str:
        from mtqa.review.page import render_page

        return render_page(document, findings, signature, serve_token=token)

    store = Store(store_path(article), str(article), signature)
    try:
        checked(store.export(), str(store.path))
        return _Server(port, token, page, store)
    except OSError as error:
        store.close()
        what = f"port {port} cannot be used: {(error.strerror or str(error)).lower()}; choose another, or 0 for any"
        raise MtqaError("--port", what) from None
    except BaseException:
        store.close()
        raise


def serve(
    path: Path,
    document: Document,
    findings: Sequence[Finding],
    signature: str,
    *,
    port: int = 0,
    open_browser: bool = False,
) -> int:
    """Serve the review of an article until Ctrl-C, and return the exit code. Raises MtqaError before it serves.

    Decisions go into `ARTICLE.review.sqlite` beside the article, each on the disk before the browser hears of it.
    """
    server = make_server(path, document, findings, signature, port)
    address = f"http://{LOOPBACK}:{server.server_port}/?token={server.token}"
    print(address, flush=True)
    print(f"mtqa: reviewing {path} at this address, on this computer alone; Ctrl-C ends", file=sys.stderr, flush=True)
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        server.store.close()
    kept = server.store.path
    print(
        f"\nmtqa: the decisions are in {kept}; write them into the article: mtqa apply {kept} {path}", file=sys.stderr
    )
    return 0
