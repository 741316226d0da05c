"""All or nothing per file, in one short transaction, beside others who write."""

import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, text

from refbot.errors import NotSaved
from refbot.imports import Applying, FileReport, import_files
from refbot.imports.reports import Kind
from refbot.lifecycle import ReferenceStatus
from refbot.storage import Database, revisions
from refbot.storage.accounts import Account, Product
from refbot.storage.opportunities import Opportunity
from refbot.storage.references import Reference
from refbot.storage.revisions import Changed
from refbot.storage.settings import keep
from tests.imports.conftest import NOW, Import, Sheet

HEAD = "Account,Name,Email,Title,Status\n"
GOOD = "Acme,Dana Fox,dana@acme.example.com,CFO,Active\n"
BAD = "Acme,Lou Fox,lou@acme,CFO,Active\n"


def count(database: Database, table: type = Reference) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def many(number: int) -> str:
    return HEAD + "".join(
        f"Account {i % 500},Person {i},p{i}@x.example.com,CFO,Active\n" for i in range(number)
    )


def test_one_bad_row_leaves_the_file_out(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    [report] = imported(sheet("a.csv", HEAD + GOOD + BAD))
    assert (report.created, len(report.rejected), report.is_applied) == (1, 1, False)
    assert (count(database), count(database, Account)) == (0, 0)


def test_good_rows_are_taken_when_bad_ones_may_be_skipped(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    [report] = imported(sheet("a.csv", HEAD + GOOD + BAD), applying=Applying.SKIP_BAD_ROWS)
    assert (report.created, len(report.rejected), report.is_applied) == (1, 1, True)
    assert count(database) == 1


def test_a_file_that_cannot_be_read_leaves_the_others_alone(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    reports = imported(sheet("a.csv", "%PDF-1.7"), sheet("b.csv", HEAD + GOOD))
    assert [(Path(r.file).name, r.kind, len(r.rejected)) for r in reports] == [
        ("b.csv", Kind.REFERENCES, 0), ("a.csv", None, 1),
    ]  # fmt: skip
    assert reports[1].rejected[0].line == 0
    assert count(database) == 1


def test_a_workbook_is_one_file_and_its_other_sheets_are_told(
    database: Database, imported: Import, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.title = "Deals"
    book.active.append(["Opportunity ID", "Stage", "Account", "Product"])
    book.active.append(["D1", "Won", "Acme", "Product A"])
    customers = book.create_sheet("Customers")
    customers.append(["Account", "Industry", "Country"])
    customers.append(["Acme", "Banking", "Germany"])
    book.create_sheet("Colours").append(["red", "green"])
    book.save(tmp_path / "book.xlsx")
    reports = imported(tmp_path / "book.xlsx")
    assert [(r.sheet, r.kind, r.created) for r in reports] == [
        ("Customers", Kind.ACCOUNTS, 1), ("Deals", Kind.OPPORTUNITIES, 1), ("Colours", None, 0),
    ]  # fmt: skip
    assert "The sheet was left out" in reports[2].warnings[0].reason
    with database.read() as session:
        deal = session.scalars(select(Opportunity)).one()
        assert deal.account_id == session.scalars(select(Account.id)).one()


def test_a_workbooks_own_dates_numbers_and_ticks_are_taken(
    database: Database, imported: Import, tmp_path: Path
) -> None:
    book = Workbook()
    head = "Account,Employees,Live since,Products,Name,Email,Last used,Max asks per quarter,CAB"
    book.active.append(head.split(","))
    used = datetime(2026, 5, 1, 12, 30)  # noqa: DTZ001 - as Excel keeps them
    values = [
        "Acme",
        14200.0,
        date(2020, 12, 31),
        "Product A",
        "Dana",
        "d@x.example",
        used,
        2,
        True,
    ]
    book.active.append(values)
    book.save(tmp_path / "book.xlsx")
    [report] = imported(tmp_path / "book.xlsx")
    assert (report.created, report.rejected) == (1, ())
    with database.read() as session:
        dana = session.scalars(select(Reference)).unique().one()
        assert (dana.last_used, dana.most_per_quarter) == (date(2026, 5, 1), 2)
        assert (dana.advisory_board, dana.account.employees) == (True, 14_200)
        assert [p.live_since for p in dana.account.products] == [date(2020, 12, 31)]


def test_a_bad_row_in_one_sheet_leaves_the_whole_workbook_out(
    database: Database, imported: Import, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["Account", "Industry", "Country"])
    book.active.append(["Acme", "Banking", "Germany"])
    deals = book.create_sheet("Deals")
    deals.append(["Opportunity ID", "Stage"])
    deals.append([None, "Won"])
    book.save(tmp_path / "book.xlsx")
    assert not any(report.is_applied for report in imported(tmp_path / "book.xlsx"))
    assert count(database, Account) == 0


def test_few_changes_are_told_to_the_matchers_one_by_one(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", HEAD + GOOD))
    with database.read() as session:
        changes = {(c.kind, c.subject_id) for c in revisions.since(session, 0)}
        person = session.scalars(select(Reference)).one()
    assert changes == {
        (Changed.REFERENCE, person.id),
        (Changed.ACCOUNT, person.account_id),
        (Changed.WORDS, 0),
    }


def test_many_changes_are_told_as_one(database: Database, imported: Import, sheet: Sheet) -> None:
    imported(sheet("a.csv", many(600)))
    with database.read() as session:
        assert [(c.kind, c.subject_id) for c in revisions.since(session, 0)] == [(Changed.ALL, 0)]


def test_an_unchanged_file_is_no_revision(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    path = sheet("a.csv", HEAD + GOOD)
    imported(path)
    with database.read() as session:
        before = revisions.current(session)
    imported(path)
    with database.read() as session:
        assert revisions.current(session) == before


def test_keys_and_checks_hold_after_an_import(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    """SQLite checks them afterwards: its import works without them to be short."""
    imported(sheet("a.csv", many(50)))
    assert count(database) == 50
    if database.url.get_backend_name() == "sqlite":
        with database.read() as session:
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"


def overtaking(
    database: Database, path: Path, act: Callable[[], None], times: int = 1
) -> list[FileReport]:
    """Import a file while somebody acts between its comparing and its applying."""
    left = [act] * times

    def progress(step: str, _done: int, _total: int) -> None:
        if step == "Writing" and left:
            left.pop()()

    return import_files(database, [path], now=NOW, progress=progress)


def test_a_person_nominated_meanwhile_keeps_their_number(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", HEAD + GOOD))

    def nominate() -> None:
        with database.write() as session:
            account = session.scalars(select(Account)).one()
            session.add(
                Reference(
                    account_id=account.id,
                    name="Kim",
                    email="kim@x.example",
                    status=ReferenceStatus.NOMINATED,
                    updated_at=NOW,
                )
            )

    path = sheet("b.csv", HEAD + GOOD + GOOD.replace("Dana Fox,dana", "Lou Fox,lou"))
    [report] = overtaking(database, path, nominate)
    assert (report.created, report.unchanged, report.is_applied) == (1, 1, True)
    with database.read() as session:
        assert set(session.scalars(select(Reference.name))) == {"Dana Fox", "Kim", "Lou Fox"}


def test_an_opt_out_that_comes_meanwhile_is_not_lifted(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", HEAD + GOOD))

    def opt_out() -> None:
        with database.write() as session:
            dana = session.scalars(select(Reference)).one()
            dana.status, dana.version = ReferenceStatus.OPTED_OUT, dana.version + 1

    [report] = overtaking(database, sheet("b.csv", HEAD + GOOD.replace("CFO", "CIO")), opt_out)
    assert "has opted out" in report.warnings[0].reason
    with database.read() as session:
        dana = session.scalars(select(Reference)).one()
        assert (dana.status, dana.title) == (ReferenceStatus.OPTED_OUT, "CFO")


def test_an_import_that_is_overtaken_again_and_again_gives_up_with_a_sentence(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", HEAD + GOOD))

    def touch() -> None:
        with database.write() as session:
            dana = session.scalars(select(Reference)).one()
            dana.version += 1

    path = sheet("b.csv", HEAD + GOOD.replace("CFO", "CIO"))
    with pytest.raises(NotSaved, match="please start the import again"):
        overtaking(database, path, touch, times=9)


def test_a_newcomer_may_take_the_address_that_another_gives_up(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", HEAD + GOOD))
    changed = GOOD.replace("dana@", "d.fox@") + "Acme,Dan Fox,dana@acme.example.com,CTO,Active\n"
    [report] = imported(sheet("b.csv", HEAD + changed), applying=Applying.SKIP_BAD_ROWS)
    assert (report.created, report.updated) == (1, 1)
    assert count(database) == 2


def test_others_write_while_an_import_runs(database: Database, sheet: Sheet) -> None:
    path = sheet("a.csv", many(3000))
    done = threading.Event()
    written, refused = [], []

    def write() -> None:
        while not done.is_set():
            try:
                with database.write() as session:
                    keep(session, "beat", len(written))
                written.append(time.monotonic())
            except NotSaved as error:
                refused.append(error)
            time.sleep(0.005)

    rival = threading.Thread(target=write)
    rival.start()
    try:
        import_files(database, [path], now=NOW)
    finally:
        done.set()
        rival.join()
    assert count(database) == 3000
    assert len(written) > 5
    assert refused == []


def test_products_of_an_account_keep_their_first_day(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    head = "Opportunity ID,Account,Product,Stage,Close date\n"
    imported(sheet("a.csv", head + "1,Acme,Product A,Closed Won,2024-05-01\n"))
    imported(sheet("b.csv", head + "2,Acme,ProductA,Won,2023-01-01\n3,Beta,Product A,Engaging,\n"))
    with database.read() as session:
        acme = session.scalars(select(Account)).one()
        assert [str(p.live_since) for p in acme.products] == ["2023-01-01"]
        assert count(database, Product) == 1
