"""The company's own words in a file: every facet, switched-off words, what they override, back."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from refbot.insight.word_file import HEADER, lines_of_words
from refbot.storage import Database
from refbot.storage.accounts import Account, CompanyWord
from refbot.storage.words import Mark, words
from tests.imports.conftest import DATA, NOW, Import, Sheet

EVERY_FACET = """facet,value,aliases
industry,Banking,money houses
product,Ledger-X,LX; the ledger
country,DE,heimat
region,Nordics,our north
level,C-level,big cheese
function,finance,bean counters
activity,Sales call,ringaround
language,French,gallic
tag,SAP,"S/4; the blue one"
account,Northwind Health,the summit
company size,5000-,elephants
tenure,3,old friends
switched off,MD,GM
"""


def rows(database: Database) -> set[tuple[str, str, str]]:
    with database.read() as session:
        found = session.scalars(select(CompanyWord))
        return {(word.facet, word.value, word.text) for word in found}


def written(database: Database, path: Path) -> Path:
    with database.read() as session, path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *lines_of_words(session)])
    return path


def test_a_file_teaches_words_of_every_facet_and_switches_words_off(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    (report,) = imported(sheet("vocabulary.csv", EVERY_FACET))
    assert (report.created, report.rejected) == (13, ())
    found = rows(database)
    assert {facet for facet, _, _ in found} == {
        "industry", "product", "country", "region", "level", "function", "activity", "language",
        "tag", "account", "company_size", "tenure_min_years", "nothing",
    }  # fmt: skip
    assert ("company_size", "5000-", "elephants") in found
    assert {text for facet, _, text in found if facet == Mark.NOTHING} == {"MD", "GM"}
    with database.read() as session:
        off = {word.text for word in words(session) if word.facet is None}
    assert off == {"MD", "GM"}


def test_what_is_written_out_changes_nothing_when_it_is_read_again(
    database: Database, imported: Import, sheet: Sheet, tmp_path: Path
) -> None:
    imported(sheet("vocabulary.csv", EVERY_FACET))
    imported(DATA / "matching" / "vocabulary.csv")
    with database.write() as session:
        session.add(Account(name="Acme, Inc.", name_key="acme", updated_at=NOW))
        for facet, value, text in (
            ("account", "Acme, Inc.", "Acme, the big one"),
            ("tag", "SAP", "=SUM"),
            ("dismissed", "", "zorgblatt"),
            *(("tag", "SAP", f"blue {n:02} " + "x" * 100) for n in range(30)),
        ):
            session.add(CompanyWord(facet=facet, value=value, text=text))
    before = rows(database)
    file = written(database, tmp_path / "out.csv")
    assert "zorgblatt" not in file.read_text(encoding="utf-8")
    assert "'=SUM" in file.read_text(encoding="utf-8")
    (report,) = imported(file)
    assert (report.rejected, report.created, report.updated) == ((), 0, 0)
    assert report.unchanged == report.rows
    assert rows(database) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_report_tells_what_a_word_overrides(imported: Import, sheet: Sheet) -> None:
    file = sheet("vocabulary.csv", "facet,value,aliases\nfunction,Medical,MD\nnothing,,bank\n")
    (report,) = imported(file)
    told = {note.line: note.reason for note in report.warnings}
    assert "Until now 'MD' could mean C-level, Executive management or" in told[2]
    assert "it means Medical alone" in told[2]
    assert told[3] == "Until now 'bank' meant Banking; from now on it means nothing."
    (again,) = imported(file)
    assert again.warnings == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("company size,huge,whales", "write employees as 1000-"),
        ("tenure,long,old friends", "write a whole number of years"),
        ("nothing,,", "must hold a word"),
        ("nothing,,Ledger-X", "means 'Ledger-X' to you"),
        ("nothing,,LX", "means 'Ledger-X' to you"),
        ("colour,blue,azure", "Facet 'colour' is not known"),
        ("product,Other,LX", "already means 'Ledger-X'"),
    ],
)
def test_a_line_that_cannot_be_is_told_with_its_reason(
    imported: Import, sheet: Sheet, line: str, reason: str
) -> None:
    imported(sheet("first.csv", "facet,value,aliases\nproduct,Ledger-X,LX\n"))
    (report,) = imported(sheet("vocabulary.csv", f"facet,value,aliases\n{line}\n"))
    assert [reason in note.reason for note in report.rejected] == [True], report.rejected


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_number_or_a_letter_is_kept_with_a_warning(imported: Import, sheet: Sheet) -> None:
    file = sheet("vocabulary.csv", "facet,value,aliases\nproduct,Orbit 360,360; O\n")
    (report,) = imported(file)
    assert (report.created, len(report.warnings)) == (1, 2)
    assert "as a number" in report.warnings[0].reason


def test_a_file_teaches_a_word_that_was_switched_off_or_dismissed(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    with database.write() as session:
        for mark, text in ((Mark.NOTHING, "MD"), (Mark.DISMISSED, "zorgblatt")):
            session.add(CompanyWord(facet=mark, value="", text=text))
    (report,) = imported(sheet("v.csv", "facet,value,aliases\nfunction,Medical,md; Zorgblatt\n"))
    assert report.rejected == ()
    assert rows(database) == {("function", "medical", "md"), ("function", "medical", "Zorgblatt")}


def test_switched_off_words_leave_the_cells_of_other_files_alone(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("vocabulary.csv", "facet,value,aliases\nnothing,,Banking\n"))
    (report,) = imported(sheet("a.csv", "Account,Industry,Country\nBluepeak,Banking,Germany\n"))
    assert (report.created, report.warnings) == (1, ())
    with database.read() as session:
        assert session.scalars(select(Account.industry)).all() == ["banking"]
