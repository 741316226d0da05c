"""Files as people have them, told apart by content."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from refbot.imports.files import tables_in, tables_of
from refbot.imports.reports import FileProblem


def rows(content: bytes, name: str = "sheet.csv") -> list[tuple[object, ...]]:
    return [row.cells for table in tables_in(name, content) for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_recognised(delimiter: str) -> None:
    text = "Account,City,Notes\nAcme,Köln,none\nBeta,Ulm,none\n".replace(",", delimiter)
    assert rows(text.encode()) == [
        ("Account", "City", "Notes"), ("Acme", "Köln", "none"), ("Beta", "Ulm", "none"),
    ]  # fmt: skip


def test_semicolons_inside_cells_do_not_make_the_delimiter() -> None:
    text = "Account,Products\nAcme,A; B; C\nBeta,A; C\n"
    assert rows(text.encode())[1] == ("Acme", "A; B; C")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_any_usual_encoding_is_recognised(encoding: str) -> None:
    text = "Account,City\nMüller & Söhne,Düsseldorf\nEtablissements Légère,Besançon\n"
    assert rows(text.encode(encoding))[1] == ("Müller & Söhne", "Düsseldorf")


def test_excels_own_hint_of_the_delimiter_is_followed_and_keeps_the_line_numbers() -> None:
    [table] = tables_in("sheet.csv", b"sep=;\r\nAccount;City\r\nAcme;Ulm\r\n")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("Account", "City")), (3, ("Acme", "Ulm")),
    ]  # fmt: skip


def test_a_line_is_numbered_where_it_begins_though_cells_hold_line_breaks() -> None:
    [table] = tables_in("sheet.csv", b'Account,Notes\nAcme,"one\ntwo\nthree"\n\nBeta,none\n')
    assert [row.line for row in table.rows] == [1, 2, 6]


def test_a_workbook_gives_each_filled_sheet_with_dates_and_numbers() -> None:
    book = Workbook()
    book.active.title = "Customers"
    book.active.append(["Account", "Renewal"])
    book.active.append(["Acme", date(2027, 3, 1)])
    book.create_sheet("empty")
    book.create_sheet("People").append(["Name", "E-mail"])
    tables = tables_in("book.xlsx", _saved(book))
    assert [table.sheet for table in tables] == ["Customers", "People"]
    assert tables[0].rows[1].cells == ("Acme", date(2027, 3, 1))


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Account"])
    path = tmp_path / "sheet.csv"
    path.write_bytes(_saved(book))
    assert tables_of(path)[0].rows[0].cells == ("Account",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "is empty"),
        (
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nstream",
            "is a PDF document. Save the table as CSV or XLSX",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "without a password"),
        (b"PK\x03\x04" + bytes(80), "damaged or cut short"),
        (bytes(range(256)) * 40, "not a table but a binary file"),
        (b"<!DOCTYPE html><table>", "is a web page"),
        (b'Account,Notes\nAcme,"never closed ' + b"x" * 200_000, "never closed"),
    ],
)
def test_what_is_no_table_gets_a_sentence_that_says_what_to_do(
    content: bytes, sentence: str
) -> None:
    with pytest.raises(FileProblem, match=sentence):
        tables_in("sheet.csv", content)


def test_an_archive_of_something_else_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(FileProblem, match="not an Excel workbook"):
        tables_in("sheet.xlsx", buffer.getvalue())


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"nowhere\.csv cannot be read"):
        tables_of(tmp_path / "nowhere.csv")


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
