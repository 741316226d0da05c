"""The number of the pool's last change, and what changed, so that matchers agree in all processes.

The number is a row, updated last before the commit: its order is the order of commits. A sequence
would show 11 before 10 was there, and 10 would never be seen.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Index, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.storage.base import Base, kept_as_text


class Changed(StrEnum):
    """What a change touches in the matcher."""

    REFERENCE = "reference"
    ACCOUNT = "account"  # all references of it
    WORDS = "words"  # products, tags, aliases, account names
    POLICY = "policy"
    ALL = "all"  # an import: read everything again


class Revision(Base):
    """The one row that holds the highest number."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Change(Base):
    """One change of the pool; `subject_id` is 0 where the kind has no subject."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    kind: Mapped[Changed] = mapped_column(kept_as_text(Changed))
    subject_id: Mapped[int]

    __table_args__ = (Index(None, "number"),)


def current(session: Session) -> int:
    """Give the number of the last committed change; 0 in a new database."""
    return session.scalar(select(Revision.number).where(Revision.id == 1)) or 0


def record(session: Session, changes: Iterable[tuple[Changed, int]]) -> None:
    """Number these changes. Call it last before the commit: rivals wait for this row from here."""
    session.flush()
    number = session.scalar(
        update(Revision)
        .where(Revision.id == 1)
        .values(number=Revision.number + 1)
        .returning(Revision.number)
    )
    rows = [{"number": number, "kind": kind, "subject_id": of} for kind, of in changes]
    session.execute(insert(Change), rows)


def since(session: Session, number: int) -> list[Change]:
    """Give the changes after a number, in order."""
    return list(
        session.scalars(select(Change).where(Change.number > number).order_by(Change.number))
    )
