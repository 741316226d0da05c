"""The keys of what came in, so that a second delivery of the same act has no second effect."""

from datetime import datetime

from sqlalchemy import String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.storage.base import Base


class Inbox(Base):
    """One act that was taken: an event id, a trigger id, a form's nonce."""

    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)


def is_new(session: Session, key: str, *, now: datetime) -> bool:
    """Take a key; False when it was taken before. A rival's insert of the same key waits here."""
    if session.scalar(select(Inbox.key).where(Inbox.key == key)):
        return False
    session.execute(insert(Inbox).values(key=key, received_at=now))
    return True


def forget_before(session: Session, instant: datetime) -> None:
    """Delete keys so old that no redelivery can come."""
    session.execute(delete(Inbox).where(Inbox.received_at < instant))
