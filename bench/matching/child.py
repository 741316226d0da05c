"""`python -m bench.matching.child`: one peer in a process of its own, so that memory is its own."""

import gc
import importlib
import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.matching import forms
from bench.matching.floor import a_loop, microseconds
from bench.matching.peers import PEERS, Peer, Source
from bench.matching.peers.refbot import RefBot
from bench.matching.records import synonyms
from refbot.matching.parse import read
from refbot.matching.vocabulary import Vocabulary

WARM_UP = 20
_FEWEST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What a peer took and what it showed; a time for each line, in milliseconds."""

    peer: str
    build_seconds: float
    megabytes: float
    megabytes_on_disk: float
    milliseconds: list[float]
    parse_milliseconds: list[float]
    rank_milliseconds: list[float]  # parsing included
    pace_microseconds: list[float]  # of the machine meanwhile
    shown: list[list[int]]


def measure(peer: str, source: Source, lines: list[str], seconds: float) -> Measured:
    """Build a peer and ask it the lines, as many as fit into the seconds, after a warm-up."""
    forms.withhold()
    synonyms()
    read("hospital group in Germany", Vocabulary.of(()), as_of=source.as_of)  # loads what is lazy
    module, name = PEERS[peer]
    made: Peer = getattr(importlib.import_module(f"bench.matching.peers.{module}"), name)()
    gc.collect()
    before = _megabytes()
    started = time.perf_counter()
    made.build(source)
    built = time.perf_counter() - started
    taken, shown = _asked(made, lines, seconds)
    gc.collect()
    after = _megabytes()
    parsed, ranked, paces = _steps(made, lines) if isinstance(made, RefBot) else ([], [], [])
    return Measured(
        peer=peer,
        build_seconds=getattr(made, "seconds_before", built),
        megabytes=after - before,
        megabytes_on_disk=made.megabytes_on_disk(),
        milliseconds=taken,
        parse_milliseconds=parsed,
        rank_milliseconds=ranked,
        pace_microseconds=paces,
        shown=shown,
    )


def _asked(peer: Peer, lines: list[str], seconds: float) -> tuple[list[float], list[list[int]]]:
    """Time each line once, after the last ones have warmed everything up."""
    ends = time.perf_counter() + seconds / 4
    for line in lines[-WARM_UP:]:
        if time.perf_counter() < ends:
            peer.top3(line)
    taken: list[float] = []
    shown: list[list[int]] = []
    ends = time.perf_counter() + seconds
    for line in lines[:-WARM_UP]:
        if len(taken) >= _FEWEST and time.perf_counter() > ends:
            break
        started = time.perf_counter()
        found = peer.top3(line)
        taken.append((time.perf_counter() - started) * 1000)
        shown.append(found)
    return taken, shown


def _steps(peer: RefBot, lines: list[str]) -> tuple[list[float], list[float], list[float]]:
    """Time parsing, and parsing and ranking together, with no word looked up before; and pace."""
    parsed, ranked, paces = [], [], []
    peer.forget_words()
    for line in lines:
        started = time.perf_counter()
        after_parsing, after_ranking = peer.steps(line)
        parsed.append((after_parsing - started) * 1000)
        ranked.append((after_ranking - started) * 1000)
        paces.append(microseconds(a_loop))
    return parsed, ranked, paces


def _megabytes() -> float:
    """Give the process's memory, its share of what it shares with others."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    raise OSError(line)


def main() -> None:
    """Read what to do from standard input; write what was measured to standard output."""
    asked: dict[str, Any] = json.load(sys.stdin)
    source = Source(
        database=asked["database"],
        folder=Path(asked["folder"]),
        as_of=date.fromisoformat(asked["as_of"]),
        server=asked["server"],
    )
    measured = measure(asked["peer"], source, asked["lines"], asked["seconds"])
    sys.stdout.write("\n" + json.dumps(asdict(measured)))


if __name__ == "__main__":
    main()
