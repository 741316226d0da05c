"""The sample program: fictional, of every kind, and never out of date."""

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from refbot.imports import import_files
from refbot.lifecycle import ReferenceStatus
from refbot.matching.criteria import Answer
from refbot.sandbox.program import write_sample_program
from refbot.storage import Database
from refbot.storage.accounts import Account
from refbot.storage.opportunities import Opportunity
from refbot.storage.references import Issue, Reference, Severity
from refbot.workflow.pool import Pool
from tests.databases import Databases

TODAY = date(2029, 3, 14)  # years after the sample was written
NOW = datetime(2029, 3, 14, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def program(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database.open(databases.sqlite())
    paths = write_sample_program(tmp_path_factory.mktemp("program"), TODAY)
    started = time.monotonic()
    reports = import_files(database, paths, now=NOW)
    assert time.monotonic() - started < 5
    assert [report.rejected for report in reports] == [()] * 6
    assert [note for report in reports for note in report.warnings] == []
    return database


def test_importing_it_again_changes_nothing(program: Database, tmp_path: Path) -> None:
    again = import_files(program, write_sample_program(tmp_path, TODAY), now=NOW)
    assert sum(report.created + report.updated for report in again) == 0


def test_there_are_people_in_all_states(program: Database) -> None:
    with program.read() as session:
        people = session.scalars(select(Reference)).unique().all()
        assert 110 <= len(people) <= 130
        assert {person.status for person in people} == set(ReferenceStatus)
        assert all(person.level or person.title == "Agronomist" for person in people)
        assert all((person.email or "").rpartition("@")[2].split(".", 1)[1] in
                   {"example.com", "example.org"} for person in people)  # fmt: skip


def test_there_are_sixty_customers_some_of_them_masked_or_kept_from_somebody(
    program: Database,
) -> None:
    with program.read() as session:
        accounts = session.scalars(select(Account)).all()
        assert len(accounts) == 60
        assert all(account.industry and account.country for account in accounts)
        assert all(a.mask for a in accounts if not a.may_be_named)
        assert sum(not account.may_be_named for account in accounts) >= 4
        assert any("Globex" in account.never_shown_to for account in accounts)
        soon = NOW.date() + timedelta(days=30)
        assert sum(a.renewal_date is not None and a.renewal_date <= soon for a in accounts) >= 3
        issues = Counter(session.scalars(select(Issue.severity)))
        assert set(issues) == set(Severity)


def test_there_is_a_pipeline_around_today(program: Database) -> None:
    with program.read() as session:
        deals = session.scalars(select(Opportunity)).all()
        assert len(deals) == 150
        due = [deal.close_date for deal in deals if deal.is_open and deal.close_date]
        assert min(due) > TODAY
        assert max(due) < TODAY + timedelta(days=365)


def answer(database: Database, text: str) -> Answer:
    pool = Pool(database, ZoneInfo("Europe/Berlin"))
    return pool.matcher(NOW).match(text, as_of=pool.today(NOW))


def test_the_storys_line_has_three_good_answers_and_near_misses(program: Database) -> None:
    found = answer(program, "healthcare product-A director")
    assert [candidate.account for candidate in found.candidates] == [
        "Alderbrook Health", "Castellane Cliniques", "Weserland Kliniken",
    ]  # fmt: skip
    assert [candidate.mask for candidate in found.candidates] == [
        None, None, "hospital group in northern Germany",
    ]  # fmt: skip
    assert min(candidate.score for candidate in found.candidates) > 85
    reasons = " ".join(reason for miss in found.near_misses for reason in miss.blocked_by)
    assert "renewal is near" in reasons
    assert "rests until" in reasons
