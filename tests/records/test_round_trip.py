"""The rows of all tables say everything a county holds: nothing is lost, and nothing hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from allocator.county.county import County
from allocator.records import TABLES, Plain, county_of, table
from allocator.records.whole import EMPTY
from allocator.samples.toy import toy_county
from tests.records.full import full_county

FULL = full_county()


def rows_of(county: County) -> Mapping[str, list[Plain]]:
    """What the columns of all tables say, and nothing else."""
    return {
        held.name: [{c: row.get(c) for c in held.fields} for row in held.rows(county).values()]
        for held in TABLES
    }


@pytest.mark.parametrize("county", [FULL, toy_county(), EMPTY], ids=["full", "toy", "empty"])
def test_rows_alone_make_the_county_again(county: County) -> None:
    made = county_of(rows_of(county))
    for name in County.model_fields:
        assert getattr(made, name) == getattr(county, name), name
    assert made == county


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inner(part)


def _records(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for about in model.model_fields.values():
        for inner in _inner(about.annotation):
            yield from _records(inner)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every field inside a record that holds no further record, with its way there."""
    for name in type(value).model_fields:
        inner = getattr(value, name)
        if isinstance(inner, BaseModel):
            yield from _leaves(inner, (*path, name))
        elif isinstance(inner, tuple) and inner and isinstance(inner[0], BaseModel):
            for n, one in enumerate(inner):
                yield from _leaves(one, (*path, name, n))
            if len(inner) > 1:
                yield (*path, name), inner
        else:
            yield (*path, name), inner


LEAVES = dict(_leaves(FULL))


def _kind(path: tuple[Any, ...]) -> str:
    return ".".join(str(step) for step in path if not isinstance(step, int))


def _put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The record with another value at the end of a way; nothing is checked."""
    if not path:
        return new
    if isinstance(value, tuple):
        made = list(value)
        made[path[0]] = _put(value[path[0]], path[1:], new)
        return tuple(made)
    return value.model_copy(update={path[0]: _put(getattr(value, path[0]), path[1:], new)})


def _other(value: Any) -> Any:
    """Another value of the same kind; a list turned round, or with another first entry."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float | Decimal):
        return value + 1
    if isinstance(value, tuple):
        turned = tuple(reversed(value))
        return turned if turned != value else (_other(value[0]), *value[1:])
    return {"primary": "junior", "junior": "primary"}.get(value, "other")


def test_the_full_county_fills_every_field_of_every_record() -> None:
    """Else the tests below would prove less than they say."""
    filled = {_kind(path) for path, value in LEAVES.items() if value not in (None, ())}
    held = {_kind(path) for path in LEAVES}
    assert held - filled == {"teachers.running_term"}, "of those who serve no term"
    reached = {type(FULL)}

    def walk(value: Any) -> None:
        for name in type(value).model_fields:
            inner = getattr(value, name)
            for one in inner if isinstance(inner, tuple) else (inner,):
                if isinstance(one, BaseModel):
                    reached.add(type(one))
                    walk(one)

    walk(FULL)
    assert reached == set(_records(County))


def _shown(county: County) -> Any:
    """All that the tables show; an unchecked county may have no row id that can be made."""
    return [
        [{c: row.get(c) for c in held.fields} for row in held.rows(county).values()]
        for held in TABLES
    ]


SHOWN = _shown(FULL)
UNORDERED = {
    "schools.graded_posts": "grades stand in their own order",
}
"""Lists whose order says nothing and is not kept."""


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("kind", sorted({_kind(path) for path in LEAVES}))
def test_a_change_of_any_field_is_seen_in_some_table(kind: str) -> None:
    for path, value in LEAVES.items():
        told = value not in (None, ()) and kind not in UNORDERED
        if _kind(path) == kind and told:
            assert _shown(_put(FULL, path, _other(value))) != SHOWN, path


@pytest.mark.parametrize("held", TABLES, ids=lambda t: t.name)
def test_the_id_of_a_row_follows_from_its_columns(held: Any) -> None:
    rows = held.rows(FULL)
    assert rows
    for id, row in rows.items():
        assert held.id_of({c: row.get(c) for c in held.fields}) == id
        assert held.cell(FULL, id, "id") == id
        for column in held.fields:
            assert held.cell(FULL, id, column) == row.get(column)


@pytest.mark.parametrize("held", TABLES, ids=lambda t: t.name)
def test_what_is_required_is_never_empty(held: Any) -> None:
    for row in held.rows(FULL).values():
        assert all(row[c] not in (None, "") for c in held.required if c != "order")
    if not held.single:
        assert set(held.keys) <= set(held.fields)
        assert held.id_of({}) in ("", "all")


def test_titles_of_columns_are_told_apart_in_each_table() -> None:
    for held in TABLES:
        for lang in ("zh", "en"):
            titles = [f.title.say(lang) for f in held.fields.values()]  # type: ignore[arg-type]
            assert len(set(titles)) == len(titles), held.name
    names = [t.title.zh for t in TABLES]
    assert len(set(names)) == len(names)


def test_a_repeated_record_keeps_a_row_of_its_own() -> None:
    road = FULL.travel.roads[0]
    twice = FULL.model_copy(
        update={"travel": FULL.travel.model_copy(update={"roads": (road, road)})}
    )
    assert list(table("roads").rows(twice)) == ["T1+T2", "T1+T2#2"]
    assert county_of(rows_of(twice)) == twice
