"""The machine that measures: what it is, what a process took of it, processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import platform
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")

PACKAGES = ("highspy", "ortools", "pulp", "numpy", "pydantic", "xlsxwriter")


def described() -> dict[str, str]:
    """Cores, memory, processor and versions of this machine, and the day."""
    return {
        "day": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cores": str(psutil.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: _version(name) for name in PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def peak() -> float:
    """The most memory this process has held so far, in GB."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    (most,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(most) / 2**20


def own_process(work: Callable[..., T], *given: object) -> T:
    """Do some work in a fresh process, so that its memory is its own.

    Raises
    ------
    BrokenProcessPool
        If the process was ended from outside, as where memory runs out.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *given).result()


def timed(work: Callable[[], T], times: int = 1) -> tuple[float, T]:
    """Median seconds of several runs, and what the last one gave."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        found = work()
        spent.append(time.perf_counter() - begin)
    return sorted(spent)[len(spent) // 2], found


def load_of_others() -> float:
    """How many processes want a core just now: figures of a busy machine say little."""
    return os.getloadavg()[0]
