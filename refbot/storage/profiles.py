"""References as the matcher sees them, read by pages so that no reader holds a writer up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from refbot.lifecycle import EngagementStatus
from refbot.matching.profile import STRENGTHS, Facet, Profile, Word
from refbot.policy import Policy
from refbot.storage.accounts import Account, AccountProduct, CompanyWord, Product
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

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Day:
    """The day for which profiles are made: the program's date and its quarter's first instant."""

    today: date
    quarter: date
    quarter_starts: datetime

    @classmethod
    def of(cls, now: datetime, zone: ZoneInfo) -> "Day":
        """Give the program's day at an instant."""
        today = now.astimezone(zone).date()
        quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        starts = datetime(quarter.year, quarter.month, 1, tzinfo=zone).astimezone(UTC)
        return cls(today, quarter, starts)


def pages_of_ids(session: Session) -> Iterator[list[int]]:
    """Give the ids of all references, a page at a time."""
    last = 0
    while page := list(
        session.scalars(
            select(Reference.id).where(Reference.id > last).order_by(Reference.id).limit(PAGE)
        )
    ):
        yield page
        last = page[-1]


def ids_at_accounts(session: Session, account_ids: Iterable[int]) -> list[int]:
    """Give the ids of the references at these accounts."""
    query = select(Reference.id).where(Reference.account_id.in_(list(account_ids)))
    return list(session.scalars(query))


def profiles(session: Session, ids: Sequence[int], *, day: Day, policy: Policy) -> list[Profile]:
    """Make the profiles of one page of references; ids that are gone are left out."""
    rows = session.execute(
        select(Reference.__table__, *_ACCOUNT_COLUMNS)
        .join(Account, Account.id == Reference.account_id)
        .where(Reference.id.in_(ids))
        .order_by(Reference.id)
    ).all()
    beside = _Beside.read(session, ids, {row.account_id for row in rows}, day)
    return [_profile(row, beside, day, policy) for row in rows]


_ACCOUNT_COLUMNS = tuple(
    column.label("account_" + column.key)
    for column in (
        Account.name, Account.mask, Account.may_be_named, Account.may_be_named_in_public,
        Account.industry, Account.country, Account.employees, Account.renewal_date,
        Account.never_shown_to, Account.rests_until,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Beside:
    """The rows beside a page of references, by reference or account id."""

    own_products: dict[int, list[Row[Any]]]
    account_products: dict[int, list[Row[Any]]]
    tags: dict[int, list[Row[Any]]]
    languages: dict[int, list[Row[Any]]]
    willingness: dict[int, list[Row[Any]]]
    consents: dict[int, list[Row[Any]]]
    blocked_references: set[int]
    blocked_accounts: set[int]
    uses: dict[int, Row[Any]]
    account_uses: dict[int, int]

    @classmethod
    def read(cls, session: Session, ids: Sequence[int], accounts: set[int], day: Day) -> "_Beside":
        def grouped(query: Select[*tuple[Any, ...]]) -> dict[int, list[Row[Any]]]:
            found = defaultdict(list)
            for row in session.execute(query):
                found[row[0]].append(row)
            return found

        consent = (Consent.reference_id, Consent.granted_on, Consent.expires_on)
        issues = session.execute(
            select(Issue.reference_id, Issue.account_id).where(
                Issue.account_id.in_(accounts),
                Issue.severity == Severity.BLOCKING,
                Issue.closed_on.is_(None),
            )
        ).all()
        return cls(
            own_products=grouped(
                select(ReferenceProduct.reference_id, Product.name)
                .join(Product)
                .where(ReferenceProduct.reference_id.in_(ids))
            ),
            account_products=grouped(
                select(AccountProduct.account_id, Product.name, AccountProduct.live_since)
                .join(Product)
                .where(AccountProduct.account_id.in_(accounts))
            ),
            tags=grouped(
                select(ReferenceTag.reference_id, Tag.name)
                .join(Tag)
                .where(ReferenceTag.reference_id.in_(ids))
            ),
            languages=grouped(
                select(ReferenceLanguage.reference_id, ReferenceLanguage.language).where(
                    ReferenceLanguage.reference_id.in_(ids)
                )
            ),
            willingness=grouped(
                select(
                    ReferenceWillingness.reference_id,
                    ReferenceWillingness.activity,
                    ReferenceWillingness.answer,
                ).where(ReferenceWillingness.reference_id.in_(ids))
            ),
            consents=grouped(
                select(*consent).where(
                    Consent.reference_id.in_(ids),
                    Consent.activity.is_(None),
                    Consent.withdrawn_on.is_(None),
                )
            ),
            blocked_references={row.reference_id for row in issues if row.reference_id},
            blocked_accounts={row.account_id for row in issues if row.reference_id is None},
            uses={
                row.reference_id: row
                for row in session.execute(_uses(Engagement.reference_id.in_(ids), day))
            },
            account_uses=_account_uses(session, accounts, day),
        )


def _uses(which: ColumnElement[bool], day: Day) -> Select[*tuple[Any, ...]]:
    counts = Engagement.status.not_in(NOT_COUNTED)
    in_quarter = Engagement.approved_at >= day.quarter_starts
    accepted = Engagement.status.in_((*DONE, EngagementStatus.ACCEPTED, EngagementStatus.SCHEDULED))
    asked = Engagement.invited_at.is_not(None)
    return (
        select(
            Engagement.reference_id,
            func.count().filter(counts, in_quarter).label("used"),
            func.count().filter(asked).label("asked"),
            func.count().filter(asked, accepted).label("accepted"),
            func.max(Engagement.approved_at).label("last_approved"),
            func.max(Engagement.rests_until).label("rests_until"),
        )
        .where(which)
        .group_by(Engagement.reference_id)
    )


def _account_uses(session: Session, accounts: set[int], day: Day) -> dict[int, int]:
    query = (
        select(Engagement.account_id, func.count())
        .where(
            Engagement.account_id.in_(accounts),
            Engagement.approved_at >= day.quarter_starts,
            Engagement.status.not_in(NOT_COUNTED),
        )
        .group_by(Engagement.account_id)
    )
    return {account_id: used for account_id, used in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _profile(row: Row[Any], beside: _Beside, day: Day, policy: Policy) -> Profile:
    consents = [
        consent for consent in beside.consents.get(row.id, ()) if consent.granted_on <= day.today
    ]
    ends = [consent.expires_on for consent in consents]
    use = beside.uses.get(row.id)
    return Profile(
        reference_id=row.id,
        account_id=row.account_id,
        name=row.name,
        account=row.account_name,
        mask=None if row.account_may_be_named else row.account_mask or "a masked customer",
        named_in_public=row.account_may_be_named_in_public,
        industry=row.account_industry,
        country=row.country or row.account_country,
        title=row.title,
        level=row.level,
        function=row.function,
        products=_products(row, beside),
        tags=frozenset(tag.name for tag in beside.tags.get(row.id, ())),
        languages=frozenset(spoken.language for spoken in beside.languages.get(row.id, ())),
        willingness={w.activity: w.answer for w in beside.willingness.get(row.id, ())},
        employees=row.account_employees,
        strengths={s: value for s in STRENGTHS if (value := getattr(row, s)) is not None},
        measured_results=len(row.results),
        status=row.status.value,
        health=row.health.value if row.health else None,
        has_consent=bool(consents),
        consent_until=None if None in ends or not ends else max(ends),
        resting_until=_resting_until(row, use, policy),
        quarter=day.quarter,
        used_this_quarter=use.used if use else 0,
        account_used_this_quarter=beside.account_uses.get(row.account_id, 0),
        own_limit_per_quarter=row.most_per_quarter,
        months_out=frozenset(row.months_out),
        blocking_issue=row.id in beside.blocked_references
        or row.account_id in beside.blocked_accounts,
        renewal_date=row.account_renewal_date,
        never_shown_to=tuple(row.account_never_shown_to),
        last_asked=_latest(use.last_approved.date() if use and use.last_approved else None,
                           row.last_used),
        times_asked=use.asked if use else 0,
        times_accepted=use.accepted if use else 0,
        advisory_board=row.advisory_board,
    )  # fmt: skip


def _products(row: Row[Any], beside: _Beside) -> dict[str, date | None]:
    live = {p.name: p.live_since for p in beside.account_products.get(row.account_id, ())}
    own = beside.own_products.get(row.id)
    return {product.name: live.get(product.name) for product in own} if own else live


def _resting_until(row: Row[Any], use: Row[Any] | None, policy: Policy) -> date | None:
    before = row.last_used and row.last_used + timedelta(days=policy.rest_after_held_days)
    return _latest(before, use.rests_until if use else None, row.account_rests_until)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def words(session: Session) -> list[Word]:
    """Give the company's own words: products, tags, accounts and their aliases."""
    named: list[tuple[Facet, Callable[[], Iterable[str]]]] = [
        (
            Facet.PRODUCT,
            lambda: session.scalars(select(Product.name).order_by(Product.id)),
        ),
        (Facet.TAG, lambda: session.scalars(select(Tag.name).order_by(Tag.id))),
        (
            Facet.ACCOUNT,
            lambda: session.scalars(select(Account.name).order_by(Account.id)),
        ),
    ]
    found = [Word(facet=f, value=n, text=n) for f, names in named for n in names()]
    aliases = session.scalars(select(CompanyWord).order_by(CompanyWord.id))
    return found + [Word(facet=Facet(a.facet), value=a.value, text=a.text) for a in aliases]
