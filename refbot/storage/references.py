"""The people who vouch: what they can speak to, what they permit, what holds them back."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from refbot.lifecycle import ReferenceStatus
from refbot.matching.profile import Willingness
from refbot.storage.accounts import Account, Product
from refbot.storage.base import Base, kept_as_text, like_pattern


class Health(StrEnum):
    """The customer's mood, as the account owner reports it."""

    HAPPY = "happy"
    NEEDS_ATTENTION = "needs_attention"
    CHALLENGED = "challenged"


class Severity(StrEnum):
    """How bad an open problem is."""

    MINOR = "minor"
    MAJOR = "major"
    BLOCKING = "blocking"  # holds the reference back


class Reference(Base):
    """A person at an account who may vouch."""

    __tablename__ = "reference"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[str | None] = mapped_column(String(30))
    function: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(300), unique=True)
    phone: Mapped[str | None] = mapped_column(String(60))
    time_zone: Mapped[str | None] = mapped_column(String(60))
    country: Mapped[str | None] = mapped_column(String(2))
    use_case: Mapped[str | None]
    speaks_to: Mapped[str | None]  # topics, in words
    avoid: Mapped[str | None]  # what not to touch
    notes: Mapped[str | None]
    results: Mapped[list[str]] = mapped_column(default=list)  # "metric: before -> after"
    business_value: Mapped[int | None]
    technical_depth: Mapped[int | None]
    public_speaking: Mapped[int | None]
    one_to_one: Mapped[int | None]
    passion: Mapped[int | None]
    advisory_board: Mapped[bool] = mapped_column(default=False)
    most_per_quarter: Mapped[int | None]
    months_out: Mapped[list[int]] = mapped_column(default=list)  # 1-12
    status: Mapped[ReferenceStatus] = mapped_column(kept_as_text(ReferenceStatus))
    health: Mapped[Health | None] = mapped_column(kept_as_text(Health))
    last_used: Mapped[date | None]  # before RefBot kept count
    verified_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    products: Mapped[list["ReferenceProduct"]] = relationship(cascade="all, delete-orphan")
    tags: Mapped[list["ReferenceTag"]] = relationship(cascade="all, delete-orphan")
    languages: Mapped[list["ReferenceLanguage"]] = relationship(cascade="all, delete-orphan")
    willingness: Mapped[list["ReferenceWillingness"]] = relationship(cascade="all, delete-orphan")
    consents: Mapped[list["Consent"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        Index(None, "account_id", "name"),
        *(
            CheckConstraint(f"{strength} BETWEEN 1 AND 5", name=strength)
            for strength in (
                "business_value",
                "technical_depth",
                "public_speaking",
                "one_to_one",
                "passion",
            )
        ),
    )


class ReferenceProduct(Base):
    """A product that the person themself knows; none listed means all of the account's."""

    __tablename__ = "reference_product"

    reference_id: Mapped[int] = mapped_column(
        ForeignKey("reference.id", ondelete="CASCADE"), primary_key=True
    )
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)

    product: Mapped[Product] = relationship(lazy="joined")

    __table_args__ = (Index(None, "product_id"),)


class Tag(Base):
    """A use case, a platform, a competitor displaced."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), unique=True)


class ReferenceTag(Base):
    """A tag that fits the person."""

    __tablename__ = "reference_tag"

    reference_id: Mapped[int] = mapped_column(
        ForeignKey("reference.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)

    tag: Mapped[Tag] = relationship(lazy="joined")

    __table_args__ = (Index(None, "tag_id"),)


class ReferenceLanguage(Base):
    """A language that the person speaks well enough to vouch in."""

    __tablename__ = "reference_language"

    reference_id: Mapped[int] = mapped_column(
        ForeignKey("reference.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(3), primary_key=True)


class ReferenceWillingness(Base):
    """The person's own answer for one activity; no row means ask first."""

    __tablename__ = "reference_willingness"

    reference_id: Mapped[int] = mapped_column(
        ForeignKey("reference.id", ondelete="CASCADE"), primary_key=True
    )
    activity: Mapped[str] = mapped_column(String(30), primary_key=True)
    answer: Mapped[Willingness] = mapped_column(kept_as_text(Willingness))


class Consent(Base):
    """A dated permission: for membership (no activity), or for one activity and outlet."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_id: Mapped[int] = mapped_column(
        ForeignKey("reference.id", ondelete="CASCADE"), index=True
    )
    activity: Mapped[str | None] = mapped_column(String(30))
    outlet: Mapped[str | None] = mapped_column(String(60))
    granted_on: Mapped[date]
    expires_on: Mapped[date | None]
    evidence: Mapped[str]
    approver: Mapped[str | None] = mapped_column(String(200))
    withdrawn_on: Mapped[date | None]


class Issue(Base):
    """An open problem at a person or, with no person, at the whole account."""

    __tablename__ = "issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("reference.id", ondelete="CASCADE"))
    severity: Mapped[Severity] = mapped_column(kept_as_text(Severity))
    text: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


def open_issues_of(session: Session, reference: Reference) -> list[Issue]:
    """Give the open problems of the person and of the account, the worst first."""
    found = session.scalars(
        select(Issue).where(
            Issue.account_id == reference.account_id,
            Issue.closed_on.is_(None),
            (Issue.reference_id == reference.id) | Issue.reference_id.is_(None),
        )
    )
    order = [Severity.BLOCKING, Severity.MAJOR, Severity.MINOR]
    return sorted(found, key=lambda issue: (order.index(issue.severity), issue.id))


def matching_references(session: Session, typed: str, limit: int = 100) -> list[Reference]:
    """Give the references whose name, title or account holds what was typed, by account."""
    pattern = like_pattern(typed)
    columns = (Reference.name, Reference.title, Account.name)
    conditions = [func.lower(column).like(pattern, escape="\\") for column in columns]
    query = (
        select(Reference)
        .join(Account, Account.id == Reference.account_id)
        .where(or_(*conditions), Reference.status == ReferenceStatus.ACTIVE)
        .order_by(Account.name, Reference.name)
        .limit(limit)
    )
    return list(session.scalars(query))
