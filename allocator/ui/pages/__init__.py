"""The pages, in the order of the navigation. A new page adds one line here."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.ui import session, style
from allocator.ui.frame import FreePage, Page
from allocator.ui.language import language, say
from allocator.ui.pages.balance import show_balance
from allocator.ui.pages.compare import show_compare
from allocator.ui.pages.county import show_county
from allocator.ui.pages.exchange import show_exchange
from allocator.ui.pages.export import show_export
from allocator.ui.pages.famous import show_famous
from allocator.ui.pages.quotas import show_quotas
from allocator.ui.pages.rules import show_rules
from allocator.ui.pages.solve import show_solve
from allocator.ui.pages.start import show_start
from allocator.ui.sidebar import show_sidebar

_BEGIN = Text("开始", "Start")
_DATA = Text("数据", "Data")
_SET = Text("设定", "Set up")
_RESULT = Text("结果", "Results")
_OUTPUT = Text("输出", "Output")

PAGES: tuple[Page | FreePage, ...] = (
    FreePage("start", _BEGIN, Text("方案库", "Scenarios"), show_start),
    Page("county", _DATA, Text("县域数据", "County data"), show_county),
    Page("rules", _SET, Text("规则", "Rules"), show_rules),
    Page("solve", _SET, Text("求解", "Solve"), show_solve),
    Page("exchange", _RESULT, Text("教师交流", "Exchange"), show_exchange, "staffing", True),
    Page("famous", _RESULT, Text("农村名师", "Famous teachers"), show_famous, "staffing", True),
    Page("quotas", _RESULT, Text("名额分配", "Quota places"), show_quotas, "admission", True),
    Page("balance", _RESULT, Text("均衡与指标", "Indicators"), show_balance, "staffing", True),
    Page("compare", _RESULT, Text("比较", "Compare"), show_compare),
    Page("export", _OUTPUT, Text("导出", "Export"), show_export),
)
FIRST = "start"
"""Where the tool opens."""


def navigation() -> dict[str, list[st.Page]]:
    """The pages that have something to say of the scenario that is open, by section."""
    lang, parts = language(), session.parts_open()
    found: dict[str, list[st.Page]] = {}
    for page in PAGES:
        visible = page.part is None or page.part in parts
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
    style.apply()
    page = st.navigation(navigation())
    if st.session_state.pop("gone", False):
        text = "The scenario asked for is not in the library any more: another one is open."
        st.warning(say(text))
    show_sidebar(session.opened(), choosing=not page.url_path)
    page.run()


def registered(code: str) -> st.Page:
    """A page as links name it."""
    # The page where the tool opens has the bare address.
    path = "" if code == FIRST else code
    return next(p for pages in navigation().values() for p in pages if p.url_path == path)
