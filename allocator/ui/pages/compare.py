"""Compare: two or more scenarios or runs side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from allocator.county.frozen import DataError
from allocator.insight.data_compared import TableDifference, data_compared
from allocator.insight.results_compared import cells_compared, gains
from allocator.insight.settings_compared import settings_compared
from allocator.scenario import Scenario
from allocator.ui import session
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.logic import comparison, sides
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.sides import LETTERS, Choice, Side
from allocator.ui.problems import plain, show_problems
from allocator.ui.results import compared

_ADDRESS = "compare"
_KEY = "compare-sides"


def show_compare(context: Context) -> None:
    """Choose what to lay side by side, then one view of what differs."""
    held = [s for choice in _chosen(context) if (s := _side(choice, context)) is not None]
    if len(held) < 2:
        st.info(
            say(
                "Choose at least two above. Two runs of this scenario are compared by themselves "
                "once it was solved twice: change a rule and solve again, or choose another "
                "scenario file."
            )
        )
        return
    lang = language()
    legend = (f"**{LETTERS[n]}** {plain(s.choice.words(lang))}" for n, s in enumerate(held))
    st.markdown("　".join(legend))
    pair = _pair(held)
    if not all(s.solved for s in held):
        st.caption(say("Results are compared where there are some: choose runs that ended."))
    views = {view.code: view for view in _views(held, pair)}
    chosen = st.segmented_control(
        say("What to compare"),
        list(views),
        default="figures" if "figures" in views else "settings",
        required=True,
        format_func={code: v.title for code, v in views.items()}.__getitem__,
        key=f"compare-view-{'-'.join(views)}",
        label_visibility="collapsed",
    )
    if len(held) > 2 and views[chosen].of_two:
        heads = [_head(s, held) for s in pair]
        st.caption(say("Row by row: {first} and {second}.", first=heads[0], second=heads[1]))
    views[chosen].draw()


@dataclass(frozen=True)
class _View:
    """One way to look at the differences."""

    code: str
    title: str
    draw: Callable[[], None]
    of_two: bool = False
    """Whether it shows two sides only."""


def _views(held: Sequence[Side], pair: tuple[Side, Side]) -> Iterator[_View]:
    """The views these sides have, those of settings and data first."""
    lang, (one, other) = language(), pair
    settings = settings_compared([s.scenario for s in held], lang)
    title = say("Rules and terms ({number})", number=len(settings))
    yield _View("settings", title, lambda: compared.show_settings(settings, held))
    data = _data(one.mark, other.mark, one.scenario, other.scenario)
    rows = sum(len(d.added) + len(d.removed) + d.changed for d in data)
    title = say("Data ({number})", number=rows)
    yield _View("data", title, lambda: compared.show_data(data, pair), of_two=True)
    if any(s.solved for s in held):
        title = say("Figures and goals")
        yield _View("figures", title, lambda: compared.show_figures(held))
    first, second = (comparison.results(s, lang) for s in pair)
    if "moves" in first and "moves" in second:
        moves = comparison.moves(first, second)
        title = say("Moves ({number})", number=len(moves))
        yield _View("moves", title, lambda: compared.show_moves(moves, pair), of_two=True)
    if "quotas" in first and "quotas" in second:
        cells = cells_compared(first["quotas"], second["quotas"])
        title = say("Quota cells ({number})", number=len(cells))
        yield _View("cells", title, lambda: compared.show_cells(cells, pair), of_two=True)
    if first.keys() & second.keys():
        table = gains(first, second, (one.scenario.county, other.scenario.county))
        title = say("Who gains, who loses")
        yield _View("gains", title, lambda: compared.show_gains(table), of_two=True)


def _chosen(context: Context) -> list[Choice]:
    """The choices of the address, else the usual ones; the widget shows and changes them."""
    listed = sides.choices(context.entry, context.draft)
    asked = sides.read(session.address(_ADDRESS), listed)
    usual = sides.usual(context.entry, context.draft, listed, context.how == "current")
    now = [c.key for c in asked or usual]
    known, lang = {c.key: c for c in listed}, language()
    if st.session_state.get(_KEY) != now:
        st.session_state[_KEY] = now
    st.multiselect(
        say("Side by side (the first is what the others are compared with)"),
        list(known),
        format_func={key: c.words(lang) for key, c in known.items()}.__getitem__,
        max_selections=sides.MOST,
        key=_KEY,
        on_change=_take,
        placeholder=say("Choose scenarios or runs"),
        select_all=False,
    )
    return [known[key] for key in now]


def _take() -> None:
    session.set_address(_ADDRESS, sides.written(st.session_state[_KEY]))


def _side(choice: Choice, context: Context) -> Side | None:
    """A choice with its scenario and result; None, and why, where it cannot be read."""
    try:
        if choice.run is not None:
            found = session.findings_of(choice.run.job.id)
            if isinstance(found, Findings):
                return Side(choice, choice.key, found.scenario, found)
            show_problems(found)
            return None
        if choice.entry is not None:
            entry = choice.entry
            mark = f"{choice.key} {entry.version}"
            return Side(choice, mark, session.scenario_in(str(entry.path), entry.version), None)
    except (DataError, OSError) as error:
        st.markdown(say("This scenario file cannot be used:"))
        show_problems(error.problems if isinstance(error, DataError) else ())
        return None
    if choice.kind == "file":
        mark = f"file {context.entry.key} {context.entry.version}"
        return Side(choice, mark, context.draft.saved, None)
    findings = context.findings if context.how == "current" else None
    return Side(choice, f"now {context.draft.hash}", context.scenario, findings)


def _pair(held: Sequence[Side]) -> tuple[Side, Side]:
    """The two sides that are compared row by row: the first, and one of the others."""
    others = list(range(1, len(held)))
    if len(others) == 1:
        return held[0], held[1]
    heads = [s.choice.short(n, language()) for n, s in enumerate(held)]
    second = st.segmented_control(
        say("Compared with {first} row by row", first=LETTERS[0]),
        others,
        default=others[-1],
        required=True,
        format_func=lambda n: heads[n],
        key=f"compare-with-{len(held)}",
    )
    return held[0], held[second]


def _head(one: Side, held: Sequence[Side]) -> str:
    return one.choice.short(held.index(one), language())


@st.cache_resource(max_entries=8, show_spinner=False)
def _data(first: str, second: str, _one: Scenario, _other: Scenario) -> tuple[TableDifference, ...]:
    """What differs between two counties, looked for once."""
    del first, second
    return data_compared(_one.county, _other.county)
