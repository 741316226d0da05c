"""The one transaction that brings a compared file into the database."""

import time
from collections.abc import Collection
from datetime import datetime

import structlog
from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from refbot.imports.changes import changes_of
from refbot.imports.entities import Entity
from refbot.imports.jobs import Progress
from refbot.imports.known import (
    ACCOUNT,
    CONSENT,
    ISSUE,
    PRODUCT,
    REFERENCE,
    TABLES,
    TAG,
    WORD,
)
from refbot.imports.staging import Stage
from refbot.lifecycle import ReferenceAction, ReferenceStatus, Role
from refbot.storage import Database, revisions
from refbot.storage.revisions import Changed

FEW = 500  # changed references; beyond that the matchers read everything again
EVENT = TABLES["event"]
log = structlog.get_logger()


def applied(
    database: Database, entities: Collection[Entity], *, now: datetime, progress: Progress
) -> None:
    """Write what a file makes of these entities, all of it or nothing."""
    total = len(entities)
    progress("Staging", 0, total)
    with Stage.on(database) as stage:
        stage.number(entities)
        changes = changes_of(entities, now=now)
        if not changes:
            return
        stage.fill(changes)
        progress("Writing", 0, total)
        events, touched = _events(entities, now), _touched(entities)
        started = time.monotonic()  # from here on others wait: nothing but statements
        with stage.connection.begin(), Session(stage.connection) as session:
            stage.apply(changes)
            session.execute(insert(EVENT), events)
            if touched:
                revisions.record(session, touched)
        log.info("import applied", rows=total, locked_ms=round(1000 * (time.monotonic() - started)))
        stage.checkpoint()
    progress("Writing", total, total)


def _events(entities: Collection[Entity], now: datetime) -> list[dict[str, object]]:
    """Give the audit's rows: the import itself, and each opt-out that it brought."""
    applied_one = {
        "at": now,
        "what": "import:apply",
        "as_role": Role.REFBOT.value,
        "reference_id": None,
        "from_status": None,
        "to_status": None,
    }
    opted_out = {
        "what": f"reference:{ReferenceAction.OPT_OUT.value}",
        "to_status": ReferenceStatus.OPTED_OUT.value,
    }
    return [applied_one] + [
        applied_one
        | opted_out
        | {"reference_id": entity.id, "from_status": entity.stored["status"].value}
        for entity in entities
        if entity.table is REFERENCE and entity.stored is not None and _opts_out(entity)
    ]


def _opts_out(entity: Entity) -> bool:
    was = entity.stored["status"] if entity.stored else None
    gone = ReferenceStatus.OPTED_OUT
    return was is not gone and entity.get("status") is gone


def _touched(entities: Collection[Entity]) -> list[tuple[Changed, int]]:
    """Give what the matchers must read again."""
    found: dict[tuple[Changed, int], None] = {}
    for entity in entities:
        for change in _seen_by_matcher(entity):
            found[change] = None
    return list(found) if len(found) < FEW else [(Changed.ALL, 0)]


def _seen_by_matcher(entity: Entity) -> list[tuple[Changed, int]]:
    table: Table = entity.table
    if table in {PRODUCT, TAG, WORD}:
        return [(Changed.WORDS, 0)]
    if table is REFERENCE:
        return [(Changed.REFERENCE, entity.id)]
    if table is CONSENT:
        return [(Changed.REFERENCE, entity.get("reference_id").id)]
    if table is ISSUE:
        return [(Changed.ACCOUNT, entity.get("account_id").id)]
    if table is ACCOUNT:
        return [(Changed.ACCOUNT, entity.id), (Changed.WORDS, 0)]
    return []
