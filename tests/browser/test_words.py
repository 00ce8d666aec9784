"""Words compiled into the library that draws the pages: Chinese on a Chinese page."""

from __future__ import annotations

import re
from typing import Any

from allocator.ui.logic.browser_words import WORDS
from tests.browser.conftest import Opened

TABLE = "county?table=schools&scenario=own/toy"


def toolbar(page: Any) -> list[str]:
    """The names of the buttons of the first table, as a screen reader reads them."""
    page.get_by_test_id("stDataFrame").first.hover()
    buttons = page.get_by_test_id("stElementToolbarButton")
    buttons.first.wait_for()
    return [str(b.get_attribute("aria-label")) for b in buttons.locator("button").all()]


def test_buttons_and_tooltips_of_a_table_are_chinese(window: Opened) -> None:
    page = window(TABLE).page
    assert "下载 CSV：学校" in toolbar(page)
    button = page.get_by_role("button", name="下载 CSV：学校")
    tooltip = page.get_by_text("下载 CSV", exact=True)
    for _ in range(10):
        # A tooltip waits for a mouse that comes to the button, once the toolbar has faded in.
        page.get_by_test_id("stDataFrame").first.hover()
        page.wait_for_timeout(500)
        box = button.bounding_box()
        page.mouse.move(box["x"] + 8, box["y"] + 8, steps=5)
        page.wait_for_timeout(1000)
        if tooltip.count():
            break
    assert tooltip.count() == 1


def test_the_menu_of_a_column_is_chinese(window: Opened) -> None:
    page = window(TABLE).page
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    # The sign of the menu stands at the right end of a heading as wide as the names below it.
    sorting = page.get_by_text("升序排列")
    for right in range(60, 320, 13):
        page.mouse.move(box["x"] + right - 5, box["y"] + 17, steps=2)
        page.mouse.click(box["x"] + right, box["y"] + 17)
        page.wait_for_timeout(250)
        if sorting.count():
            break
    said = page.locator("body").inner_text()
    assert "升序排列" in said
    assert "Sort ascending" not in said


def test_no_name_a_screen_reader_reads_is_one_of_the_english_ones(window: Opened) -> None:
    opened = window("intake?scenario=own/toy")
    for title in ("规则", "县域数据", "导入表格"):
        opened.goto(title)
        named = opened.page.evaluate(
            "[...document.querySelectorAll('[title],[aria-label],[placeholder]')].flatMap(e => "
            "['title','aria-label','placeholder'].map(a => e.getAttribute(a)).filter(Boolean))"
        )
        assert not {re.sub(": .*", "", text) for text in named} & WORDS.keys()


def test_the_switch_of_language_brings_the_english_words_back(window: Opened) -> None:
    opened = window(TABLE)
    assert "查找：学校" in toolbar(opened.page)
    opened.page.get_by_role("radio", name="English").or_(
        opened.page.get_by_role("button", name="English")
    ).first.click()
    opened.settle()
    assert any(label.startswith("Search") for label in toolbar(opened.page))
