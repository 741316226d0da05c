"""What is printed, a line a peer."""

from dataclasses import dataclass
from statistics import median

from bench.bots import quantile
from bench.matching.child import Measured
from bench.matching.floor import TURNS
from bench.matching.truth import Marks

_HEAD = (
    f"{'':>18} {'build s':>8} {'MB':>7} {'disk MB':>8} {'queries':>8} {'p50 ms':>9} {'p99 ms':>9} "
    f"{'recall@3':>9} {'MRR':>6}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One peer at one size; megabytes are those above the process before it was built."""

    references: int
    peer: str
    build_seconds: float
    megabytes: float
    megabytes_on_disk: float
    queries: int
    marked: int  # of them, for recall and rank
    p50: float
    p99: float
    recall: float
    reciprocal_rank: float
    parse_p50: float | None = None
    parse_p99: float | None = None
    rank_p50: float | None = None
    rank_p99: float | None = None
    pace: float | None = None  # microseconds that a loop of Python took meanwhile
    same: int | None = None  # queries with just RefBot's answer; of peers with its reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What is measured once a size."""

    references: int
    floor_microseconds: dict[str, float]
    seen_milliseconds: list[float]


def result(
    references: int, measured: Measured, marks: list[Marks], same: int | None = None
) -> Result:
    """Sum up what a peer took and how right it was."""
    parsed, ranked = measured.parse_milliseconds, measured.rank_milliseconds
    return Result(
        references=references,
        peer=measured.peer,
        build_seconds=measured.build_seconds,
        megabytes=measured.megabytes,
        megabytes_on_disk=measured.megabytes_on_disk,
        queries=len(measured.milliseconds),
        marked=len(marks),
        p50=quantile(measured.milliseconds, 0.5),
        p99=quantile(measured.milliseconds, 0.99),
        recall=sum(mark.recall for mark in marks) / len(marks),
        reciprocal_rank=sum(mark.reciprocal_rank for mark in marks) / len(marks),
        parse_p50=quantile(parsed, 0.5) if parsed else None,
        parse_p99=quantile(parsed, 0.99) if parsed else None,
        rank_p50=quantile(ranked, 0.5) if ranked else None,
        rank_p99=quantile(ranked, 0.99) if ranked else None,
        pace=median(measured.pace_microseconds) if measured.pace_microseconds else None,
        same=same,
    )


def print_head(references: int) -> None:
    """Open the table of one size."""
    print(f"\n{references:,} references\n{_HEAD}", flush=True)


def print_result(row: Result) -> None:
    """Print a peer's line."""
    print(
        f"{row.peer:>18} {row.build_seconds:>8.1f} {row.megabytes:>7.0f} "
        f"{row.megabytes_on_disk:>8.0f} {row.queries:>8} {row.p50:>9.2f} {row.p99:>9.2f} "
        f"{row.recall:>9.3f} {row.reciprocal_rank:>6.3f}",
        flush=True,
    )
    if row.same is not None:
        print(f"{'':>18} shows what refbot shows for {row.same} of {row.queries} lines", flush=True)
    for name, p50, p99 in (
        ("parse and rank", row.rank_p50, row.rank_p99),
        ("parse alone", row.parse_p50, row.parse_p99),
    ):
        if p50 is not None and p99 is not None:
            print(f"{name:>18} {'':>34} {p50:>9.2f} {p99:>9.2f}")
    if row.pace is not None:
        print(f"{'':>18} meanwhile {TURNS:,} turns of a loop in Python took {row.pace:.0f} µs")


def print_beside(beside: Beside) -> None:
    """Print the floor of the scan and how soon changes are seen."""
    steps = ", ".join(f"{name} {taken:.0f}" for name, taken in beside.floor_microseconds.items())
    print(f"Floor of the scan in µs: {steps}")
    if beside.seen_milliseconds:
        p50, most = quantile(beside.seen_milliseconds, 0.5), max(beside.seen_milliseconds)
        print(f"A change is seen in another process after {p50:.1f} ms (p50), {most:.1f} ms (max)")
