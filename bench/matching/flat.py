"""One row a reference with all that ranking needs, made by SQL from the program's own tables.

Days are counted from 1970. It shares nothing with how the matcher reads the database.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Date, Integer, bindparam, text
from sqlalchemy.types import TypeEngine

from refbot.matching.names import cleaned_name
from refbot.matching.weights import EMPHASIS
from refbot.storage.base import UtcDateTime

COLUMNS = {
    "id": "INTEGER PRIMARY KEY",
    "account_id": "INTEGER NOT NULL",
    "account_key": "TEXT NOT NULL",
    "industry": "TEXT",
    "country": "TEXT",
    "level": "TEXT",
    "function": "TEXT",
    "employees": "INTEGER",
    "active": "INTEGER NOT NULL",
    "consent_until": "INTEGER NOT NULL",  # the last day; 0 without consent
    "own_limit": "INTEGER NOT NULL",
    "months_out": "INTEGER NOT NULL",  # a bit for each month
    "resting_until": "INTEGER NOT NULL",
    "used": "INTEGER NOT NULL",
    "account_used": "INTEGER NOT NULL",
    "blocked": "INTEGER NOT NULL",
    "health": "TEXT",
    "renewal": "INTEGER",
    "last_asked": "INTEGER NOT NULL",  # 0: never
    "asked": "INTEGER NOT NULL",
    "accepted": "INTEGER NOT NULL",
    "results": "INTEGER NOT NULL",
    "since": "INTEGER",
    "named": "INTEGER NOT NULL",
    "business_value": "INTEGER",
    "technical_depth": "INTEGER",
    "public_speaking": "INTEGER",
    "one_to_one": "INTEGER",
    "passion": "INTEGER",
    **{f"willing_{activity}": "TEXT" for activity in EMPHASIS},
}
BESIDE = {
    "flat_product": {"reference_id": "INTEGER", "value": "TEXT", "live": "INTEGER"},
    "flat_tag": {"reference_id": "INTEGER", "value": "TEXT"},
    "flat_language": {"reference_id": "INTEGER", "value": "TEXT"},
    "flat_hidden": {"account_id": "INTEGER", "name_key": "TEXT"},
}
_INDEXES = (
    "CREATE INDEX flat_product_value ON flat_product (value, reference_id, live)",
    "CREATE INDEX flat_product_reference ON flat_product (reference_id, value, live)",
    "CREATE INDEX flat_tag_value ON flat_tag (value, reference_id)",
    "CREATE INDEX flat_language_value ON flat_language (value, reference_id)",
    "CREATE INDEX flat_account_key ON flat (account_key)",
    *(f"CREATE INDEX flat_{name} ON flat ({name})" for name in ("industry", "country", "function")),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the two engines differ."""

    day: str
    instant: str
    greatest: str
    months: str
    each: str


_SQLITE = Dialect(
    day="(unixepoch({}) / 86400)",
    instant="(unixepoch({}) / 86400)",
    greatest="max",
    months="(SELECT coalesce(sum(1 << m.value), 0) FROM json_each(r.months_out) m)",
    each="SELECT a.id, h.value FROM account a, json_each(a.never_shown_to) h",
)
_POSTGRESQL = Dialect(
    day="({} - DATE '1970-01-01')",
    instant="(({} AT TIME ZONE 'UTC')::date - DATE '1970-01-01')",
    greatest="greatest",
    months="(SELECT coalesce(sum(1 << m.value::int), 0) "
    "FROM json_array_elements_text(r.months_out) m)",
    each="SELECT a.id, h.value FROM account a, json_array_elements_text(a.never_shown_to) h",
)


def flatten(
    connection: Connection, *, today: date, zone: ZoneInfo, rest_after_held_days: int
) -> None:
    """Make the flat tables for a day of the program; they must not be there yet."""
    dialect = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    create(connection)
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    values = {
        "today": today,
        "quarter": datetime(first.year, first.month, 1, tzinfo=zone).astimezone(UTC),
        "rest": rest_after_held_days,
    }
    types: dict[str, TypeEngine[Any]] = {
        "today": Date(),
        "quarter": UtcDateTime(),
        "rest": Integer(),
    }
    for statement in (_LIVE, _TAGS, _LANGUAGES, _ROWS):
        needed = [name for name in types if f":{name}" in statement]
        written = text(_in(dialect, statement)).bindparams(
            *(bindparam(name, values[name], type_=types[name]) for name in needed)
        )
        connection.execute(written)
    _hide(connection, dialect)
    index(connection)


def create(connection: Connection) -> None:
    """Make the empty tables."""
    for table, columns in {"flat": COLUMNS, **BESIDE}.items():
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(text(f"CREATE TABLE {table} ({listed})"))


def index(connection: Connection) -> None:
    """Index what queries look up, and let the planner count."""
    for statement in _INDEXES:
        connection.execute(text(statement))
    connection.execute(text("ANALYZE"))


def _hide(connection: Connection, dialect: Dialect) -> None:
    rows: list[dict[str, Any]] = [
        {"account_id": row[0], "name_key": cleaned_name(row[1])}
        for row in connection.execute(text(dialect.each))
    ]
    if rows:
        connection.execute(text("INSERT INTO flat_hidden VALUES (:account_id, :name_key)"), rows)


def _in(dialect: Dialect, statement: str) -> str:
    """Write DAY(column), INSTANT_DAY(column), GREATEST(…) and MONTHS as the engine knows them."""
    statement = re.sub(
        r"\b(INSTANT_DAY|DAY)\(([\w.]+)\)",
        lambda found: (dialect.day if found[1] == "DAY" else dialect.instant).format(found[2]),
        statement,
    )
    for name, meaning in {
        "GREATEST": dialect.greatest,
        "MONTHS": dialect.months,
        "COUNTS": "status NOT IN ('declined', 'cancelled', 'no_response', 'refused')",
        "WILLING": _WILLING,
        "w.ANSWERS": ", ".join(f"w.{activity}" for activity in EMPHASIS),
    }.items():
        statement = statement.replace(name, meaning)
    return statement


# A person with products of their own knows those; the days are the account's.
_LIVE = """
INSERT INTO flat_product
SELECT r.id, p.name, DAY(ap.live_since)
FROM reference r
JOIN reference_product rp ON rp.reference_id = r.id
JOIN product p ON p.id = rp.product_id
LEFT JOIN account_product ap ON ap.account_id = r.account_id AND ap.product_id = p.id
UNION ALL
SELECT r.id, p.name, DAY(ap.live_since)
FROM reference r
JOIN account_product ap ON ap.account_id = r.account_id
JOIN product p ON p.id = ap.product_id
WHERE NOT EXISTS (SELECT 1 FROM reference_product rp WHERE rp.reference_id = r.id)
"""
_TAGS = """
INSERT INTO flat_tag
SELECT rt.reference_id, t.name FROM reference_tag rt JOIN tag t ON t.id = rt.tag_id
"""
_LANGUAGES = """
INSERT INTO flat_language SELECT reference_id, language FROM reference_language
"""
_WILLING = ", ".join(
    f"max(CASE WHEN activity = '{activity}' THEN answer END) AS {activity}" for activity in EMPHASIS
)
# A consent counts from its first day to its last, if it is for membership and not withdrawn.
_ROWS = """
INSERT INTO flat
WITH used AS (
    SELECT reference_id,
        sum(CASE WHEN approved_at >= :quarter AND COUNTS THEN 1 ELSE 0 END) AS used,
        sum(CASE WHEN invited_at IS NOT NULL THEN 1 ELSE 0 END) AS asked,
        sum(CASE WHEN invited_at IS NOT NULL AND status IN
            ('held', 'thanked', 'closed', 'accepted', 'scheduled') THEN 1 ELSE 0 END) AS accepted,
        max(approved_at) AS last_approved,
        max(rests_until) AS rests_until
    FROM engagement GROUP BY reference_id
), account_used AS (
    SELECT account_id, count(*) AS used FROM engagement
    WHERE approved_at >= :quarter AND COUNTS GROUP BY account_id
), allowed AS (
    SELECT reference_id,
        max(CASE WHEN expires_on IS NULL THEN 1 ELSE 0 END) AS endless,
        max(expires_on) AS last_day
    FROM consent
    WHERE activity IS NULL AND withdrawn_on IS NULL AND granted_on <= :today GROUP BY reference_id
), willing AS (
    SELECT reference_id, WILLING
    FROM reference_willingness GROUP BY reference_id
), live AS (
    SELECT reference_id, min(live) AS since FROM flat_product GROUP BY reference_id
), blocked AS (
    SELECT account_id, reference_id FROM issue WHERE severity = 'blocking' AND closed_on IS NULL
)
SELECT
    r.id, r.account_id, a.name_key, a.industry,
    CASE WHEN r.country IS NULL OR r.country = '' THEN a.country ELSE r.country END,
    r.level, r.function, a.employees,
    CASE WHEN r.status = 'active' THEN 1 ELSE 0 END,
    CASE WHEN c.endless = 1 THEN 99999999 ELSE coalesce(DAY(c.last_day), 0) END,
    coalesce(r.most_per_quarter, 99999999),
    MONTHS,
    GREATEST(
        coalesce(DAY(r.last_used) + :rest, 0), coalesce(DAY(u.rests_until), 0),
        coalesce(DAY(a.rests_until), 0)
    ),
    coalesce(u.used, 0), coalesce(au.used, 0),
    CASE WHEN EXISTS (
        SELECT 1 FROM blocked b WHERE b.account_id = r.account_id
        AND (b.reference_id IS NULL OR b.reference_id = r.id)
    ) THEN 1 ELSE 0 END,
    r.health,
    DAY(a.renewal_date),
    GREATEST(coalesce(INSTANT_DAY(u.last_approved), 0), coalesce(DAY(r.last_used), 0)),
    coalesce(u.asked, 0), coalesce(u.accepted, 0),
    json_array_length(r.results),
    live.since,
    CASE WHEN a.may_be_named_in_public THEN 1 ELSE 0 END,
    r.business_value, r.technical_depth, r.public_speaking, r.one_to_one, r.passion,
    w.ANSWERS
FROM reference r
JOIN account a ON a.id = r.account_id
LEFT JOIN used u ON u.reference_id = r.id
LEFT JOIN account_used au ON au.account_id = r.account_id
LEFT JOIN allowed c ON c.reference_id = r.id
LEFT JOIN willing w ON w.reference_id = r.id
LEFT JOIN live ON live.reference_id = r.id
"""
