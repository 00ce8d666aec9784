"""Pictures of famous teachers and of the spread of a resource."""

from __future__ import annotations

import altair as alt
import pandas as pd

from allocator.modelling import Language, Text
from allocator.ui.logic.charts import AFTER, BEFORE, TARGET

_STATES = {
    "before": (Text("方案前", "before"), BEFORE),
    "after": (Text("方案后", "after"), AFTER),
    "now": (Text("现状", "now"), AFTER),
    "need": (Text("应配", "needed"), TARGET),
    "even": (Text("完全均衡", "perfectly even"), TARGET),
}
_PEOPLE = Text("名师（人）", "famous teachers (people)")
_MISSING = Text("名师缺口（人）", "famous teachers missing (people)")
_TRAIN = Text("需培养（人）", "to be trained (people)")
_YEAR = Text("年份", "year")
_STATE = Text("状态", "state")
_PUPILS = Text("学生累计占比", "share of pupils, added up")
_RESOURCE = Text("资源累计占比", "share of the resource, added up")
_SCHOOL = Text("学校", "school")
_VALUE = Text("指标值", "indicator")
_YEARS = ("#08519c", "#0b6e99", "#56b4e9", "#a6cee3", "#cfe8f5")


def famous_bars(table: pd.DataFrame, lang: Language) -> alt.LayerChart | None:
    """Famous teachers of each rural junior high before and after, with the need as a tick.

    Parameters
    ----------
    table
        The table of famous teachers.
    """
    shown = table[table["need"] > 0].sort_values(["missing_after", "need"], ascending=False)
    if shown.empty:
        return None
    names = [f"{school}" for school in shown["school"]]
    wide = shown.assign(label=names)
    bars = _long(wide, {"before": "have_before", "after": "have_after"}, lang)
    needs = _long(wide, {"need": "need"}, lang)
    y = alt.Y(
        "label:N",
        sort=names,
        title=None,
        axis=alt.Axis(labelLimit=260, labelOverlap=False, labelFlush=False),
    )
    x = alt.X("value:Q", title=_PEOPLE.say(lang), axis=alt.Axis(tickMinStep=1, orient="top"))
    tips = [
        alt.Tooltip("label:N", title=_SCHOOL.say(lang)),
        alt.Tooltip("state:N", title=_STATE.say(lang)),
        alt.Tooltip("value:Q", title=_PEOPLE.say(lang), format=",.4~g"),
    ]
    colour = _colour(["before", "after", "need"], lang)
    return alt.LayerChart(
        layer=[
            alt.Chart(bars)
            .mark_bar(cornerRadiusEnd=2)
            .encode(
                y=y,
                yOffset=alt.YOffset("state:N", sort=_words(["before", "after"], lang)),
                x=x,
                color=colour,
                tooltip=tips,
            ),
            alt.Chart(needs)
            .mark_tick(thickness=3, size=20, opacity=1)
            .encode(y=y, x=x, color=colour, tooltip=tips),
        ],
        height=28 * len(names) + 60,
        width="container",
        view=alt.ViewBackground(strokeOpacity=0),
    )


def missing_by_township(table: pd.DataFrame, lang: Language) -> alt.Chart | None:
    """Famous teachers missing by township, before and after; None where none are missing.

    Parameters
    ----------
    table
        The table of famous teachers.
    """
    summed = table.groupby("township", as_index=False)[["missing_before", "missing_after"]].sum()
    summed = summed[(summed["missing_before"] > 0) | (summed["missing_after"] > 0)]
    if summed.empty:
        return None
    summed = summed.sort_values(["missing_after", "missing_before"], ascending=False)
    order = list(summed["township"])
    points = _long(
        summed.assign(label=summed["township"]),
        {"before": "missing_before", "after": "missing_after"},
        lang,
    )
    chart: alt.Chart = (
        alt.Chart(
            points,
            height=34 * len(order) + 60,
            width="container",
            view=alt.ViewBackground(strokeOpacity=0),
        )
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            y=alt.Y(
                "label:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelOverlap=False, labelFlush=False),
            ),
            yOffset=alt.YOffset("state:N", sort=_words(["before", "after"], lang)),
            x=alt.X("value:Q", title=_MISSING.say(lang), axis=alt.Axis(tickMinStep=1)),
            color=_colour(["before", "after"], lang),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("state:N", title=_STATE.say(lang)),
                alt.Tooltip("value:Q", title=_MISSING.say(lang), format=",d"),
            ],
        )
    )
    return chart


def training_bars(table: pd.DataFrame, lang: Language) -> alt.Chart | None:
    """Famous teachers to be trained, by subject and year; None where nobody is missing.

    Parameters
    ----------
    table
        The table of training.
    """
    shown = table[table["to_train"] > 0].sort_values("to_train", ascending=False)
    if shown.empty:
        return None
    years = [c for c in table.columns if str(c).isdigit()]
    order = list(shown["subject"])
    long = shown.melt("subject", years, "year", "people")
    chart: alt.Chart = (
        alt.Chart(
            long[long["people"] > 0],
            height=30 * len(order) + 60,
            width="container",
            view=alt.ViewBackground(strokeOpacity=0),
        )
        .mark_bar()
        .encode(
            y=alt.Y(
                "subject:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelOverlap=False, labelFlush=False),
            ),
            x=alt.X("people:Q", title=_TRAIN.say(lang), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "year:N",
                title=_YEAR.say(lang),
                scale=alt.Scale(domain=years, range=list(_YEARS[: len(years)])),
                legend=alt.Legend(orient="top"),
            ),
            order=alt.Order("year:N"),
            tooltip=[
                alt.Tooltip("subject:N", title=" "),
                alt.Tooltip("year:N", title=_YEAR.say(lang)),
                alt.Tooltip("people:Q", title=_TRAIN.say(lang), format=",d"),
            ],
        )
    )
    return chart


def lorenz_curves(curve: pd.DataFrame, lang: Language, *, solved: bool) -> alt.LayerChart | None:
    """Lorenz curves before and after beside the even line; None without data.

    Parameters
    ----------
    curve
        As :func:`allocator.insight.lorenz.lorenz` gives it.
    solved
        Whether there is a plan: else only the county as it is is drawn.
    """
    if curve.empty:
        return None
    states = ["before", "after"] if solved else ["now"]
    named = curve if solved else curve.replace({"state": {"before": "now"}})
    drawn = named[named["state"].isin(states)]
    drawn = drawn.assign(state=[_STATES[s][0].say(lang) for s in drawn["state"]])
    even = pd.DataFrame({"pupils_share": [0.0, 1.0], "resource_share": [0.0, 1.0]}).assign(
        state=_STATES["even"][0].say(lang)
    )
    colour = _colour([*states, "even"], lang)
    x = alt.X("pupils_share:Q", title=_PUPILS.say(lang), axis=alt.Axis(format="%"))
    y = alt.Y("resource_share:Q", title=_RESOURCE.say(lang), axis=alt.Axis(format="%"))
    lines = alt.Chart(drawn).encode(x=x, y=y, color=colour, order="order:Q", detail="state:N")
    tips = [
        alt.Tooltip("school:N", title=_SCHOOL.say(lang)),
        alt.Tooltip("state:N", title=_STATE.say(lang)),
        alt.Tooltip("value:Q", title=_VALUE.say(lang), format=",.2f"),
        alt.Tooltip("pupils_share:Q", title=_PUPILS.say(lang), format=".1%"),
        alt.Tooltip("resource_share:Q", title=_RESOURCE.say(lang), format=".1%"),
    ]
    return alt.LayerChart(
        layer=[
            alt.Chart(even).mark_line(strokeDash=[6, 4]).encode(x=x, y=y, color=colour),
            lines.mark_line(strokeWidth=2.5),
            lines.transform_filter("datum.order > 0")
            .mark_point(filled=True, size=34, opacity=0.9)
            .encode(tooltip=tips),
        ],
        height=440,
        width="container",
    )


def _long(wide: pd.DataFrame, states: dict[str, str], lang: Language) -> pd.DataFrame:
    """One row a bar or tick."""
    return pd.concat(
        [
            pd.DataFrame(
                {"label": wide["label"], "state": _STATES[s][0].say(lang), "value": wide[column]}
            )
            for s, column in states.items()
        ],
        ignore_index=True,
    )


def _words(states: list[str], lang: Language) -> list[str]:
    return [_STATES[s][0].say(lang) for s in states]


def _colour(states: list[str], lang: Language) -> alt.Color:
    return alt.Color(
        "state:N",
        title=None,
        scale=alt.Scale(domain=_words(states, lang), range=[_STATES[s][1] for s in states]),
        legend=alt.Legend(orient="top", symbolType="circle"),
    )
