"""Finds Chromium and what drives it, or says clearly why the browser tests are skipped."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REQUIRED = "MTQA_BROWSER_REQUIRED"
"""With this set in the environment (CI) a missing browser is a failure, not a skip."""


def missing(what: str) -> None:
    """Skip the test, or fail where a browser has to be there."""
    if os.environ.get(REQUIRED):
        pytest.fail(what)
    pytest.skip(what)


def launched() -> Iterator[Any]:
    """Yield a running browser and end it."""
    if importlib.util.find_spec("playwright") is None:
        missing("no playwright: pip install playwright")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing("no Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def axe_source() -> str:
    """Return axe-core, as a package of the Python index brings it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        missing("no axe-core: pip install axe-playwright-python")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
