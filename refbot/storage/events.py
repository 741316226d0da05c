"""The audit: append-only, ids and codes, never names or typed text."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.storage.base import Base


class Event(Base):
    """Something happened: `what` is "subject:action"."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(60))
    as_role: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("colleague.id"))
    request_id: Mapped[int | None]
    engagement_id: Mapped[int | None]
    reference_id: Mapped[int | None]
    subject_id: Mapped[int | None]  # of another table, named by `what`
    from_status: Mapped[str | None] = mapped_column(String(30))
    to_status: Mapped[str | None] = mapped_column(String(30))

    __table_args__ = (Index(None, "request_id", "id"),)


def add(session: Session, event: Event) -> Event:
    """Append an event and give it its number."""
    session.add(event)
    session.flush()
    return event
