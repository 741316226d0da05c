"""`refbot import`: spreadsheets and CRM exports into the database."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from refbot.config import load_settings
from refbot.imports import Applying, FileReport, Note, import_files, look_over
from refbot.imports.jobs import Progress as Told
from refbot.storage import Database, upgrade

SHOWN = 20  # notes of a file; --json gives all of them
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def import_files_command(
    files: Annotated[
        list[Path], typer.Argument(help="CSV or XLSX, in any order.", exists=True, dir_okay=False)
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would happen; change nothing.")
    ] = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Take a file's good rows beside its bad ones.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Import accounts, references, products, people, opportunities or your own vocabulary.

    Columns may stand in any order and be called as people call them. A file with a bad row is
    left out as a whole unless --skip-bad-rows is given. Importing a file again changes nothing.
    """
    database = _opened()
    is_quiet = as_json or yes or dry_run or not sys.stdin.isatty()
    if not as_json:
        _show_proposals(look_over(files))
    if not is_quiet:
        typer.confirm("Import the files read like this?", abort=True, default=True)
    if_bad = Applying.SKIP_BAD_ROWS if skip_bad_rows else Applying.ALL_OR_NOTHING
    applying = Applying.DRY_RUN if dry_run else if_bad
    with _progress() as progress:
        reports = import_files(
            database,
            files,
            now=datetime.now(UTC),
            applying=applying,
            progress=progress,
        )
    if as_json:
        answer = {"files": [report.as_json() for report in reports]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    else:
        _show_results(reports, applying)
    _end(reports, if_bad)


def _opened() -> Database:
    """Open the database; one that is not there yet is set up."""
    database = Database.open(load_settings().database_url)
    if upgrade.revision(database) is None:
        upgrade.upgrade(database)
    upgrade.must_be_current(database)
    return database


@contextmanager
def _progress() -> Iterator[Told]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=err, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def told(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield told


def _show_proposals(reports: Sequence[FileReport]) -> None:
    for report in reports:
        if report.kind is None:
            continue
        title = f"{_title(report)}: {report.kind.value}, {report.rows:,} rows"
        table = Table("column", "is read as", "example", title=escape(title), title_justify="left")
        for column in report.mapping:
            style = "dim" if column.field is None else ""
            cells = (column.header, column.reading, column.example)
            table.add_row(*map(escape, cells), style=style)
        out.print(table)


def _show_results(reports: Sequence[FileReport], applying: Applying) -> None:
    table = Table(Column("file", overflow="fold"), Column("kind", no_wrap=True))
    for name in ("rows", "created", "updated", "unchanged", "rejected"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for report in reports:
        counts = (report.rows, report.created, report.updated, report.unchanged)
        table.add_row(
            escape(_title(report)),
            report.kind.value if report.kind else "?",
            *(f"{count:,}" for count in (*counts, len(report.rejected))),
            _state(report, applying),
        )
    out.print(table)
    for report in reports:
        _show_notes(report, "rejected", "red", report.rejected)
        _show_notes(report, "note", "yellow", report.warnings)


def _state(report: FileReport, applying: Applying) -> str:
    if report.is_applied:
        return "done"
    is_trial = applying is Applying.DRY_RUN and report.kind is not None
    return "dry run" if is_trial else "left out"


def _show_notes(report: FileReport, what: str, style: str, notes: Sequence[Note]) -> None:
    for note in notes[:SHOWN]:
        where = f"{_title(report)}, line {note.line}" if note.line else _title(report)
        out.print(f"[{style}]{what}[/{style}] {escape(where)}: {escape(note.reason)}")
    if len(notes) > SHOWN:
        out.print(f"… and {len(notes) - SHOWN:,} more; --json lists all of them.")


def _title(report: FileReport) -> str:
    name = Path(report.file).name
    return f"{name} ({report.sheet})" if report.sheet else name


def _end(reports: Sequence[FileReport], if_bad: Applying) -> None:
    """Leave with 1 when a file was left out, or would be."""
    unread = [report for report in reports if report.kind is None and report.rejected]
    refused = [report for report in reports if report.kind is not None and report.rejected]
    if if_bad is Applying.SKIP_BAD_ROWS:
        refused = []
    for report in unread:
        err.print(escape(report.rejected[0].reason))
    for report in refused:
        bad = len(report.rejected)
        err.print(
            f"{escape(_title(report))} is left out: {bad:,} of {report.rows:,} rows cannot be "
            "taken. Correct them, or take the others with --skip-bad-rows."
        )
    if unread or refused:
        raise typer.Exit(1)
