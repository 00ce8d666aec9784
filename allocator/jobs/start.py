"""Starting a job."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from math import isfinite
from pathlib import Path

import psutil

import allocator
from allocator.county.frozen import DataError, Problem
from allocator.files import save
from allocator.jobs.folder import Folder, Request, own_only
from allocator.jobs.job import Job
from allocator.jobs.process import Identity, identity
from allocator.jobs.shelf import default_home
from allocator.jobs.watch import keep
from allocator.scenario import PartName, Scenario


def start(
    scenario: Scenario,
    *,
    parts: Sequence[PartName] | None = None,
    engine: str = "highs",
    time_limit: float | None = None,
    home: Path | None = None,
    keeper: Identity | None = None,
    at_once: int | None = None,
    earlier: Path | None = None,
) -> Job:
    """Start a job in a process of its own and return at once.

    Parameters
    ----------
    parts
        Parts to solve; None takes all the scenario holds.
    time_limit
        Seconds the job may take; None takes the scenario's.
    home
        Folder that holds the folders of jobs; None takes the person's own.
    keeper
        Process without which the job has no purpose.
    at_once
        How many jobs of the home may run at once: the job waits for its turn, in the order asked.
        None waits for nobody.
    earlier
        File with what the search before a change left; None starts from nothing.

    Raises
    ------
    DataError
        If a part, the engine or the limit is unknown or impossible.
    OSError
        If the folder cannot be written, or what was left not be read.
    """
    chosen = tuple(scenario.parts if parts is None else parts)
    limit = scenario.settings.time_limit if time_limit is None else time_limit
    check_request(scenario, chosen, engine, limit)
    folder = Folder((home or default_home()).resolve() / fresh_id())
    own_only(folder.path)
    save(scenario, folder.scenario)
    if earlier is not None:
        shutil.copyfile(earlier, folder.earlier)
    folder.ask(
        Request(
            parts=chosen,
            engine=engine,
            time_limit=limit,
            asked=time.time(),
            keeper=keeper,
            at_once=at_once,
        )
    )
    child = run_module("allocator.jobs.worker", folder.path, folder.log)
    try:
        known = identity(child.pid)
    except psutil.Error:
        # It is over already; a start that fits no process says so.
        known = (child.pid, 0.0)
    folder.put("process.json", json.dumps(known))
    keep(folder, child, known, limit)
    return Job(folder)


def check_request(scenario: Scenario, parts: Sequence[str], engine: str, time_limit: float) -> None:
    """Refuse a request that cannot be met, saying everything that is wrong with it."""
    problems = []
    if not parts:
        problems.append(Problem("part", "the scenario holds no part to solve: add one"))
    for part in parts:
        if part not in scenario.parts:
            text = "the scenario holds no part {part}: it holds {known}"
            details = {"part": part, "known": ", ".join(scenario.parts)}
            problems.append(Problem("part", text, details))
    # Engines are loaded by whoever names one, not by every page.
    from allocator.solving.engines import engine_problem

    problems += engine_problem(engine)
    if not (isfinite(time_limit) and time_limit > 0):
        text = "a time limit is a number of seconds above zero, not {given}"
        problems.append(Problem("time_limit", text, {"given": time_limit}))
    if problems:
        raise DataError(tuple(problems))


def fresh_id() -> str:
    """A name for a folder of a process, of its own and in the order of time."""
    return f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def run_module(module: str, path: Path, log_file: Path) -> subprocess.Popen[bytes]:
    """Start a module on a folder, out of reach of the caller's Ctrl-C, with its output in a log."""
    package = str(Path(allocator.__file__).parent.parent)
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-X", "utf8", "-P", "-m", module]
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        flags = 0
    with log_file.open("ab") as log:
        return subprocess.Popen(
            [*command, str(path)],
            # Engines leave files where they run.
            cwd=path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=sys.platform != "win32",
            creationflags=flags,
        )
