"""`refbot match`: the matcher on the command line."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from refbot.cli import weights
from refbot.config import load_settings
from refbot.insight.weights import Explained
from refbot.matching.answers import as_json
from refbot.matching.criteria import Answer
from refbot.messages.criteria import in_words
from refbot.storage import Database, upgrade
from refbot.workflow.pool import Pool

out = Console(highlight=False)


def match(
    text: Annotated[
        str | None, typer.Argument(help="What a rep would type; - reads one text a line.")
    ] = None,
    *,
    as_json_object: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a text.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many candidates.")] = 3,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to count from: today.")
    ] = None,
    explain_weights: Annotated[
        bool,
        typer.Option(
            "--explain-weights",
            help="Instead of TEXT: how the weights would have ranked past decisions, and better "
            "ones. Changes nothing.",
        ),
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="With --explain-weights: decisions since a day."),
    ] = None,
) -> None:
    """Find references for a text, with reasons, as `/reference` does."""
    if explain_weights:
        _explain(text, since, weights.print_as_json if as_json_object else weights.show)
        return
    if text is None or since is not None:
        what = "--since goes with --explain-weights." if text else "Missing argument 'TEXT'."
        raise typer.BadParameter(what)
    settings = load_settings()
    database = Database.open(settings.database_url)
    upgrade.must_be_current(database)
    pool = Pool(database, settings.program.zone)
    texts = (line.rstrip("\r\n") for line in sys.stdin) if text == "-" else iter([text])
    for one in texts:
        now = datetime.now(UTC)
        day = as_of.date() if as_of else pool.today(now)
        answer = pool.matcher(now).match(one, as_of=day, limit=limit)
        if as_json_object:
            sys.stdout.write(json.dumps(as_json(answer), ensure_ascii=False) + "\n")
            sys.stdout.flush()  # who writes a line may wait for its answer before the next
        else:
            _show(answer, day)


def _explain(text: str | None, since: datetime | None, tell: Callable[[Explained], None]) -> None:
    if text is not None:
        raise typer.BadParameter("--explain-weights takes no TEXT.")
    tell(weights.explain_weights(since=since.date() if since else None))


def _show(answer: Answer, day: date) -> None:
    words = ", ".join(in_words(answer.reading.criteria)) or "no criteria"
    out.print(f"[bold]Understood[/bold]: {words}", f"(as of {day})")
    if answer.reading.not_understood:
        out.print("[bold]Not understood[/bold]:", ", ".join(answer.reading.not_understood))
    for assumed in answer.assumed:
        out.print(f"Assumed: {assumed}")
    table = Table("id", "score", "reference", "account", "why")
    for found in answer.candidates:
        why = "; ".join(f"{reason.text} (+{reason.points:.0f})" for reason in found.reasons)
        table.add_row(str(found.reference_id), f"{found.score:.1f}", found.name, found.account, why)
    for miss in answer.near_misses:
        table.add_row(
            str(miss.reference_id), f"{miss.score:.1f}", miss.name, miss.account,
            f"[yellow]held back: {', '.join(miss.blocked_by)}[/yellow]",
        )  # fmt: skip
    out.print(table if table.row_count else "Nobody fits.")
