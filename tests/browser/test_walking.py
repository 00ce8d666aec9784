"""Switching walking on, and its page, in a real browser."""

from __future__ import annotations

from allocator.files import save
from allocator.scenario import with_rule
from tests.browser.conftest import Opened
from tests.browser.serving import Server
from tests.insight.walking_toy import walking_toy

VIEWS = ("走教名单", "地图", "分学科", "无本学科教师的学校", "一校说明")


def test_walking_is_switched_on_solved_and_looked_at(window: Opened, server: Server) -> None:
    off = with_rule(walking_toy(), "staffing", {"rule": "walking", "firmness": "off"})
    titled = off.model_copy(update={"title": "走教示例县"})
    save(titled, server.home / "scenarios" / "walking.json")
    planner = window("rules?scenario=own/walking")
    navigation = planner.page.get_by_test_id("stSidebarNav")
    link = navigation.get_by_role("link", name="走教", exact=True)
    assert link.count() == 0

    # Rules that are off are drawn once they are asked for.
    planner.page.get_by_text("未启用的规则").first.click()
    card = planner.page.locator(".st-key-card-staffing-walking")
    card.get_by_text("硬性", exact=True).first.click()
    link.wait_for()
    planner.settle()

    # an edit that is not saved survives a reload, and so does the page's place
    planner.page.reload()
    planner.settle()
    link.wait_for()
    planner.goto("走教")
    planner.says("请按上方的“求解”")

    planner.click("solve")
    planner.says("先交流后走教")
    for view in VIEWS:
        planner.page.locator(".st-key-walking-view").get_by_text(view, exact=True).click()
        planner.settle()
        planner.picture(f"walking-{VIEWS.index(view)}")
        assert "Traceback" not in planner.text()
    assert "每周需" in planner.text()
    assert planner.outside == []
    assert planner.errors == []
