"""Tables as Parquet: for programs, with codes as they are and kinds kept."""

from __future__ import annotations

import json
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from allocator.insight.headings import COLUMNS
from allocator.insight.identity import table_without_identity
from allocator.modelling import Text

_ZH, _EN = b"title_zh", b"title_en"


def parquet_bytes(table: pd.DataFrame, title: Text) -> bytes:
    """A table as Parquet: columns and values as codes, with the headings of both languages beside.

    Whole numbers that may be absent, texts, shares and yes or no keep their kinds. The headings
    stand in the metadata of each column, title and words of the table in those of the schema.
    """
    made = pa.Table.from_pandas(table_without_identity(table), preserve_index=False)
    fields = [_headed(field) for field in made.schema]
    about = {
        **(made.schema.metadata or {}),
        _ZH: title.zh.encode(),
        _EN: title.en.encode(),
        b"words": json.dumps(_words(table), ensure_ascii=False).encode(),
    }
    schema = pa.schema(fields, metadata=about)
    held = BytesIO()
    pq.write_table(made.cast(schema), held, compression="zstd")
    return held.getvalue()


def _headed(field: pa.Field) -> pa.Field:
    known = COLUMNS.get(field.name)
    if known is None:
        return field
    return field.with_metadata({_ZH: known.title.zh.encode(), _EN: known.title.en.encode()})


def _words(table: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
    """Column -> code -> its words, Chinese and English, for coded columns: codes that occur."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in map(str, table.columns):
        words = COLUMNS[name].words if name in COLUMNS else None
        if words is not None:
            here = {v for v in table[name].tolist() if not pd.isna(v)}
            found[name] = {
                str(code): [text.zh, text.en] for code, text in words.items() if code in here
            }
    return found
