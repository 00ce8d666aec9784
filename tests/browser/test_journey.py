"""The whole way of a planner through the pages, in a real browser."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from allocator.files import load
from allocator.ui.pages import PAGES
from tests.browser.conftest import Opened
from tests.browser.serving import Server
from tests.browser.window import Window

ALWAYS = [page for page in PAGES if page.listed is None]
"""Pages that stand in the navigation whatever is switched on."""
RATE = "card-staffing-exchange_rate_floor"
TURNOVER = "card-staffing-turnover_cap"
ROW, EDGE = 35, 18
"""Height of a row of a table, and where in it the mark of choice stands, pixels."""


def _rules(window: Window) -> Window:
    window.goto("规则")
    return window


def _rate(window: Window, percent: str) -> None:
    field = window.page.locator(f".st-key-{RATE} input[type=number]").first
    field.fill(percent)
    field.press("Enter")
    window.settle()


def _keep_one(window: Window) -> None:
    """Choose the first move that is not settled otherwise, and let the teacher stay."""
    table = window.page.get_by_test_id("stDataFrame").first
    for row in range(1, 9):
        # What is said of the row before stands above the table and moves it.
        table.scroll_into_view_if_needed()
        place = table.bounding_box()
        window.page.mouse.click(place["x"] + EDGE, place["y"] + ROW * (row + 0.5))
        window.settle()
        if window.comes(".st-key-pin-stays button"):
            window.click("pin-stays")
            window.says("已指定")
            return
    raise AssertionError("no move can be decided")


def _runs_out(window: Window, seconds: int) -> None:
    """Wait until the run is over."""
    window.page.wait_for_selector(".st-key-live", state="detached", timeout=1000 * seconds)
    window.settle()


def _solves(window: Window, seconds: int = 300) -> None:
    window.click("solve")
    _runs_out(window, seconds)
    window.says("已按当前设定求解")


@pytest.mark.parametrize(
    "key", ["own/middle", pytest.param("bundled/cixi-2020", marks=pytest.mark.long)]
)
def test_a_planner_goes_the_whole_way(
    window: Opened, server: Server, downloads: Path, key: str
) -> None:
    planner = _rules(window(f"?scenario={key}"))
    planner.picture("1-rules")

    # change the exchange rate, and how firmly a rule is meant
    _rate(planner, "18")
    planner.page.locator(f".st-key-{TURNOVER}").get_by_text("尽量", exact=True).click()
    planner.settle()
    planner.says("已改动")
    planner.says("2 处修改")

    # solve, reload in the middle, and stop
    planner.goto("求解")
    planner.click("solve")
    planner.page.locator(".st-key-live").wait_for()
    planner.page.reload()
    planner.page.locator(".st-key-live").wait_for()
    planner.says("停止并保留")
    planner.says("2 处修改")
    planner.picture("2-solving")
    planner.page.locator(".st-key-cancel button").click()
    planner.page.get_by_text("已要求停止").first.wait_for()
    # A note of a piece that is drawn by itself leaves the page its style.
    hidden = planner.page.locator("[class*=st-key-browser]").first
    assert hidden.evaluate("e => getComputedStyle(e).display") == "none"
    _runs_out(planner, 120)

    # solve again, and look at each page
    _solves(planner)
    for page in ALWAYS:
        planner.goto(page.title.zh)
        planner.picture(f"3-{page.code}")
        assert "Traceback" not in planner.text()

    # keep one teacher of the list at school, raise the rate, and solve
    planner.goto("教师交流")
    _keep_one(planner)
    planner.goto("规则")
    _rate(planner, "20")
    _solves(planner)

    # compare with the first run: a rule and a teacher differ
    planner.goto("比较")
    planner.says("规则与设定（1）")
    planner.says("数据（1）")
    planner.page.get_by_text("教师交流（", exact=False).last.click()
    planner.settle()
    planner.says("理由按")
    planner.picture("4-compare")

    # take the workbook away, in a form chosen knowingly
    planner.goto("导出")
    planner.says("请先选择用途")
    planner.page.get_by_test_id("stRadio").get_by_text("公示稿", exact=True).click()
    planner.settle()
    book = planner.takes(
        '[class*="st-key-export-workbook-publication"] button', downloads, seconds=60
    )
    assert "公示稿" in book.name
    assert {"摘要", "名额分配表"} <= set(openpyxl.load_workbook(book).sheetnames)

    # save under a name, start the server again, find everything again
    planner.page.get_by_text("另存为", exact=True).click()
    name = planner.page.get_by_label("名称", exact=True)
    name.fill(f"旅程 {Path(key).name}")
    name.press("Enter")
    planner.settle()
    planner.click("save-as")
    planner.says(f"旅程 {Path(key).name}")
    kept = load(server.home / "scenarios" / f"旅程 {Path(key).name}.json")
    assert kept.title == f"旅程 {Path(key).name}"
    server.stop()
    server.start()
    again = _rules(window(f"?scenario=own/{kept.title}"))
    rate = again.page.locator(f".st-key-{RATE} input[type=number]").first
    assert float(rate.input_value()) == 20
    first = window(f"exchange?scenario={key}")
    first.page.get_by_test_id("stDataFrame").first.wait_for()


def test_no_page_asks_for_anything_outside_the_machine(window: Opened) -> None:
    person = window("?scenario=own/toy")
    person.goto("求解")
    _solves(person)
    for lang in ("zh", "en"):
        person.page.get_by_text({"zh": "中文", "en": "English"}[lang], exact=True).click()
        person.settle()
        for page in ALWAYS:
            person.goto(page.title.say("zh" if lang == "zh" else "en"))
            person.page.wait_for_timeout(300)
    assert person.outside == []


def test_two_browsers_edit_the_same_scenario_without_harm(window: Opened, server: Server) -> None:
    one, other = (_rules(window("?scenario=own/toy")) for _ in range(2))
    _rate(one, "31")
    _rate(other, "32")
    for person, percent in ((one, 31), (other, 32)):
        person.says("已改动")
        person.page.reload()
        person.settle()
        field = person.page.locator(f".st-key-{RATE} input[type=number]").first
        assert float(field.input_value()) == percent
    one.click("save")
    assert '"at_least": 0.31' in (server.home / "scenarios" / "toy.json").read_text("utf-8")
    # the other one's edit stands beside what was saved meanwhile
    other.page.reload()
    other.settle()
    field = other.page.locator(f".st-key-{RATE} input[type=number]").first
    assert float(field.input_value()) == 32


def test_a_request_that_would_leave_the_machine_is_stopped_and_told(window: Opened) -> None:
    person = window("?scenario=own/toy")
    asked = "fetch('https://example.org/font.woff2').then(() => 'out', () => 'stopped')"
    assert person.page.evaluate(asked) == "stopped"
    assert person.outside == ["https://example.org/font.woff2"]
    person.outside.clear()
