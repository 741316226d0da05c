"""Latency over size, drawn."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from bench.matching.tables import Result

_COLOURS = {
    "refbot": "#0b6e4f", "symspell+tantivy": "#c1440e", "tantivy fuzzy": "#e08e45",
    "sqlite": "#33658a", "postgresql": "#86bbd8", "token_set_ratio": "#6b2d5c", "wratio": "#b56b9d",
    "fts5 trigram": "#6c757d", "pg_trgm": "#a5a58d",
}  # fmt: skip
_CLEAR = 1.4  # of the height of the name below
_TITLE = "Time to parse a line and rank the pool: p50 (line) to p99 (bar), one core"


def draw(results: Sequence[Result], path: Path) -> None:
    """Write the picture, in the format that the file's name ends in."""
    figure = Figure(figsize=(9, 5.5), layout="constrained")
    axes = figure.add_subplot()
    for peer in dict.fromkeys(result.peer for result in results):
        rows = sorted((r for r in results if r.peer == peer), key=lambda row: row.references)
        sizes, middle = [row.references for row in rows], [row.p50 for row in rows]
        above = [max(row.p99 - row.p50, 0) for row in rows]
        axes.errorbar(
            sizes, middle, yerr=[[0.0] * len(rows), above], label=peer, color=_COLOURS[peer],
            marker="o", markersize=4, capsize=3, elinewidth=1,
            linewidth=3 if peer == "refbot" else 1.5,
        )  # fmt: skip
    for peer, (size, height) in _labels(results).items():
        axes.annotate(
            peer, (size, height), xytext=(7, -3), textcoords="offset points",
            color=_COLOURS[peer], fontsize=9,
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="references", ylabel="milliseconds", title=_TITLE)
    axes.set_xticks(sorted({r.references for r in results}))
    axes.set_xticklabels([f"{n:,}" for n in sorted({r.references for r in results})])
    axes.minorticks_off()
    axes.margins(x=0.18)
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _labels(results: Sequence[Result]) -> dict[str, tuple[int, float]]:
    """Place each peer's name at the end of its line, clear of the one below."""
    ends = {row.peer: row for row in sorted(results, key=lambda row: row.references)}
    placed: dict[str, tuple[int, float]] = {}
    below: dict[int, float] = {}
    for peer, row in sorted(ends.items(), key=lambda end: end[1].p50):
        height = max(row.p50, below.get(row.references, 0.0) * _CLEAR)
        placed[peer], below[row.references] = (row.references, height), height
    return placed
