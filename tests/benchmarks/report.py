"""Write ``docs/performance.md``: ``python -m tests.benchmarks.report``.

Runs the benchmarks named (all of them, if none is) and writes their tables, pictures and what the
figures say. Figures are kept beside in ``docs/performance.json``: a part that is not run is written
from what was measured before, with its own day and machine. Every judgement is made from figures.

Usage: python -m tests.benchmarks.report [walking] [growth] [engines] [--up-to N] [--most RATIO]
       [--seconds S] [--teachers N] [--only-write]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import bench_engines, bench_growth, bench_walking
from tests.benchmarks.charts import draw
from tests.benchmarks.machine import described, load_of_others, own_process
from tests.benchmarks.tables import table

DOCS = Path(__file__).parents[2] / "docs"
PARTS = ("walking", "growth", "engines")
TITLES = {
    "walking": "Moves and walking decided together",
    "growth": "Growth from 2,000 to 30,000 teachers",
    "engines": "Other engines at equal time",
}
WORDS: dict[str, Callable[[Any], str]] = {
    "walking": bench_walking.words,
    "growth": bench_growth.words,
    "engines": bench_engines.words,
}
PICTURES: dict[str, tuple[str, str, Callable[[Any], dict[str, Any]]]] = {
    "walking": (
        "gaps",
        "Open gap of the first tier by time; crosses are goals",
        bench_walking.picture,
    ),
    "growth": (
        "growth",
        "Seconds of each step against columns, both logarithmic",
        bench_growth.picture,
    ),
}
BUSY = 0.5
"""Processes that want a core before anything is run; above, figures are said to be of a busy
machine."""


def measured(part: str, asked: argparse.Namespace) -> Any:
    """Run one part."""
    if part == "walking":
        return own_process(bench_walking.run_alone, None, asked.teachers, asked.most)
    if part == "growth":
        return bench_growth.run_alone(asked.up_to)
    return bench_engines.run_alone(None, asked.teachers, asked.seconds)


def command(part: str, asked: argparse.Namespace) -> str:
    """The command that measures one part as it was measured."""
    options = {
        "walking": f"--most {asked.most:g}",
        "growth": f"--up-to {asked.up_to}",
        "engines": f"--seconds {asked.seconds:g}",
    }[part]
    if asked.teachers is not None and part != "growth":
        options += f" --teachers {asked.teachers}"
    return f"python -m tests.benchmarks.report {part} {options}"


def text(kept: dict[str, Any], pictures: dict[str, str]) -> str:
    """The whole page."""
    parts = [
        "# Performance",
        "This page is written by\n\n    python -m tests.benchmarks.report --up-to 30000\n\n"
        "which runs the benchmarks of `tests/benchmarks` and says of every goal whether the "
        "figures meet it. One part is measured anew by the command above it. Seconds belong to the "
        "machine; ratios within one run travel better.",
    ]
    machines: list[dict[str, str]] = []
    for part in PARTS:
        if part in kept and kept[part]["machine"] not in machines:
            machines.append(kept[part]["machine"])
    headings = ("", *(f"Machine {n}" for n in range(1, len(machines) + 1)))
    if machines:
        names = list(dict.fromkeys(name for machine in machines for name in machine))
        rows = [(name, *(machine.get(name, "–") for machine in machines)) for name in names]
        parts.append(table(headings, rows, left=len(headings)))
    for part in PARTS:
        parts.append(f"## {TITLES[part]}")
        if part not in kept:
            parts.append("Not measured yet.")
            continue
        held = kept[part]
        about = f"    {held['command']}"
        if len(machines) > 1:
            about += f"\n\nMeasured on machine {machines.index(held['machine']) + 1}."
        if held["busy"] > BUSY:
            about += f"\n\nThe machine was busy with other work (load {held['busy']:.1f})."
        parts.append(about)
        parts.append(WORDS[part](held["figures"]))
        if part in pictures:
            parts.append(f"![{PICTURES[part][1]}]({pictures[part]})")
    return "\n\n".join(parts) + "\n"


def written(kept: dict[str, Any], docs: Path, anew: tuple[str, ...]) -> None:
    """Draw the pictures of parts measured anew, and write the page."""
    folder = docs / "pictures"
    specs = {
        name: make(kept[part]["figures"])
        for part, (name, _, make) in PICTURES.items()
        if part in anew
    }
    if specs:
        draw(specs, folder)
    there = {
        part: f"pictures/{name}.png"
        for part, (name, *_) in PICTURES.items()
        if part in kept and (folder / f"{name}.png").exists()
    }
    (docs / "performance.md").write_text(text(kept, there), encoding="utf-8")


def main() -> None:
    """Run what is asked for, keep the figures, write the page."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; none takes all")
    reader.add_argument("--up-to", type=int, default=bench_growth.UP_TO)
    reader.add_argument("--most", type=float, default=bench_walking.MOST)
    reader.add_argument("--seconds", type=float, default=bench_engines.SECONDS)
    reader.add_argument("--teachers", type=int, help="a generated county for walking and engines")
    reader.add_argument("--only-write", action="store_true", help="from the figures kept")
    reader.add_argument("--docs", type=Path, default=DOCS, help="the folder written to")
    asked = reader.parse_args()
    unknown = sorted(set(asked.parts) - set(PARTS))
    if unknown:
        reader.error(f"no such part: {', '.join(unknown)}")
    chosen = tuple(part for part in PARTS if not asked.parts or part in asked.parts)
    path = asked.docs / "performance.json"
    kept: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    busy = load_of_others()
    for part in () if asked.only_write else chosen:
        print(f"{part} ...", file=sys.stderr, flush=True)
        figures = measured(part, asked)
        kept[part] = {
            "command": command(part, asked),
            "machine": described(),
            "busy": busy,
            "figures": figures,
        }
        asked.docs.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    anew = tuple(part for part in PARTS if part in kept) if asked.only_write else chosen
    written(kept, asked.docs, anew)
    print(asked.docs / "performance.md")


if __name__ == "__main__":
    main()
