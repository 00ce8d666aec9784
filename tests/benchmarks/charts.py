"""Pictures of the report: Vega-Lite by Altair, drawn by the page's own charts in a browser.

As for the pictures of the readme, Chromium is needed; without it the report goes without pictures.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair
import pandas

from tests.browser.browsers import ARGUMENTS, chromium
from tests.browser.serving import Server

PAGE = Path(__file__).with_name("chart_page.py")
FOLDER = "ALLOCATOR_CHARTS"
"""Names, in the environment, the folder of the charts to be drawn."""
COLOURS = (
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#000000", "#cc79a7", "#56b4e9", "#999999",
)  # fmt: skip
"""Told apart by colour-blind people too (Okabe and Ito 2008)."""


def growth(points: Sequence[Mapping[str, Any]], steps: Sequence[str]) -> dict[str, Any]:
    """Seconds of steps against columns, both logarithmic."""
    base = altair.Chart(pandas.DataFrame(list(points))).encode(
        x=altair.X("columns:Q", title="columns of the program").scale(type="log", nice=False),
        y=altair.Y("seconds:Q", title="seconds").scale(type="log"),
        color=altair.Color("step:N", title="step", sort=list(steps)).scale(
            domain=list(steps), range=list(COLOURS[: len(steps)])
        ),
    )
    drawn = base.mark_line() + base.mark_point(filled=True, size=50)
    return _spec(drawn)


def gaps(points: Sequence[Mapping[str, Any]], goals: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Open gaps by time, and the goals as crosses."""
    names = list(dict.fromkeys(str(point["reading"]) for point in points))
    x = altair.X("ratio:Q", title="times the blended linear relaxation").scale(type="log")
    y = altair.Y("gap:Q", title="open gap, %").scale(type="log")
    lines = (
        altair.Chart(pandas.DataFrame(list(points)))
        .mark_line(interpolate="step-after")
        .encode(
            x=x,
            y=y,
            color=altair.Color("reading:N", title="reading", sort=names).scale(
                domain=names, range=list(COLOURS[: len(names)])
            ),
            # Where both readings agree, the second leaves the first to be seen.
            strokeDash=altair.StrokeDash("reading:N", sort=names).scale(
                domain=names, range=[[1, 0], [6, 6], [2, 2]][: len(names)]
            ),
        )
    )
    marks = (
        altair.Chart(pandas.DataFrame(list(goals)))
        .mark_point(shape="cross", size=120, filled=True, color="#d55e00")
        .encode(x=x, y=y)
    )
    return _spec(lines + marks)


def _spec(chart: Any) -> dict[str, Any]:
    done: dict[str, Any] = chart.properties(width=640, height=360).to_dict()
    return done


def draw(charts: Mapping[str, Mapping[str, Any]], folder: Path) -> tuple[str, ...]:
    """Draw charts as PNG files of their names; which were drawn."""
    path = chromium()
    if path is None:
        print("there is no Chromium: no pictures are drawn", file=sys.stderr)
        return ()
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="allocator-charts-") as home:
        for name, spec in charts.items():
            Path(home, f"{name}.json").write_text(json.dumps(spec), encoding="utf-8")
        os.environ[FOLDER] = home
        server = Server(Path(home), script=PAGE)
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
                page = browser.new_page(
                    viewport={"width": 900, "height": 560}, device_scale_factor=2
                )
                for name in charts:
                    page.goto(f"{server.address}/?chart={name}")
                    drawn = page.locator("[data-testid=stVegaLiteChart]").first
                    drawn.locator("canvas, svg").first.wait_for(timeout=60_000)
                    page.wait_for_timeout(1_000)
                    drawn.screenshot(path=folder / f"{name}.png")
                browser.close()
        finally:
            server.stop()
    return tuple(charts)
