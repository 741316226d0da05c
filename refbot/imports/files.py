"""A file as people have it, opened: its tables with their rows, told apart by content, not name."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from refbot.imports.reports import FileProblem
from refbot.imports.workbooks import sheets_of

Cell = str | int | float | bool | date | None
LARGEST_FILE = 200 * 2**20  # bytes
MOST_ROWS = 500_000
MOST_COLUMNS = 300
LONGEST_CELL = 100_000  # characters; a runaway quote swallows the rest of the file otherwise
DELIMITERS = ",;\t|"
SNIFFED = 50  # lines

_MAGIC = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a Word document",
    b"\x1f\x8b": "a compressed archive",
    b"<!DO": "a web page",
    b"<htm": "a web page",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the number its user sees beside it, and the cells."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, or one sheet of a workbook; empty lines are left out."""

    file: str
    sheet: str | None
    rows: tuple[Row, ...]


def tables_of(path: Path) -> list[Table]:
    """Read a file. What cannot be read is a FileProblem that says what to do."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileProblem(f"{path.name} is a folder. Name the files in it.")
        if size > LARGEST_FILE:
            raise FileProblem(
                f"{path.name} is larger than {LARGEST_FILE // 2**20} MB. Split it into parts."
            )
        content = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            f"{path.name} cannot be read: {error.strerror}. Check the name and your rights."
        ) from error
    return tables_in(shown_name(path), content)


def shown_name(path: Path) -> str:
    """Give a file's name as text; on some systems it may hold bytes that are none."""
    return path.name.encode("utf-8", "replace").decode()


def tables_in(name: str, content: bytes) -> list[Table]:
    """Read what a file of this name holds."""
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise FileProblem(f"{name} is empty. Export it again with its header row.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(
            f"{name} is protected by a password or in the old .xls format. "
            "Save it from Excel as .xlsx without a password."
        )
    if content.startswith(b"PK\x03\x04"):
        return _workbook(name, content)
    for magic, what in _MAGIC.items():
        if content.lower().startswith(magic.lower()):
            raise FileProblem(f"{name} is {what}. Save the table as CSV or XLSX.")
    rows = tuple(_filled(_csv_rows(name, _decoded(name, content))))
    return [Table(name, None, rows)]


def _workbook(name: str, content: bytes) -> list[Table]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise FileProblem(f"{name} is damaged or cut short. Save it again as .xlsx.")
    found = [
        Table(name, sheet, tuple(_filled(_numbered(name, rows))))
        for sheet, rows in sheets_of(name, content)
    ]
    filled = [table for table in found if table.rows]
    if not filled:
        raise FileProblem(f"{name} has no filled sheet. Export it again with its header row.")
    return filled


def _numbered(name: str, rows: Iterable[tuple[Cell, ...]]) -> Iterator[Row]:
    for line, cells in enumerate(rows, start=1):
        _limit(name, line, cells)
        yield Row(line, cells)


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if any(cell not in {None, ""} for cell in row.cells))


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    head = content[:4000]
    if head.count(0) * 3 > len(head):  # every other byte of Latin text in UTF-16
        return content.decode(
            "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        )
    if sum(byte < 9 or 13 < byte < 32 for byte in head) * 20 > len(head):  # noqa: PLR2004 - control characters
        raise FileProblem(
            f"{name} is not a table but a binary file. Save the table as CSV or XLSX."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Excel on Windows; the five bytes that it leaves undefined read as Latin-1.
        return content.decode("cp1252", errors="replace")


def _csv_rows(name: str, text: str) -> Iterator[Row]:
    lines = text.splitlines()[:1]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == len("sep=,"):
        delimiter, skipped = lines[0][4], 1  # Excel's own hint
    else:
        delimiter, skipped = _delimiter(text), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    starts = 1
    try:
        for cells in reader:
            if starts > skipped:
                _limit(name, starts, cells)
                yield Row(starts, tuple(cells))
            starts = reader.line_num + 1
    except csv.Error as error:
        raise FileProblem(
            f'{name} cannot be read from line {starts} on ({error}). Look for a quote (") that is '
            "never closed, or export the file again."
        ) from error


def _delimiter(text: str) -> str:
    """Choose the delimiter that splits the first lines most evenly into several columns."""
    head = text[:200_000]

    def evenness(delimiter: str) -> tuple[float, int]:
        lines = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in islice(lines, SNIFFED) if any(cells)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)

    try:
        return max(DELIMITERS, key=evenness)
    except csv.Error:
        return ","


def _limit(name: str, line: int, cells: Iterable[Cell]) -> None:
    """Stop before a damaged or hostile file fills the memory."""
    if line > MOST_ROWS:
        raise FileProblem(f"{name} has more than {MOST_ROWS:,} rows. Split it into parts.")
    width = 0
    for cell in cells:
        width += 1
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            raise FileProblem(
                f"Line {line} of {name} holds a cell of {len(cell):,} characters. "
                'Look for a quote (") that is never closed.'
            )
    if width > MOST_COLUMNS:
        raise FileProblem(f"{name} has more than {MOST_COLUMNS} columns. Leave out the empty ones.")
