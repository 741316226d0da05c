"""Sheets with everything that goes wrong in them: a sentence for each, and never half a row."""

import csv
import io
import random
from pathlib import Path

import pytest
from sqlalchemy import select

from refbot.imports import Applying, FileReport
from refbot.storage import Database
from refbot.storage.accounts import Account, Product
from refbot.storage.opportunities import Opportunity
from tests.imports.conftest import DATA, Import, Sheet

NASTY = [
    "", "=1+1", "@SUM(A1)", "<!channel>", "<@U1|x>", "\u202eabc\u202c", "a\x00b", "x" * 201,
    "x" * 6000, "😀" * 200, "-5", "1e309", "NaN", "9" * 30, "20223-01-01", "31.02.2022", "#REF!",
    "שלום", "½", "١٢٣", "12²", "a;b;c", '"q"', "'; DROP TABLE account; --", "%s {0}", "a@b",
    "dana@example.com\r\nBcc: x@example.net", "\u200b",
    ";" * 50, "Opted out", "5k", "(5)", "\ufeff",
]  # fmt: skip
SHEETS = [*sorted((DATA / "crm").glob("*.csv")), *sorted((DATA / "matching").glob("*.csv"))]


def reasons(report: FileReport) -> str:
    return " | ".join(f"{n.line}: {n.reason}" for n in (*report.rejected, *report.warnings))


def spoiled(text: str, seed: int) -> str:
    """Put odd values into a quarter of the cells of some rows."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    header, *rows = csv.reader(io.StringIO(text))
    chosen = chance.sample(rows, min(30, len(rows)))
    odd = [[chance.choice(NASTY) if chance.random() < 0.25 else c for c in row] for row in chosen]
    out = io.StringIO()
    csv.writer(out).writerows([header, *odd])
    return out.getvalue()


@pytest.mark.parametrize("source", SHEETS, ids=lambda path: path.name)
def test_a_spoiled_sheet_is_told_row_by_row_and_stays_as_imported(
    imported: Import, sheet: Sheet, source: Path
) -> None:
    text = source.read_text(encoding="utf-8")
    for seed in range(2):
        path = sheet(f"{seed}.csv", spoiled(text, seed))
        [first] = imported(path, applying=Applying.SKIP_BAD_ROWS)
        counted = first.created + first.updated + first.unchanged + len(first.rejected)
        assert (first.rows, first.is_applied) == (counted, True)
        [again] = imported(path, applying=Applying.SKIP_BAD_ROWS)
        assert (again.created, again.updated) == (0, 0)
        assert again.rejected == first.rejected


def test_all_that_is_wrong_with_a_row_is_told_at_once(imported: Import, sheet: Sheet) -> None:
    lines = "Acme,Dana,dana@x,-5,soon,Actve,purple\n"
    head = "Account,Name,Email,Employees,Live since,Status,Health\n"
    [report] = imported(sheet("a.csv", head + lines))
    [note] = report.rejected
    for word in ("Email", "Employees", "Live since", "Status", "Health"):
        assert word in note.reason


def test_a_row_with_more_cells_than_headers_is_rejected(imported: Import, sheet: Sheet) -> None:
    text = "Account,Industry,Employees\nAcme,Banking,14,200\nBeta,Banking,90,,\n"
    [report] = imported(sheet("a.csv", text))
    assert reasons(report) == (
        "2: The line has 4 cells under 3 headers; put quotes around cells that hold the delimiter."
    )


def test_a_repeated_header_is_passed_over(imported: Import, sheet: Sheet) -> None:
    head = "Account,Industry\n"
    [report] = imported(sheet("a.csv", f"{head}Acme,Banking\n{head}Beta,Retail\n"))
    assert (report.rows, report.created) == (2, 2)


def test_two_lines_of_one_account_that_contradict_each_other_are_rejected(
    imported: Import, sheet: Sheet
) -> None:
    lines = "Acme,Banking,10\nAcme Inc,Banking,\nACME,Retail,\n"
    [report] = imported(sheet("a.csv", "Account,Industry,Employees\n" + lines))
    assert [note.line for note in report.rejected] == [4]
    assert "also in line 2 with another industry" in report.rejected[0].reason


def test_two_lines_of_one_product_that_contradict_each_other_are_rejected(
    imported: Import, sheet: Sheet
) -> None:
    [report] = imported(sheet("a.csv", "Product,Price\nGTX Pro,10\nGTXPro,11\ngtx-pro,10\n"))
    assert [(note.line, "line 2" in note.reason) for note in report.rejected] == [(3, True)]


def test_a_doubled_opportunity_is_rejected(imported: Import, sheet: Sheet) -> None:
    [report] = imported(sheet("a.csv", "Opportunity ID,Stage\nA1,Open\nA1,Won\n"))
    assert len(report.rejected) == 1
    assert "A1 is also in line" in report.rejected[0].reason


def test_an_owner_may_stand_there_by_name(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    people = sheet("people.csv", "Name,Email,Team\nSam Ortiz,sam@x.example,CS\n")
    accounts = "Account,Country,CSM\nAcme,Germany,Sam Ortiz\nBeta,Germany,Lou Reel\n"
    report = imported(sheet("accounts.csv", accounts), people)[1]
    assert "3: Owner 'Lou Reel' is not among our people" in reasons(report)
    with database.read() as session:
        owners = dict(session.execute(select(Account.name, Account.owner_email)).all())
    assert owners == {"Acme": "sam@x.example", "Beta": None}


def test_a_deal_won_later_in_the_list_makes_the_account_of_an_open_one(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    lines = "1,Engaging,Acme,Product A\n2,Won,Acme,Product A\n3,Engaging,Beta,Product A\n"
    imported(sheet("a.csv", "Opportunity ID,Stage,Account,Product\n" + lines))
    with database.read() as session:
        acme = session.scalars(select(Account)).one()
        deals = dict(session.execute(select(Opportunity.crm_id, Opportunity.account_id)).all())
    assert deals == {"1": acme.id, "2": acme.id, "3": None}


def test_a_word_that_already_means_something_else_is_rejected(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    lines = "product,Orbit 360,Orbit\nproduct,Orbit Lite,orbit\nindustry,Banking,Sparkassen\n"
    unknown = "industry,Zorbing,zorb\ncolour,red,\n"
    path = sheet("a.csv", "facet,value,aliases\n" + lines + unknown)
    [report] = imported(path, applying=Applying.SKIP_BAD_ROWS)
    told = reasons(report)
    assert "3: The word 'orbit' already means 'Orbit 360'" in told
    assert "5: 'Zorbing' is no industry that the program knows" in told
    assert "6: Facet 'colour' is not known; write one of: industry, product" in told
    with database.read() as session:
        assert list(session.scalars(select(Product.name))) == ["Orbit 360"]
    accounts = sheet("b.csv", "Account,Industry\nAcme,Sparkassen\n")
    imported(accounts)
    with database.read() as session:
        assert session.scalars(select(Account.industry)).one() == "banking"
