"""``allocator app``."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import allocator
from allocator.county.frozen import DataError, Problem

_SAFE = {
    "server.address": "127.0.0.1",
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": "false",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
}
"""Only this machine is served, and nothing is asked of the internet."""


def app_command(
    port: Annotated[int, typer.Option("--port", help="Port of the pages.")] = 8501,
    headless: Annotated[
        bool, typer.Option("--headless", help="Do not open a browser window.")
    ] = False,
) -> int:
    """Serve the pages to this machine until Ctrl-C."""
    page = _page()
    options = {**_SAFE, "server.port": str(port), "server.headless": str(headless).lower()}
    command = [sys.executable, "-m", "allocator.ui.serve", "run", str(page)]
    command += [f"--{name}={value}" for name, value in options.items()]
    # Streamlit reads the settings beside the page from the folder it runs in.
    return subprocess.run(command, cwd=page.parent, check=False).returncode


def _page() -> Path:
    """The entry page: beside the package in a checkout, inside it once installed."""
    if importlib.util.find_spec("streamlit") is None:
        raise DataError((Problem("app", "Streamlit is not installed: install the tool again"),))
    package = Path(allocator.__file__).parent
    for page in (package.parent / "app.py", package / "app.py", package / "ui" / "app.py"):
        if page.is_file():
            return page
    raise DataError((Problem("app", "the page app.py is missing: install the tool again"),))
