"""A browser and a server for the tests; where there is no browser they are skipped, in CI not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from allocator.files import save
from allocator.jobs import jobs_in
from allocator.samples import sample_scenario, toy_scenario
from tests.browser.browsers import ARGUMENTS, chromium
from tests.browser.serving import Server
from tests.browser.window import Window

_SIZE = {"width": 1440, "height": 900}

Opened = Callable[..., Window]


def missing(reason: str) -> None:
    """Skip with the reason; fail where the browser tests are required."""
    if os.environ.get("CI") or os.environ.get("ALLOCATOR_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, or another one of the machine."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed: see the tests in the readme")
    path = chromium()
    if path is None:
        missing("there is no Chromium: install it, or name it in ALLOCATOR_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the toy county and a county of 1,500 teachers in its library."""
    del browser
    home = tmp_path_factory.mktemp("workspace")
    (home / "scenarios").mkdir()
    save(toy_scenario(), home / "scenarios" / "toy.json")
    middle = sample_scenario(teachers=1500, seed=2020, year=2020)
    save(middle.model_copy(update={"title": "中等示例县"}), home / "scenarios" / "middle.json")
    made = Server(home)
    made.start()
    yield made
    made.stop()
    for job in jobs_in(home / "jobs"):
        job.remove()


@pytest.fixture
def window(browser: Any, server: Server) -> Iterator[Opened]:
    """Open browser windows, each a person of its own; nothing they ask for leaves the machine."""
    contexts, windows = [], []

    def opened(path: str = "", **more: Any) -> Window:
        options = {"viewport": _SIZE, "accept_downloads": True, "locale": "zh-CN", **more}
        contexts.append(browser.new_context(**options))
        made = Window(contexts[-1].new_page(), server.address)
        windows.append(made)
        made.watch()
        made.open(path)
        return made

    yield opened
    for context in contexts:
        context.close()
    assert [url for w in windows for url in w.outside] == []
    assert [error for w in windows for error in w.errors] == []


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where files taken away are put."""
    return tmp_path
