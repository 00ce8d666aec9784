"""The settings of a scenario as sheets: what it holds, its rules, its goals, published moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from allocator.county.plan import Move
from allocator.files.templates.settings_lines import (
    PUBLISHED_TERM,
    Line,
    general_lines,
    rule_lines,
)
from allocator.files.templates.wording import GOALS, PUBLISHED, RULES, SETTINGS
from allocator.files.workbook.styles import Styles, width
from allocator.insight.registry import REGISTRY, TIERS
from allocator.insight.vocabulary import PART
from allocator.modelling import Language, Text
from allocator.scenario import PARTS, PartName, Scenario

CODE = Text("代码", "Code")
VALUE = Text("数值", "Value")
PART_COLUMN = Text("部分", "Part")
RULE_COLUMN = Text("规则代码", "Code of the rule")
PARAMETER_COLUMN = Text("参数代码", "Code of the parameter")
GOAL_COLUMN = Text("目标代码", "Code of the goal")
_ITEM, _UNIT = Text("项目", "Item"), Text("单位", "Unit")
_CHOICES = Text("可填", "Choices")
_RULE, _PARAMETER = Text("规则", "Rule"), Text("参数", "Parameter")
_PLACE, _GOAL = Text("次序", "Place"), Text("目标", "Goal")
MOVE_COLUMNS = {
    "teacher": Text("教职工号", "Teacher no."),
    "origin": Text("原校区学段", "From (campus and stage)"),
    "destination": Text("交流校区学段", "To (campus and stage)"),
    "kind": Text("类型", "Kind"),
    "ground": Text("缘由", "Ground"),
    "start": Text("开始年月", "First month"),
    "years": Text("年限（年）", "Years"),
    "points_rank": Text("积分名次", "Rank by points"),
}
_WIDEST = 44


@dataclass(frozen=True)
class _Written:
    """One line of a settings sheet."""

    before: tuple[Any, ...]
    line: Line
    value: Any
    after: tuple[Any, ...] = ()


def draw_settings(
    book: xlsxwriter.Workbook, styles: Styles, scenario: Scenario, lang: Language
) -> None:
    """Add the sheets of the settings."""
    plain = scenario.model_dump(mode="json", exclude={"county"})
    plain["parts"] = list(scenario.parts)
    _draw(book, styles, lang, SETTINGS, (CODE, _ITEM), (_CHOICES,), _general(scenario, plain, lang))
    _draw(
        book, styles, lang, RULES, (PART_COLUMN, RULE_COLUMN, _RULE, PARAMETER_COLUMN, _PARAMETER),
        (_UNIT, _CHOICES), _rules(plain, lang),
    )  # fmt: skip
    goals = [
        [PART[part].say(lang), n, goal, TIERS[part][goal].title.say(lang)]
        for part in PARTS
        if plain.get(part)
        for n, goal in enumerate(plain[part]["goals"], start=1)
    ]
    _list(book, styles, lang, GOALS, (PART_COLUMN, _PLACE, GOAL_COLUMN, _GOAL), goals)
    moves = plain["staffing"]["terms"]["published"] if plain.get("staffing") else []
    if moves:
        rows = [[move[name] for name in Move.model_fields] for move in moves]
        titles = [MOVE_COLUMNS[name] for name in Move.model_fields]
        _list(book, styles, lang, PUBLISHED, titles, rows)


def _general(scenario: Scenario, plain: Any, lang: Language) -> Iterator[_Written]:
    for line in general_lines(scenario):
        if line.path != PUBLISHED_TERM:
            value = plain
            for step in line.path.split("."):
                value = value[step]
            yield _Written((line.path, line.title.say(lang)), line, value, (_shown(line, lang),))


def _rules(plain: Any, lang: Language) -> Iterator[_Written]:
    for part in PARTS:
        for choice in (plain.get(part) or {"rules": []})["rules"]:
            title = _title(part, choice["rule"], lang)
            values = {**choice["parameters"], "firmness": choice["firmness"]}
            for line in rule_lines(part, choice["rule"]):
                named = (PART[part].say(lang), choice["rule"], title)
                before = (*named, line.path, line.title.say(lang))
                after = (line.unit.say(lang), _shown(line, lang))
                yield _Written(before, line, values[line.path], after)


def _title(part: PartName, name: str, lang: Language) -> str:
    return next(r.title.say(lang) for r in REGISTRY[part] if r.name == name)


def _shown(line: Line, lang: Language) -> str:
    return " / ".join(line.choices(lang))


def _draw(
    book: xlsxwriter.Workbook,
    styles: Styles,
    lang: Language,
    name: Text,
    before: Sequence[Text],
    after: Sequence[Text],
    lines: Iterator[_Written],
) -> None:
    made = list(lines)
    at = len(before)
    rows = [[*w.before, w.line.cell(w.value, lang), *w.after] for w in made]
    page = _list(book, styles, lang, name, (*before, VALUE, *after), rows)
    entered = styles.get(num_format="@", bg_color="#FFF2CC", border=1, border_color="#BFBFBF")
    for n, written in enumerate(made, start=1):
        cell, line = rows[n - 1][at], written.line
        form = "0.0##%" if line.share else "General"
        number = styles.get(num_format=form, bg_color="#FFF2CC", border=1, border_color="#BFBFBF")
        if isinstance(cell, int | float):
            page.write_number(n, at, cell, number)
        elif cell is None:
            page.write_blank(n, at, None, entered if line.text or line.words else number)
        else:
            page.write_string(n, at, cell, entered)
        words = list(line.choices(lang))
        if words and not line.many and len(",".join(words)) < 250:
            page.data_validation(n, at, n, at, {"validate": "list", "source": words,
                                                "error_type": "warning"})  # fmt: skip


def _list(
    book: xlsxwriter.Workbook,
    styles: Styles,
    lang: Language,
    name: Text,
    titles: Sequence[Text],
    rows: Sequence[Sequence[Any]],
) -> Any:
    """A sheet of headings and rows."""
    page = book.add_worksheet(name.say(lang))
    page.freeze_panes(1, 0)
    for column, title in enumerate(titles):
        page.write_string(0, column, title.say(lang), styles.heading)
        cells = [title.say(lang), *(str(row[column] or "") for row in rows)]
        page.set_column(column, column, min(_WIDEST, max(map(width, cells)) + 2))
    for n, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                page.write_number(n, column, cell)
            elif cell not in (None, ""):
                page.write_string(n, column, str(cell), styles.text(str(cell)))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page
