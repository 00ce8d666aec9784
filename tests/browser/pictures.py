"""Make the pictures of the readme from the bundled scenario: ``python -m tests.browser.pictures``.

Solves the bundled county of Cixi once in a workspace of its own, then takes three pages in Chinese
into ``docs/pictures``. Where a workspace that holds a solved run is named, that run is shown.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from allocator.files import load
from tests.browser.browsers import ARGUMENTS, chromium
from tests.browser.serving import ROOT, Server
from tests.browser.window import Window

KEY = "bundled/cixi-2020"
PAGES = (("rules", "规则"), ("exchange", "教师交流"), ("quotas", "名额分配"))
"""Name of the picture, and the page as the navigation calls it."""
FOLDER = ROOT / "docs" / "pictures"
_SIZE = {"width": 1366, "height": 768}
_LONGEST = 1800.0


def solve(home: Path) -> None:
    """A run of the bundled scenario, as the page starts it."""
    os.environ["ALLOCATOR_HOME"] = str(home)
    # The workspace is read from the environment when a run is started.
    from allocator.ui.logic import runs

    if runs.latest_of(KEY) is None:
        scenario = load(ROOT / "scenarios" / "cixi-2020.json")
        run = runs.begin(scenario, KEY, None, _LONGEST)
        if not run.job.wait(_LONGEST) or run.job.state != "done":
            sys.exit(f"the run of {KEY} did not end: {run.job.log}")


def main(home: Path) -> None:
    """Solve, open the pages, keep the pictures."""
    solve(home)
    path = chromium()
    if path is None:
        sys.exit("there is no Chromium: install it, or name it in ALLOCATOR_CHROMIUM")
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = Server(home)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            page = browser.new_page(viewport=_SIZE, locale="zh-CN", color_scheme="light")
            window = Window(page, server.address)
            window.watch()
            window.open(f"?scenario={KEY}")
            for name, title in PAGES:
                window.goto(title)
                page.wait_for_timeout(2000)
                page.screenshot(path=FOLDER / f"{name}.png")
                print(FOLDER / f"{name}.png")
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory(prefix="allocator-pictures-") as folder:
            main(Path(folder))
