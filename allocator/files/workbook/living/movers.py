"""The sheets that living formulas count on: people who move, and places with their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from allocator.county.county import Place
from allocator.county.indicators import STAFF_INDICATORS, counts_for
from allocator.county.people import Teacher
from allocator.files.workbook.sheet import FIRST_ROW, Formula, Letters, Sheet
from allocator.insight.staffing_tables import famous_rule
from allocator.insight.view import BeforeAfter
from allocator.insight.vocabulary import STAGE
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.need import gives
from allocator.staffing.placement import Moved

KEY = 1_000
"""A place or school and a subject in one number: their own numbers, the subject's below this."""
_LONGEST = 200
"""Excel looks up no text longer than 255 characters."""
_SPECIAL = ("~", "*", "?")

_READ = Text("说明", "How to read this")
_PEOPLE = Text(
    "本表由公式计算，请勿改动：每人的去向取自各名单现在的内容（学校、校区），其余工作表据此重新统计。"
    "名单中整行删除或去向留空的人视为不交流；名单中新增的人不在本表，不参与计算，"
    "请用 allocator audit 核验。",
    "Formulas, not for editing: where each person goes is taken from the lists as they now read "
    "(school, campus); the other sheets count from here. Whoever is deleted from a list, or has no "
    "school there, is taken to stay; whoever is added is not counted: let allocator audit judge.",
)
_PLACES = Text(
    "本表为学部编号，供公式查找，请勿改动。",
    "Numbers of places, for formulas to look up; not for editing.",
)
_NAMES: Mapping[str, Text] = {
    "list_row": Text("名单行", "Row on the list"),
    "whole": Text("按学校校区查得", "Found by school and campus"),
    "to": Text("去向编号", "Place reached"),
    "at": Text("任教地编号", "Place served"),
    "moved": Text("交流", "Moved"),
    "exchanged_now": Text("跨校交流", "Exchanged"),
    "at_school": Text("任教学校编号", "School served"),
    "at_row": Text("任教学校学段编号", "School and stage served"),
    "at_cell": Text("任教地学科编号", "Place and subject served"),
    "left_now": Text("计入流出", "Counts as leaving"),
    "post_at": Text("编制所在编号", "Post and subject"),
    "famous_now": Text("名师权重", "Famous, weight"),
    "from": Text("原任教地编号", "Place before"),
    "from_school_no": Text("原学校编号", "School before"),
    "from_cell": Text("原任教地学科编号", "Place and subject before"),
    "post_from": Text("原编制所在编号", "Post and subject before"),
    "less": Text("减少课时", "Fewer periods"),
    "is_backbone": Text("骨干", "Backbone"),
    "is_graduating": Text("毕业班", "Graduating class"),
    **{i: Text(f"计入{i}", f"Counts in {i}") for i in STAFF_INDICATORS},
    "whole_name": Text("学校|校区|学段", "School|campus|stage"),
    "short_name": Text("学校|学段", "School|stage"),
    "no": Text("编号", "No."),
    "school_no": Text("学校编号", "School no."),
    "row_no": Text("学校学段编号", "School and stage no."),
    "opening": Text("新办", "Opens"),
}


@dataclass(frozen=True)
class Living:
    """A plan as the formulas of its workbook count it.

    Parameters
    ----------
    lists
        Teacher id -> identity of the sheet that lists the move, and the row there from 1;
        whoever is on none is counted as placed.
    """

    scenario: Scenario
    seen: BeforeAfter
    lang: Language
    lists: Mapping[str, tuple[str, int]]

    @cached_property
    def place_no(self) -> Mapping[str, int]:
        """Section id -> number, from 1."""
        return {id: n for n, id in enumerate(self.seen.county.places, start=1)}

    @cached_property
    def school_no(self) -> Mapping[str, int]:
        """School id -> number."""
        return {id: n for n, id in enumerate(self.seen.county.school, start=1)}

    @cached_property
    def row_no(self) -> Mapping[tuple[str, str], int]:
        """(school id, stage) -> number."""
        keys = dict.fromkeys((p.school.id, p.stage) for p in self.seen.county.places.values())
        return {key: n for n, key in enumerate(keys, start=1)}

    @cached_property
    def subject_no(self) -> Mapping[str, int]:
        """Subject id -> number."""
        return {id: n for n, id in enumerate(self.seen.county.subject, start=1)}

    @cached_property
    def movers(self) -> tuple[Moved, ...]:
        """Everybody who moves, by id."""
        return tuple(sorted(self.seen.after.moved, key=lambda m: m.teacher.id))

    def cell(self, section: str, subject: str) -> int:
        """The number of a section and subject."""
        return self.place_no[section] * KEY + self.subject_no[subject]

    def post(self, school: str, stage: str, subject: str) -> int:
        """The number of the posts of a school, stage and subject."""
        return self.row_no[school, stage] * KEY + self.subject_no[subject]

    @cached_property
    def opens(self) -> bool:
        """Whether any school opens, whose team no turnover counts."""
        return any(self.seen.county.opens(s) for s in self.seen.county.schools)

    def famous_weights(self, m: Moved) -> tuple[float, float]:
        """What a person counts for as a famous teacher when exchanged, and when not."""
        rule, t = famous_rule(self.scenario), m.teacher
        if not rule.famous(t):
            return 0.0, 0.0
        part = float(rule.seconded)
        runs = t.running_term is not None and t.id not in self.seen.county.returns
        return part if m.move.kind == "secondment" else 1.0, part if runs else 1.0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets of counted people and of numbered places."""
        if self.movers:
            yield self._people()
            yield self._places()

    def _words(self, codes: list[str]) -> dict[str, str]:
        return {c: _NAMES[c].say(self.lang) for c in codes if c in _NAMES}

    def _people(self) -> Sheet:
        rows = [self._person(m) for m in self.movers]
        table = pd.DataFrame(rows)
        codes = [str(c) for c in table.columns]
        return Sheet(
            Text("核验用·人员", "Counted people"),
            Text(
                "活动核验用：名单人员现在的去向", "For the living checks: people and where they go"
            ),
            table,
            names=self._words(codes),
            fixed=1,
            filtered=False,
            formulas=self._formulas(),
            below=((_READ.say(self.lang), _PEOPLE.say(self.lang)),),
            called={f"moves_{c.lower()}": c for c in codes if c not in ("teacher", "stage")},
        )

    def _person(self, m: Moved) -> dict[str, Any]:
        county, t = self.seen.county, m.teacher
        in_post = t.status == "in_post"
        at, exchanged = m.destination, m.exchange and m.move.ground != "return"
        takes, post = m.move.kind == "transfer", county.post_place(t)
        post_from = self.post(post.school.id, post.stage, t.subject) if takes and post else 0
        return {
            "teacher": t.id,
            "stage": t.stage,
            "list_row": self.lists.get(t.id, ("", 0))[1],
            "whole": self.place_no[at.id],
            "to": self.place_no[at.id],
            "at": self.place_no[at.id],
            "moved": 1,
            "exchanged_now": int(exchanged),
            "at_school": self.school_no[at.school.id],
            "at_row": self.row_no[at.school.id, at.stage] if in_post else 0,
            "at_cell": self.cell(at.id, t.subject) if in_post else 0,
            "left_now": int(exchanged and not county.opens(at.school)),
            "post_at": self.post(at.school.id, at.stage, t.subject) if post_from else 0,
            "famous_now": self.famous_weights(m)[0 if exchanged else 1],
            "from": self.place_no[m.origin.id],
            "from_school_no": self.school_no[m.origin.school.id],
            "from_cell": self.cell(m.origin.id, t.subject) if in_post else 0,
            "post_from": post_from,
            "less": self._less(t, at),
            "is_backbone": int(t.backbone),
            "is_graduating": int(t.graduating),
            **{i: int(in_post and counts_for(i, t, county)) for i in STAFF_INDICATORS},
        }

    def _less(self, t: Teacher, at: Place) -> int:
        return self.seen.county.subject[t.subject].load(at.stage) - gives(
            self.seen.county, t, at.stage
        )

    def _formulas(self) -> dict[str, Formula]:
        people = self.movers
        opening = self.opens

        def whose(row: int) -> Moved:
            return people[row - FIRST_ROW]

        def list_row(at: Letters, row: int) -> str:
            held, _ = self.lists.get(whose(row).teacher.id, ("", 0))
            return f"=IFERROR(MATCH({at['teacher']}{row},{held}_teacher,0),0)" if held else ""

        def whole(at: Letters, row: int) -> str:
            held, _ = self.lists.get(whose(row).teacher.id, ("", 0))
            if not held:
                return ""
            n, stage = f"{at['list_row']}{row}", f"{at['stage']}{row}"
            school, campus = f"INDEX({held}_to_school,{n})", f"INDEX({held}_to_campus,{n})"
            wanted = self._plain(f'{school}&"|"&{campus}&"|"&{stage}')
            return f'=IF({n}=0,0,IF({school}="",0,IFERROR(MATCH({wanted},places_whole_name,0),-1)))'

        def to(at: Letters, row: int) -> str:
            held, _ = self.lists.get(whose(row).teacher.id, ("", 0))
            if not held:
                return ""
            n, stage, found = (f"{at[c]}{row}" for c in ("list_row", "stage", "whole"))
            wanted = self._plain(f'INDEX({held}_to_school,{n})&"|"&{stage}')
            return f"=IF({found}>=0,{found},IFERROR(MATCH({wanted},places_short_name,0),-1))"

        def exchanged(at: Letters, row: int) -> str:
            if whose(row).move.ground == "return":
                return ""
            return f"={at['moved']}{row}*({at['at_school']}{row}<>{at['from_school_no']}{row})"

        def left(at: Letters, row: int) -> str:
            if whose(row).move.ground == "return":
                return ""
            stays = f"*(1-INDEX(places_opening,{at['at']}{row}))" if opening else ""
            return f"={at['exchanged_now']}{row}{stays}"

        def post_at(at: Letters, row: int) -> str:
            m = whose(row)
            if m.move.kind != "transfer" or self.seen.county.post_place(m.teacher) is None:
                return ""
            subject = self.subject_no[m.teacher.subject]
            there = f"{at['at_row']}{row}*{KEY}+{subject}"
            return f"=IF({at['moved']}{row}=1,{there},{at['post_from']}{row})"

        def serves(column: str, text: str) -> Formula:
            def formula(at: Letters, row: int) -> str:
                if whose(row).teacher.status != "in_post":
                    return ""
                return text.format(at=f"{at['at']}{row}", subject=self.subject_no[
                    whose(row).teacher.subject])  # fmt: skip

            return formula

        def famous(at: Letters, row: int) -> str:
            exchanged, stays = self.famous_weights(whose(row))
            if exchanged == stays:
                return ""
            return f"=IF({at['exchanged_now']}{row}=1,{exchanged!r},{stays!r})"

        return {
            "list_row": list_row,
            "whole": whole,
            "to": to,
            "at": lambda at, row: f"=IF({at['to']}{row}>0,{at['to']}{row},{at['from']}{row})",
            "moved": lambda at, row: (
                f"=IF(AND({at['to']}{row}>0,{at['to']}{row}<>{at['from']}{row}),1,0)"
            ),
            "exchanged_now": exchanged,
            "at_school": lambda at, row: f"=INDEX(places_school_no,{at['at']}{row})",
            "at_row": serves("at_row", "=INDEX(places_row_no,{at})"),
            "at_cell": serves("at_cell", f"={{at}}*{KEY}+{{subject}}"),
            "left_now": left,
            "post_at": post_at,
            "famous_now": famous,
        }

    @cached_property
    def _wild(self) -> bool:
        """Whether any name holds a character that a lookup takes for a pattern."""
        names = (n for whole, short in self._labels for n in (whole, short))
        return any(mark in name for name in names for mark in _SPECIAL)

    def _plain(self, text: str) -> str:
        """A text to look up in which no character is taken for a pattern."""
        for mark in _SPECIAL if self._wild else ():
            text = f'SUBSTITUTE({text},"{mark}","~{mark}")'
        return text

    @cached_property
    def _labels(self) -> tuple[tuple[str, str], ...]:
        """Names of each place: with its campus, and without where the school has no other."""
        places = tuple(self.seen.county.places.values())
        alone = Counter((p.school.id, p.stage) for p in places)
        found = []
        for p in places:
            stage = STAGE[p.stage].say(self.lang)
            whole = f"{p.school.name}|{p.campus.name}|{stage}"
            short = f"{p.school.name}|{stage}" if alone[p.school.id, p.stage] == 1 else ""
            found.append((whole, short))
        return tuple(found)

    @property
    def told_apart(self) -> bool:
        """Whether every place is known by its names, as a lookup compares them."""
        whole = [w.casefold() for w, _ in self._labels]
        short = [s.casefold() for _, s in self._labels if s]
        shortest = all(len(w) <= _LONGEST for w in whole)
        return len(set(whole)) == len(whole) and len(set(short)) == len(short) and shortest

    def _places(self) -> Sheet:
        county = self.seen.county
        rows = [
            {
                "whole_name": whole,
                "short_name": short,
                "no": self.place_no[p.id],
                "school_no": self.school_no[p.school.id],
                "row_no": self.row_no[p.school.id, p.stage],
                "opening": int(county.opens(p.school)),
            }
            for p, (whole, short) in zip(county.places.values(), self._labels, strict=True)
        ]
        table = pd.DataFrame(rows)
        codes = [str(c) for c in table.columns]
        return Sheet(
            Text("核验用·学部", "Numbered places"),
            Text("活动核验用：学部编号", "For the living checks: numbers of places"),
            table,
            names=self._words(codes),
            fixed=1,
            filtered=False,
            below=((_READ.say(self.lang), _PLACES.say(self.lang)),),
            called={f"places_{c}": c for c in codes if c != "no"},
        )


def living(
    scenario: Scenario,
    seen: BeforeAfter | None,
    lang: Language,
    lists: Mapping[str, tuple[str, int]],
) -> Living | None:
    """A plan as formulas count it; None where names do not tell places apart."""
    if seen is None:
        return None
    made = Living(scenario, seen, lang, lists)
    return made if made.told_apart else None
