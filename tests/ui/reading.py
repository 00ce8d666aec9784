"""What a page says, and waiting until a run is over."""

import time

from streamlit.testing.v1 import AppTest


def words(page: AppTest) -> str:
    """Every text of the page, as a person reads it."""
    kinds = ("title", "subheader", "markdown", "caption", "error", "info", "success", "warning")
    texts = [str(e.value) for kind in kinds for e in page.get(kind)]
    texts += [str(e.label) for kind in ("button", "expander", "metric") for e in page.get(kind)]
    return "\n".join(texts).replace("\\", "")


def solved(page: AppTest, limit: float = 90) -> AppTest:
    """The page after a press of the button, once the run is over."""
    page.button(key="solve").click().run()
    assert not page.exception
    until = time.monotonic() + limit
    while "求解中" in words(page) or "启动中" in words(page):
        assert time.monotonic() < until, "the run does not end"
        time.sleep(0.3)
        page.run()
        assert not page.exception
    return page


def open_rules(page: AppTest, part: str) -> AppTest:
    """Draw every rule of a part on the rules page, those that are off too."""
    page.session_state["rules-of"] = part
    page.session_state[f"rules-off-{part}"] = True
    return page.run()
