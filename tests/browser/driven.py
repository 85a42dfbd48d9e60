"""A review page in a browser, with what a test asks of it."""

import json
from pathlib import Path
from typing import Any


class Driven:
    """Hold an open page, everything it asked of the network and everything it complained of."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1300, "height": 850}, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.listen(self.page)
        self.page.goto(address)

    def listen(self, page: Any) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def active(self) -> str:
        return self.page.locator(".card.active .from").inner_text()

    def states(self) -> list[str]:
        return self.page.evaluate(
            "[...document.querySelectorAll('.card')].map((c) =>"
            " ['accepted', 'edited', 'rejected'].find((s) => c.classList.contains(s)) ?? 'open')"
        )

    def shown(self) -> int:
        return self.page.locator(".card:not([hidden])").count()

    def exported(self) -> dict[str, Any]:
        with self.page.expect_download() as download:
            self.page.click("#export")
        assert download.value.suggested_filename == "decisions.json"
        return json.loads(Path(download.value.path()).read_text(encoding="utf-8"))

    def take_in(self, decisions: object) -> None:
        data = decisions if isinstance(decisions, bytes) else json.dumps(decisions).encode()
        self.page.set_input_files(
            "#import-file", {"name": "decisions.json", "mimeType": "application/json", "buffer": data}
        )

    def close(self) -> None:
        self.context.close()
