"""Where RefBot's messages stand in Slack, so that they can be updated in place."""

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.storage.base import Base


class Post(Base):
    """A message in Slack that shows the present state of a subject."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    lane: Mapped[str] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(30))
    ts: Mapped[str] = mapped_column(String(30))

    __table_args__ = (UniqueConstraint("kind", "subject_id", "lane"),)


def find(session: Session, kind: str, subject_id: int, lane: str) -> Post | None:
    """Give the message that shows this subject in this lane."""
    return session.scalar(
        select(Post).where(Post.kind == kind, Post.subject_id == subject_id, Post.lane == lane)
    )


def forget(session: Session, kind: str, subject_id: int, lane: str) -> None:
    """The message is gone from Slack; the next one is posted anew."""
    session.execute(
        delete(Post).where(Post.kind == kind, Post.subject_id == subject_id, Post.lane == lane)
    )
