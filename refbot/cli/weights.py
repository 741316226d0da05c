"""`refbot match --explain-weights`: how the weights would have ranked past decisions."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column, Table

from refbot.config import load_settings
from refbot.insight.past_choices import LeftOut
from refbot.insight.weights import Explained, Line, explained, lines, ranked_worst
from refbot.matching.judging import Measured, Share
from refbot.matching.learning import FEWEST, Told, Verdict
from refbot.matching.weights import FIT, QUALITY, MatchingPolicy
from refbot.messages.weights import ASKED, BROUGHT
from refbot.messages.words import activity
from refbot.storage import Database, upgrade

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
DOES = {name: does for name, (_, does) in BROUGHT.items()} | {
    "strengths": "Its strengths from 1 to 5, as the activity weighs them.",
    "industry": "Works in it; a part of it counts less, its parent half.",
    "product": "Uses it.",
    "level": "Has it; the level above or below counts half.",
    "function": "Works in it.",
    "country": "Is there; a country of the same region counts half or a quarter.",
    "region": "Is in one of its countries.",
    "language": "Speaks it.",
    "tag": "Has it; each tag that is asked for counts by itself.",
    "account": "Is at it; another of its industry counts half.",
    "company_size": "Has so many employees; near the band counts half.",
    "tenure": "Is a customer so long; nearly so long counts half.",
}
LEFT_OUT = {
    LeftOut.NOBODY_CHOSEN: "declined, with nobody chosen after it",
    LeftOut.HELD_BACK: "an override of what held the reference back",
    LeftOut.BETTER_KNOWN: "chosen because better known to us",
    LeftOut.ALONE: "nobody else was in play",
    LeftOut.UNSEEN: "the reference is erased, or was new to the pool",
}
HOW_TO_CHANGE = (
    "Nothing was changed. A champion changes weights in Slack: RefBot's Home, Weights, Change."
)


def explain_weights(*, since: date | None) -> Explained:
    """Read the decisions and learn from them; changes nothing."""
    with closing(Database.open(load_settings().database_url)) as database, _progress() as told:
        upgrade.must_be_current(database)
        return explained(database, since=since, told=told)


def print_as_json(found: Explained) -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False) + "\n")


def show(found: Explained) -> None:
    """Print tables and sentences."""
    past = found.past
    since = f" since {found.since}" if found.since else ""
    out.print(
        f"[bold]{len(past.choices)}[/bold] decisions{since} to learn from; {past.as_proposed} of "
        "them a yes to RefBot's own proposal, which says less than a choice of another.",
        soft_wrap=True,
    )
    for why, count in sorted(past.left_out.items()):
        out.print(f"Left out: {count}, {LEFT_OUT[why]}.")
    _show_weights(found)
    if past.choices:
        _show_shares(found)
        _show_worst(found)
    out.print(_says(found), soft_wrap=True)
    out.print(HOW_TO_CHANGE, soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Told]:
    columns = (TextColumn("Learning from the decisions"), BarColumn())
    is_watched = err.is_terminal
    with Progress(*columns, console=err, transient=True, disable=not is_watched) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _says(found: Explained) -> str:
    count, lesson = len(found.past.choices), found.lesson
    match lesson.verdict:
        case Verdict.TOO_FEW:
            return (
                f"Nothing is proposed: {count} decisions are too few to learn from; "
                f"it takes {FEWEST}."
            )
        case Verdict.NOTHING_BETTER:
            return (
                "Nothing is proposed: no other weights rank decisions that they were not learnt "
                "from better than the present ones, beyond chance."
            )
        case Verdict.BETTER:
            return (
                "Better weights are proposed: for decisions that they were not learnt from the "
                f"mean of 1/rank rises by {lesson.gain:.2f} ± {lesson.gain_error:.2f}."
            )


def _weights(found: Explained) -> Iterator[dict[str, Any]]:
    """Give each weight: what it is called, its value now and as proposed, what it does."""
    now, then = found.present, found.lesson.policy

    def row(factor: str, of: str, label: str, does: str) -> dict[str, Any]:
        def value(policy: MatchingPolicy) -> int:
            return int(getattr(policy, of)[factor] if of in _ROWS else getattr(policy, factor))

        return {
            "factor": factor,
            "of": of,
            "label": label,
            "present": value(now),
            "proposed": value(then) if then else None,
            "does": does,
        }

    yield row("fit_points", "points", "What is asked for", "Shared by the criteria of a line.")
    yield row("rotation_points", "points", "Taking turns", "Who was asked least lately.")
    for name in QUALITY:
        yield row(name, "quality", BROUGHT[name][0], DOES[name])
    for name in FIT:
        yield row(name, "fit", ASKED[name], DOES[name])


_ROWS = ("quality", "fit")


def _show_weights(found: Explained) -> None:
    table = Table("factor", _right("now"), _right("proposed"), "what it does")
    for weight in _weights(found):
        changed = weight["proposed"] not in {None, weight["present"]}
        proposed = "" if weight["proposed"] is None else str(weight["proposed"])
        if weight["factor"] == next(iter(FIT)):
            table.add_section()
        table.add_row(
            weight["label"],
            str(weight["present"]),
            f"[bold]{proposed}[/bold]" if changed else proposed,
            weight["does"],
        )
    out.print(table)
    out.print(
        "Above the line: points of 100. Below: how those for what is asked for are shared.",
        soft_wrap=True,
    )


def _right(name: str) -> Column:
    return Column(name, justify="right", no_wrap=True)


def _show_shares(found: Explained) -> None:
    table = Table(
        "decisions", _right("count"), "chosen one first", "among the first three", _right("1/rank")
    )
    for line in lines(found):
        name = activity(line.activity) if line.activity else "all"
        table.add_row(name, str(line.present.first.count), *_cells(line.present))
        if line.proposed:
            table.add_row("  by the proposed", "", *_cells(line.proposed))
    out.print(table)
    told = "Brackets: where the share lies with 95 % confidence, for so few decisions."
    if found.lesson.policy:
        told += " By the proposed: each decision ranked by weights learnt without it."
    out.print(told, soft_wrap=True)


def _cells(found: Measured) -> tuple[str, str, str]:
    return _cell(found.first), _cell(found.top_three), f"{found.mean_reciprocal_rank:.2f}"


def _cell(share: Share) -> str:
    return f"{share.part} = {share.value:.0%} ({share.low:.0%} to {share.high:.0%})"


def _show_worst(found: Explained) -> None:
    rows = ranked_worst(found)
    if not rows:
        return
    table = Table("request", "activity", "chosen", "its rank", "ranked first", title="Ranked worst")
    for row in rows:
        table.add_row(
            str(row.request_id),
            activity(row.activity),
            f"reference {row.reference_id}",
            f"{row.rank} of {row.of}",
            f"reference {row.first_reference_id or '(erased)'}",
        )
    out.print(table)


def _as_json(found: Explained) -> dict[str, Any]:
    past, lesson = found.past, found.lesson
    told = [_line_as_json(line) for line in lines(found)]
    return {
        "since": found.since.isoformat() if found.since else None,
        "decisions": len(past.choices),
        "fewest_decisions": FEWEST,
        "as_proposed": past.as_proposed,
        "left_out": {why.value: past.left_out.get(why, 0) for why in LeftOut},
        "verdict": lesson.verdict.value,
        "says": _says(found),
        "gain": {"mean_reciprocal_rank": lesson.gain, "standard_error": lesson.gain_error},
        "weights": list(_weights(found)),
        "all": told[0],
        "by_activity": told[1:],
        "ranked_worst": [asdict(row) for row in ranked_worst(found)],
    }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "activity": line.activity,
        "present": _measured_as_json(line.present),
        "proposed": _measured_as_json(line.proposed) if line.proposed else None,
    }


def _measured_as_json(found: Measured) -> dict[str, Any]:
    shares = {"first": found.first, "top_three": found.top_three}
    told = {
        name: {"part": s.part, "count": s.count, "share": s.value, "low": s.low, "high": s.high}
        for name, s in shares.items()
    }
    return told | {"mean_reciprocal_rank": found.mean_reciprocal_rank}
