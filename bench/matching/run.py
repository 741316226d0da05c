"""`python -m bench matching`: for each size one corpus, for each peer one process, one table."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from bench.matching import picture, postgres
from bench.matching.child import WARM_UP, Measured
from bench.matching.floor import floor
from bench.matching.fresh import milliseconds_until_seen
from bench.matching.peers import PEERS
from bench.matching.stage import TODAY, Stage, set_up
from bench.matching.tables import (
    Beside,
    Result,
    print_beside,
    print_head,
    print_result,
    result,
)

SIZES = (10_000, 100_000, 1_000_000)
QUERIES = 400
SECONDS = 25.0  # for the queries of one peer at one size
MARKED_ROWS = 100_000_000  # for each line that is marked, SQL goes through all references
LARGEST = {"wratio": 10_000}  # beyond it a peer answers no query within its seconds
_SQL = frozenset(("sqlite", "postgresql"))  # with RefBot's reading: its oracles
_ON_SERVER = frozenset(("postgresql", "pg_trgm"))


def measure(arguments: Sequence[str] = ()) -> None:
    """Print the tables; write the picture and the figures where that was asked."""
    chosen = _chosen(arguments)
    print(f"\nMatching, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores of which one is used")
    results: list[Result] = []
    others: list[Beside] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="refbot-matching-")))
        server = None
        if _ON_SERVER & set(chosen.peers):
            server = stack.enter_context(postgres.running(folder))
        for references in chosen.sizes:
            own = folder / str(references)
            own.mkdir()
            print_head(references)
            marked = min(chosen.queries, MARKED_ROWS // references)
            with set_up(own, references, chosen.queries + WARM_UP, marked) as stage:
                shown: dict[str, list[list[int]]] = {}
                for peer in chosen.peers:
                    if references <= LARGEST.get(peer, references):
                        measured = _measured(peer, stage, server)
                        shown[peer] = measured.shown
                        same = _same(measured.shown, shown.get("refbot")) if peer in _SQL else None
                        marks = stage.marks(measured.shown)
                        results.append(result(references, measured, marks, same))
                        print_result(results[-1])
            seen = milliseconds_until_seen(stage.url)
            others.append(
                Beside(
                    references=references,
                    floor_microseconds=floor(references),
                    seen_milliseconds=seen,
                )
            )
            print_beside(others[-1])
    _keep(chosen, results, others)


def _chosen(arguments: Sequence[str]) -> argparse.Namespace:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",")]

    def names(text: str) -> list[str]:
        listed = text.split(",")
        if unknown := set(listed) - set(PEERS):
            raise argparse.ArgumentTypeError(f"{unknown} unknown; there are {', '.join(PEERS)}")
        return listed

    parser = argparse.ArgumentParser(prog="python -m bench matching")
    parser.add_argument("--sizes", type=numbers, default=list(SIZES), help="references, by commas")
    parser.add_argument("--peers", type=names, default=list(PEERS), help=", ".join(PEERS))
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--picture", type=Path, help="a file for latency over size, .svg or .png")
    return parser.parse_args(arguments)


def _keep(chosen: argparse.Namespace, results: list[Result], others: list[Beside]) -> None:
    if chosen.picture:
        picture.draw(results, chosen.picture)
    if chosen.json:
        figures = {
            "results": [asdict(row) for row in results],
            "beside": [asdict(row) for row in others],
        }
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _same(shown: list[list[int]], refbots: list[list[int]] | None) -> int | None:
    """Count the lines for which the same references were shown in the same order."""
    if refbots is None:
        return None
    return sum(one == other for one, other in zip(shown, refbots, strict=False))


def _measured(peer: str, stage: Stage, server: postgres.Server | None) -> Measured:
    """Run a peer in a process of its own."""
    name = f"{peer} {stage.references}"
    on_server = server if peer in _ON_SERVER else None
    asked = {
        "peer": peer,
        "database": stage.url,
        "folder": str(stage.folder),
        "as_of": TODAY.isoformat(),
        "server": on_server.database(name) if on_server else None,
        "lines": [line.text for line in stage.lines],
        "seconds": SECONDS,
    }
    command = [sys.executable, "-m", "bench.matching.child"]
    ended = subprocess.run(  # noqa: S603
        command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True
    )
    measured = Measured(**json.loads(ended.stdout.rpartition("\n")[2]))
    if on_server:
        on_server.drop(name)
    if peer == "sqlite":
        measured = replace(
            measured,
            build_seconds=stage.flat_seconds,
            megabytes_on_disk=stage.flat_megabytes,
        )
    return measured
