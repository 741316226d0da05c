"""The rows in which a file's entities differ from the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table

from refbot.imports.entities import Entity

Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Changes:
    """Rows to insert, to update and to delete, by table."""

    inserts: dict[Table, Rows] = field(default_factory=dict)
    updates: dict[Table, Rows] = field(default_factory=dict)
    deletes: dict[Table, Rows] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.inserts, self.updates, self.deletes))

    def parents(self) -> dict[Table, set[int]]:
        """Give the ids of the rows that must be there, since staged rows refer to them."""
        needed: dict[Table, set[int]] = {}
        for table, rows in (*self.inserts.items(), *self.updates.items()):
            for key in table.foreign_keys:
                if key.parent.name in rows[0]:
                    ids = {row[key.parent.name] for row in rows} - {None}
                    needed.setdefault(key.column.table, set()).update(ids)
        for table in needed:
            needed[table] -= {row["id"] for row in self.inserts.get(table, ())}
        return needed


def changes_of(entities: Iterable[Entity], *, now: datetime) -> Changes:
    """Work out the rows that differ. New entities must have their ids."""
    changes = Changes()
    entities = list(entities)
    columns: dict[Table, set[str]] = {}
    for entity in entities:
        if not entity.is_new:
            columns.setdefault(entity.table, set()).update(entity.changed_columns())
    for entity in entities:
        if entity.is_new:
            changes.inserts.setdefault(entity.table, []).append(_whole_row(entity, now))
        elif entity.changed_columns():
            row = _changed_row(entity, columns[entity.table], now)
            changes.updates.setdefault(entity.table, []).append(row)
        for table, links in entity.links.items():
            _link_changes(changes, entity, table, links)
    return changes


def _whole_row(entity: Entity, now: datetime) -> dict[str, Any]:
    row = {}
    for column in entity.table.columns:
        if column.name in entity.values:
            row[column.name] = _plain(entity.values[column.name])
        elif column.name == "updated_at":
            row[column.name] = now
        else:
            row[column.name] = _default(column)
    return row


def _changed_row(entity: Entity, columns: set[str], now: datetime) -> dict[str, Any]:
    row = {name: _plain(entity.values[name]) for name in sorted(columns)}
    row["id"] = entity.id
    if "updated_at" in entity.table.columns:
        row["updated_at"] = now
    if "version" in entity.table.columns:
        row["version"] = entity.values["version"] + 1
    return row


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _plain(value: Any) -> Any:
    return value.id if isinstance(value, Entity) else value


def _link_changes(
    changes: Changes, entity: Entity, table: Table, links: Mapping[Any, Mapping[str, Any]]
) -> None:
    owner, other = (column.name for column in table.primary_key.columns)
    stored = entity.stored_links.get(table, {})
    for to, extra in links.items():
        if stored.get(to) != extra:
            kept = changes.updates if to in stored else changes.inserts
            row = {owner: entity.id, other: _plain(to), **extra}
            kept.setdefault(table, []).append(row)
    for to in stored:
        if to not in links:
            row = {owner: entity.id, other: _plain(to)}
            changes.deletes.setdefault(table, []).append(row)
