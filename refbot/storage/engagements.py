"""One use of one reference for one request, from proposal to closed, and its approvals."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from refbot.lifecycle import EngagementStatus
from refbot.storage.base import Base, kept_as_text
from refbot.storage.colleagues import Colleague
from refbot.storage.references import Reference

if TYPE_CHECKING:
    from refbot.storage.requests import Request

NOT_COUNTED = (
    EngagementStatus.DECLINED,
    EngagementStatus.CANCELLED,
    EngagementStatus.NO_RESPONSE,
    EngagementStatus.REFUSED,
)
UNDER_WAY = (
    EngagementStatus.PROPOSED,
    EngagementStatus.OWNER_CHECK,
    EngagementStatus.APPROVED,
    EngagementStatus.INVITED,
    EngagementStatus.ACCEPTED,
    EngagementStatus.SCHEDULED,
)
DONE = (EngagementStatus.HELD, EngagementStatus.THANKED, EngagementStatus.CLOSED)


class Decision(StrEnum):
    """What somebody said to an engagement."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"


class Engagement(Base):
    """One use of one reference for one request."""

    __tablename__ = "engagement"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    reference_id: Mapped[int] = mapped_column(ForeignKey("reference.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    status: Mapped[EngagementStatus] = mapped_column(kept_as_text(EngagementStatus))
    status_since: Mapped[datetime]
    score: Mapped[float]
    reasons: Mapped[list[Any]] = mapped_column(default=list)  # {"factor", "points", "text"}
    override_reason: Mapped[str | None]  # why a champion took one that was held back
    overridden: Mapped[list[str]] = mapped_column(default=list)  # what held it back
    proposed_at: Mapped[datetime]
    approved_at: Mapped[datetime | None] = mapped_column(index=True)
    contact_shown_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    scheduled_for: Mapped[datetime | None]
    held_on: Mapped[date | None]
    thanked_at: Mapped[datetime | None]
    rests_until: Mapped[date | None]  # the reference's rest that this use causes
    expected_grade: Mapped[int | None]
    actual_grade: Mapped[int | None]
    report: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    request: Mapped[Request] = relationship(back_populates="engagements")
    reference: Mapped[Reference] = relationship(lazy="joined", innerjoin=True)
    approvals: Mapped[list[Approval]] = relationship(
        order_by="Approval.id", back_populates="engagement"
    )

    __table_args__ = (
        UniqueConstraint("request_id", "reference_id"),
        Index(None, "status"),
        CheckConstraint("expected_grade BETWEEN 1 AND 5", name="expected_grade"),
        CheckConstraint("actual_grade BETWEEN 1 AND 5", name="actual_grade"),
    )


class Approval(Base):
    """The champion's or the account owner's answer to an engagement."""

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    as_role: Mapped[str] = mapped_column(String(20))
    decision: Mapped[Decision] = mapped_column(kept_as_text(Decision))
    by_id: Mapped[int] = mapped_column(ForeignKey("colleague.id"))
    reason: Mapped[str | None]
    rests_until: Mapped[date | None]
    at: Mapped[datetime]

    engagement: Mapped[Engagement] = relationship(back_populates="approvals")
    by: Mapped[Colleague] = relationship(lazy="joined", innerjoin=True)


def counted_since(
    session: Session,
    since: datetime,
    *,
    reference_id: int | None = None,
    account_id: int | None = None,
) -> int:
    """Count the engagements approved since an instant that count against the caps (SPEC §6)."""
    query = select(func.count()).where(
        Engagement.approved_at >= since, Engagement.status.not_in(NOT_COUNTED)
    )
    if reference_id is not None:
        query = query.where(Engagement.reference_id == reference_id)
    if account_id is not None:
        query = query.where(Engagement.account_id == account_id)
    return session.scalar(query) or 0
