"""The exchange list: who goes where and why, and what can be decided about one move."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from allocator.insight.vocabulary import GROUND, KIND, MOVE_REASON, STAGE, YES_NO, Words
from allocator.staffing.rules.pins import PinLock
from allocator.ui import session
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.draft import chosen
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.pinning import Decision, pin_edit, pins_in_words
from allocator.ui.problems import plain, show_problems
from allocator.ui.results.grids import pick, show_table

_COLUMNS = (
    "name", "teacher", "subject", "stage", "from_school", "to_school", "main_reason", "decided",
    "kind", "ground", "minutes", "backbone", "honours", "from_township", "to_township", "start",
    "years", "points_rank", "reasons",
)  # fmt: skip


def show_list(context: Context, findings: Findings) -> None:
    """The list with its filters; the row that is chosen is explained above it."""
    moves = findings.table("moves", language())
    if moves.empty:
        st.info(say("Nobody is moved: lower a cap on the rules page, then solve again."))
        return
    chosen_values = _filters(moves)
    found = fitting(moves, chosen_values)
    place, count = st.empty(), st.empty()
    found = found.assign(decided=[_decided(context, t) for t in found["teacher"]])
    key = "-".join(["exchange", language(), *map(str, chosen_values.values())])
    empty = say("No move fits these choices: choose all again.")
    row = show_table(found, _COLUMNS, tall=14, empty=empty, select=key, narrow=("decided",))
    told = [say("{number} of {all} moves", number=f"{len(found):,}", all=f"{len(moves):,}")]
    if row is not None and row < len(found):
        with place.container(border=True):
            _explain(context, found.iloc[row])
    elif not found.empty:
        # A line beside the count: a box of its own would push the table out of sight.
        told.append(say("Choose a row to read why it is made, and to keep or forbid it."))
    count.caption(" · ".join(told))


def _filters(moves: pd.DataFrame) -> dict[str, Any]:
    """What is chosen for each column; None for all."""
    filters: dict[str, tuple[str, Words | None]] = {
        "subject": (say("Subject"), None),
        "stage": (say("Stage"), STAGE),
        "from_township": (say("From township"), None),
        "to_township": (say("To township"), None),
        "kind": (say("Kind"), KIND),
        "ground": (say("Ground"), GROUND),
        "backbone": (say("Backbone"), YES_NO),
        "main_reason": (say("Main reason"), MOVE_REASON),
    }
    found = {}
    places = st.columns(len(filters), gap="xsmall")
    for place, (column, (label, words)) in zip(places, filters.items(), strict=True):
        with place:
            key = f"exchange-{column}"
            found[column] = pick(label, moves[column], key, words, "stretch")
    return found


def _decided(context: Context, teacher: str) -> str:
    """What the scenario as it stands has decided of a teacher."""
    county = context.scenario.county
    found = county.teacher.get(teacher)
    return "" if found is None or not found.pins else pins_in_words(county, found, language())


def _explain(context: Context, move: pd.Series[Any]) -> None:
    """One move with its reasons and the buttons that decide about it."""
    head = say(
        "{name} ({teacher}), {subject}: {a} → {b}, {minutes} minutes one way",
        name=move["name"],
        teacher=move["teacher"],
        subject=move["subject"],
        a=move["from_campus"],
        b=move["to_campus"],
        minutes=move["minutes"],
    )
    st.markdown(f"**{plain(head)}**")
    # In one paragraph: a list would push the table out of sight.
    st.markdown(plain(str(move["reasons"])))
    _buttons(context, move)


def _buttons(context: Context, move: pd.Series[Any]) -> None:
    county, id = context.scenario.county, str(move["teacher"])
    teacher = county.teacher.get(id)
    if teacher is None:
        st.caption(say("This teacher is no longer in the county's data."))
        return
    if move["ground"] == "return":
        text = "A return at the end of a term follows from the data: change the term there."
        st.caption(say(text))
        return
    if id in county.appointed:
        text = "The result of a round places this teacher: change the round where it is wrong."
        st.caption(say(text))
        return
    labels: dict[Decision, str] = {
        "stays": say("Stays"),
        "goes": say("Goes there"),
        "not_to": say("Not to that school"),
    }
    if teacher.pins:
        labels["open"] = say("Take the decision back")
    campus = str(move["to_section"]).rpartition(".")[0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for decision, label in labels.items():
            st.button(
                label,
                key=f"pin-{decision}",
                on_click=_decide,
                args=(context.draft.key, id, decision, campus),
            )
        if teacher.pins:
            said = pins_in_words(county, teacher, language())
            st.caption(say("Decided: {what}. Solve again to see what follows.", what=said))
    wrong = context.draft.wrong.get(("teachers", id, "pins"))
    if wrong is not None:
        show_problems((wrong.problem,))
    if chosen(context.scenario, "staffing", PinLock).firmness == "off":
        text = "The rule on pins is off: set it to must on the rules page, or decisions do nothing."
        st.warning(say(text))


def _decide(key: str, teacher: str, decision: Decision, campus: str) -> None:
    """Write the decision into the data of the teacher."""
    found = session.held(key).scenario.county.teacher.get(teacher)
    if found is not None:
        session.edit(key, lambda draft: draft.with_edit(pin_edit(found, decision, campus)))


def show_ties(findings: Findings) -> None:
    """Teachers with equal points of whom only some go, and who settled which."""
    table = findings.table("ties", language())
    open_ties = int((table["settled_by"] == "open").sum())
    st.markdown(
        say(
            "{number} times some of several teachers with equal points go, {open} of them not "
            "settled by a person or a lot: there the numbers decide for the time being.",
            number=len(table),
            open=open_ties,
        )
    )
    columns = (
        "school", "stage", "subject", "points", "tied", "going", "settled_by", "settled_name",
        "settled_on",
    )  # fmt: skip
    show_table(table, columns, empty=say("Points decide everywhere: there is no tie."))
