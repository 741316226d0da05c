"""The outbox: order within a lane, one sender a row, leases, doubt, pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from refbot.storage import Database, outbox
from refbot.storage.outbox import Kind, Outbox, OutboxStatus
from tests.storage.together import together

NOW = datetime(2027, 2, 1, 14, tzinfo=UTC)
LEASE = timedelta(seconds=30)
GRACE = timedelta(seconds=5)


def add(database: Database, *lanes: str, kind: Kind = Kind.NOTE, delay: float = 0) -> None:
    with database.write() as session:
        for number, lane in enumerate(lanes):
            outbox.add(
                session, kind, lane=lane, subject_id=number, now=NOW,
                delay=timedelta(seconds=delay),
            )  # fmt: skip
            session.flush()


def claim(database: Database, now: datetime = NOW, lease: timedelta = LEASE) -> Outbox | None:
    with database.write() as session:
        return outbox.claim(session, now=now, lease=lease)


def settle(database: Database, row: Outbox, status: OutboxStatus, **values: object) -> bool:
    with database.write() as session:
        return outbox.settle(session, row.id, str(row.token), status=status, **values)


def rows(session: Session) -> list[Outbox]:
    return list(session.scalars(select(Outbox).order_by(Outbox.id)))


def test_a_lane_leaves_in_order_and_lanes_do_not_wait_for_each_other(database: Database) -> None:
    add(database, "request:1", "request:1", "request:2", "request:1")
    first, second = claim(database), claim(database)
    assert (first.lane, second.lane) == ("request:1", "request:2")
    assert claim(database) is None
    assert settle(database, first, OutboxStatus.SENT)
    assert claim(database).id == first.id + 1


def test_what_waits_for_its_time_holds_its_lane_only_once_the_time_has_come(
    database: Database,
) -> None:
    add(database, "colleague:1", delay=10)
    add(database, "colleague:1")
    later = claim(database)
    assert later.id == 2
    settle(database, later, OutboxStatus.SENT)
    assert claim(database) is None
    with database.read() as session:
        assert outbox.next_not_before(session, NOW) == NOW + timedelta(seconds=10)
        assert outbox.unfinished(session, due_by=NOW) == 0
        assert outbox.unfinished(session, due_by=NOW + timedelta(seconds=10)) == 1
    assert claim(database, NOW + timedelta(seconds=10)).id == 1


def test_many_senders_claim_each_row_once(database: Database) -> None:
    add(database, *(f"colleague:{number}" for number in range(24)))

    def take(_: int) -> list[int]:
        taken = []
        while row := claim(database):
            taken.append(row.id)
        return taken

    taken = [row for rows_ in together(6, take) for row in rows_]
    assert sorted(taken) == list(range(1, 25))


def test_a_lease_that_ran_out_turns_doubtful_and_its_late_sender_has_no_say(
    database: Database,
) -> None:
    add(database, "request:1", "request:1")
    row = claim(database, lease=timedelta(seconds=-1))
    with database.write() as session:
        assert outbox.doubt_expired(session, grace=GRACE) == 1
    assert claim(database) is None  # the grace time is not over
    assert not settle(database, row, OutboxStatus.SENT)
    with database.write() as session:
        session.execute(update(Outbox).values(retry_at=None))
    looked_for = claim(database)
    assert looked_for.id == row.id
    assert looked_for.status is OutboxStatus.UNCERTAIN
    assert looked_for.attempts == 1
    assert claim(database) is None  # leased to who looks for it, and the lane waits
    assert settle(database, looked_for, OutboxStatus.SENT)
    assert claim(database).id == row.id + 1


def test_a_row_that_is_to_be_tried_later_waits(database: Database) -> None:
    add(database, "request:1")
    row = claim(database)
    with database.read() as session:
        later = outbox.real_now(session) + timedelta(seconds=60)
    settle(database, row, OutboxStatus.PENDING, retry_at=later)
    assert claim(database) is None


def test_what_shows_a_present_state_is_queued_once_until_a_sender_has_it(
    database: Database,
) -> None:
    def changed() -> None:
        with database.write() as session:
            lane = "request:1"
            outbox.add(session, Kind.REQUEST_CARD, lane=lane, subject_id=1, now=NOW)

    changed()
    changed()
    with database.read() as session:
        assert len(rows(session)) == 1
    claim(database)
    changed()  # the sender may have rendered the state of before
    with database.read() as session:
        assert [row.status for row in rows(session)] == [
            OutboxStatus.SENDING,
            OutboxStatus.PENDING,
        ]
    add(database, "request:1", "request:1")  # notes are told one by one
    with database.read() as session:
        assert len(rows(session)) == 4


def test_what_was_not_sent_yet_can_be_kept_back(database: Database) -> None:
    add(database, "colleague:1", kind=Kind.BRIEF, delay=10)
    with database.write() as session:
        assert outbox.was_added(session, Kind.BRIEF, 0, "colleague:1")
        outbox.cancel(session, Kind.BRIEF, 0)
        assert not outbox.was_added(session, Kind.BRIEF, 0, "colleague:1")
    assert claim(database, NOW + timedelta(hours=1)) is None


def test_slacks_wish_to_wait_is_kept_by_method_and_channel(database: Database) -> None:
    with database.write() as session:
        until = outbox.real_now(session) + timedelta(seconds=60)
        outbox.pause(session, "chat.postMessage", "C1", until)
        outbox.pause(session, "chat.postMessage", "C3", until - timedelta(seconds=120))
    with database.read() as session:
        assert outbox.paused_until(session, "chat.postMessage", "C1") == until
        assert outbox.paused_until(session, "chat.postMessage", "C2") is None
        assert outbox.paused_until(session, "chat.postMessage", "C3") is None
        assert outbox.paused_until(session, "chat.update", "C1") is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_leases_follow_the_databases_clock_where_hosts_share_it(database: Database) -> None:
    add(database, "request:1")
    row = claim(database)
    with database.read() as session:
        assert abs(row.lease_until - LEASE - outbox.real_now(session)) < timedelta(seconds=5)
