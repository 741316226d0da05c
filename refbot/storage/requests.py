"""One ask by a requester for one activity, and the questions about it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from refbot.lifecycle import RequestStatus
from refbot.matching.answers import criteria_from_json
from refbot.matching.criteria import Criteria
from refbot.matching.profile import Facet
from refbot.storage.base import Base, kept_as_text
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement


class Request(Base):
    """One ask for one activity; prospect, opportunity and amount are there for a sales call."""

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(primary_key=True)
    requester_id: Mapped[int] = mapped_column(ForeignKey("colleague.id"), index=True)
    search_id: Mapped[int | None] = mapped_column(ForeignKey("search.id", ondelete="SET NULL"))
    activity: Mapped[str] = mapped_column(String(30))
    prospect: Mapped[str | None] = mapped_column(String(300))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id"))
    opportunity: Mapped[str | None] = mapped_column(String(300))  # its title, as listed or typed
    amount: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(60))
    close_date: Mapped[date | None]
    needed_by: Mapped[date | None]
    how_many: Mapped[int] = mapped_column(default=1)
    topics: Mapped[str | None]
    attendees: Mapped[str | None]
    note: Mapped[str | None]
    criteria: Mapped[dict[str, Any]]  # refbot.matching.answers.criteria_as_json
    status: Mapped[RequestStatus] = mapped_column(kept_as_text(RequestStatus))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    requester: Mapped[Colleague] = relationship(lazy="joined", innerjoin=True)
    engagements: Mapped[list[Engagement]] = relationship(
        order_by=Engagement.id, back_populates="request"
    )

    __table_args__ = (
        Index(None, "status", "needed_by"),
        CheckConstraint("how_many BETWEEN 1 AND 10", name="how_many"),
    )


class Question(Base):
    """What the champion asked the rep about a request, and the answer."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("colleague.id"))
    text: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]

    request: Mapped[Request] = relationship()
    asked_by: Mapped[Colleague] = relationship(lazy="joined", innerjoin=True)


def asked(request: Request) -> Criteria:
    """Give what a request asks for: its criteria with its activity."""
    kept = criteria_from_json(request.criteria)
    return replace(kept, wanted={**kept.wanted, Facet.ACTIVITY: (request.activity,)})


def requests_of(session: Session, requester: Colleague, limit: int = 50) -> list[Request]:
    """Give the requester's own requests: the open first, then the newest."""
    return list(
        session.scalars(
            select(Request)
            .where(Request.requester_id == requester.id)
            .order_by(Request.status != RequestStatus.OPEN, Request.id.desc())
            .limit(limit)
        )
    )


def open_requests(session: Session, limit: int = 100) -> list[Request]:
    """Give all open requests, the oldest first."""
    return list(
        session.scalars(
            select(Request)
            .where(Request.status == RequestStatus.OPEN)
            .order_by(Request.id)
            .limit(limit)
        )
    )


def overdue_requests(session: Session, today: date) -> list[Request]:
    """Give the open requests that were needed before today."""
    return list(
        session.scalars(
            select(Request).where(Request.status == RequestStatus.OPEN, Request.needed_by < today)
        )
    )
