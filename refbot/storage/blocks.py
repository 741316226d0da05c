"""References as the matcher sees them, read column by column: all by pages, or a few by id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, func, select, type_coerce
from sqlalchemy.orm import Session

from refbot.matching.block import ROWS, Block
from refbot.matching.profile import STRENGTHS, Profile
from refbot.policy import Policy
from refbot.storage.beside import (
    UNUSED,
    AccountFacts,
    Beside,
    Within,
    day_of,
    month_numbers,
    rows_of,
    text_of,
)
from refbot.storage.references import Reference


@dataclass(frozen=True, slots=True)
class Day:
    """The day for which references are read: the program's date and its quarter's first instant."""

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


def count(session: Session) -> int:
    """Count all references."""
    return session.scalar(select(func.count()).select_from(Reference)) or 0


def everyone(session: Session, *, day: Day, policy: Policy) -> Iterator[Block]:
    """Give all references; a block is a transaction, so that no reader holds a writer up."""
    last = 0
    while True:
        page = select(Reference.id).where(Reference.id > last).order_by(Reference.id).limit(ROWS)
        end = session.scalar(select(func.max(page.subquery().c.id)))
        if end is None:
            return
        yield _block(session, partial(_between, last + 1, end), day, policy)
        session.rollback()
        last = end


def profiles(session: Session, ids: Sequence[int], *, day: Day, policy: Policy) -> list[Profile]:
    """Give the profiles of these references, by id; ids that are gone are left out."""
    return list(_block(session, partial(_listed, ids), day, policy).profiles())


def ids_at_accounts(session: Session, account_ids: Iterable[int]) -> list[int]:
    """Give the ids of the references at these accounts."""
    query = select(Reference.id).where(Reference.account_id.in_(list(account_ids)))
    return list(session.scalars(query))


def _between(first: int, last: int, column: Any) -> ColumnElement[bool]:
    within: ColumnElement[bool] = column.between(first, last)
    return within


def _listed(ids: Sequence[int], column: Any) -> ColumnElement[bool]:
    within: ColumnElement[bool] = column.in_(ids)
    return within


_Columns: TypeAlias = Mapping[str, Any]  # a value for each reference, by name
_PERSON = {
    "id": Reference.id,
    "account_id": Reference.account_id,
    "name": Reference.name,
    "title": Reference.title,
    "country": Reference.country,
    "level": Reference.level,
    "function": Reference.function,
    "results": func.json_array_length(Reference.results),
    "status": type_coerce(Reference.status, String),
    "health": type_coerce(Reference.health, String),
    "most_per_quarter": Reference.most_per_quarter,
    "months_out": text_of(Reference.months_out),
    "last_used": text_of(Reference.last_used),
    "advisory_board": Reference.advisory_board,
    **{name: getattr(Reference, name) for name in STRENGTHS},
}


def _people(within: Within) -> Select[*tuple[Any, ...]]:
    return select(*_PERSON.values()).where(within(Reference.id)).order_by(Reference.id)


def _columns(session: Session, query: Select[*tuple[Any, ...]]) -> _Columns:
    rows = rows_of(session, query)
    return dict(zip(_PERSON, zip(*rows, strict=True) if rows else [()] * len(_PERSON), strict=True))


def _block(session: Session, within: Within, day: Day, policy: Policy) -> Block:
    people = _columns(session, _people(within))
    beside = Beside.read(session, within, today=day.today, quarter_starts=day.quarter_starts)
    at = [beside.accounts[account] for account in people["account_id"]]
    return Block(
        **_who(people, beside, at),
        **_of_account(at),
        **_standing(people, beside, at),
        **_use(people, beside, at, timedelta(days=policy.rest_after_held_days)),
        quarter=[day.quarter] * len(at),
    )


def _who(people: _Columns, beside: Beside, at: Sequence[AccountFacts]) -> _Columns:
    """Give what the references are."""
    ids, own_products = people["id"], beside.own_products
    return {
        "reference_id": ids,
        "account_id": people["account_id"],
        "name": people["name"],
        "country": [
            own or account.country for own, account in zip(people["country"], at, strict=True)
        ],
        "title": people["title"],
        "level": people["level"],
        "function": people["function"],
        "products": [
            account.live(own_products[person]) if person in own_products else account.products
            for person, account in zip(ids, at, strict=True)
        ],
        "tags": [beside.tags.get(person, _NONE) for person in ids],
        "languages": [beside.languages.get(person, _NONE) for person in ids],
        "willing": [beside.willing.get(person, 0) for person in ids],
        "strengths": {name: [mark or 0 for mark in people[name]] for name in STRENGTHS},
        "measured_results": people["results"],
        "advisory_board": people["advisory_board"],
    }


def _of_account(at: Sequence[AccountFacts]) -> _Columns:
    """Give what the references share with others at their accounts."""
    return {
        "account": [account.name for account in at],
        "mask": [account.mask for account in at],
        "named_in_public": [account.named_in_public for account in at],
        "industry": [account.industry for account in at],
        "employees": [account.employees for account in at],
        "account_used_this_quarter": [account.used_this_quarter for account in at],
        "renewal_date": [account.renewal_date for account in at],
        "never_shown_to": [account.never_shown_to for account in at],
    }


def _standing(people: _Columns, beside: Beside, at: Sequence[AccountFacts]) -> _Columns:
    """Give what says whether the references may be asked, their use apart."""
    ids = people["id"]
    return {
        "status": people["status"],
        "health": people["health"],
        "consent_until": [beside.consents.get(person) for person in ids],
        "has_consent": [person in beside.consents for person in ids],
        "own_limit_per_quarter": people["most_per_quarter"],
        "months_out": [month_numbers(text) for text in people["months_out"]],
        "blocking_issue": [
            person in beside.blocked or account.blocked
            for person, account in zip(ids, at, strict=True)
        ],
    }


def _use(people: _Columns, beside: Beside, at: Sequence[AccountFacts], rest: timedelta) -> _Columns:
    """Give how the references were used, and until when they rest after it."""
    used = [beside.uses.get(person, UNUSED) for person in people["id"]]
    last_used = [*map(day_of, people["last_used"])]
    return {
        "resting_until": [
            _latest(before and before + rest, use.rests_until, account.rests_until)
            if before or use.rests_until
            else account.rests_until
            for before, use, account in zip(last_used, used, at, strict=True)
        ],
        "used_this_quarter": [use.this_quarter for use in used],
        "last_asked": [
            _latest(use.last_approved, before) if use.last_approved else before
            for use, before in zip(used, last_used, strict=True)
        ],
        "times_asked": [use.asked for use in used],
        "times_accepted": [use.accepted for use in used],
    }


_NONE: frozenset[str] = frozenset()


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)
