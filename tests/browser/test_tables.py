"""Real typing into the teacher table of the Cixi county: nothing typed is lost.

Cells are drawn on a canvas: they are reached by a click into the first one, then by arrow keys.
"""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.browser.conftest import Opened

ROW = 35
"""Height of header and rows, pixels."""
POINTS = 3
"""Cells to the right of the name, where the points stand."""


@pytest.fixture
def page(window: Opened) -> Any:
    """A window of the browser on the table of teachers."""
    return window("county?table=teachers&scenario=bundled/cixi-2020").page


def settled(page: Any) -> None:
    """Wait until the page stands still."""
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000
    )
    page.wait_for_timeout(200)


def type_into(page: Any, row: int, right: int, text: str) -> float:
    """Type into a cell by mouse and keyboard; the seconds until the page has taken it."""
    before = changes(page)
    open_cell(page, row, right, text)
    start = time.perf_counter()
    page.keyboard.press("Enter")
    while changes(page) == before and time.perf_counter() - start < 10:
        page.wait_for_timeout(10)
    took = time.perf_counter() - start
    settled(page)
    return took


def open_cell(page: Any, row: int, right: int, text: str) -> None:
    """Click into the first cell of a row, go right, open the cell there and type into it."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = table.bounding_box()
    page.mouse.click(box["x"] + 30, box["y"] + ROW * (row + 1) + ROW / 2)
    page.wait_for_timeout(300)
    for _ in range(right):
        # The table draws between two strokes: one that comes too soon is not seen.
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    field = page.locator("#portal input").last
    field.click(timeout=20_000)
    page.keyboard.press("Control+a")
    field.press_sequentially(text, delay=40)
    assert field.input_value() == text


def changes(page: Any) -> int:
    """How many changes the head of the page tells of."""
    found = re.search(r"(\d+) 处修改", page.get_by_test_id("stMain").inner_text())
    return int(found.group(1)) if found else 0


def test_edits_of_teachers_are_all_kept(page: Any) -> None:
    took = [type_into(page, row, POINTS, str(50 + row)) for row in range(5)]
    print("seconds an edit:", [round(t, 2) for t in took])
    assert changes(page) == 5
    page.get_by_role("link", name="求解", exact=True).click()
    page.wait_for_url("**/solve**")
    settled(page)
    page.get_by_role("link", name="县域数据").click()
    page.wait_for_url("**/county**")
    settled(page)
    assert changes(page) == 5
    type_into(page, 5, POINTS, "55")
    page.reload()
    settled(page)
    assert changes(page) == 6
    type_into(page, 6, POINTS, "56")
    page.get_by_role("button", name="7 处修改").click()
    listed = page.get_by_test_id("stPopoverBody").inner_text()
    for row in range(7):
        assert f"→ {50 + row}" in listed


def test_a_cell_that_cannot_be_used_is_listed_and_kept(page: Any) -> None:
    open_cell(page, 0, POINTS, "-3")
    page.keyboard.press("Enter")
    page.get_by_text("以下单元格还不能采用").wait_for(timeout=20_000)
    settled(page)
    page.reload()
    settled(page)
    assert page.get_by_text("以下单元格还不能采用").is_visible()
    page.get_by_role("button", name="保留原值").click()
    # On a busy machine the click has drawn nothing yet when the page looks settled.
    page.get_by_text("以下单元格还不能采用").wait_for(state="hidden", timeout=20_000)
