"""Everything that leaves: rows written with the change that causes them, sent by delivery."""

import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, and_, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from refbot.storage.base import Base, kept_as_text


class Kind(StrEnum):
    """What a message is; `messages` renders each from the rows its ids name."""

    REQUEST_CARD = "request_card"  # in the program's channel, updated in place
    NOTE = "note"  # in the card's thread, from an event
    RECEIPT = "receipt"  # to the requester: where the request stands, updated in place
    BRIEF = "brief"  # to the requester: contact, brief, what is next, updated in place
    OWNER_ASK = "owner_ask"  # to the account owner: may we?, updated in place
    QUESTION = "question"  # to the requester, from the champion, updated in place
    NUDGES = "nudges"  # to one person: all that is due now
    ANSWER = "answer"  # to one person: what a line written to RefBot directly found
    NOTICE = "notice"  # to one person: something happened, from an event
    INTRODUCTION_MAIL = "introduction_mail"  # to the reference
    THANKS_MAIL = "thanks_mail"  # to the reference


UPDATED_IN_PLACE = frozenset(
    {Kind.REQUEST_CARD, Kind.RECEIPT, Kind.BRIEF, Kind.OWNER_ASK, Kind.QUESTION}
)
MAILS = frozenset({Kind.INTRODUCTION_MAIL, Kind.THANKS_MAIL})


class OutboxStatus(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    SENDING = "sending"  # claimed under a lease
    UNCERTAIN = "uncertain"  # may have arrived: look before sending again
    SENT = "sent"
    DEAD = "dead"  # will not arrive; the log says why
    CANCELLED = "cancelled"  # lost its sense before it was sent


UNFINISHED = (OutboxStatus.PENDING, OutboxStatus.SENDING, OutboxStatus.UNCERTAIN)


class Outbox(Base):
    """One message. Rows of a lane leave in order; lanes do not wait for each other.

    `not_before` is the program's time (it follows the clock given to RefBot); `retry_at` and
    `lease_until` are real time.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(kept_as_text(Kind))
    lane: Mapped[str] = mapped_column(String(60))  # request:ID, colleague:ID or reference:ID
    subject_id: Mapped[int]
    ids: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[OutboxStatus] = mapped_column(
        kept_as_text(OutboxStatus), default=OutboxStatus.PENDING
    )
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    retry_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    token: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    lookups: Mapped[int] = mapped_column(default=0)
    channel: Mapped[str | None] = mapped_column(String(30))
    ts: Mapped[str | None] = mapped_column(String(30))
    error: Mapped[str | None] = mapped_column(String(500))
    frozen: Mapped[bytes | None]  # a mail's bytes, from its first attempt on
    sent_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "status", "id"), Index(None, "lane", "status", "id"))


class Pause(Base):
    """Slack asked us to wait with a method in a channel."""

    __tablename__ = "pause"

    method: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(30), primary_key=True)
    until: Mapped[datetime]


def add(
    session: Session,
    kind: Kind,
    *,
    lane: str,
    subject_id: int,
    now: datetime,
    ids: dict[str, Any] | None = None,
    delay: timedelta = timedelta(),
) -> None:
    """Have a message sent. One that shows a present state is not queued twice.

    Touching the row that waits takes its lock: a delivery that would claim it now renders what
    this transaction commits, and one that claimed it before makes us queue another.
    """
    if kind in UPDATED_IN_PLACE:
        waiting = (
            Outbox.kind == kind,
            Outbox.subject_id == subject_id,
            Outbox.lane == lane,
            Outbox.status == OutboxStatus.PENDING,
        )
        touch = update(Outbox).where(*waiting).values(kind=kind).returning(Outbox.id)
        if session.scalars(touch).first() is not None:
            return
    row = Outbox(kind=kind, lane=lane, subject_id=subject_id, ids=ids or {}, created_at=now)
    row.not_before = now + delay
    session.add(row)


def was_added(session: Session, kind: Kind, subject_id: int, lane: str) -> bool:
    """Whether such a message went out, or is to go."""
    query = select(Outbox.id).where(
        Outbox.kind == kind,
        Outbox.subject_id == subject_id,
        Outbox.lane == lane,
        Outbox.status != OutboxStatus.CANCELLED,
    )
    return session.scalars(query.limit(1)).first() is not None


def cancel(session: Session, kind: Kind, subject_id: int) -> None:
    """Keep back what was not sent yet."""
    session.execute(
        update(Outbox)
        .where(
            Outbox.kind == kind,
            Outbox.subject_id == subject_id,
            Outbox.status == OutboxStatus.PENDING,
        )
        .values(status=OutboxStatus.CANCELLED)
    )


def real_now(session: Session) -> datetime:
    """Give real time for leases: the database's clock where several hosts share it."""
    if session.get_bind().dialect.name == "postgresql":
        instant: datetime = session.scalars(select(func.clock_timestamp())).one()
        return instant
    return datetime.now(UTC)


def claim(session: Session, *, now: datetime, lease: timedelta) -> Outbox | None:
    """Take the oldest message that may leave, for the time of the lease.

    A pending row becomes sending. An uncertain one stays uncertain, with a token: it is to be
    looked for. Only the first unfinished row of a lane is free, so a lane keeps its order.
    """
    real = real_now(session)
    older = aliased(Outbox)
    in_turn = (
        ~select(older.id)
        .where(
            older.lane == Outbox.lane,
            older.id < Outbox.id,
            older.status.in_(UNFINISHED),
            older.not_before <= now,
        )
        .exists()
    )
    free = or_(
        and_(Outbox.status == OutboxStatus.PENDING, Outbox.not_before <= now),
        and_(
            Outbox.status == OutboxStatus.UNCERTAIN,
            or_(Outbox.lease_until.is_(None), Outbox.lease_until < real),
        ),
    )
    may_try = or_(Outbox.retry_at.is_(None), Outbox.retry_at <= real)
    row = session.scalars(
        select(Outbox)
        .where(free, may_try, in_turn)
        .order_by(Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    if row.status is OutboxStatus.PENDING:
        row.status = OutboxStatus.SENDING
        row.attempts += 1
    row.token = uuid.uuid4().hex
    row.lease_until = real + lease
    session.flush()
    return row


def may_have_work(session: Session, *, now: datetime) -> bool:
    """Look, without a lock, whether a claim could find anything."""
    real = real_now(session)
    query = select(Outbox.id).where(
        Outbox.status.in_(UNFINISHED),
        Outbox.not_before <= now,
        or_(Outbox.retry_at.is_(None), Outbox.retry_at <= real),
        or_(Outbox.lease_until.is_(None), Outbox.lease_until < real),
    )
    return session.scalars(query.limit(1)).first() is not None


def doubt_expired(session: Session, *, grace: timedelta) -> int:
    """Turn messages whose sender vanished into uncertain ones, to be looked for after the grace."""
    real = real_now(session)
    turned = session.execute(
        update(Outbox)
        .where(Outbox.status == OutboxStatus.SENDING, Outbox.lease_until < real)
        .values(
            status=OutboxStatus.UNCERTAIN,
            retry_at=real + grace,
            lease_until=None,
            token=None,
        )
        .returning(Outbox.id)
    )
    return len(turned.all())


def settle(session: Session, row_id: int, token: str, **values: object) -> bool:
    """Write what became of a claimed message; False when the lease went to another."""
    values |= {"token": None, "lease_until": None}
    changed = session.execute(
        update(Outbox)
        .where(Outbox.id == row_id, Outbox.token == token)
        .values(**values)
        .returning(Outbox.id)
    )
    return changed.first() is not None


def paused_until(session: Session, method: str, channel: str) -> datetime | None:
    """Give the end of Slack's wish that we wait, if it is still ahead."""
    return session.scalar(
        select(func.max(Pause.until)).where(
            Pause.method == method,
            Pause.channel == channel,
            Pause.until > real_now(session),
        )
    )


def pause(session: Session, method: str, channel: str, until: datetime) -> None:
    """Remember Slack's wish that we wait."""
    session.merge(Pause(method=method, channel=channel, until=until))


def unfinished(session: Session, *, due_by: datetime) -> int:
    """Count the messages that may leave by an instant and have not ended."""
    query = select(func.count()).where(Outbox.status.in_(UNFINISHED), Outbox.not_before <= due_by)
    return session.scalar(query) or 0


def next_not_before(session: Session, now: datetime) -> datetime | None:
    """Give the next instant at which a message that waits for its time may leave."""
    return session.scalar(
        select(func.min(Outbox.not_before)).where(
            Outbox.status == OutboxStatus.PENDING, Outbox.not_before > now
        )
    )
