"""Time the pages in a real browser on the bundled Cixi county: what a planner waits for.

Run this file (it needs what tests/browser needs). Told are: the first page of a server just
started, the first and the second visit of every page, one cell of the teacher table, and a page of
another window while the county is being solved. Beside the wall clock stand the processor seconds
of server and browser, as other work on the machine lengthens the former, and the ratio to the
allowance: 3 s for the first page, 1 s for a page change, 0.6 s for an edit.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from playwright.sync_api import sync_playwright

from allocator.jobs import jobs_in
from tests.browser.browsers import ARGUMENTS, chromium
from tests.browser.serving import Server
from tests.browser.test_tables import POINTS, changes, open_cell

FIRST, CHANGE, EDIT = 3.0, 1.0, 0.6
"""Seconds allowed."""
PAGES = ("规则", "县域数据", "求解", "导入表格", "教师交流", "农村名师", "名额分配", "均衡与指标")
PAGES += ("比较", "导出", "方案库")
CIXI = "?scenario=bundled/cixi-2020"
AHEAD = 6.0
"""Seconds a planner looks at the first page; the server reads ahead meanwhile."""
EDITS = 5
_DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'


class Spent:
    """Processor seconds of the server and of one window."""

    def __init__(self, server: Server, page: Any) -> None:
        assert server.process is not None
        self._server = psutil.Process(server.process.pid)
        self._page = page.context.new_cdp_session(page)
        self._page.send("Performance.enable")

    def now(self) -> tuple[float, float]:
        times = self._server.cpu_times()
        metrics = self._page.send("Performance.getMetrics")["metrics"]
        busy = next(m["value"] for m in metrics if m["name"] == "TaskDuration")
        return times.user + times.system, busy


def told(what: str, seconds: float, allowed: float, spent: str = "") -> None:
    print(f"{what}: {seconds:.2f} s, {seconds / allowed:.2f} of {allowed:g} s{spent}", flush=True)


def drawn(page: Any, title: str | None = None) -> None:
    """Wait until the page, of a title if one is given, stands."""
    page.wait_for_selector('[data-testid="stMain"] h1')
    if title is not None:
        page.wait_for_function(
            "title => document.querySelector('[data-testid=stMain] h1')?.innerText === title",
            arg=title,
        )
    page.wait_for_selector(_DRAWN)


def change(page: Any, title: str) -> float:
    """Go to a page by the navigation; seconds until it stands."""
    begin = time.perf_counter()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    drawn(page, title)
    return time.perf_counter() - begin


@contextmanager
def served(home: Path) -> Iterator[Server]:
    server = Server(home)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        for job in jobs_in(home / "jobs"):
            job.remove()


def first_page(browser: Any, home: Path) -> None:
    """From the command to a page that stands, the browser being open."""
    page = browser.new_page()
    server = Server(home)
    begin = time.perf_counter()
    server.start()
    page.goto(f"{server.address}/{CIXI}")
    drawn(page)
    told("first page of a new server", time.perf_counter() - begin, FIRST)
    page.close()
    server.stop()


def pages(page: Any, spent: Spent) -> None:
    """Every page twice."""
    for visit in ("first", "second"):
        for title in PAGES:
            server, browser = spent.now()
            seconds = change(page, title)
            page.wait_for_timeout(700)
            after = spent.now()
            busy = f"; processor: server {after[0] - server:.2f}, browser {after[1] - browser:.2f}"
            told(f"{visit} visit of {title}", seconds, CHANGE, busy)


def edits(page: Any) -> None:
    """Cells of the table of 8,500 teachers."""
    page.goto(page.url.split("?")[0].rsplit("/", 1)[0] + f"/county{CIXI}&table=teachers")
    drawn(page)
    page.wait_for_timeout(2000)
    took = []
    for row in range(EDITS):
        open_cell(page, row, POINTS, str(40 + row))
        before, begin = changes(page), time.perf_counter()
        page.keyboard.press("Enter")
        while changes(page) == before and time.perf_counter() - begin < 10:
            page.wait_for_timeout(10)
        took.append(time.perf_counter() - begin)
        page.wait_for_selector(_DRAWN)
        page.wait_for_timeout(300)
    told(f"one cell (median of {EDITS})", statistics.median(took), EDIT)
    told("slowest cell", max(took), EDIT)


def beside_a_run(page: Any, other: Any, address: str) -> None:
    """Pages of one window while another one has the county solved."""
    page.goto(f"{address}/solve{CIXI}")
    drawn(page, "求解")
    quiet = [change(other, title) for title in ("县域数据", "比较", "县域数据", "比较")]
    page.locator(".st-key-solve button").first.click()
    page.wait_for_timeout(5000)
    busy = [change(other, title) for title in ("县域数据", "比较", "县域数据", "比较")]
    told("another window's page, nothing running", statistics.median(quiet), CHANGE)
    told("another window's page while solving", statistics.median(busy), CHANGE)


def main() -> None:
    """All of it, one after the other."""
    path = chromium()
    if path is None:
        sys.exit("there is no Chromium: install it, or name it in ALLOCATOR_CHROMIUM")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        home = Path(folder)
        # The first start reads everything from disk: the second one is what a planner meets daily.
        first_page(browser, home)
        first_page(browser, home)
        with served(home) as server:
            page, other = (
                browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
                for _ in range(2)
            )
            page.goto(f"{server.address}/{CIXI}")
            drawn(page)
            page.wait_for_timeout(1000 * AHEAD)
            pages(page, Spent(server, page))
            edits(page)
            other.goto(f"{server.address}/{CIXI}")
            drawn(other)
            other.wait_for_timeout(1000 * AHEAD)
            beside_a_run(page, other, server.address)
        browser.close()


if __name__ == "__main__":
    main()
