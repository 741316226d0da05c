"""Excel workbooks, read cell by cell without loading the whole file as objects."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from refbot.imports.reports import FileProblem

LARGEST_UNPACKED = 2**30  # bytes; a small archive can unpack to more than the memory
Cell = str | int | float | bool | date | None


def sheets_of(name: str, content: bytes) -> Iterator[tuple[str, Iterator[tuple[Cell, ...]]]]:
    """Give each sheet's title and its rows of values; formulas give what Excel last computed."""
    _check_archive(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drop-down lists and print areas
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # some programs write a wrong size into the file
                yield sheet.title, (tuple(map(_plain, row)) for row in sheet.values)
            book.close()
    except (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile) as error:
        raise FileProblem(
            f"{name} is damaged or not an Excel workbook. Open it and save it again as .xlsx."
        ) from error


def _check_archive(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise FileProblem(f"{name} is damaged or cut short. Save it again as .xlsx.") from error
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise FileProblem(
            f"{name} is an archive or another kind of document, not an Excel workbook. "
            "Save the table as CSV or XLSX."
        )
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise FileProblem(f"{name} unpacks to more than 1 GB. Split it into parts.")


def _plain(cell: object) -> Cell:
    match cell:
        case datetime():
            return cell.date()
        case date() | str() | bool() | int() | float() | None:
            return cell
        case time() | timedelta():
            return str(cell)
        case _:
            return str(cell)
