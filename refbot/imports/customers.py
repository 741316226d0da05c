"""Accounts, from a list of their own or from what the rows of people repeat of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from refbot.imports.dates import Day
from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import ACCOUNT, ACCOUNT_PRODUCT, Known
from refbot.imports.meanings import Meanings, account_key, word_key
from refbot.imports.numbers import LARGEST
from refbot.imports.people import email_named
from refbot.imports.problems import Problem, keep_problem, read_problem
from refbot.imports.products import product_named
from refbot.imports.reading import Line
from refbot.matching.profile import Facet

LONGEST_ACCOUNT = 300
LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What one line says of an account."""

    line: int
    name: str
    facts: Mapping[str, Any]  # by column of the account table; what the line does not say is absent
    owner: str | None
    products: tuple[str, ...]
    days: tuple[Day, ...]
    problem: Problem | None = None  # one of the whole account


def read_account(line: Line, meanings: Meanings) -> AccountRow:
    """Read what a line says of its account."""
    facts = {
        "industry": meanings.industry(line),
        "country": meanings.country(line),
        "city": line.text(Field.CITY, 120),
        "employees": line.whole(Field.EMPLOYEES),
        "annual_revenue": line.whole(Field.REVENUE, most=LARGEST),
        "parent_name": line.text(Field.PARENT, LONGEST_ACCOUNT),
        "may_be_named": line.tick(Field.MAY_BE_NAMED),
        "may_be_named_in_public": line.tick(Field.MAY_BE_NAMED_IN_PUBLIC),
        "mask": line.text(Field.MASK, LONGEST_ACCOUNT),
        "clause_text": line.long_text(Field.CLAUSE, LONGEST_TEXT),
        "clause_discount_percent": line.whole(Field.CLAUSE_DISCOUNT, most=100),
        "renewal_date": line.date(Field.RENEWAL),
        "never_shown_to": line.items(Field.NEVER_SHOWN_TO, longest=LONGEST_ACCOUNT) or None,
        "review_links": line.items(Field.REVIEW_LINKS, ";|,\n ", LONGEST_TEXT) or None,
    }
    owner = line.text(Field.OWNER)
    facts["owner_email"] = line.email(Field.OWNER_EMAIL)
    if owner and "@" in owner and facts["owner_email"] is None:
        facts["owner_email"], owner = line.email(Field.OWNER), None
    name = line.needed(Field.ACCOUNT, line.text(Field.ACCOUNT, LONGEST_ACCOUNT))
    return AccountRow(
        line=line.number,
        name=name,
        facts={column: value for column, value in facts.items() if value is not None},
        owner=owner,
        products=tuple(line.items(Field.PRODUCTS)),
        days=line.days(Field.LIVE_SINCE),
    )


def read_account_line(line: Line, meanings: Meanings) -> AccountRow:
    """Read a line of an account list: what only such a list says of an account comes on top."""
    row = read_account(line, meanings)
    more = {"crm_id": line.text(Field.CRM_ID, 100), "time_zone": zone_in(line)}
    facts = {column: value for column, value in more.items() if value is not None}
    return replace(row, facts={**row.facts, **facts}, problem=read_problem(line))


def zone_in(line: Line) -> str | None:
    """Read a time zone by its IANA name."""
    zone = line.text(Field.TIME_ZONE)
    if zone is None or zone in _zones():
        return zone
    line.warnings.append(f"Time zone {zone!r} is not known; write it like Europe/Berlin.")
    return None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Give the known zones: to find them anew for each line reads some 600 files."""
    return frozenset(available_timezones())


def merge_account(job: Job, row: AccountRow, live: "LiveDays") -> tuple[Entity, int]:
    """Bring a line of an account list together with the accounts known."""
    crm_id = row.facts.get("crm_id")
    holder = job.known.accounts_by_crm_id.get(crm_id or "")
    account = holder or found_account(job.known, row.name)
    if account is not None and crm_id and account.get("crm_id") not in {None, crm_id}:
        raise Rejected(
            row.line,
            f"{row.name} is on record with the CRM id {account.get('crm_id')}; "
            f"{crm_id} needs another name, or one of the two is wrong.",
        )
    if account is not None and (told := _contradiction(job, account, row)) is not None:
        raise Rejected(
            row.line,
            f"{row.name} is also in line {job.first_line[account]} with another "
            f"{told.replace('_', ' ')}; keep one of the two.",
        )
    return account_of(job, row, live), row.line


def account_of(job: Job, row: AccountRow, live: "LiveDays") -> Entity:
    """Give the account that a line speaks of, with the line's facts; a new one is made."""
    account = found_account(job.known, row.name)
    holder = job.known.accounts_by_crm_id.get(row.facts.get("crm_id", ""))
    account = holder or account
    if account is None:
        account = made_account(job, row.line, row.name)
    elif account.get("name") != row.name:
        job.warn(row.line, f"{row.name!r} was taken for the account {account.get('name')!r}.")
    _keep_facts(job, account, row)
    for name in row.products:
        product = product_named(job, row.line, name)
        day = live.day(row.name, name)
        keep_product(job, account, product, day)
    if row.problem:
        keep_problem(job, row.problem, account, None)
    job.known.keep_account(account)
    return account


def found_account(known: Known, name: str) -> Entity | None:
    """Give the account that goes by this name or alias in any spelling."""
    key = account_key(name)
    if (account := known.accounts.get(key)) is not None:
        return account
    alias = known.words.get((Facet.ACCOUNT.value, key))
    return known.accounts.get(account_key(alias.get("value"))) if alias else None


def made_account(job: Job, line: int, name: str) -> Entity:
    """Make an account; one much like a known one is noted."""
    alias = job.known.words.get((Facet.ACCOUNT.value, account_key(name)))
    full_name = str(alias.get("value")) if alias else name
    key = account_key(full_name)
    if (like := job.known.account_like(full_name)) is not None:
        job.warn(
            line,
            f"Account {name!r} is new but looks like {like.get('name')!r}: if it is the same, "
            "spell it alike or add the spelling to the vocabulary.",
        )
    account = job.tally.make(ACCOUNT, name=full_name, name_key=key)
    job.known.keep_account(account)
    return account


def keep_product(job: Job, account: Entity, product: Entity, day: Day | None) -> None:
    """Note that an account uses a product, since a day where that is known."""
    held = account.linked(ACCOUNT_PRODUCT).get(product)
    since = held["live_since"] if held else None
    if day and not (since and day.says_less_than(Day(since))):
        since = day.date
    job.tally.link(account, ACCOUNT_PRODUCT, product, live_since=since)


def _keep_facts(job: Job, account: Entity, row: AccountRow) -> None:
    """Take the facts of a line; where an earlier line said otherwise, that one stands."""
    if (told := _contradiction(job, account, row)) is not None:
        job.warn(
            row.line,
            f"{row.name} has another {told.replace('_', ' ')} in an earlier line; that was kept.",
        )
    said = job.facts_said.setdefault(account, {})
    for column, value in {**row.facts, **_owner(job, row)}.items():
        if said.setdefault(column, value) == value:
            job.tally.set(account, **{column: value})


def _owner(job: Job, row: AccountRow) -> dict[str, Any]:
    """Find the e-mail of an owner who stands there by name."""
    if row.owner is None or "owner_email" in row.facts:
        return {}
    if email := email_named(job.known, row.owner):
        return {"owner_email": email}
    job.warn(
        row.line,
        f"Owner {row.owner!r} is not among our people with an e-mail; import a list of them "
        "with names and e-mails, or write the owner's e-mail.",
    )
    return {}


def _contradiction(job: Job, account: Entity, row: AccountRow) -> str | None:
    said = job.facts_said.get(account, {})
    for column, value in {**row.facts, **_owner(job, row)}.items():
        if said.get(column, value) != value:
            return column
    return None


class LiveDays:
    """Since when each account uses each product, put together from all rows that say so.

    A row with one product dates that product. A row with several and one date dates the first
    that went live, so it speaks for the others only where nothing else does.
    """

    def __init__(self, rows: Iterable[AccountRow]) -> None:
        self._told: dict[tuple[str, str], list[Day]] = defaultdict(list)
        self._shared: dict[tuple[str, str], list[Day]] = defaultdict(list)
        for row in rows:
            one_each = len(row.days) == len(row.products)
            for place, product in enumerate(row.products if row.days else ()):
                kept = self._told if one_each else self._shared
                key = account_key(row.name), word_key(product)
                kept[key].append(row.days[place if one_each else 0])

    def day(self, account: str, product: str) -> Day | None:
        """Give the first day; a day beats the mere month it lies in."""
        key = account_key(account), word_key(product)
        days = self._told.get(key) or self._shared.get(key)
        if not days:
            return None
        first = min(days, key=lambda day: day.date)
        if first.is_exact:
            return first
        month = first.date.year, first.date.month
        exact = [d for d in days if d.is_exact and (d.date.year, d.date.month) == month]
        return min(exact, key=lambda day: day.date, default=first)
