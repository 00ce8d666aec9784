"""Headings of a list of pupils, as offices write them; every other column is left unread."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from allocator.county.frozen import Problem

Kind = Literal[
    "number", "junior_high", "registered", "score", "further", "lot", "quota_wish", "unified_wish"
]
Heading = tuple[Kind, int]
"""What a column holds, and which one of its kind, counted from 1."""

NEEDED: Mapping[Kind, str] = {
    "number": "考生号",
    "junior_high": "初中",
    "registered": "三年学籍",
    "score": "总分",
    "unified_wish": "第一志愿",
}
"""Columns that must be there, as they are called in a list written here."""

_NAMES: Mapping[Kind, tuple[str, ...]] = {
    "number": ("考生号", "准考证号", "报名号", "考号", "number", "pupil"),
    "junior_high": (
        "初中", "初中学校", "初中代码", "毕业学校", "毕业初中", "学籍学校", "junior_high",
    ),
    "registered": (
        "三年学籍", "是否三年学籍", "具有三年学籍", "分配生资格", "名额分配资格", "registered",
    ),
    "score": ("总分", "中考总分", "总成绩", "成绩", "score"),
    "lot": ("抽签号", "抽签", "lot"),
}  # fmt: skip
_N = r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})"
_NUMBERED: Mapping[Kind, re.Pattern[str]] = {
    "further": re.compile(rf"(?:同分(?:比较|项|排序|科目)?|tie_){_N}"),
    "quota_wish": re.compile(
        rf"(?:分配生?|名额(?:分配)?|定向生?|指标生?)(?:第{_N}志愿|志愿(?P<m>\d{{1,2}}))|quota_(?P<k>\d{{1,2}})"
    ),
    "unified_wish": re.compile(
        rf"(?:统招|统一招生)?(?:第{_N}志愿|志愿(?P<m>\d{{1,2}}))|unified_(?P<k>\d{{1,2}})"
    ),
}
_DIGITS = "零一二三四五六七八九十"


def plain(text: str) -> str:
    """A text without its blanks, with half-width signs and small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def heading(text: str) -> Heading | None:
    """What a heading says of its column; None for one that is not read."""
    label = plain(text)
    for kind, names in _NAMES.items():
        if label in names:
            return kind, 1
    for kind, pattern in _NUMBERED.items():
        if found := pattern.fullmatch(label):
            (number,) = (g for g in found.groups() if g)
            return kind, _whole(number)
    return None


def _whole(numeral: str) -> int:
    """A number from 1 to 19, Arabic or Chinese."""
    if numeral.isdigit():
        return int(numeral)
    return sum(_DIGITS.index(sign) for sign in numeral)


def columns(heads: Sequence[str]) -> dict[Heading, int]:
    """Where each column stands, wishes and further scores in their order."""
    found: dict[Heading, int] = {}
    for n, text in enumerate(heads):
        said = heading(text)
        if said is not None:
            found.setdefault(said, n)
    return dict(sorted(found.items()))


def heading_problems(heads: Sequence[str]) -> Iterator[tuple[int, Problem]]:
    """What is wrong with the headings: the column it is about, and the problem without its cell."""
    said = [heading(text) for text in heads]
    for n, one in enumerate(said):
        if one is not None and one in said[:n]:
            text = "field {name} is given twice: keep one"
            yield n, Problem("", text, {"name": heads[n]})
    kinds = {one[0] for one in said if one is not None}
    for k, name in enumerate(name for kind, name in NEEDED.items() if kind not in kinds):
        yield len(heads) + k, Problem("", "column {name} is missing: add it", {"name": name})


def title(kind: Kind, n: int) -> str:
    """The heading of a column in a list written here."""
    if kind == "further":
        return f"同分比较{n}"
    if kind == "lot":
        return "抽签号"
    ordinal = f"第{_numeral(n)}志愿"
    if kind == "quota_wish":
        return f"分配{ordinal}"
    return ordinal if kind == "unified_wish" else NEEDED[kind]


def _numeral(n: int) -> str:
    return _DIGITS[n] if n <= 10 else "十" + _DIGITS[n - 10]
