"""References column by column: how very many are handed over; a profile is one row of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Self

from refbot.matching.profile import STRENGTHS, Profile
from refbot.matching.willing import packed, unpacked

ROWS = 2048  # a good size for a block: few steps, and little memory at a time


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """The fields of `Profile`, each a list with a value for every reference, in one order.

    References at one account may share one mapping of products.
    """

    reference_id: Sequence[int]
    account_id: Sequence[int]
    name: Sequence[str]
    account: Sequence[str]
    mask: Sequence[str | None]
    named_in_public: Sequence[bool]
    industry: Sequence[str | None]
    country: Sequence[str | None]
    title: Sequence[str]
    level: Sequence[str | None]
    function: Sequence[str | None]
    products: Sequence[Mapping[str, date | None]]
    tags: Sequence[frozenset[str]]
    languages: Sequence[frozenset[str]]
    willing: Sequence[int]  # `willingness`, packed
    employees: Sequence[int | None]
    strengths: Mapping[str, Sequence[int]]  # by strength; 0 is unknown
    measured_results: Sequence[int]
    status: Sequence[str]
    health: Sequence[str | None]
    consent_until: Sequence[date | None]
    has_consent: Sequence[bool]
    resting_until: Sequence[date | None]
    quarter: Sequence[date | None]
    used_this_quarter: Sequence[int]
    account_used_this_quarter: Sequence[int]
    own_limit_per_quarter: Sequence[int | None]
    months_out: Sequence[frozenset[int]]
    blocking_issue: Sequence[bool]
    renewal_date: Sequence[date | None]
    never_shown_to: Sequence[tuple[str, ...]]
    last_asked: Sequence[date | None]
    times_asked: Sequence[int]
    times_accepted: Sequence[int]
    advisory_board: Sequence[bool]

    def __len__(self) -> int:
        """Count the references."""
        return len(self.reference_id)

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> Self:
        """Turn rows into columns."""
        return cls(
            **{name: list(map(attrgetter(name), profiles)) for name in _ALIKE},
            willing=[packed(profile.willingness) for profile in profiles],
            strengths={s: [profile.strengths.get(s, 0) for profile in profiles] for s in STRENGTHS},
        )

    def profiles(self) -> Iterator[Profile]:
        """Turn columns into rows."""
        alike = zip(*(getattr(self, name) for name in _ALIKE), strict=True)
        strengths = zip(*(self.strengths[name] for name in STRENGTHS), strict=True)
        for row, willing, marks in zip(alike, self.willing, strengths, strict=True):
            yield Profile(
                **dict(zip(_ALIKE, row, strict=True)),
                willingness=unpacked(willing),
                strengths={s: mark for s, mark in zip(STRENGTHS, marks, strict=True) if mark},
            )


_ALIKE = tuple(f.name for f in fields(Profile) if f.name not in {"willingness", "strengths"})


def in_blocks(profiles: Iterable[Profile]) -> Iterator[Block]:
    """Part profiles into blocks."""
    everyone = iter(profiles)
    while piece := list(islice(everyone, ROWS)):
        yield Block.of(piece)
