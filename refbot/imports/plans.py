"""A file's tables read and compared with what is known; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from refbot.imports.columns import Heading, heading_of
from refbot.imports.customers import LiveDays, merge_account, read_account_line
from refbot.imports.files import Table
from refbot.imports.jobs import Job, Outcome, Progress
from refbot.imports.known import Known
from refbot.imports.meanings import Meanings
from refbot.imports.members import Members
from refbot.imports.people import merge_colleague, read_colleague
from refbot.imports.pipeline import merge_opportunity, read_opportunity
from refbot.imports.products import merge_product, read_product
from refbot.imports.reading import Line, Styles, lines_of, proposal, styles_of
from refbot.imports.reports import FileProblem, FileReport, Kind, MappedColumn, Note
from refbot.imports.vouching import read_reference
from refbot.imports.words import merge_word, read_word


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was recognised."""

    table: Table
    heading: Heading
    styles: Styles

    @classmethod
    def of(cls, table: Table) -> "Sheet":
        """Recognise a table, or say why not."""
        heading = heading_of(table)
        return cls(table, heading, styles_of(table, heading))

    @property
    def kind(self) -> Kind:
        """What it holds."""
        return self.heading.kind

    @property
    def source(self) -> str:
        """The file, with the sheet if it has several."""
        return f"{self.table.file} ({self.table.sheet})" if self.table.sheet else self.table.file

    def mapping(self) -> tuple[MappedColumn, ...]:
        """Say how its columns are read."""
        return proposal(self.table, self.heading, self.styles)


def sheets_of(tables: Sequence[Table]) -> tuple[list[Sheet], list[FileReport]]:
    """Recognise a file's tables, in the order in which they build on each other.

    A workbook may hold sheets of other things beside: they are left out and reported. A file in
    which nothing is recognised is a FileProblem.
    """
    sheets, others = [], []
    for table in tables:
        try:
            sheets.append(Sheet.of(table))
        except FileProblem as problem:
            if len(tables) == 1:
                raise
            note = Note(0, f"{problem} The sheet was left out.")
            others.append(FileReport(file=table.file, sheet=table.sheet, warnings=(note,)))
    if not sheets:
        raise FileProblem(others[0].warnings[0].reason.removesuffix(" The sheet was left out."))
    order = list(Kind)
    return sorted(sheets, key=lambda sheet: order.index(sheet.kind)), others


def planned(
    sheet: Sheet, known: Known, meanings: Meanings, *, now: datetime, progress: Progress
) -> FileReport:
    """Compare a sheet with what is known; `known` then holds what the sheet makes of it."""
    lines = list(lines_of(sheet.table, sheet.heading, sheet.styles))
    job = Job(sheet.source, now, known, meanings, progress, len(lines))
    job.warnings.extend(sheet.styles.guesses)
    _merge(sheet.kind, job, lines)
    return FileReport(
        file=sheet.table.file,
        sheet=sheet.table.sheet,
        kind=sheet.kind,
        rows=job.rows,
        created=job.counts[Outcome.CREATED],
        updated=job.counts[Outcome.UPDATED],
        unchanged=job.counts[Outcome.UNCHANGED],
        rejected=tuple(sorted(job.rejected, key=lambda note: note.line)),
        warnings=tuple(sorted(job.warnings, key=lambda note: note.line)),
        mapping=sheet.mapping(),
    )


def _merge(kind: Kind, job: Job, lines: Sequence[Line]) -> None:
    match kind:
        case Kind.VOCABULARY:
            job.merge(list(job.read(lines, read_word)), partial(merge_word, job))
        case Kind.PRODUCTS:
            job.merge(list(job.read(lines, read_product)), partial(merge_product, job))
        case Kind.PEOPLE:
            job.merge(list(job.read(lines, read_colleague)), partial(merge_colleague, job))
        case Kind.ACCOUNTS:
            accounts = list(job.read(lines, partial(read_account_line, meanings=job.meanings)))
            job.merge(accounts, partial(merge_account, job, live=LiveDays(accounts)))
        case Kind.REFERENCES:
            people = list(job.read(lines, partial(read_reference, meanings=job.meanings)))
            job.merge(people, Members(job, people).merge)
        case Kind.OPPORTUNITIES:
            deals = list(job.read(lines, partial(read_opportunity, meanings=job.meanings)))
            deals.sort(key=lambda deal: not deal.is_won)  # they make the accounts of the others
            job.merge(deals, partial(merge_opportunity, job))
