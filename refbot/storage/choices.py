"""What champions decided over proposed references, with what was in play: weights learn from it.

Ids, codes and numbers only, never names or typed text. Searches expire; choices stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from refbot.storage.base import Base, kept_as_text

PAGE = 100  # choices read in one transaction, with their candidates


class ChoiceKind(StrEnum):
    """What the champion did with a proposal."""

    APPROVED = "approved"
    CHOSE_ANOTHER = "chose_another"  # this one instead of the proposed one, or of none
    DECLINED = "declined"


class ChoiceReason(StrEnum):
    """Why a proposed reference was passed over, where the champion says it."""

    WRONG_ROLE = "wrong_role"
    WRONG_INDUSTRY = "wrong_industry"
    WRONG_SIZE_OR_PLACE = "wrong_size_or_place"
    ASKED_TOO_OFTEN = "asked_too_often"
    DELICATE = "delicate"  # the relationship is
    BETTER_KNOWN = "better_known"  # the other one is better known to us
    OTHER = "other"


class ChoiceOutcome(StrEnum):
    """What became of the reference that was approved."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_RESPONSE = "no_response"
    OWNER_DECLINED = "owner_declined"


class Choice(Base):
    """One decision of a champion or deputy. `reference_id` is whom it is about.

    `engagement_id` is that reference's engagement; an erased person's ids are blank.
    """

    __tablename__ = "choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ChoiceKind] = mapped_column(kept_as_text(ChoiceKind))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    reference_id: Mapped[int | None] = mapped_column(index=True)
    instead_of_id: Mapped[int | None] = mapped_column(index=True)  # the reference passed over
    activity: Mapped[str] = mapped_column(String(30))
    day: Mapped[date] = mapped_column(index=True)
    reason: Mapped[ChoiceReason | None] = mapped_column(kept_as_text(ChoiceReason))
    held_back: Mapped[bool]  # taken by an override of what held it back
    outcome: Mapped[ChoiceOutcome | None] = mapped_column(kept_as_text(ChoiceOutcome))
    factors: Mapped[list[str]]  # one for each criterion, then quality and rotation

    candidates: Mapped[list[ChoiceCandidate]] = relationship(
        order_by="ChoiceCandidate.place", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__ = (UniqueConstraint("engagement_id", "kind"),)


class ChoiceCandidate(Base):
    """One reference that was in play; `shares` (0 to 1) stand in the order of the factors.

    `place` is the order in which equal scores were told apart.
    """

    __tablename__ = "choice_candidate"

    choice_id: Mapped[int] = mapped_column(
        ForeignKey("choice.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    reference_id: Mapped[int | None]
    account_id: Mapped[int | None]
    shares: Mapped[list[Any]]

    __table_args__ = (Index(None, "reference_id"),)


def add(session: Session, choice: Choice) -> Choice:
    """Keep a choice and give it its number."""
    session.add(choice)
    session.flush()
    return choice


def choice_of(session: Session, engagement_id: int | None, kind: ChoiceKind) -> Choice | None:
    """Give the decision of this kind about an engagement, if one was kept."""
    return session.scalar(
        select(Choice).where(Choice.engagement_id == engagement_id, Choice.kind == kind)
    )


def choices_after(session: Session, after_id: int, *, since: date | None = None) -> list[Choice]:
    """Give the next page of choices in the order of their making."""
    query = select(Choice).where(Choice.id > after_id).order_by(Choice.id).limit(PAGE)
    if since is not None:
        query = query.where(Choice.day >= since)
    return list(session.scalars(query.options(selectinload(Choice.candidates))))


def note_outcome(session: Session, engagement_id: int, outcome: ChoiceOutcome) -> None:
    """Keep what became of a reference that was approved or chosen."""
    session.execute(
        update(Choice)
        .where(Choice.engagement_id == engagement_id, Choice.kind != ChoiceKind.DECLINED)
        .values(outcome=outcome)
    )


def take_back(session: Session, engagement_id: int) -> None:
    """Forget an approval that was undone: it is no decision any more."""
    session.execute(
        delete(Choice).where(
            Choice.engagement_id == engagement_id, Choice.kind == ChoiceKind.APPROVED
        )
    )


def blank_references(session: Session, reference_ids: Sequence[int]) -> None:
    """Take erased people's ids out of all choices; the numbers beside them say nothing of whom."""
    for column in (Choice.reference_id, Choice.instead_of_id):
        session.execute(update(Choice).where(column.in_(reference_ids)).values({column: None}))
    session.execute(
        update(ChoiceCandidate)
        .where(ChoiceCandidate.reference_id.in_(reference_ids))
        .values(reference_id=None, account_id=None)
    )
