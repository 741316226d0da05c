"""The way in: files are read, compared, and applied one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError, OperationalError

from refbot.errors import NotSaved
from refbot.imports.apply import applied
from refbot.imports.entities import Overtaken
from refbot.imports.files import tables_of
from refbot.imports.jobs import Progress
from refbot.imports.known import Known
from refbot.imports.meanings import Meanings
from refbot.imports.plans import Sheet, planned, sheets_of
from refbot.imports.reports import Applying, FileProblem, FileReport, Kind, Note
from refbot.storage import Database

TRIES = 3  # somebody may change what an import has just compared


def import_files(
    database: Database,
    paths: Sequence[Path],
    *,
    now: datetime,
    applying: Applying = Applying.ALL_OR_NOTHING,
    progress: Progress = lambda _step, _done, _total: None,
) -> list[FileReport]:
    """Import files and report on each table, in the order in which they were taken.

    Files are taken so that products and accounts come before what refers to them. A file that
    cannot be read is reported with line 0 and leaves the others alone. `progress` is told the
    step, and how many of how many rows are done.
    """
    known: Known | None = None
    reports = []
    files, problems = _opened(paths)
    for file in files:
        if known is None or applying is not Applying.DRY_RUN:
            known = _known(database, _kinds(files, file, applying))
        found = _imported(database, file, known, now=now, applying=applying, progress=progress)
        reports += [replace(report, file=str(file.path)) for report in (*found, *file.others)]
    return reports + problems


def look_over(paths: Sequence[Path]) -> list[FileReport]:
    """Propose how the columns of these files are read; touches no database."""
    files, problems = _opened(paths)
    proposals = [
        FileReport(
            file=str(file.path),
            sheet=sheet.table.sheet,
            kind=sheet.kind,
            rows=len(sheet.table.rows) - 1,
            mapping=sheet.mapping(),
        )
        for file in files
        for sheet in file.sheets
    ]
    return proposals + problems


@dataclass(frozen=True, slots=True)
class _File:
    """A file whose tables were recognised, beside those that were not."""

    path: Path
    sheets: list[Sheet]
    others: list[FileReport]


def _opened(paths: Sequence[Path]) -> tuple[list[_File], list[FileReport]]:
    files = []
    problems = []
    for path in dict.fromkeys(paths):
        try:
            files.append(_File(path, *sheets_of(tables_of(path))))
        except FileProblem as problem:
            note = Note(0, str(problem))
            problems.append(FileReport(file=str(path), rejected=(note,)))
    order = list(Kind)
    return sorted(files, key=lambda file: order.index(file.sheets[0].kind)), problems


def _kinds(files: Sequence[_File], one: _File, applying: Applying) -> set[Kind]:
    """Give the kinds to know of: those of the file, or in a dry run those of all files."""
    wanted = files if applying is Applying.DRY_RUN else [one]
    return {sheet.kind for file in wanted for sheet in file.sheets}


def _known(database: Database, kinds: set[Kind]) -> Known:
    for _ in range(TRIES):
        try:
            return Known.read(database, kinds)
        except Overtaken:
            continue
    raise NotSaved(_BUSY)


def _imported(
    database: Database,
    file: _File,
    known: Known,
    *,
    now: datetime,
    applying: Applying,
    progress: Progress,
) -> list[FileReport]:
    """Compare one file and apply it; when somebody changed things meanwhile, compare again."""
    for _ in range(TRIES):
        meanings = Meanings(known.own_words())
        reports = [
            planned(sheet, known, meanings, now=now, progress=progress) for sheet in file.sheets
        ]
        is_refused = applying is Applying.ALL_OR_NOTHING and any(r.rejected for r in reports)
        if is_refused or applying is Applying.DRY_RUN:
            known.settle()
            return reports
        try:
            applied(database, known.tally.touched.values(), now=now, progress=progress)
        except (Overtaken, IntegrityError):
            known = _known(database, {sheet.kind for sheet in file.sheets})
        except OperationalError as error:
            raise NotSaved(_BUSY) from error
        else:
            return [replace(report, is_applied=True) for report in reports]
    raise NotSaved(_BUSY)


_BUSY = (
    "Not imported: the database is busy with changes to the same accounts or people. "
    "Nothing of this file was changed; please start the import again."
)
