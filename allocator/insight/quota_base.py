"""What a junior high counts for in the base, in words: its columns, deductions and factor."""

from __future__ import annotations

from fractions import Fraction

from allocator.admission.claimants import Claimant, junior_places
from allocator.admission.terms import WeightedColumn
from allocator.county.places import School
from allocator.insight import quota_words as words
from allocator.insight.quota_division import Division
from allocator.insight.quota_numbers import rounded
from allocator.modelling import Language


def base_lines(found: Division, claimant: Claimant, lang: Language) -> list[str]:
    """One line a school, and the sum of a pool."""
    lines = [_counted(found, s, claimant.weights[s.id], lang) for s in claimant.schools]
    if len(lines) > 1:
        lines.append(words.SUM.say(lang).format(sum=rounded(claimant.weight)))
    return lines


def _counted(found: Division, school: School, weight: Fraction, lang: Language) -> str:
    terms = found.terms
    if terms.base == "formula":
        text = " + ".join(_column(found, school, c, lang) for c in terms.formula) or "0"
        if terms.deductions:
            less = " + ".join(_column(found, school, c, lang) for c in terms.deductions)
            text += f" {words.LESS.say(lang)} {less}"
    else:
        name = terms.column if terms.base == "column" and terms.column else terms.base
        text = _column(found, school, WeightedColumn(column=name), lang)
    remarks = [school.name + ("：" if lang == "zh" else ": ") + text]
    if school.private and terms.private_factor != 1:
        remarks.append(words.PRIVATE.say(lang).format(factor=f"{terms.private_factor}"))
    remarks.append(words.COUNTS.say(lang).format(weight=rounded(weight)))
    return ("，" if lang == "zh" else ", ").join(remarks)


def _column(found: Division, school: School, column: WeightedColumn, lang: Language) -> str:
    sections = [p.section for p in junior_places(found.scenario.county, school)]
    if column.column == "registered":
        name = words.REGISTERED.say(lang)
        amount = Fraction(sum(s.registered_graduates for s in sections))
    elif column.column == "graduates":
        name = words.GRADUATES.say(lang)
        amount = Fraction(sum(s.graduates for s in sections))
    else:
        name = column.column
        listed = (Fraction(f.amount) for f in school.figures if f.name == name)
        amount = sum(listed, Fraction(0))
    times = "" if column.weight == 1 else f" × {column.weight}"
    return f"{name} {rounded(amount)}{times}"
