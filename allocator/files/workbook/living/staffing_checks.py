"""The rules of a staffing plan that formulas can count again, each reading by reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from allocator.audit import Verdict
from allocator.county.indicators import INDICATORS
from allocator.files.workbook.living.counted import Counted, up
from allocator.files.workbook.living.movers import Living
from allocator.insight.balance_tables import indicators
from allocator.modelling import Rule, Text
from allocator.staffing.counted import CountedMoves, CountyRateFloor, away
from allocator.staffing.rules.backbone_rate import BackboneRateFloor
from allocator.staffing.rules.backbone_share import BackboneShare
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.establishment_cap import EstablishmentCap
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.graduating_rate import GraduatingRateFloor
from allocator.staffing.rules.resource_floor import ResourceFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.turnover_cap import TurnoverCap
from allocator.staffing.rules.vacancy_floor import VacancyFloor

EXCHANGE = Text("交流名单", "Exchange list")
FAMOUS = Text("名师配置", "Famous teachers")
POSTS = Text("编制岗位表", "Posts")
SCHOOLS = Text("各校指标", "School indicators")
INDICATOR_SHEET = Text("均衡指标", "Indicators")
ESTABLISHMENT = Text("学校编制汇总", "Establishment")


def counted(living: Living, rule: Rule, heard: Verdict) -> tuple[Counted, ...]:
    """Every reading of a verdict by formula; nothing where some reading cannot be."""
    make = _LIVING.get(type(rule))
    found = tuple(make(living, rule, heard)) if make is not None and living.movers else ()
    return found if len(found) == len(heard.readings) else ()


def _all_counted(living: Living, rule: CountedMoves) -> bool:
    """Whether a rule counts every exchange of the plan, whatever its kind and ground."""
    return all(
        m.move.kind in rule.kinds and m.move.ground in rule.grounds
        for m in living.seen.after.exchanges
    )


def _rate(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, CountyRateFloor) or not _all_counted(living, rule):
        return
    county = living.seen.county
    gone = sum(rule.member(t) and away(county, t, rule.also) for t in county.teacher.values())
    column = {BackboneRateFloor: "moves_is_backbone", GraduatingRateFloor: "moves_is_graduating"}
    members = column.get(type(rule))
    moved = f"SUMIF({members},1,moves_exchanged_now)" if members else "SUM(moves_exchanged_now)"
    for reading in heard.readings:
        yield Counted(reading, f"={_plus(gone)}{moved}", EXCHANGE)


def _plus(number: int) -> str:
    return f"{number}+" if number else ""


def _share(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, BackboneShare) or not _all_counted(living, rule):
        return
    asked = f"={up(rule.at_least, 'SUM(moves_exchanged_now)')}"
    for reading in heard.readings:
        yield Counted(reading, "=SUMIF(moves_is_backbone,1,moves_exchanged_now)", EXCHANGE, asked)


def _sending(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, SendingSchoolRateFloor) or not _all_counted(living, rule):
        return
    county = living.seen.county
    gone: dict[str, int] = {}
    for t in county.teacher.values():
        post = county.post_place(t) if away(county, t, rule.also) else None
        if post is not None:
            gone[post.school.id] = gone.get(post.school.id, 0) + 1
    senders = rule.senders(county)
    for reading in heard.readings:
        schools = sorted({p.school.id for p in senders[reading.where]})
        sent = "+".join(
            f"SUMIF(moves_from_school_no,{living.school_no[s]},moves_exchanged_now)"
            for s in schools
        )
        yield Counted(reading, f"={_plus(sum(gone.get(s, 0) for s in schools))}{sent}", EXCHANGE)


def _turnover(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    del rule
    for reading in heard.readings:
        school, _, side = reading.where.rpartition(":")
        no = living.school_no[school]
        actual = (
            f"=SUMIF(moves_from_school_no,{no},moves_left_now)"
            if side == "leaving"
            else f"=SUMIF(moves_at_school,{no},moves_exchanged_now)"
        )
        yield Counted(reading, actual, EXCHANGE)


def _famous(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, FamousTeacherFloor):
        return
    for reading in heard.readings:
        if reading.where == "county":
            yield Counted(reading, "=SUM(famous_have_after)", FAMOUS)
        else:
            no = living.school_no[reading.where]
            yield Counted(reading, f"=SUMIF(famous_school_no,{no},famous_have_after)", FAMOUS)


def _balance(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, BalanceCap):
        return
    table = indicators(living.scenario, living.seen, living.lang)
    there = list(zip(table["stage"], table["indicator"], strict=True))
    value = dict(zip(there, table["after"].tolist(), strict=True))
    for reading in heard.readings:
        known, _, stage = reading.where.rpartition(".")
        asked = [known] if known else list(rule.asked)
        lines = [(stage, i) for i in INDICATORS if i in asked and (stage, i) in there]
        if not lines:
            continue
        cells = ",".join(f"INDEX(indicators_after,{there.index(line) + 1})" for line in lines)
        figures = [float(value[line]) for line in lines]
        mean = rule.binds == "mean"
        now = sum(figures) / len(figures) if mean else max(figures)
        if abs(now - reading.actual) <= 1e-9:
            yield Counted(reading, f"={'AVERAGE' if mean else 'MAX'}({cells})", INDICATOR_SHEET)


def _vacancies(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, VacancyFloor):
        return
    for reading in heard.readings:
        school, _, rest = reading.where.partition("/")
        stage, _, subject = rest.partition(".")
        no = living.post(school, stage, subject)
        yield Counted(
            reading,
            f"=SUMIF(posts_no,{no},posts_in_post_after)",
            POSTS,
            f"=SUMIF(posts_no,{no},posts_posts)",
        )


def _establishment(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    del rule
    teaching = "(establishment_establishment-establishment_non_teaching)"
    before, after = "establishment_on_establishment_before", "establishment_on_establishment_after"
    known = "ISNUMBER(establishment_establishment)"
    least = f"({teaching}*({teaching}>{before})+{before}*({teaching}<={before}))"
    for reading in heard.readings:
        yield Counted(
            reading, f"=SUMPRODUCT({known}*({after}>{least})*({after}-{least}))", ESTABLISHMENT
        )


def _resources(living: Living, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, ResourceFloor):
        return
    for reading in heard.readings:
        school, _, stage = reading.where.rpartition(":")
        no = living.row_no[school, stage]
        met = f"SUMIF(school_indicators_no,{no},school_indicators_met)"
        low = f"SUMIF(school_indicators_no,{no},school_indicators_low)"
        least = rule.met_at_least
        short = f"MAX({least}-{met},{low})"
        # As the reading has it: so many more must rise as are missing or too low.
        yield Counted(reading, f"={met}", SCHOOLS, f"=IF({short}>0,{met}+{short},{least})")


_LIVING: Mapping[type[Rule], Callable[[Living, Rule, Verdict], Iterator[Counted]]] = {
    ExchangeRateFloor: _rate,
    BackboneRateFloor: _rate,
    GraduatingRateFloor: _rate,
    SendingSchoolRateFloor: _sending,
    BackboneShare: _share,
    TurnoverCap: _turnover,
    FamousTeacherFloor: _famous,
    BalanceCap: _balance,
    VacancyFloor: _vacancies,
    EstablishmentCap: _establishment,
    ResourceFloor: _resources,
}
