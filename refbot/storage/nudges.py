"""Reminders, as rows that a tick claims when they are due."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from refbot.storage.base import Base, kept_as_text
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.requests import Request


class NudgeKind(StrEnum):
    """What one is reminded of (SPEC §6)."""

    DECIDE = "decide"
    OWNER_CHECK = "owner_check"
    INTRODUCE = "introduce"
    DEBRIEF = "debrief"
    THANK_YOU = "thank_you"


class NudgeStatus(StrEnum):
    """Where a reminder stands."""

    WAITING = "waiting"
    SENT = "sent"  # its message is in the outbox
    STOPPED = "stopped"  # what it asks for was done, or lost its sense


class Nudge(Base):
    """One step of a chain: to whom, when. The last of its chain escalates to the champion."""

    __tablename__ = "nudge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NudgeKind] = mapped_column(kept_as_text(NudgeKind))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id"), index=True)
    since: Mapped[datetime]  # the state that the chain is about began then
    recipient_id: Mapped[int] = mapped_column(ForeignKey("colleague.id"))
    step: Mapped[int]  # from 1
    escalates: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    wall_time: Mapped[str] = mapped_column(String(30))  # as the recipient's clock shows it
    zone: Mapped[str] = mapped_column(String(60))
    status: Mapped[NudgeStatus] = mapped_column(kept_as_text(NudgeStatus))
    sent_at: Mapped[datetime | None]

    request: Mapped[Request] = relationship(lazy="joined", innerjoin=True)
    engagement: Mapped[Engagement | None] = relationship(lazy="joined")
    recipient: Mapped[Colleague] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        Index(None, "status", "due_at"),
        Index(None, "request_id", "status"),
    )


def next_due_at(session: Session) -> datetime | None:
    """Give the instant of the earliest waiting reminder."""
    return session.scalar(
        select(Nudge.due_at)
        .where(Nudge.status == NudgeStatus.WAITING)
        .order_by(Nudge.due_at)
        .limit(1)
    )


def due(session: Session, now: datetime, limit: int = 200) -> list[Nudge]:
    """Claim the due reminders, oldest first; other processes skip what this one holds."""
    return list(
        session.scalars(
            select(Nudge)
            .where(Nudge.status == NudgeStatus.WAITING, Nudge.due_at <= now)
            .order_by(Nudge.due_at, Nudge.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=Nudge)
        )
    )


def due_soon(session: Session, recipients: Collection[int], until: datetime) -> list[Nudge]:
    """Claim what these people are to be reminded of within a while, oldest first."""
    return list(
        session.scalars(
            select(Nudge)
            .where(
                Nudge.status == NudgeStatus.WAITING,
                Nudge.due_at <= until,
                Nudge.recipient_id.in_(recipients),
            )
            .order_by(Nudge.due_at, Nudge.id)
            .with_for_update(skip_locked=True, of=Nudge)
        )
    )


def chains_of(session: Session, request: Request) -> list[Nudge]:
    """Give all reminders about a request, the oldest first."""
    return list(
        session.scalars(select(Nudge).where(Nudge.request_id == request.id).order_by(Nudge.id))
    )
