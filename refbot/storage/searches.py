"""What one `/reference` line asked and was shown; kept 30 days."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.storage.base import Base


class Search(Base):
    """One line, its reading and the candidates shown, so that buttons carry ids only."""

    __tablename__ = "search"

    id: Mapped[int] = mapped_column(primary_key=True)
    inbox_key: Mapped[str] = mapped_column(String(200), unique=True)
    requester_id: Mapped[int] = mapped_column(ForeignKey("colleague.id"), index=True)
    text: Mapped[str]
    answer: Mapped[dict[str, Any]]  # refbot.matching.answers.as_json
    created_at: Mapped[datetime] = mapped_column(index=True)


def by_key(session: Session, inbox_key: str) -> Search | None:
    """Give the search that this delivery made before, if it came before."""
    return session.scalar(select(Search).where(Search.inbox_key == inbox_key))


def forget_before(session: Session, instant: datetime) -> None:
    """Delete searches older than an instant; requests made from them stay."""
    session.execute(delete(Search).where(Search.created_at < instant))
