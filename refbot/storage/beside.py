"""What stands beside references, by their ids: accounts, products, words, consents, uses."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Self, TypeAlias

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, case, cast, func, select
from sqlalchemy.orm import Session

from refbot.lifecycle import EngagementStatus
from refbot.matching.willing import CODES, UNITS
from refbot.storage.accounts import Account, AccountProduct, Product
from refbot.storage.engagements import DONE, NOT_COUNTED, Engagement
from refbot.storage.references import (
    Consent,
    Issue,
    Reference,
    ReferenceLanguage,
    ReferenceProduct,
    ReferenceTag,
    ReferenceWillingness,
    Severity,
    Tag,
)

Within: TypeAlias = Callable[[Any], ColumnElement[bool]]  # says of a column which ids are meant
Products: TypeAlias = Mapping[str, date | None]  # name -> live since
_MASKED = "a masked customer"


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the matcher knows of an account; its references share it."""

    name: str
    mask: str | None
    named_in_public: bool
    industry: str | None
    country: str | None
    employees: int | None
    renewal_date: date | None
    never_shown_to: tuple[str, ...]
    rests_until: date | None
    products: Products
    used_this_quarter: int
    blocked: bool

    def live(self, own: Iterable[str]) -> Products:
        """Give these products with the days on which they went live here."""
        return {name: self.products.get(name) for name in own}


@dataclass(frozen=True, slots=True)
class Use:
    """How a reference was used so far."""

    this_quarter: int
    asked: int
    accepted: int
    last_approved: date | None
    rests_until: date | None


UNUSED = Use(0, 0, 0, None, None)


@dataclass(frozen=True, slots=True)
class Beside:
    """The rows beside some references, by reference or account id."""

    accounts: Mapping[int, AccountFacts]
    own_products: Mapping[int, Sequence[str]]
    tags: Mapping[int, frozenset[str]]
    languages: Mapping[int, frozenset[str]]
    willing: Mapping[int, int]
    consents: Mapping[int, date | None]  # who consents to membership today, and until when
    blocked: frozenset[int]
    uses: Mapping[int, Use]

    @classmethod
    def read(
        cls, session: Session, within: Within, *, today: date, quarter_starts: datetime
    ) -> Self:
        """Read what stands beside the references whose ids are within."""
        products = _named(session, select(text_of(Product.id), Product.name))
        tags = _named(session, select(text_of(Tag.id), Tag.name))
        own_product = (ReferenceProduct.reference_id, ReferenceProduct.product_id)
        tag = (ReferenceTag.reference_id, ReferenceTag.tag_id)
        language = (ReferenceLanguage.reference_id, ReferenceLanguage.language)
        return cls(
            accounts=_accounts(session, within, products, quarter_starts),
            own_products={
                person: [products[product] for product in known]
                for person, known in _joined(session, within, *own_product)
            },
            tags={
                person: frozenset(map(tags.__getitem__, known))
                for person, known in _joined(session, within, *tag)
            },
            languages=dict(_joined(session, within, *language)),
            willing=_willing(session, within),
            consents=_consents(session, within, today),
            blocked=_blocked(session, within),
            uses=_uses(session, within, quarter_starts),
        )


def rows_of(session: Session, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    """Run a query of plain columns; quicker than through the session for very many rows."""
    return session.connection().execute(query).all()


def text_of(column: Any) -> ColumnElement[str]:
    """Give a column as it is written: where there are few different ones, each is read once."""
    return cast(column, String)


@lru_cache(maxsize=65_536)
def day_of(text: str | None) -> date | None:
    """Read a day; there are few different ones, and each is read once."""
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=4096)
def month_numbers(text: str) -> frozenset[int]:
    """Read the months of a JSON list."""
    return frozenset(json.loads(text))


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _parted(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


def _named(session: Session, query: Select[str, str]) -> dict[str, str]:
    return dict(rows_of(session, query))


def _joined(
    session: Session, within: Within, by: Any, value: Any
) -> Iterator[tuple[int, frozenset[str]]]:
    """Give each reference's values, put together by the database: a row a reference."""
    query = select(by, func.aggregate_strings(text_of(value), ",")).where(within(by)).group_by(by)
    return ((of, _parted(values)) for of, values in rows_of(session, query))


def _accounts(
    session: Session, within: Within, products: Mapping[str, str], quarter_starts: datetime
) -> dict[int, AccountFacts]:
    theirs = select(Reference.account_id).where(within(Reference.id)).scalar_subquery()
    live: dict[int, dict[str, date | None]] = defaultdict(dict)
    product_id = text_of(AccountProduct.product_id)
    rows = select(AccountProduct.account_id, product_id, text_of(AccountProduct.live_since))
    for account, product, since in rows_of(
        session, rows.where(AccountProduct.account_id.in_(theirs))
    ):
        live[account][products[product]] = day_of(since)
    used = _used(session, theirs, quarter_starts)
    blocked = _blocked_accounts(session, theirs)
    query = select(
        Account.id, Account.name, Account.mask, Account.may_be_named,
        Account.may_be_named_in_public, Account.industry, Account.country, Account.employees,
        text_of(Account.renewal_date), text_of(Account.never_shown_to),
        text_of(Account.rests_until),
    ).where(Account.id.in_(theirs))  # fmt: skip
    return {
        number: AccountFacts(
            name, None if named else mask or _MASKED, public, industry, country, employees,
            day_of(renewal), _names(hidden), day_of(rests), live.get(number, {}),
            used.get(number, 0), number in blocked,
        )
        for number, name, mask, named, public, industry, country, employees, renewal, hidden, rests
        in rows_of(session, query)
    }  # fmt: skip


def _used(session: Session, accounts: ScalarSelect[int], since: datetime) -> dict[int, int]:
    query = (
        select(Engagement.account_id, func.count())
        .where(
            Engagement.account_id.in_(accounts),
            Engagement.approved_at >= since,
            Engagement.status.not_in(NOT_COUNTED),
        )
        .group_by(Engagement.account_id)
    )
    return dict(rows_of(session, query))


def _blocked_accounts(session: Session, accounts: ScalarSelect[int]) -> frozenset[int]:
    whole = select(Issue.account_id).where(_is_blocking(), Issue.reference_id.is_(None))
    return frozenset(session.scalars(whole.where(Issue.account_id.in_(accounts))))


def _blocked(session: Session, within: Within) -> frozenset[int]:
    query = select(Issue.reference_id).where(_is_blocking(), within(Issue.reference_id))
    return frozenset(person for person in session.scalars(query) if person is not None)


def _is_blocking() -> ColumnElement[bool]:
    return (Issue.severity == Severity.BLOCKING) & Issue.closed_on.is_(None)


def _willing(session: Session, within: Within) -> dict[int, int]:
    """Let the database put the answers of a person together."""
    kept = ReferenceWillingness
    unit = case(UNITS, value=kept.activity, else_=0)
    code = case(CODES, value=kept.answer, else_=0)
    query = select(kept.reference_id, func.sum(unit * code)).where(within(kept.reference_id))
    return dict(rows_of(session, query.group_by(kept.reference_id)))


def _consents(session: Session, within: Within, today: date) -> dict[int, date | None]:
    endless = func.count() - func.count(Consent.expires_on)
    rows = rows_of(
        session,
        select(Consent.reference_id, endless, text_of(func.max(Consent.expires_on)))
        .where(
            within(Consent.reference_id),
            Consent.activity.is_(None),
            Consent.withdrawn_on.is_(None),
            Consent.granted_on <= today,
        )
        .group_by(Consent.reference_id),
    )
    return {person: None if open_ else day_of(end) for person, open_, end in rows}


def _uses(session: Session, within: Within, quarter_starts: datetime) -> dict[int, Use]:
    counts = Engagement.status.not_in(NOT_COUNTED)
    in_quarter = Engagement.approved_at >= quarter_starts
    accepted = Engagement.status.in_((*DONE, EngagementStatus.ACCEPTED, EngagementStatus.SCHEDULED))
    asked = Engagement.invited_at.is_not(None)
    rows = rows_of(
        session,
        select(
            Engagement.reference_id,
            func.count().filter(counts, in_quarter),
            func.count().filter(asked),
            func.count().filter(asked, accepted),
            func.max(Engagement.approved_at),
            func.max(Engagement.rests_until),
        )
        .where(within(Engagement.reference_id))
        .group_by(Engagement.reference_id),
    )
    return {
        person: Use(used, invited, yes, approved and approved.date(), rests)
        for person, used, invited, yes, approved, rests in rows
    }
