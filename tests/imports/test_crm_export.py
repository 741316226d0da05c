"""A real CRM export, as it is: accounts, products, sales people and 8,800 opportunities."""

from datetime import date

import pytest
from sqlalchemy import func, select

from refbot.imports import Applying, FileReport, import_files
from refbot.imports.reports import Kind
from refbot.storage import Database
from refbot.storage.accounts import Account
from refbot.storage.colleagues import Colleague
from refbot.storage.opportunities import Opportunity
from tests.databases import Databases
from tests.imports.conftest import DATA, NOW, Import

CRM = DATA / "crm"
TYPED = [
    CRM / name for name in ("sales_pipeline.csv", "accounts.csv", "sales_teams.csv", "products.csv")
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crm(request: pytest.FixtureRequest, databases: Databases) -> Database:
    """The export, imported once on each engine."""
    database = Database.open(getattr(databases, request.param)())
    reports = import_files(database, TYPED, now=NOW)
    assert [(r.kind, r.created, r.rejected) for r in reports] == [
        (Kind.PRODUCTS, 7, ()),
        (Kind.PEOPLE, 35, ()),
        (Kind.ACCOUNTS, 85, ()),
        (Kind.OPPORTUNITIES, 8800, ()),
    ]
    yield database
    database.close()


def account(database: Database, name: str) -> Account:
    with database.read() as session:
        found = session.scalars(select(Account).where(Account.name == name)).one()
        _ = found.products
        return found


def test_misspelled_sectors_and_countries_are_understood(crm: Database) -> None:
    assert account(crm, "Acme Corporation").industry == "technology"
    assert account(crm, "Bioholding").country == "PH"
    with crm.read() as session:
        missing = session.scalar(
            select(func.count()).where(Account.industry.is_(None) | Account.country.is_(None))
        )
    assert missing == 0


def test_revenue_in_millions_and_parent_are_kept(crm: Database) -> None:
    kan_code = account(crm, "Kan-code")
    assert (kan_code.annual_revenue, kan_code.employees) == (11_698_030_000, 34_288)
    assert account(crm, "Bluth Company").parent_name == "Acme Corporation"


def test_a_product_spelled_differently_is_the_same(crm: Database) -> None:
    with crm.read() as session:
        deal = session.scalars(select(Opportunity).where(Opportunity.crm_id == "Z063OYW0")).one()
        assert deal.product is not None
        assert deal.product.name == "GTX Pro"
        assert (deal.opened_on, deal.close_date) == (date(2016, 10, 25), date(2017, 3, 11))
        assert (deal.amount, deal.owner_name, deal.is_won) == (4514, "Darcel Schlecht", True)


def test_a_won_deal_makes_a_customer_from_its_close_date_on(crm: Database) -> None:
    with crm.read() as session:
        first = session.execute(
            select(Opportunity.account_id, Opportunity.product_id, func.min(Opportunity.close_date))
            .where(Opportunity.is_won)
            .group_by(Opportunity.account_id, Opportunity.product_id)
        ).all()
        accounts = session.scalars(select(Account)).all()
        live = {(a.id, p.product_id): p.live_since for a in accounts for p in a.products}
    assert live == {(account_id, product_id): day for account_id, product_id, day in first}


def test_open_deals_and_deals_without_account_are_there(crm: Database) -> None:
    with crm.read() as session:
        deals = session.scalars(select(Opportunity)).all()
    assert sum(deal.is_open for deal in deals) == 2089
    assert sum(deal.prospect is None and deal.account_id is None for deal in deals) == 1425
    assert all(deal.amount is None for deal in deals if deal.is_open)


def test_sales_people_have_their_manager_and_place(crm: Database) -> None:
    with crm.read() as session:
        anna = session.scalars(select(Colleague).where(Colleague.name == "Anna Snelling")).one()
        assert (anna.manager, anna.place, anna.email) == ("Dustin Brinkmann", "Central", None)


def test_a_second_import_changes_nothing(crm: Database) -> None:
    again = import_files(crm, TYPED, now=NOW)
    assert [(r.created, r.updated, r.unchanged) for r in again] == [
        (0, 0, 7), (0, 0, 35), (0, 0, 85), (0, 0, 8800),
    ]  # fmt: skip


def test_a_dry_run_counts_the_same_and_changes_nothing(
    database: Database, imported: Import
) -> None:
    reports: list[FileReport] = imported(*TYPED, applying=Applying.DRY_RUN)
    assert [(r.created, r.updated, len(r.rejected), r.is_applied) for r in reports] == [
        (7, 0, 0, False), (35, 0, 0, False), (85, 0, 0, False), (8800, 0, 0, False),
    ]  # fmt: skip
    assert not any("not known" in note.reason for report in reports for note in report.warnings)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0
