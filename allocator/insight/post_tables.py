"""Posts before and after a plan: by subject, by school, what is vacant, whom to recruit.

A transfer (随调) takes its post along, a secondment leaves it at home. What is over or short is
counted against posts, what is uncovered in periods; neither is turned into the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from allocator.county.county import Place
from allocator.county.establishment import SchoolPosts
from allocator.county.establishment import school_posts as establishment
from allocator.county.places import POST_GRADES, STAGES, Stage
from allocator.county.posts import PostLine, post_lines, post_places
from allocator.county.supply import ON_POSTS
from allocator.insight.names import subject_names
from allocator.insight.staffing_tables import coverage
from allocator.insight.view import BeforeAfter, Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario


def posts(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """What periods need, what is proposed and agreed, who is in post, over or short.

    One row for each public school, stage and subject with need, posts or holders. ``in_post``
    counts whoever holds a post, also where the person is lent out, ill for long or seconded; after
    the plan also those placed by number who take up one.
    """
    seen = before_after(scenario, plan)
    return seen.once(f"posts {lang}", lambda: _posts(scenario, seen, lang))


def _posts(scenario: Scenario, seen: BeforeAfter, lang: Language) -> pd.DataFrame:
    county, subjects = seen.county, subject_names(scenario, lang)
    now = {(x.school, x.stage, x.subject): x for x in post_lines(county)}
    then = {(x.school, x.stage, x.subject): x for x in post_lines(county, _holding(seen))}
    for key, number in _hired(seen).items():
        line = then.get(key) or _nobody(now[key])
        then[key] = replace(line, in_post=line.in_post + number)
    order = {subject: n for n, subject in enumerate(county.subject)}
    rows: list[dict[str, Any]] = []
    for key in sorted(now | then, key=lambda k: (k[0], STAGES.index(k[1]), order[k[2]])):
        line = now.get(key) or _nobody(then[key])
        later = then.get(key) or _nobody(now[key])
        rows.append(
            {
                **_school(seen, line.school),
                "stage": line.stage,
                "subject_id": line.subject,
                "subject": subjects[line.subject],
                "load": line.load,
                "needed": line.needed,
                "full_loads": float(line.posts_by_periods),
                "posts_by_periods": line.posts_by_periods_up,
                "proposed": line.proposed,
                "agreed": line.agreed,
                "agreed_reason": line.reason,
                "posts": line.posts,
                "in_post_before": line.in_post,
                "lent_out": line.lent_out,
                "long_sick": line.long_sick,
                "over_before": line.over,
                "short_before": line.short,
                "in_post_after": later.in_post,
                "over_after": later.over,
                "short_after": later.short,
            }
        )
    return _frame(rows, _POST_COLUMNS, ("agreed",))


_POST_COLUMNS = (
    "school_id", "school", "township", "stage", "subject_id", "subject", "load", "needed",
    "full_loads", "posts_by_periods", "proposed", "agreed", "agreed_reason", "posts",
    "in_post_before", "lent_out", "long_sick", "over_before", "short_before", "in_post_after",
    "over_after", "short_after",
)  # fmt: skip


def _nobody(line: PostLine) -> PostLine:
    """A line of the other side of the plan, where nobody is in post on this side."""
    return replace(line, in_post=0, lent_out=0, long_sick=0)


def _holding(seen: BeforeAfter) -> Mapping[str, Place]:
    return post_places(seen.county, seen.after.plan.moves)


def _hired(seen: BeforeAfter) -> Counter[tuple[str, Stage, str]]:
    """(school, stage, subject) -> people placed by number who take up a post."""
    found: Counter[tuple[str, Stage, str]] = Counter()
    for entry in seen.after.plan.supply:
        place = seen.county.places[entry.section]
        if entry.kind in ON_POSTS:
            found[place.school.id, place.stage, entry.subject] += entry.count
    return found


def _school(seen: BeforeAfter, school: str) -> dict[str, str]:
    return {
        "school_id": school,
        "school": seen.county.school[school].name,
        "township": seen.county.places_of_school[school][0].township.name,
    }


def school_posts(scenario: Scenario, plan: Seen) -> pd.DataFrame:
    """Each public school's establishment: approved, held, lent, seconded, free, by grade.

    ``beyond`` is by how much the teaching posts counted on exceed the establishment; what the
    establishment does not hold needs posts of the county's pool. What rests on an establishment
    or on graded posts is empty where they are not recorded.
    """
    seen = before_after(scenario, plan)
    return seen.once("school posts", lambda: _school_posts(seen))


def _school_posts(seen: BeforeAfter) -> pd.DataFrame:
    hired: Counter[str] = Counter()
    for (school, _, _), number in _hired(seen).items():
        hired[school] += number
    after = [
        replace(s, holders=s.holders + hired[s.school])
        for s in establishment(seen.county, _holding(seen), seen.after.serving)
    ]
    rows = [
        {
            **_school(seen, now.school),
            "establishment": now.establishment,
            "non_teaching": now.non_teaching,
            "posts": now.posts,
            "beyond": now.beyond,
            **_people(now, "before"),
            "lent_out": now.lent_out,
            "long_sick": now.long_sick,
            **_people(then, "after"),
            **{
                f"{g.grade}_{what}": number
                for g in then.grades
                for what, number in (("posts", g.posts), ("after", g.holders))
            },
        }
        for now, then in zip(establishment(seen.county), after, strict=True)
    ]
    columns = (*_SCHOOLS, *_GRADES)
    return _frame(rows, columns, columns[3:])


_PEOPLE = ("on_establishment", "seconded_out", "seconded_in", "free", "above")
_SCHOOLS = (
    "school_id", "school", "township", "establishment", "non_teaching", "posts", "beyond",
    *(f"{p}_before" for p in _PEOPLE), "lent_out", "long_sick",
    *(f"{p}_after" for p in _PEOPLE),
)  # fmt: skip
_GRADES = tuple(f"{grade}_{what}" for grade in POST_GRADES for what in ("posts", "after"))


def _people(school: SchoolPosts, when: str) -> dict[str, int | None]:
    numbers = (
        school.holders, school.seconded_out, school.seconded_in, school.free, school.above,
    )  # fmt: skip
    return {f"{name}_{when}": n for name, n in zip(_PEOPLE, numbers, strict=True)}


def vacancies(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """The vacancy bulletin (缺编信息): posts nobody holds and periods nobody teaches afterwards.

    Most vacant posts first, then most periods, then by school. ``free_after`` is the whole
    school's: where it is zero there is no post to hire for, and only an exchange or the county's
    pool fills the vacancy.
    """
    seen = before_after(scenario, plan)
    table = _with_periods(scenario, seen, lang)
    table = table[(table["short_after"] > 0) | (table["uncovered_after"] > 0)]
    free = school_posts(scenario, seen).set_index("school_id")["free_after"]
    table = table.assign(free_after=table["school_id"].map(free).astype("Int64"))
    table = table.sort_values(
        ["short_after", "uncovered_after"], ascending=False, kind="stable", ignore_index=True
    )
    return table[list(_VACANCIES)]


_VACANCIES = (
    "school_id", "school", "township", "stage", "subject_id", "subject", "posts", "in_post_after",
    "short_after", "uncovered_after", "free_after",
)  # fmt: skip


def recruitment(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Whom to recruit, by stage and subject: the larger of two readings of what the plan leaves.

    One reading is the posts left short, added up over the schools; holders over posts elsewhere
    are listed beside and not taken off, as the plan has placed whom it could. The other is the
    periods left uncovered in the county, in full loads rounded up. A subject in which nothing is
    left is not listed.
    """
    seen = before_after(scenario, plan)
    table = _with_periods(scenario, seen, lang)
    numbers = ["posts", "in_post_after", "over_after", "short_after", "uncovered_after"]
    by = ["stage", "subject_id", "subject", "load"]
    table = table.groupby(by, as_index=False, sort=False)[numbers].sum()
    table["loads_after"] = -(-table["uncovered_after"] // table["load"])
    table["recruits"] = table[["short_after", "loads_after"]].max(axis="columns")
    subjects = list(seen.county.subject)
    rank = table["stage"].map(_rank) * len(subjects) + table["subject_id"].map(subjects.index)
    table = table.loc[rank.sort_values(kind="stable").index]
    return table[table["recruits"] > 0][list(_RECRUITMENT)].reset_index(drop=True)


_RECRUITMENT = (
    "stage", "subject_id", "subject", "posts", "in_post_after", "over_after", "short_after",
    "load", "uncovered_after", "loads_after", "recruits",
)  # fmt: skip


def _rank(stage: Stage) -> int:
    return STAGES.index(stage)


def _with_periods(scenario: Scenario, seen: BeforeAfter, lang: Language) -> pd.DataFrame:
    """The posts with the periods left uncovered at all campuses of the school."""
    key = ["school_id", "stage", "subject_id"]
    taught = coverage(scenario, seen, lang).groupby(key)["uncovered_after"].sum()
    table = posts(scenario, seen, lang).join(taught, on=key)
    return table.fillna({"uncovered_after": 0}).astype({"uncovered_after": "int64"})


def _frame(
    rows: list[dict[str, Any]], columns: tuple[str, ...], whole: tuple[str, ...]
) -> pd.DataFrame:
    """Rows as a frame that has its columns even when empty; whole numbers may be absent."""
    return pd.DataFrame(rows, columns=list(columns)).astype(dict.fromkeys(whole, "Int64"))
