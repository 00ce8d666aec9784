"""The pages, in the order of the navigation. A new page adds one line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from allocator.modelling import Text
from allocator.ui import session, style
from allocator.ui.ahead import look_ahead
from allocator.ui.browser import help_browser
from allocator.ui.frame import Context, FreePage, Page
from allocator.ui.language import language, say
from allocator.ui.sidebar import show_sidebar


def _of(page: str) -> Callable[..., None]:
    """What draws a page; its module is loaded when it is first shown, so that the tool starts
    quickly.
    """

    def show(*context: Context) -> None:
        module = import_module(f"allocator.ui.pages.{page}")
        getattr(module, f"show_{page}")(*context)

    return show


_BEGIN = Text("开始", "Start")
_DATA = Text("数据", "Data")
_SET = Text("设定", "Set up")
_RESULT = Text("结果", "Results")
_OUTPUT = Text("输出", "Output")

PAGES: tuple[Page | FreePage, ...] = (
    FreePage("start", _BEGIN, Text("方案库", "Scenarios"), _of("start")),
    Page("county", _DATA, Text("县域数据", "County data"), _of("county")),
    Page("intake", _DATA, Text("导入表格", "Bring in sheets"), _of("intake")),
    Page("rules", _SET, Text("规则", "Rules"), _of("rules")),
    Page("solve", _SET, Text("求解", "Solve"), _of("solve")),
    Page("exchange", _RESULT, Text("教师交流", "Exchange"), _of("exchange"), "staffing", True),
    Page(
        "walking",
        _RESULT,
        Text("走教", "Walking"),
        _of("walking"),
        "staffing",
        True,
        session.walking_open,
    ),
    Page("famous", _RESULT, Text("农村名师", "Famous teachers"), _of("famous"), "staffing", True),
    Page("quotas", _RESULT, Text("名额分配", "Quota places"), _of("quotas"), "admission", True),
    Page("balance", _RESULT, Text("均衡与指标", "Indicators"), _of("balance"), "staffing", True),
    Page("compare", _RESULT, Text("比较", "Compare"), _of("compare")),
    Page("export", _OUTPUT, Text("导出", "Export"), _of("export")),
)
FIRST = "start"
"""Where the tool opens."""


def navigation() -> dict[str, list[st.Page]]:
    """The pages that have something to say of the scenario that is open, by section."""
    lang, parts = language(), session.parts_open()
    found: dict[str, list[st.Page]] = {}
    for page in PAGES:
        visible = page.part is None or page.part in parts
        visible = visible and (page.listed is None or page.listed())
        found.setdefault(page.section.say(lang), []).append(
            st.Page(
                page.run,
                title=page.title.say(lang),
                url_path=page.code,
                default=page.code == FIRST,
                visibility="visible" if visible else "hidden",
            )
        )
    return found


def show() -> None:
    """Draw what all pages share, then the page asked for."""
    session.keep_address()
    page = st.navigation(navigation())
    if st.session_state.pop("gone", False):
        text = "The scenario asked for is not in the library any more: another one is open."
        st.warning(say(text))
    entry = session.opened()
    show_sidebar(entry, choosing=not page.url_path)
    style.apply()
    help_browser()
    walks = session.walking_open()
    page.run()
    if session.walking_open() != walks:
        # The scenario was read only now, with edits of this window: the navigation follows.
        st.rerun()
    look_ahead(entry, tuple(p.code for p in PAGES), language())


def registered(code: str) -> st.Page:
    """A page as links name it."""
    # The page where the tool opens has the bare address.
    path = "" if code == FIRST else code
    return next(p for pages in navigation().values() for p in pages if p.url_path == path)
