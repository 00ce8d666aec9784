"""Processes by id and start, so that a reused id is never taken for the same one."""

from __future__ import annotations

import os
import time
from contextlib import suppress

import psutil

Identity = tuple[int, float]
"""Process id, and when it was created (seconds since 1970)."""


def identity(pid: int | None = None) -> Identity:
    """The identity of a running process; of this one if none is named."""
    process = psutil.Process(os.getpid() if pid is None else pid)
    return process.pid, process.create_time()


def process_of(known: Identity) -> psutil.Process | None:
    """The process, None if it is gone (a zombie is gone, it only waits to be collected)."""
    with suppress(psutil.Error):
        process = psutil.Process(known[0])
        same = abs(process.create_time() - known[1]) < 0.1
        if same and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def alive(known: Identity) -> bool:
    """Whether the process still runs."""
    return process_of(known) is not None


def kill_tree(known: Identity, grace: float) -> None:
    """End a process and all its descendants: ask, wait ``grace`` seconds, then kill.

    Engines run as children of the worker, and CBC is known to outlive it.
    """
    process = process_of(known)
    if process is None:
        return
    tree = _tree(process)
    for member in tree:
        with suppress(psutil.Error):
            member.terminate()
    psutil.wait_procs(tree, timeout=grace)
    # Whoever was born meanwhile belongs to the tree too.
    for member in {*tree, *_tree(process)}:
        with suppress(psutil.Error):
            member.kill()
    psutil.wait_procs(tree, timeout=5)


def _tree(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [*process.children(recursive=True), process]
    return [process]


def wait_gone(known: Identity, timeout: float) -> bool:
    """Wait until a process is gone; False if it is still there at the end."""
    until = time.monotonic() + timeout
    while alive(known):
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True
