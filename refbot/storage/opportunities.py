"""The pipeline, as imported from the CRM."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from refbot.storage.accounts import Product
from refbot.storage.base import Base

OPEN_STAGES_END = ("won", "lost", "closed won", "closed lost")


class Opportunity(Base):
    """A deal: open, won or lost. `prospect` is the account's name as the CRM has it."""

    __tablename__ = "opportunity"

    id: Mapped[int] = mapped_column(primary_key=True)
    crm_id: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str | None] = mapped_column(String(300))
    prospect: Mapped[str | None] = mapped_column(String(300), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    industry: Mapped[str | None] = mapped_column(String(60))
    country: Mapped[str | None] = mapped_column(String(2))
    stage: Mapped[str] = mapped_column(String(60))
    is_open: Mapped[bool] = mapped_column(index=True)
    is_won: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[int | None]
    opened_on: Mapped[date | None]
    close_date: Mapped[date | None]
    owner_name: Mapped[str | None] = mapped_column(String(200))
    owner_email: Mapped[str | None] = mapped_column(String(300))
    updated_at: Mapped[datetime]

    product: Mapped[Product | None] = relationship(lazy="joined")

    __table_args__ = (Index(None, "is_open", "prospect"),)

    @property
    def title(self) -> str:
        """How the deal is listed: "Globex - Product A (1C1I7A6R)"."""
        product = self.product.name if self.product else None
        what = self.name or " - ".join(part for part in (self.prospect, product) if part)
        return f"{what} ({self.crm_id})" if what else self.crm_id


def open_opportunities_like(
    session: Session, typed: str, limit: int = 100, *, first_of: str | None = None
) -> list[Opportunity]:
    """Give the open deals whose prospect, name or CRM id holds what was typed.

    Those of the owner with the e-mail `first_of` come first, then by prospect.
    """
    pattern = "%" + typed.lower().replace("\\", "").replace("%", r"\%").replace("_", r"\_") + "%"
    columns = (Opportunity.prospect, Opportunity.name, Opportunity.crm_id)
    matching = [func.lower(column).like(pattern, escape="\\") for column in columns]
    query = (
        select(Opportunity)
        .where(Opportunity.is_open, matching[0] | matching[1] | matching[2])
        .order_by(
            case((func.lower(Opportunity.owner_email) == (first_of or "").lower(), 0), else_=1),
            Opportunity.prospect,
            Opportunity.crm_id,
        )
        .limit(limit)
    )
    return list(session.scalars(query))
