"""Keeps decisions in an SQLite file beside the article, each on the disk before the editor goes on.

The table is a log: a decision is a row, so is its undoing, and the last row of a mark counts. Nothing is overwritten.
"""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from mtqa.errors import MtqaError

MAX_BYTES = 1024 * 2**20
MAX_BODY = 2**20
_APPLICATION = 0x6D747161  # "mtqa", as `file` and sqlite3_open tell it (sqlite.org/fileformat2.html, 1.3.15)
_VERSION = 1
_SCHEMA = {
    "log": "CREATE TABLE log (number INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT)",
    "about": "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
}
_LAST = "SELECT key, body FROM log WHERE number IN (SELECT max(number) FROM log GROUP BY key) ORDER BY number"
_Value = TypeVar("_Value")


def store_path(article: Path) -> Path:
    """Return the file that keeps the decisions about an article."""
    return article.with_name(article.name + ".review.sqlite")


class Store:
    """Keep the decisions about one article; may be used from several threads."""

    def __init__(self, path: Path, article: str = "", signature: str = "", *, create: bool = True) -> None:
        """Open a store, or make one. Raises MtqaError when the file is damaged or something else."""
        self.path = path
        self._lock = Lock()
        self._connection = self._tried(lambda: _opened(path, create=create))
        try:
            self._tried(lambda: self._prepare(article, signature))
        except MtqaError:
            self._connection.close()
            raise

    def save(self, key: str, body: dict[str, Any] | None) -> None:
        """Write a decision, or with None its undoing; it is on the disk when this returns. Raises MtqaError."""
        text = None if body is None else json.dumps(body, ensure_ascii=False)
        with self._lock:
            self._tried(lambda: self._write("INSERT INTO log (key, body) VALUES (?, ?)", (key, text)))

    def export(self) -> dict[str, Any]:
        """Return what is decided now, shaped like `decisions.json` and unchecked. Raises MtqaError."""
        with self._lock:
            about = dict(self._tried(lambda: self._connection.execute("SELECT name, value FROM about").fetchall()))
            rows = self._tried(lambda: self._connection.execute(_LAST).fetchall())
        try:
            decisions = [json.loads(body) for _, body in rows if body is not None]
        except (ValueError, TypeError, RecursionError):
            raise self._damaged("a row is no JSON") from None
        article = {"path": about.get("article", ""), "decisions": decisions}
        return {"version": _VERSION, "signature": about.get("signature", ""), "articles": [article]}

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _prepare(self, article: str, signature: str) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        found = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        )
        if not found:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            for statement in _SCHEMA.values():
                connection.execute(statement)
        elif connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION or found != _SCHEMA:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            what = f"is an SQLite file of something else, or of another version ({version}, not {_VERSION})"
            raise MtqaError(str(self.path), f"{what}; move it away")
        elif (state := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise self._damaged(str(state))
        elif connection.execute("SELECT count(*) FROM log WHERE length(body) > ?", (MAX_BODY,)).fetchone()[0]:
            raise self._damaged(f"a decision has more than {MAX_BODY:,} characters")
        if article:
            about = (("article", article), ("signature", signature))
            connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about)
        connection.execute("COMMIT")

    def _write(self, statement: str, values: tuple[str | None, ...]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.execute(statement, values)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _tried(self, work: Callable[[], _Value]) -> _Value:
        try:
            return work()
        except sqlite3.OperationalError as error:
            raise MtqaError(str(self.path), f"cannot be used: {error}") from None
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._damaged(str(error)) from None

    def _damaged(self, why: str) -> MtqaError:
        what = f"is damaged ({why}); move it away, review again, and import the last decisions.json you exported"
        return MtqaError(str(self.path), what)


def exported(path: Path) -> dict[str, Any]:
    """Return what a store holds, shaped like `decisions.json` and unchecked. Raises MtqaError."""
    store = Store(path, create=False)
    try:
        return store.export()
    finally:
        store.close()


def _opened(path: Path, *, create: bool) -> sqlite3.Connection:
    if path.is_symlink():
        raise MtqaError(str(path), "is a link; decisions are kept in a file of their own, take the link away")
    if path.exists() and path.stat().st_size > MAX_BYTES:
        raise MtqaError(str(path), f"has more than {MAX_BYTES:,} bytes; move it away")
    uri = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(uri, timeout=10, isolation_level=None, check_same_thread=False, uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        # A rollback journal keeps all in one file; EXTRA waits for the folder too, so that a power cut loses nothing.
        connection.execute("PRAGMA synchronous = EXTRA")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
