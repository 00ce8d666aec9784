"""Which browser the tests use."""

from __future__ import annotations

import os
import shutil

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Debian's Chromium, another one of the machine, or the one the environment names."""
    named = os.environ.get("ALLOCATOR_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)
