"""Tables and the queries on them, one noun a module; SQLite and PostgreSQL."""

from refbot.storage import (
    accounts,
    choices,
    colleagues,
    engagements,
    events,
    inbox,
    nudges,
    opportunities,
    outbox,
    posts,
    references,
    requests,
    revisions,
    searches,
    settings,
)
from refbot.storage.base import Base
from refbot.storage.engine import Database

__all__ = [
    "Base",
    "Database",
    "accounts",
    "choices",
    "colleagues",
    "engagements",
    "events",
    "inbox",
    "nudges",
    "opportunities",
    "outbox",
    "posts",
    "references",
    "requests",
    "revisions",
    "searches",
    "settings",
]
