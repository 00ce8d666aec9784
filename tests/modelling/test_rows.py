"""The language of rules: rows and pieces against brute force; what every rule says of itself."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from allocator.admission.rules import RULES as ADMISSION_RULES
from allocator.admission.rules import (
    ChangeCap,
    PairMinimumFloor,
    ProtectedFactor,
    ProtectedFloor,
    QuotaShareFloor,
    SchoolMinimumFloor,
    TopUpFloor,
)
from allocator.modelling import (
    Count,
    Linear,
    Piece,
    Reading,
    Row,
    Rule,
    Text,
    cap_row,
    fraction,
    parameter,
    required,
    share_row,
    show,
    verdict,
)
from allocator.solving.program import least_slack, piece_value
from allocator.staffing.rules import RULES as STAFFING_RULES
from allocator.staffing.rules import (
    BalanceCap,
    ExchangeRateFloor,
    FamousTeacherFloor,
    ResourceFloor,
    SendingSchoolRateFloor,
    TravelCap,
    TurnoverCap,
)

EVERY_RULE = [*STAFFING_RULES, *ADMISSION_RULES]
SHARES = st.fractions(0, 1, max_denominator=100)
SMALL = st.integers(0, 40)


def linear(*terms: tuple[int, float], constant: float = 0.0) -> Linear:
    columns = np.array([c for c, _ in terms], dtype=np.int64)
    return Linear.of(columns, np.array([v for _, v in terms], dtype=np.float64), constant)


PART, WHOLE = linear((0, 1)), linear((1, 1))


def levels(*values: float) -> Any:
    return np.array(values, dtype=np.float64)


def holds(row: Row, *values: float) -> bool:
    return least_slack(row, levels(*values)) == 0


# Linear expressions


def test_repeated_columns_are_merged_and_sorted() -> None:
    found = linear((5, 1), (2, 3), (5, 4), constant=7)
    assert found.columns.tolist() == [2, 5]
    assert found.coefficients.tolist() == [3, 5]
    assert found.constant == 7


def test_what_adds_to_nothing_vanishes() -> None:
    assert linear((3, 2), (1, 1), (3, -2)).columns.tolist() == [1]
    assert linear((3, 0)).columns.size == 0


def test_sums_differences_and_multiples_are_taken_term_by_term() -> None:
    a, b = linear((0, 1), (1, 2), constant=3), linear((1, 5), (2, 7), constant=11)
    at = levels(1, 10, 100)
    assert a.value(at) == 24  # 1 + 20 + 3
    assert b.value(at) == 761  # 50 + 700 + 11
    assert (a + b).value(at) == 785
    assert (a - b).value(at) == -737
    assert (2 * a + 1).value(at) == 49
    assert (a * 0).columns.size == 0
    assert (a - a).columns.size == 0


def test_a_total_is_the_sum_of_its_parts_and_of_no_part_zero() -> None:
    parts = [linear((n % 3, n), constant=n) for n in range(1, 6)]
    # columns 1, 2, 0, 1, 2 with 1, 2, 3, 4, 5: five on 1, seven on 2, three on 0; constant 15
    assert Linear.total(parts).value(levels(1, 10, 100)) == 768
    assert Linear.total([]).value(levels()) == 0


# Shares


@pytest.mark.parametrize(
    ("share", "whole", "down", "up"),
    [
        ("0.17", 300, 51, 51),  # exactly 51, where floats say 51.00000000000001
        ("0.17", 301, 51, 52),  # 51.17
        ("0.17", 299, 50, 51),  # 50.83
        ("0.10", 10, 1, 1),
        ("0.10", 9, 0, 1),
        ("0.15", 7, 1, 2),  # 1.05
        ("0.29", 100, 29, 29),  # floats say 28.999999999999996
        ("0", 50, 0, 0),
        ("1", 50, 50, 50),
        ("0.5", 0, 0, 0),
    ],
)
def test_a_share_asks_for_whole_people(share: str, whole: int, down: int, up: int) -> None:
    assert required(Decimal(share), whole, up=False) == down
    assert required(Decimal(share), whole, up=True) == up


def test_a_share_is_a_fraction_in_lowest_terms() -> None:
    assert fraction(Decimal("0.17")) == (17, 100)
    assert fraction(Decimal("0.60")) == (3, 5)
    assert fraction(Decimal(0)) == (0, 1)


@given(SHARES, SMALL, SMALL, st.booleans())
@settings(deadline=None, max_examples=300)
def test_a_share_row_holds_exactly_where_the_rounded_share_is_reached(
    share: Fraction, part: int, whole: int, up: bool
) -> None:
    row = share_row("county", PART, WHOLE, fraction(share), up=up)
    needed = ceil(share * whole) if up else floor(share * whole)
    assert needed == required(share, whole, up=up)
    assert holds(row, part, whole) == (part >= needed)
    assert least_slack(row, levels(part, whole)) == max(0, needed - part)


@given(SHARES, SMALL, SMALL)
@settings(deadline=None, max_examples=300)
def test_a_cap_row_holds_exactly_where_the_share_is_not_exceeded(
    share: Fraction, part: int, whole: int
) -> None:
    row = cap_row("county", PART, WHOLE, fraction(share))
    most = floor(share * whole)
    assert holds(row, part, whole) == (Fraction(part) <= share * whole)
    assert least_slack(row, levels(part, whole)) == max(0, part - most)


def test_the_rows_hold_on_the_limit_and_not_one_below() -> None:
    row = share_row("county", PART, Linear.number(300), fraction(Decimal("0.17")), up=True)
    assert holds(row, 51)
    assert least_slack(row, levels(50)) == 1
    cap = cap_row("county", PART, Linear.number(300), fraction(Decimal("0.17")))
    assert holds(cap, 51)
    assert least_slack(cap, levels(53)) == 2


# Convex pieces


def piece(least: int, most: int, window: tuple[int, int] | None = None) -> Piece:
    return Piece.of(Count(PART, least, most), lambda n: n * n, window)


def test_a_piece_lists_every_count_it_can_reach() -> None:
    found = piece(2, 5)
    assert (found.first, found.values) == (2, (4, 9, 16, 25))
    assert [found.extended(n) for n in (2, 5)] == [4, 25]


@pytest.mark.parametrize(
    ("window", "first", "values"),
    [
        ((3, 4), 3, (9, 16)),
        ((0, 3), 2, (4, 9)),  # nothing below what can be reached
        ((4, 9), 4, (16, 25)),  # nothing above
        ((7, 9), 4, (16, 25)),  # all above: the last count, and one more for a slope
        ((0, 1), 2, (4, 9)),  # all below: the first, and one more for a slope
    ],
)
def test_a_window_keeps_to_the_range_of_the_count(
    window: tuple[int, int], first: int, values: tuple[int, ...]
) -> None:
    found = piece(2, 5, window)
    assert (found.first, found.values) == (first, values)


def test_outside_the_window_the_first_and_last_slope_go_on() -> None:
    found = piece(0, 9, (3, 5))  # 9, 16, 25: first slope 7, last slope 9
    assert [found.extended(n) for n in (1, 2, 3, 4, 5, 6, 8)] == [-5, 2, 9, 16, 25, 34, 52]
    assert [piece_value(found, levels(n)) for n in (1, 4, 8)] == [1, 16, 64]
    wider = found.widened(2)
    assert [wider.extended(n) for n in (1, 2, 6, 7)] == [1, 4, 36, 49]


@given(
    st.integers(0, 6), st.integers(0, 8), st.integers(0, 45), st.integers(0, 8), st.integers(1, 9)
)
@settings(deadline=None)
def test_end_slopes_never_overstate_a_convex_function(
    bend: int, slope: int, start: int, width: int, curve: int
) -> None:
    def function(n: int) -> int:
        return curve * (n - bend) ** 2 + slope * abs(n - 7)

    found = Piece.of(Count(PART, 0, 40), function, (start, start + width))
    for n in range(41):
        value = found.extended(n)
        assert value <= function(n)
        assert piece_value(found, levels(n)) == function(n)
        if start <= n <= start + width:
            assert value == function(n)
    assert len(found.values) > 1  # one count has no slope to go on with


# What a rule says of itself


def test_a_rule_is_named_after_its_class() -> None:
    class OddTeacherCap(Rule):
        """Made for this test."""

    assert OddTeacherCap.name == "odd_teacher_cap"
    for rule in EVERY_RULE:
        assert rule.name.replace("_", "") == rule.__name__.lower()


def test_no_two_rules_share_a_name() -> None:
    assert len({r.name for r in EVERY_RULE}) == len(EVERY_RULE)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            SendingSchoolRateFloor,
            [
                ("at_least", "share"),
                ("base", "choice"),
                ("rounding", "choice"),
                ("also", "choice"),
                ("pool_below", "people"),
                ("kinds", "choice"),
                ("grounds", "choice"),
            ],
        ),
        (TurnoverCap, [("leaving_at_most", "share"), ("arriving_at_most", "share")]),
        (TravelCap, [("reach", "choice"), ("within", "minutes")]),
        (
            BalanceCap,
            [
                ("primary_from", "cv"),
                ("junior_from", "cv"),
                ("from_year", "year"),
                ("primary_at_most", "cv"),
                ("junior_at_most", "cv"),
                ("to_year", "year"),
                ("binds", "choice"),
                ("indicators", "choice"),
            ],
        ),
        (SchoolMinimumFloor, [("per_school", "places")]),
    ],
    ids=lambda v: getattr(v, "name", ""),
)
def test_parameters_come_in_the_order_of_the_module_with_their_units(
    rule: type[Rule], expected: list[tuple[str, str]]
) -> None:
    assert [(p.name, p.unit) for p in rule.parameters()] == expected


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_every_field_of_a_rule_is_a_parameter_with_a_title_in_both_languages(
    rule: type[Rule],
) -> None:
    found = list(rule.parameters())
    assert sorted(p.name for p in found) == sorted(rule.model_fields)
    for about in found:
        assert about.title.zh != about.title.en
        assert (about.unit == "choice") == bool(about.choices)


RANGES: list[tuple[type[Rule], str, list[Any], list[Any]]] = [
    *(
        (rule, p.name, [0, 1, "0.17"], ["-0.01", "1.01"])
        for rule in EVERY_RULE
        for p in rule.parameters()
        if p.unit == "share"
    ),
    (SendingSchoolRateFloor, "pool_below", [0, 100], [-1, 101, 2.5]),
    (SendingSchoolRateFloor, "base", ["eligible", "free", "all"], ["nobody"]),
    (ExchangeRateFloor, "rounding", ["down", "up"], ["nearest"]),
    (TravelCap, "within", [0, 240], [-1, 241]),
    (TravelCap, "reach", ["zone", "minutes", "either"], ["anywhere"]),
    (FamousTeacherFloor, "per_100", [0, 10], ["-0.1", "10.1"]),
    (FamousTeacherFloor, "areas", [("urban",)], [(), ("village",)]),
    (FamousTeacherFloor, "lowest_level", ["county_rising", "province_special"], ["national"]),
    (BalanceCap, "primary_at_most", ["0.01", 3], [0, "3.01"]),
    (BalanceCap, "junior_at_most", ["0.01", 3], [0, "3.01"]),
    (BalanceCap, "indicators", [("L2",), ("L4", "L7")], [(), ("L8",)]),
    (BalanceCap, "binds", ["each", "largest", "mean"], ["median"]),
    (BalanceCap, "to_year", [2021, 2100], [2101]),
    (ResourceFloor, "met_at_least", [1, 7], [0, 8]),
    (SchoolMinimumFloor, "per_school", [0, 100], [-1, 101]),
    (PairMinimumFloor, "per_pair", [0, 100], [-1, 101]),
    (QuotaShareFloor, "over", ["each", "all"], ["some"]),
    (QuotaShareFloor, "first_year", [None, 2000, 2100], [1999, 2101]),
    (ProtectedFactor, "times", [1, "1.25", 5], ["0.99", "5.01"]),
    (TopUpFloor, "per", [1, 1000], [0, 1001, 2.5]),
    (TopUpFloor, "rounding", ["exact", "down", "up"], ["nearest"]),
    (ChangeCap, "places", [0, 1000], [-1, 1001]),
]


@pytest.mark.parametrize(
    ("rule", "name", "inside", "outside"), RANGES, ids=[f"{r.name}.{n}" for r, n, *_ in RANGES]
)
def test_a_parameter_takes_its_range_and_nothing_outside(
    rule: type[Rule], name: str, inside: list[Any], outside: list[Any]
) -> None:
    for value in inside:
        rule(**{name: value})
    for value in outside:
        with pytest.raises(ValidationError):
            rule(**{name: value})


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_every_sentence_names_every_parameter_in_both_languages(rule: type[Rule]) -> None:
    names = {p.name for p in rule.parameters()}
    for lang in ("zh", "en"):
        assert set(re.findall(r"{(\w+)}", rule.sentence.say(lang))) == names


def settings_of(rule: type[Rule]) -> Iterator[Rule]:
    """The rule at its defaults, and once with every value of every choice."""
    yield rule()
    for about in rule.parameters():
        listed = isinstance(getattr(rule(), about.name), tuple)
        for value, _ in about.choices:
            yield rule(**{about.name: (value,) if listed else value})


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_what_a_rule_asks_has_no_open_blank_and_differs_between_the_languages(
    rule: type[Rule],
) -> None:
    for one in settings_of(rule):
        chinese, english = one.asks("zh"), one.asks("en")
        assert not re.search(r"[{}]", chinese + english)
        assert re.search("[一-鿿]", chinese)
        assert chinese != english


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_what_a_rule_asks_in_english_has_no_chinese_sign(rule: type[Rule]) -> None:
    for one in settings_of(rule):
        assert not re.search("[\u3000-\u303f一-鿿\uff00-\uffef]", one.asks("en"))


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda r: r.name)
def test_a_choice_is_shown_in_words_and_not_as_its_code(rule: type[Rule]) -> None:
    for about in rule.parameters():
        for value, words in about.choices:
            assert show(value, about, "zh") == words.zh
            assert show(value, about, "en") == words.en


def test_what_rules_ask_reads_as_written() -> None:
    rate = ExchangeRateFloor(at_least=Decimal("0.175"), rounding="up")
    assert rate.asks("zh") == (
        "全县交流人数不低于符合交流条件教师的 17.5%（进一取整）；计交流/支教、随调，"
        "事由为交流、超编分流、个人申请、新校组建；另计：无"
    )
    assert rate.asks("en") == (
        "At least 17.5% of the teachers who are eligible are exchanged (rounded up); counting "
        "secondments, transfers, exchange, off a surplus, on application, to an opening school; "
        "counted beside: none"
    )
    cap = TurnoverCap(leaving_at_most=Decimal("0.07"), arriving_at_most=Decimal(1))
    assert "At most 7% of" in cap.asks("en")
    assert "at most 100% of" in cap.asks("en")


def test_a_yes_and_a_no_read_differently() -> None:
    for lang in ("zh", "en"):
        assert ProtectedFloor(weak=True).asks(lang) != ProtectedFloor(weak=False).asks(lang)


class MadeUpFloor(Rule):
    """At least so many."""

    measure: ClassVar[Text] = Text("人数", "people counted")
    at_least: int = parameter(3, "不少于", "at least", "people", ge=1, le=9)


def test_a_range_given_beside_the_words_is_kept() -> None:
    assert MadeUpFloor(at_least=9).at_least == 9
    with pytest.raises(ValidationError):
        MadeUpFloor(at_least=10)


@pytest.mark.parametrize(
    ("reading", "zh", "en"),
    [
        (
            Reading("S1", 3, ">=", 3, "people"),
            "甲：人数3人，应不少于3人",
            "S: people counted 3 people, needs at least 3 people",
        ),
        (
            Reading("S1", 1, ">=", 3, "people", 2),
            "甲：人数1人，应不少于3人，差2人",
            "S: people counted 1 person, needs at least 3 people, missed by 2 people",
        ),
        (
            Reading("S1", 5, "<=", 4, "people", 1),
            "甲：人数5人，应不超过4人，超出1人",
            "S: people counted 5 people, needs at most 4 people, exceeded by 1 person",
        ),
    ],
)
def test_a_verdict_says_place_count_need_and_gap(reading: Reading, zh: str, en: str) -> None:
    assert verdict(MadeUpFloor(), reading, "甲", "zh") == zh
    assert verdict(MadeUpFloor(), reading, "S", "en") == en
