"""Customer companies, the products they use and the words that name them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from refbot.storage.base import Base


class Account(Base):
    """The customer company."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300), unique=True)  # see matching: cleaned name
    industry: Mapped[str | None] = mapped_column(String(60))
    country: Mapped[str | None] = mapped_column(String(2))
    city: Mapped[str | None] = mapped_column(String(120))
    time_zone: Mapped[str | None] = mapped_column(String(60))
    employees: Mapped[int | None]
    annual_revenue: Mapped[int | None] = mapped_column(
        BigInteger
    )  # in whole units of the program's currency
    owner_email: Mapped[str | None] = mapped_column(String(300), index=True)
    crm_id: Mapped[str | None] = mapped_column(String(100), unique=True)
    parent_name: Mapped[str | None] = mapped_column(String(300))
    may_be_named: Mapped[bool] = mapped_column(default=True)  # to a prospect, in private
    may_be_named_in_public: Mapped[bool] = mapped_column(default=False)
    mask: Mapped[str | None] = mapped_column(String(300))  # shown instead of a name
    clause_text: Mapped[str | None]
    clause_discount_percent: Mapped[int | None]
    renewal_date: Mapped[date | None]
    never_shown_to: Mapped[list[str]] = mapped_column(default=list)  # prospects' names
    review_links: Mapped[list[str]] = mapped_column(default=list)
    rests_until: Mapped[date | None]  # the owner's "not now"
    updated_at: Mapped[datetime]

    products: Mapped[list["AccountProduct"]] = relationship(
        back_populates="account", cascade="all, delete-orphan"
    )

    @property
    def shown_name(self) -> str:
        """What cards and threads may show: the name, or the mask of one that may not be named."""
        return self.name if self.may_be_named else self.mask or "a customer that may not be named"


class Product(Base):
    """One of the company's own products."""

    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), unique=True)
    series: Mapped[str | None] = mapped_column(String(120))
    price: Mapped[int | None]


class AccountProduct(Base):
    """A product that an account uses, live since a date."""

    __tablename__ = "account_product"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    live_since: Mapped[date | None]

    account: Mapped[Account] = relationship(back_populates="products")
    product: Mapped[Product] = relationship(lazy="joined")

    __table_args__ = (Index(None, "product_id"),)


class CompanyWord(Base):
    """A word of the company's own for a value of any facet: an alias, a synonym."""

    __tablename__ = "company_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    facet: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(String(300))

    __table_args__ = (Index(None, "facet", "text", unique=True),)


def accounts_named(session: Session, keys: Iterable[str]) -> dict[str, Account]:
    """Give the accounts with these cleaned names, by that name."""
    found = session.scalars(select(Account).where(Account.name_key.in_(list(keys))))
    return {account.name_key: account for account in found}
