"""The pool in memory keeps equal to the database, whatever changes and wherever it is written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from refbot.lifecycle import ReferenceStatus
from refbot.matching.criteria import Answer
from refbot.matching.profile import Facet, Profile, Willingness
from refbot.matching.weights import FIT
from refbot.policy import Policy
from refbot.storage import Database, blocks, revisions, settings
from refbot.storage.accounts import Account, CompanyWord
from refbot.storage.blocks import Day
from refbot.storage.references import Health, Issue, Reference, ReferenceLanguage, Severity
from refbot.storage.revisions import Changed
from refbot.workflow import pool as pool_module
from refbot.workflow.pool import Pool
from tests.program import seed_program

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
DAY = Day.of(NOW, ZONE)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    seed_program(database, NOW)
    yield database
    database.close()


def _match(pool: Pool, text: str) -> Answer:
    return pool.matcher(NOW).match(text, as_of=NOW.date(), limit=20)


def _names(pool: Pool, text: str) -> list[str]:
    return [candidate.name for candidate in _match(pool, text).candidates]


def _profiles(database: Database, policy: Policy | None = None) -> dict[str, Profile]:
    with database.read() as session:
        read = list(blocks.everyone(session, day=DAY, policy=policy or Policy()))
        ids = [number for block in read for number in block.reference_id]
        found = [profile for block in read for profile in block.profiles()]
        assert found == blocks.profiles(session, ids, day=DAY, policy=policy or Policy())
    return {profile.name: profile for profile in found}


def test_all_pages_together_are_everyone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = _profiles(database)
    monkeypatch.setattr(blocks, "ROWS", 2)
    assert _profiles(database) == at_once
    assert len(at_once) > 4


def test_a_profile_holds_what_the_tables_say(database: Database) -> None:
    with database.write() as session:
        dana = session.query(Reference).filter_by(name="Dana Finch").one()
        dana.languages += [ReferenceLanguage(language="fr"), ReferenceLanguage(language="de")]
        dana.months_out, dana.most_per_quarter = [7, 8], 1
        dana.results = ["claims: 9 days -> 2 days", "errors: 4 % -> 1 %"]
        dana.last_used = date(2026, 11, 10)
        dana.willingness[0].answer = Willingness.NO
        refused = dana.willingness[0].activity
        dana.account.never_shown_to = ["Globex"]
        dana.account.rests_until = date(2026, 12, 24)
        blocking = Issue(account_id=dana.account_id, severity=Severity.BLOCKING, text="outage",
                         opened_on=date(2026, 11, 1))  # fmt: skip
        session.add(blocking)
    profile = _profiles(database)["Dana Finch"]
    assert profile.account == "Northwind Health"
    assert profile.languages == {"fr", "de"}
    assert profile.months_out == {7, 8}
    assert profile.own_limit_per_quarter == 1
    assert profile.measured_results == 2
    assert profile.willingness[refused] is Willingness.NO
    assert set(profile.willingness.values()) == {Willingness.YES, Willingness.NO}
    assert profile.never_shown_to == ("Globex",)
    assert profile.resting_until == date(2026, 12, 24)
    assert profile.last_asked == date(2026, 11, 10)
    assert profile.blocking_issue
    assert profile.has_consent
    assert profile.products.keys() == {"Product A"}
    assert profile.strengths["business_value"] == 5
    assert profile.quarter == date(2026, 10, 1)


def test_a_changed_reference_is_seen_by_the_next_search(database: Database) -> None:
    here, elsewhere = Pool(database, ZONE), Pool(database, ZONE)
    assert _names(here, "healthcare director")[0] == _names(elsewhere, "healthcare director")[0]
    with database.write() as session:
        dana = session.query(Reference).filter_by(name="Dana Finch").one()
        dana.status = ReferenceStatus.PAUSED
        revisions.record(session, [(Changed.REFERENCE, dana.id)])
    assert "Dana Finch" not in _names(here, "healthcare director")
    assert "Dana Finch" not in _names(elsewhere, "healthcare director")


def test_a_change_of_an_account_is_seen_at_all_its_references(database: Database) -> None:
    pool = Pool(database, ZONE)
    assert set(_names(pool, "norway")) == set()
    with database.write() as session:
        account = session.query(Account).filter_by(name="Calloway Clinics").one()
        account.country = "NO"
        revisions.record(session, [(Changed.ACCOUNT, account.id)])
    assert "Priya Nandakumar" in _names(pool, "norway")


def test_a_new_word_is_understood_by_the_next_search(database: Database) -> None:
    pool = Pool(database, ZONE)
    before = pool.matcher(NOW)
    assert _match(pool, "zorkish").reading.not_understood == ("zorkish",)
    with database.write() as session:
        session.add(CompanyWord(facet="industry", value="healthcare", text="zorkish"))
        revisions.record(session, [(Changed.WORDS, 0)])
    assert _match(pool, "zorkish").reading.criteria.wanted == {Facet.INDUSTRY: ("healthcare",)}
    assert pool.matcher(NOW) is before  # the references were not read again


@pytest.mark.parametrize("most_fuzzy", [10_000, 1])
def test_a_new_account_can_be_named_by_the_next_search(
    database: Database, most_fuzzy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "MOST_FUZZY", most_fuzzy)
    pool = Pool(database, ZONE)
    assert _match(pool, "someone like umbrella werke").reading.criteria.wanted == {}
    with database.write() as session:
        account = session.query(Account).filter_by(name="Calloway Clinics").one()
        account.name = "Umbrella Werke"
        revisions.record(session, [(Changed.ACCOUNT, account.id)])
    found = _match(pool, "someone like umbrella werke").reading.criteria.wanted
    assert found == {Facet.ACCOUNT: ("Umbrella Werke",)}


def test_new_weights_rank_the_next_search(database: Database) -> None:
    pool = Pool(database, ZONE)
    before = _match(pool, "healthcare it director").candidates
    with database.write() as session:
        matching = replace(Policy().matching, fit={**FIT, "function": 100, "industry": 1})
        settings.keep_policy(session, replace(Policy(), matching=matching))
        revisions.record(session, [(Changed.POLICY, 0)])
    after = _match(pool, "healthcare it director").candidates
    assert after[0].name == "Priya Nandakumar"
    points = {reason.factor: reason.points for reason in after[0].reasons}
    assert points["function"] > 50 > points["industry"]
    assert [one.score for one in after] != [one.score for one in before]


def test_other_rests_are_read_for_everyone(database: Database) -> None:
    with database.write() as session:
        dana = session.query(Reference).filter_by(name="Dana Finch").one()
        dana.last_used, dana.health = date(2026, 11, 1), Health.HAPPY
        dana.account.rests_until = None
    pool = Pool(database, ZONE)
    assert "Dana Finch" not in _names(pool, "healthcare director")
    with database.write() as session:
        settings.keep_policy(session, replace(Policy(), rest_after_held_days=5))
        revisions.record(session, [(Changed.POLICY, 0)])
    assert "Dana Finch" in _names(pool, "healthcare director")
