"""The walking list, the map of it, and one section explained."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from allocator.insight.names import bracketed, subject_names
from allocator.insight.vocabulary import STAGE, TEACHES_AS, word
from allocator.insight.walking_place import Given, explained
from allocator.insight.walking_sources import Step, steps
from allocator.insight.walking_tables import crossed
from allocator.modelling import Text
from allocator.ui.language import language, say
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.plane import height
from allocator.ui.logic.walking_charts import at_school, subject_colours, walking_map
from allocator.ui.logic.wording import NOTHING, figure
from allocator.ui.problems import plain
from allocator.ui.results.grids import pick, show_table

_COLUMNS = (
    "name", "teacher", "served_campus", "teaches_as", "taught_at", "subject", "periods", "minutes",
    "township", "stage",
)  # fmt: skip
_WAYS = {
    "today": Text("现状", "Today"),
    "moves": Text("本方案交流后无人走教", "These moves, nobody walking"),
    "two_steps": Text("先交流后走教", "Moves first, walking after"),
    "together": Text("合并求解（本方案）", "Decided together (this plan)"),
    "bound": Text("理论下界", "Proven bound"),
}
_NOBODY = "Nobody walks or gives a second subject in this plan: raise the minutes or the schools a \
person in the rule, or see by subject what is missing."


def show_steps(findings: Findings) -> None:
    """What stays uncovered one way of deciding and another, the bound beside them."""
    part = findings.outcome.part("staffing")
    found = steps(findings.scenario, findings.seen, part)
    lang = language()
    heads = [say("Uncovered periods a week"), *(_WAYS[s.way].say(lang) for s in found)]
    lines = ["| " + " | ".join(heads) + " |", "|:--|" + "--:|" * len(found)]
    lines.append(_line(say("Counted (periods)"), [_periods(s) for s in found]))
    priced = [figure(s.priced, "priced") for s in found]
    lines.append(_line(say("Priced, dearer where much of a subject is missing"), priced))
    st.markdown("\n".join(lines))
    told = [_worst(findings)]
    swapped = crossed(findings.table("walking", lang))
    if swapped:
        told.append(
            say(
                "{number} of the periods walked are given by two schools to each other in one "
                "subject: as many could be given at home.",
                number=f"{swapped:,}",
            )
        )
    said = ("" if lang == "zh" else " ").join(t for t in told if t)
    if said:
        st.caption(plain(said))


def _line(title: str, cells: list[str]) -> str:
    return f"| {title} | " + " | ".join(cells) + " |"


def _periods(step: Step) -> str:
    return NOTHING if step.periods is None else f"{step.periods:,}"


def _worst(findings: Findings) -> str:
    """The subject at a school of which the largest part is missing."""
    table = findings.table("sources", language())
    short = table[table["uncovered_after"] > 0]
    if short.empty:
        return ""
    part = short["uncovered_after"] / short["needed"]
    order = short.assign(part=part).sort_values(["part", "needed"], ascending=False)
    row = order.iloc[0]
    return say(
        "Missing most: {school}, {subject}, {missing} of {needed} periods.",
        school=bracketed(row["campus"], word(STAGE, row["stage"], language()), language()),
        subject=row["subject"],
        missing=row["uncovered_after"],
        needed=row["needed"],
    )


def _chosen(table: pd.DataFrame, *, kinds: bool = True) -> pd.DataFrame:
    """The rows of the walking list that fit what is chosen.

    Parameters
    ----------
    kinds
        Whether visits and second subjects can be told apart.
    """
    schools = pd.concat([table["served_school"], table["school"]])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: dict[str, Any] = {
            "subject": pick(say("Subject"), table["subject"], "walking-subject", width=150)
        }
        if kinds:
            chosen["teaches_as"] = pick(
                say("As"), table["teaches_as"], "walking-as", TEACHES_AS, width=140
            )
        chosen["stage"] = pick(say("Stage"), table["stage"], "walking-stage", STAGE, width=120)
        chosen["township"] = pick(
            say("Township walked to"), table["township"], "walking-township", width=170
        )
        school = pick(say("School, own or walked to"), schools, "walking-school", width=280)
    return at_school(fitting(table, chosen), school)


def show_list(findings: Findings) -> None:
    """One row a visit or second subject; the row chosen is explained above the table."""
    table = findings.table("walking", language())
    if table.empty:
        st.info(say(_NOBODY))
        return
    found = _chosen(table)
    place, count = st.empty(), st.empty()
    said = say(
        "{number} of {all} entries, {periods} periods a week",
        number=f"{len(found):,}",
        all=f"{len(table):,}",
        periods=f"{int(found['periods'].sum()):,}",
    )
    key = f"walking-list-{language()}-{hash(tuple(found.index))}"
    empty = say("No entry fits these choices: choose all again.")
    row = show_table(
        found.rename(columns={"campus": "taught_at"}),
        _COLUMNS,
        names={"taught_at": say("Teaches at")},
        tall=14,
        empty=empty,
        select=key,
    )
    if row is None or row >= len(found):
        hint = say("Choose a row to read what its school needs and who gives it.")
        count.caption(said if found.empty else f"{said} · {hint}")
        return
    count.caption(said)
    with place.container(border=True):
        entry = found.iloc[row]
        told = explained(findings.scenario, findings.seen, entry["section"], language())
        mine = [g for g in told.subjects if g.id == entry["subject_id"]]
        st.markdown(f"**{plain(str(entry['campus']))}**")
        _tell(mine)


def show_map(findings: Findings) -> None:
    """Lines from the own school to those walked to."""
    lang = language()
    table = findings.table("walking", lang)
    table = table[table["teaches_as"] == "visit"]
    if table.empty:
        st.info(say(_NOBODY))
        return
    found = _chosen(table, kinds=False)
    if found.empty:
        st.info(say("No entry fits these choices: choose all again."))
        return
    county = findings.scenario.county
    taught = set(table["subject"])
    names = [s for s in subject_names(findings.scenario, lang).values() if s in taught]
    dark = st.context.theme.type == "dark"
    made = walking_map(county, found, subject_colours(names), lang, dark=dark)
    with st.container(key="charts"):
        st.echarts_chart(
            made,
            height=height(county),
            alt=say("Map of schools, with a line from each school to those its people walk to"),
        )
    st.caption(
        say(
            "Lines go from the own school to the school walked to, wider with more periods; click "
            "a subject in the legend to hide it. Point at a line or a school for its figures."
        )
    )


def show_place(findings: Findings) -> None:
    """One section: what is needed, who gives it, what stays uncovered and why."""
    lang = language()
    table = findings.table("sources", lang)
    places = table.drop_duplicates("section")
    labels = {
        str(p["section"]): bracketed(p["campus"], word(STAGE, p["stage"], lang), lang)
        for p in places.to_dict("records")
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        township = pick(say("Township"), places["township"], "walking-place-town", width=170)
        near = list(fitting(places, {"township": township})["section"])
        section = st.selectbox(
            say("School"),
            near,
            index=near.index(_most(table, near)),
            format_func=lambda s: labels.get(s, s),
            key="walking-place",
            width=380,
            persist_state="session",
        )
    if section is None:
        return
    told = explained(findings.scenario, findings.seen, section, lang)
    mine = table[table["section"] == section]
    _table(mine)
    if not told.subjects:
        st.success(say("No subject is given here by walking, and none that may walk is missing."))
    _tell(told.subjects)
    if told.going:
        st.markdown(f"**{say('Who walks from here')}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in told.going))


def _most(table: pd.DataFrame, sections: list[str]) -> str:
    """The section that needs most of what nobody of its own teaches: shown first."""
    near = table[table["section"].isin(sections)]
    needs = near["needed"].where(near["teachers_after"] == 0, 0)
    return str(needs.groupby(near["section"], sort=False).sum().idxmax())


def _tell(subjects: tuple[Given, ...] | list[Given]) -> None:
    for given in subjects:
        lines = [f"- {plain(line)}" for line in given.lines]
        st.markdown(f"**{plain(given.head)}**\n" + "\n".join(lines))


def _table(mine: pd.DataFrame) -> None:
    columns = (
        "subject", "needed", "teachers_after", "by_own", "by_second", "by_visit", "by_supply",
        "uncovered_after", "uncovered_alone",
    )  # fmt: skip
    shown = [c for c in columns if c not in ("by_second", "by_supply") or mine[c].any()]
    show_table(mine, shown, tall=20)
