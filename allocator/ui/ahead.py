"""What a first visit of a page would wait for, done while the page before it is looked at."""

from __future__ import annotations

import gc
import threading
import time
from contextlib import suppress
from importlib import import_module

from allocator.county.frozen import DataError
from allocator.modelling import Language
from allocator.ui import session
from allocator.ui.logic import runs
from allocator.ui.logic.library import Entry

_begun: set[tuple[str, tuple[int, int]]] = set()
"""The files read ahead by this server, each once as long as it stays as it is."""

_PAUSE = 2.0
"""Seconds left to the page just drawn: it is sent and asked for once more."""


def look_ahead(entry: Entry | None, pages: tuple[str, ...], lang: Language) -> None:
    """Load the pages and read a scenario file beside the page that is drawn."""
    key = ("", (0, 0)) if entry is None else (str(entry.path), entry.version)
    if key not in _begun:
        _begun.add(key)
        threading.Thread(target=_read, args=(entry, pages, lang), daemon=True).start()


def _read(entry: Entry | None, pages: tuple[str, ...], lang: Language) -> None:
    time.sleep(_PAUSE)
    for page in pages:
        import_module(f"allocator.ui.pages.{page}")
    if entry is not None:
        from allocator.ui.readings import now_said

        # What is wrong with the file is told where it is opened.
        with suppress(DataError, OSError):
            scenario = session.scenario_in(str(entry.path), entry.version)
            now_said(scenario, lang)
            if scenario.staffing is not None:
                session.measured_of(scenario).table("indicators", lang)
            run = runs.latest_of(entry.key)
            if run is not None and run.job.ended:
                _result(run.job.id, lang)
    # A county is millions of objects that stay: no collection need look through them again.
    gc.collect()
    gc.freeze()


def _result(job_id: str, lang: Language) -> None:
    """What the pages of results show first."""
    found = session.findings_of(job_id)
    if isinstance(found, tuple):
        return
    if "staffing" in found.solved:
        for name in ("indicators", "moves", "famous_moves", "coverage"):
            found.table(name, lang)
    if found.solved:
        found.table("rules", lang)
        for made in ("summary", "division"):
            # Made at the first look and kept.
            getattr(found, made)
