"""The CRM's opportunities. A won one makes its account a customer of the product."""

from dataclasses import dataclass
from datetime import date

from refbot.imports.customers import LONGEST_ACCOUNT, found_account, made_account
from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import ACCOUNT_PRODUCT, OPPORTUNITY
from refbot.imports.meanings import Meanings
from refbot.imports.people import email_named
from refbot.imports.products import LONGEST_WORD, product_named
from refbot.imports.reading import Line
from refbot.matching.normal import folded

_WON = {"won", "closed won", "closedwon", "win", "gewonnen"}
_LOST = {
    "lost",
    "closed lost",
    "closedlost",
    "loss",
    "verloren",
    "cancelled",
    "abandoned",
    "closed",
}


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """A line of a pipeline."""

    line: int
    crm_id: str
    name: str | None
    prospect: str | None
    product: str | None
    industry: str | None
    country: str | None
    stage: str
    amount: int | None
    opened_on: date | None
    close_date: date | None
    owner: str | None
    owner_email: str | None

    @property
    def is_won(self) -> bool:
        """Whether the deal was won."""
        return _stage_key(self.stage) in _WON

    @property
    def is_open(self) -> bool:
        """Whether the deal is neither won nor lost."""
        return _stage_key(self.stage) not in _WON | _LOST


def _stage_key(stage: str) -> str:
    return " ".join(folded(stage).replace("-", " ").replace("_", " ").split())


def read_opportunity(line: Line, meanings: Meanings) -> OpportunityRow:
    """Read a line of a pipeline."""
    return OpportunityRow(
        line=line.number,
        crm_id=line.needed(Field.CRM_ID, line.text(Field.CRM_ID, 100)),
        name=line.text(Field.NAME, LONGEST_ACCOUNT),
        prospect=line.text(Field.ACCOUNT, LONGEST_ACCOUNT),
        product=line.text(Field.PRODUCTS, LONGEST_WORD),
        industry=meanings.industry(line),
        country=meanings.country(line),
        stage=line.needed(Field.STAGE, line.text(Field.STAGE, 60)),
        amount=line.whole(Field.AMOUNT),
        opened_on=line.date(Field.OPENED_ON),
        close_date=line.date(Field.CLOSE_DATE),
        owner=line.text(Field.OWNER),
        owner_email=line.email(Field.OWNER_EMAIL),
    )


def merge_opportunity(job: Job, row: OpportunityRow) -> tuple[Entity, int]:
    """Bring a line of a pipeline together with the deals known."""
    deal = job.known.opportunities.get(row.crm_id)
    if deal is not None and deal in job.first_line:
        raise Rejected(
            row.line,
            f"{row.crm_id} is also in line {job.first_line[deal]}; keep one of the two.",
        )
    if deal is None:
        deal = job.tally.make(OPPORTUNITY, crm_id=row.crm_id)
        job.known.opportunities[row.crm_id] = deal
    account = _account_of(job, row)
    product = product_named(job, row.line, row.product) if row.product else None
    job.tally.set(deal, stage=row.stage, is_open=row.is_open, is_won=row.is_won)
    job.tally.fill(
        deal,
        name=row.name,
        prospect=row.prospect,
        account_id=account,
        product_id=product,
        industry=row.industry,
        country=row.country,
        amount=row.amount,
        opened_on=row.opened_on,
        close_date=row.close_date,
        owner_name=row.owner,
        owner_email=row.owner_email or email_named(job.known, row.owner or ""),
    )
    if row.is_won and account is not None and product is not None:
        _became_customer(job, account, product, row.close_date)
    return deal, row.line


def _account_of(job: Job, row: OpportunityRow) -> Entity | None:
    """Give the deal's account; a prospect has none until a deal with it is won."""
    if row.prospect is None:
        return None
    account = found_account(job.known, row.prospect)
    if account is None and row.is_won:
        job.warn(row.line, f"Account {row.prospect!r} was not known and is new, since it bought.")
        account = made_account(job, row.line, row.prospect)
    return account


def _became_customer(job: Job, account: Entity, product: Entity, won_on: date | None) -> None:
    held = account.linked(ACCOUNT_PRODUCT).get(product)
    since = held["live_since"] if held else None
    days = [day for day in (since, won_on) if day is not None]
    first = min(days, default=None)
    job.tally.link(account, ACCOUNT_PRODUCT, product, live_since=first)
