"""Watching over children: collecting them, and ending what does not end by itself."""

from __future__ import annotations

import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from allocator.jobs.folder import Folder
from allocator.jobs.process import Identity, kill_tree, wait_gone

OVERTIME = 30.0
"""Seconds beyond its limit that a job may take to audit and write before it is ended."""

_children: dict[Path, subprocess.Popen[bytes]] = {}
"""Workers started by this process, so that whoever asks first collects the ended one."""

_watches: dict[Path, threading.Thread] = {}
"""The thread that waits for each of them."""


def keep(folder: Folder, child: subprocess.Popen[bytes], known: Identity, limit: float) -> None:
    """Collect a child when it ends, and end it when its time is up.

    A thread of this process does it; should this process die first, the worker's own clock and
    its watchdog remain.
    """
    _children[folder.path] = child

    def watch() -> None:
        try:
            _outlast(folder, child, limit + OVERTIME)
        except subprocess.TimeoutExpired:
            folder.overtime.touch()
            kill_tree(known, 2.0)
            child.wait()
        finally:
            collect(folder)
            _children.pop(folder.path, None)

    thread = threading.Thread(target=watch, daemon=True, name=f"job {folder.path.name}")
    _watches[folder.path] = thread
    thread.start()


def _outlast(folder: Folder, child: subprocess.Popen[bytes], limit: float) -> None:
    """Wait until a child is over; its time counts from when its turn came.

    Raises
    ------
    subprocess.TimeoutExpired
        If it takes longer than the limit.
    """
    while (began := folder.began) is None:
        with suppress(subprocess.TimeoutExpired):
            child.wait(1.0)
            return
    child.wait(max(0.0, limit - (time.time() - began)))


def settle(folder: Folder) -> None:
    """Wait until nothing of this process writes to the folder of an ended job any more."""
    thread = _watches.pop(folder.path, None)
    if thread is not None:
        thread.join(timeout=5)


def collect(folder: Folder) -> None:
    """Collect the worker of a folder if it ended and is a child of this process."""
    child = _children.get(folder.path)
    code = None if child is None else child.poll()
    if code is not None and folder.get("exit.json") is None and folder.path.is_dir():
        with suppress(OSError):
            folder.put("exit.json", str(code))


def end_soon(known: Identity, grace: float) -> threading.Thread:
    """End a process tree after a grace, from a thread, unless it is gone by then."""

    def escalate() -> None:
        if not wait_gone(known, grace):
            kill_tree(known, 2.0)

    thread = threading.Thread(target=escalate, daemon=True, name=f"ending {known[0]}")
    thread.start()
    return thread


def pause(round_: int) -> None:
    """Wait a little before looking again: short at first, then a tenth of a second."""
    time.sleep(min(0.02 * (round_ + 1), 0.1))
