"""Names and places in the file of senior highs, junior highs and pools, for sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allocator.county.county import County


@dataclass(frozen=True)
class Names:
    """What ids stand for."""

    name: Mapping[str, str]
    path: Mapping[str, str]
    """Place in the scenario of each senior high."""

    @classmethod
    def of(cls, county: County) -> Names:
        """The names of a county."""
        names = {h.id: h.name for h in county.senior_highs}
        names |= {s.id: s.name for s in county.schools}
        return cls(
            names | {p.id: p.name for p in county.quota_pools},
            {h.id: f"county.senior_highs[{n}]" for n, h in enumerate(county.senior_highs)},
        )

    def __getitem__(self, id: str) -> str:
        """The name of an id; an unknown one is its own name."""
        return self.name.get(id, id)

    def listed(self, ids: Iterable[str]) -> str:
        """A few names, and how many more there are."""
        found = [self[id] for id in ids]
        return "、".join(found[:5]) + (f" (+{len(found) - 5})" if len(found) > 5 else "")
