"""A browser window as a person uses it: pages by name, waiting until the page has drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ARTEFACTS = Path(__file__).parent / "artefacts"
"""Pictures of each run; not part of the repository."""
LOCAL = ("localhost", "127.0.0.1")
_DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_PATIENCE = 90_000
"""Milliseconds for one step; two other tests may share the machine."""


@dataclass
class Window:
    """A window of a browser, with every request that tried to leave the machine."""

    page: Any
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Let nothing out, and note what tried; note what fails in the page."""
        self.page.set_default_timeout(_PATIENCE)
        self.page.route("**/*", self._route)
        self.page.on("websocket", lambda socket: self._note(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _route(self, route: Any) -> None:
        if self._note(route.request.url):
            route.abort()
        else:
            route.continue_()

    def _note(self, url: str) -> bool:
        parts = urlsplit(url)
        leaves = parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOCAL
        if leaves:
            self.outside.append(url)
        return leaves

    def open(self, path: str = "") -> None:
        """Go to an address and wait until it has drawn."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has drawn; a fragment that polls does not count."""
        self.page.wait_for_selector('[data-testid="stApp"]')
        self.page.wait_for_selector('[data-testid="stMain"] h1')
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(_DRAWN)

    def goto(self, title: str) -> None:
        """Go to a page by its name in the navigation."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        self.page.wait_for_function(
            "title => document.querySelector('[data-testid=stMain] h1')?.innerText === title",
            arg=title,
        )
        self.settle()

    def click(self, key: str) -> None:
        """Press the button of a key."""
        self.page.locator(f".st-key-{key} button").first.click()
        self.settle()

    def takes(self, selector: str, path: Path, seconds: float = 20) -> Path:
        """Press a download button and keep its file; pressed again as a person would do.

        A file made on demand is lost where the page happens to be drawn again in that moment.
        """
        from playwright.sync_api import TimeoutError

        button = self.page.locator(selector).first
        for patience in (seconds, seconds, 3 * seconds):
            try:
                with self.page.expect_download(timeout=1000 * patience) as coming:
                    button.click()
            except TimeoutError:
                continue
            kept = path / coming.value.suggested_filename if path.is_dir() else path
            coming.value.save_as(kept)
            return kept
        raise AssertionError(f"nothing was downloaded by {selector}")

    def comes(self, selector: str, seconds: float = 8) -> bool:
        """Whether something appears in a while; on a busy machine an answer is late."""
        # Where there is no playwright the tests are skipped, not broken.
        from playwright.sync_api import TimeoutError

        try:
            self.page.wait_for_selector(selector, timeout=1000 * seconds)
        except TimeoutError:
            return False
        return True

    def says(self, text: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_test_id("stMain").get_by_text(text).first.wait_for()

    def text(self) -> str:
        """Everything in the middle of the page."""
        return str(self.page.get_by_test_id("stMain").inner_text())

    def picture(self, name: str) -> Path:
        """Keep a picture of the whole page."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.wait_for_timeout(700)
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        size = self.page.viewport_size
        self.page.set_viewport_size({**size, "height": max(size["height"], min(height, 3000))})
        self.page.wait_for_timeout(500)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path)
        self.page.set_viewport_size(size)
        return path
