"""Recognise the sheets of a workbook: which table each is, and which column is which field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import RawBook, RawSheet, cell_path
from allocator.files.intake.aliases import OWN, TOGETHER
from allocator.files.intake.columns import Columns, columns_of
from allocator.files.intake.data_rows import DataRows, data_rows, filled_down
from allocator.files.intake.headings import Heading, Top
from allocator.files.intake.mapping import LEFT_ASIDE, SavedMapping, sheet_key
from allocator.files.intake.plain import plain
from allocator.files.intake.recognition import Question, RecognisedSheet, Recognition
from allocator.files.intake.vocabulary import vocabulary
from allocator.records import table as table_named

_SURE = 1.0
"""Weight of headings from which a table is taken without its name: one heading no other has."""
_TITLE, _HINT = 3.0, 1.0
"""Weight of a sheet called by the very title of a table, or by a word for it."""
_RIVAL = 0.8
"""A table with this share of the best one's weight is asked about."""
_OFFERED = 4
_SHOWN = 12


def recognise(
    book: RawBook, county: County | None = None, mapping: SavedMapping | None = None
) -> Recognition:
    """The tables of a workbook, with a question for each thing in doubt.

    What the planner settled once (``mapping``) goes first; then the titles of the fields in both
    languages, then other words that offices use. A heading that only looks like one of these is
    asked about, never taken. Hidden sheets are left aside, and said.
    """
    del county  # the same headings mean the same in every county
    found = _Found(mapping or SavedMapping())
    for sheet in book.sheets:
        found.look(sheet)
    return Recognition(
        tuple(found.tables), tuple(found.questions), tuple(found.problems), tuple(found.notes)
    )


@dataclass
class _Found:
    mapping: SavedMapping
    tables: list[RecognisedSheet] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def look(self, sheet: RawSheet) -> None:
        """Recognise one sheet."""
        settled = self.mapping.table_of(sheet.name)
        if not any(cell is not None for row in sheet.rows for cell in row):
            return
        if sheet.hidden and settled is None:
            text = "the sheet is hidden and is left aside: unhide it if it holds a table"
            self._note(sheet.name, text)
            return
        if settled == LEFT_ASIDE:
            self._note(sheet.name, "the sheet is left aside, as settled before")
            return
        top = Top(sheet)
        ranked = _ranked(top)
        if settled is not None:
            ranked = [r for r in ranked if r.table == settled]
            if not ranked:
                text = "no heading of the table {table} is in the first rows: add a row of headings"
                title = table_named(settled).title.zh
                self.problems.append(Problem(sheet.name, text, {"table": title}))
                return
        if not ranked or not (settled or ranked[0].likely):
            text = "no table is recognised here, the sheet is left aside"
            self._note(sheet.name, text)
            return
        best = ranked[0]
        rivals = [r for r in ranked if r.weight >= _RIVAL * best.weight]
        if settled is None and (len(rivals) > 1 or not best.sure):
            options = tuple(r.table for r in ranked[: max(_OFFERED, len(rivals))])
            words = Problem(sheet.name, "which table does the sheet {sheet} hold?",
                            {"sheet": sheet.name})  # fmt: skip
            self.questions.append(Question("sheet", sheet.name, words, options))
            return
        self._take(sheet, top, best)

    def _take(self, sheet: RawSheet, top: Top, best: _Ranked) -> None:
        """Take a sheet for a table, and for those it holds besides."""
        sheet = filled_down(sheet, best.row)
        main = columns_of(best.table, best.headings, self.mapping)
        beside = [
            columns
            for name in TOGETHER.get(best.table, ())
            if (columns := columns_of(name, best.headings, self.mapping, beside=True))
            and any(f in OWN[name] and c not in main.fields for c, f in columns.fields.items())
        ]
        used = sorted({c for held in (main, *beside) for c in (*held.fields, *held.keys)})
        rows = data_rows(sheet, best.row, best.headings, used)
        for doubt in main.doubts:
            self.questions.append(
                Question(
                    doubt.kind, sheet.name, doubt.problem(sheet.name, best.row), doubt.options,
                    best.table, doubt.field, doubt.column, main.written[doubt.column],
                )
            )  # fmt: skip
        asked = {doubt.column for doubt in main.doubts}
        asked |= {c for c in main.aside if any(main.written[c] in d.options for d in main.doubts)}
        aside = [c for c in main.aside if c not in used]
        for columns in (main, *beside):
            self.tables.append(
                RecognisedSheet(
                    sheet, columns.table, best.row, tuple(rows.rows), columns.fields, columns.keys,
                    columns.written, tuple(aside), columns.missing(),
                )
            )  # fmt: skip
            self._check(sheet, columns)
        self._tell(sheet, best.row, main, [c for c in aside if c not in asked], rows)

    def _check(self, sheet: RawSheet, columns: Columns) -> None:
        """Name the columns that are missing."""
        missing = columns.unsaid()
        title = table_named(columns.table).title.zh
        if missing:
            text = "{table}: column {names} is missing, without it no row can be placed: add it"
            details = {"table": title, "names": "、".join(missing)}
            self.problems.append(Problem(sheet.name, text, details))
        elif columns.missing():
            held = table_named(columns.table)
            text = "{table}: columns {names} are missing; new records need them, others keep theirs"
            names = [held.fields[name].title.zh for name in columns.missing()]
            self._note(sheet.name, text, table=title, names="、".join(names))

    def _tell(
        self, sheet: RawSheet, header: int, main: Columns, aside: Sequence[int], rows: DataRows
    ) -> None:
        """Say what was skipped and what was kept aside."""
        if aside:
            names = [main.written[c] for c in aside]
            text = "columns kept aside, as they belong to no field: {names}"
            self._note(cell_path(sheet.name, header), text, names=_listed(names))
        if rows.totals:
            text = "rows of totals are skipped: {rows}"
            self._note(sheet.name, text, rows=_numbers(rows.totals))
        if rows.repeated:
            text = "headings repeated in between are skipped: rows {rows}"
            self._note(sheet.name, text, rows=_numbers(rows.repeated))
        if rows.notes:
            text = "rows of notes are skipped: {rows}"
            self._note(sheet.name, text, rows=_numbers(rows.notes))
        if not rows.rows:
            self._note(sheet.name, "there is no row of data below the headings")

    def _note(self, path: str, text: str, **details: str) -> None:
        self.notes.append(Problem(path, text, details))


@dataclass(frozen=True)
class _Ranked:
    table: str
    weight: float
    row: int
    headings: Mapping[int, Heading]
    fields: int
    """Fields whose headings were found."""
    named: bool = False
    """Whether the name of the sheet says so too."""

    @property
    def likely(self) -> bool:
        """Whether it is worth a question."""
        return self.sure or (self.fields > 1 and 2 * self.fields >= len(self.headings))

    @property
    def sure(self) -> bool:
        """Whether it may be taken without a question: one heading alone is chance."""
        return self.weight >= _SURE and (self.fields > 1 or self.named)


def _ranked(top: Top) -> list[_Ranked]:
    """Tables a sheet may hold, each with the row its headings stand in; the likeliest first."""
    words = vocabulary()
    best: dict[str, _Ranked] = {}
    for row, headings in _candidates(top):
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for heading in headings.values():
            known = next((t for text in heading.texts if (t := words.tables(text))), {})
            for name, meant in known.items():
                weights[name][meant] = max(weights[name].get(meant, 0.0), 1 / len(known))
        for name, fields in weights.items():
            # A row of data may hold one word that is a heading too; headings come several.
            weight = sum(fields.values())
            if name not in best or weight > best[name].weight:
                best[name] = _Ranked(name, weight, row, headings, len(fields))
    named = _named(top)
    ranked = [
        replace(r, weight=r.weight + named.get(r.table, 0.0), named=r.table in named)
        for r in best.values()
        if len(r.headings) > 1 or r.table in named
    ]
    return sorted(ranked, key=lambda r: (-r.weight, r.table))


def _candidates(top: Top) -> Iterator[tuple[int, Mapping[int, Heading]]]:
    """Rows that may hold the headings."""
    for row in range(len(top.rows)):
        headings = top.headings(row)
        if not headings:
            continue
        yield row, headings
        wider = top.over_blanks(row)
        if len(wider) > len(headings) and _knows(headings):
            yield row, wider


def _knows(headings: Mapping[int, Heading]) -> bool:
    words = vocabulary()
    return any(words.tables(text) for heading in headings.values() for text in heading.texts)


def _named(top: Top) -> Mapping[str, float]:
    """What the name of the sheet and the titles in it say."""
    words = vocabulary()
    name = plain(top.sheet.name)
    exact = words.sheets.get(name) or words.sheets.get(sheet_key(name), ())
    found = dict.fromkeys(exact, _TITLE)
    for hint, table in words.hints:
        if hint in top.titles:
            found.setdefault(table, _HINT)
            break
    return found


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")


def _numbers(rows: Sequence[int]) -> str:
    return _listed([str(n + 1) for n in rows])
