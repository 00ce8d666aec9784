"""How the number of each junior high came about, step by step, with the clause at each step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from allocator.admission.claimants import Claimant
from allocator.admission.record import ClaimantRecord
from allocator.insight import quota_words as words
from allocator.insight.quota_base import base_lines
from allocator.insight.quota_division import Bound, CellCheck, Division
from allocator.insight.quota_numbers import beside, equals, multiplier, rounded
from allocator.insight.vocabulary import HELD, word
from allocator.modelling import Language, Text


@dataclass(frozen=True)
class Step:
    """One step of an explanation.

    Attributes
    ----------
    code
        Key of ``quota_words.STEP_TITLE``.
    lines
        What happened, one sentence or one computation a line.
    clauses
        The clauses of the rules that act here.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """The worked explanation (名额计算说明) of one junior high or pool."""

    id: str
    name: str
    share: Fraction
    """Proportional share of all quotas together."""
    claim: Fraction
    total: int
    steps: tuple[Step, ...]

    def step(self, code: str) -> Step | None:
        """One step, None if it did not happen."""
        return next((s for s in self.steps if s.code == code), None)


def explanations(found: Division, lang: Language = "zh") -> tuple[Explanation, ...]:
    """The explanation of every junior high, in the order of the table."""
    return tuple(explained(found, id, lang) for id in found.claimants)


def explained(found: Division, id: str, lang: Language = "zh") -> Explanation:
    """The explanation of one junior high or pool."""
    return Explanation(
        id=id,
        name=found.claimants[id].name,
        share=found.due.plain[id],
        claim=found.due.columns[id],
        total=found.totals[id],
        steps=tuple(_Teller(found, found.claimants[id], lang).steps()),
    )


class _Teller:
    """Tells the steps of one junior high in one language."""

    def __init__(self, found: Division, claimant: Claimant, lang: Language) -> None:
        self.found, self.claimant, self.lang = found, claimant, lang
        self.id = claimant.id
        self.name = {h.id: h.name for h in found.highs}

    def say(self, text: Text, /, **details: object) -> str:
        return text.say(self.lang).format(**details)

    def steps(self) -> Iterator[Step]:
        """The steps that happened, in order."""
        parts: tuple[tuple[str, Callable[[], tuple[list[str], list[str]]]], ...] = (
            ("base", self._base),
            ("entitlement", self._entitlement),
            ("bounds", self._bounds),
            ("factor", self._factor),
            ("top_up", self._top_up),
            ("claim", self._claim),
            ("total", self._total),
            ("cells", self._cells),
            ("ties", self._ties),
            ("result", self._result),
        )
        for code, tell in parts:
            lines, clauses = tell()
            if lines:
                title = words.STEP_TITLE[code].say(self.lang)
                yield Step(code, title, tuple(lines), tuple(dict.fromkeys(clauses)))

    def _base(self) -> tuple[list[str], list[str]]:
        return base_lines(self.found, self.claimant, self.lang), []

    def _entitlement(self) -> tuple[list[str], list[str]]:
        found, lines = self.found, []
        for high in found.highs:
            share = found.due.shares.get((high.id, self.id))
            if share is not None:
                lines.append(
                    self.say(
                        words.QUOTA_PART,
                        high=high.name,
                        quota=found.due.quotas[high.id],
                        weight=rounded(found.counted[high.id, self.id]),
                        whole=rounded(found.counted_by[high.id]),
                        share=equals(share, rounded(share)),
                    )
                )
        if not lines:
            return [words.NO_CLAIM.say(self.lang)], []
        lines.append(self.say(words.SUM, sum=rounded(found.due.plain[self.id])))
        return lines, []

    def _bounds(self) -> tuple[list[str], list[str]]:
        bounds = self.found.bounds.get(self.id, ())
        return [self._bound(b) for b in bounds], [b.rule.clause.say(self.lang) for b in bounds]

    def _bound(self, bound: Bound) -> str:
        reading = bound.reading
        sense = {">=": words.NOT_LESS, "<=": words.NOT_MORE, "==": words.EXACTLY}[reading.sense]
        text = self.say(sense, n=f"{reading.limit:g}", actual=f"{reading.actual:g}")
        first, pair, _ = reading.where.partition(":")
        if pair and first in self.name:
            text = self.say(words.OF_HIGH, high=self.name[first], text=text)
        asked = bound.rule.title.say(self.lang) + ("" if bound.firm else self.say(words.WISHED))
        return self.say(words.ASKS, sentence=asked, verdict=text)

    def _factor(self) -> tuple[list[str], list[str]]:
        factor = self.found.due.factors.get(self.id)
        if factor is None:
            return [], []
        rules, _ = self.found.shaping(self.claimant)
        return [self.say(words.FACTOR, factor=multiplier(factor))], [
            r.clause.say(self.lang) for r in rules
        ]

    def _top_up(self) -> tuple[list[str], list[str]]:
        parts = {h: t for (h, id), t in self.found.due.top_ups.items() if id == self.id and t}
        if not parts:
            return [], []
        _, rules = self.found.shaping(self.claimant)
        lines = [self.say(words.TOP_UP, places=rounded(sum(parts.values(), Fraction(0))))]
        lines += [
            self.say(words.OF_HIGH, high=self.name.get(h, h), text=rounded(t))
            for h, t in parts.items()
        ]
        return lines, [r.clause.say(self.lang) for r in rules]

    def _claim(self) -> tuple[list[str], list[str]]:
        due = self.found.due
        own = {cell: claim for cell, claim in due.cells.items() if cell[1] == self.id}
        if all(due.shares.get(cell) == claim for cell, claim in own.items()):
            return [], []
        lines = [words.CLAIM_WHY.say(self.lang)]
        lines += [
            self.say(words.OF_HIGH, high=self.name[h], text=rounded(c)) for (h, _), c in own.items()
        ]
        return [*lines, self.say(words.SUM, sum=rounded(due.columns[self.id]))], []

    def _total(self) -> tuple[list[str], list[str]]:
        entry, terms = self.found.on_record.get(self.id), self.found.terms
        if entry is None:
            if self.found.record is not None or not self.found.due.columns[self.id]:
                return [], []
            method = words.ROUNDING[terms.rounding].say(self.lang)
            return [self.say(words.NO_MULTIPLIERS, method=method)], []
        assert self.found.record is not None
        divisor = self.found.record.divisor
        product = entry.claim**divisor.power * entry.total_multiplier
        low, high = divisor.post(max(entry.total, 1)), divisor.post(entry.total + 1)
        sentence = {"": words.TOTAL, "floor": words.TOTAL_FLOOR, "cap": words.TOTAL_CAP}[entry.held]
        line = self.say(
            sentence,
            claim=self._powered(entry.claim),
            multiplier=multiplier(entry.total_multiplier),
            product=equals(product, beside(product, low, high)),
            low=rounded(low if entry.total else Fraction(0)),
            high=rounded(high),
            places=entry.total,
        )
        by, clauses = self._by(entry)
        return [line + by], clauses

    def _by(self, entry: ClaimantRecord) -> tuple[str, list[str]]:
        if not entry.held:
            return "", []
        rule = next((c.rule for c in self.found.rules if c.rule.name == entry.rule), None)
        if rule is None:
            return words.TOTAL_ELSE.say(self.lang), []
        return self.say(words.TOTAL_BY, rule=rule.title.say(self.lang)), [
            rule.clause.say(self.lang)
        ]

    def _powered(self, claim: Fraction) -> str:
        power = self.found.record.power if self.found.record else 1
        return rounded(claim) + ("²" if power == 2 else "")

    def _cells(self) -> tuple[list[str], list[str]]:
        if self.found.record is None:
            cells = ((h, c) for (h, id), c in self.found.due.cells.items() if id == self.id)
            return [
                self.say(
                    words.CELL_PLAIN,
                    high=self.name[h],
                    claim=rounded(claim),
                    places=self.found.cells.get((h, self.id), 0),
                )
                for h, claim in cells
            ], []
        rows = {h.id: h.multiplier for h in self.found.record.senior_highs}
        return list(self._split(rows, self.found.of_claimant.get(self.id, ()))), []

    def _split(self, rows: dict[str, Fraction], cells: Iterable[CellCheck]) -> Iterator[str]:
        assert self.found.record is not None
        divisor = self.found.record.divisor
        for cell in cells:
            posts = divisor.post(max(cell.places, 1)), divisor.post(cell.places + 1)
            text = self.say(
                words.CELL,
                high=self.name[cell.senior_high],
                claim=self._powered(cell.claim),
                row=multiplier(rows[cell.senior_high]),
                column=multiplier(self.found.on_record[self.id].multiplier),
                product=equals(cell.product, beside(cell.product, *posts)),
                places=cell.places,
            )
            if cell.held:
                held = word(HELD, cell.held, self.lang)
                text += self.say(words.CELL_HELD, held=held)
            yield text

    def _ties(self) -> tuple[list[str], list[str]]:
        lines = []
        for tie in self.found.ties:
            if tie.claimant != self.id:
                continue
            details = {"places": tie.places, "other": tie.or_else}
            if tie.senior_high is None:
                lines.append(self.say(words.TIE_TOTAL, **details))
            else:
                name = self.name[tie.senior_high]
                lines.append(self.say(words.TIE_CELL, high=name, **details))
        return ([*lines, settled(self.found, self.lang)] if lines else []), []

    def _result(self) -> tuple[list[str], list[str]]:
        places = self.found.totals[self.id]
        off = places - self.found.due.plain[self.id]
        sentence = words.MORE if off > 0 else words.LESS_THAN if off < 0 else words.SAME
        difference = self.say(sentence, n=rounded(abs(off)))
        return [self.say(words.RESULT, places=places, difference=difference)], []


def settled(found: Division, lang: Language) -> str:
    """What settled the ties, without naming who drew a lot."""
    how = found.record.settled if found.record else None
    if how is None:
        return ""
    if how.by == "protocol":
        return words.PROTOCOL.say(lang)
    return words.LOT.say(lang).format(on=how.on)
