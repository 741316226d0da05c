"""What an import changes: staged in temporary tables without locks, then applied set by set.

Staging 50,000 rows takes seconds and nobody waits for it. The one transaction that applies them
holds plain `INSERT … SELECT`, `UPDATE … FROM` and `DELETE` statements and takes no more than a
second, in which other writers wait.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Enum,
    MetaData,
    Table,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.schema import CreateTable

from refbot.imports.entities import Entity
from refbot.storage import Base, Database

BATCH = 5_000  # rows
CACHE = "PRAGMA cache_size=-65536"  # 64 MB, so that the apply does not spill


class Overtaken(Exception):
    """Somebody changed what the import had compared; compare again."""


@dataclass(slots=True)
class Changes:
    """Rows to insert, to update and to delete, by table."""

    inserts: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    updates: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    deletes: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.inserts, self.updates, self.deletes))


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
            row = {owner: entity.id, other: _plain(to), **extra}
            changes.inserts.setdefault(table, []).append(row)
    for to, extra in stored.items():
        if links.get(to) != extra:
            row = {owner: entity.id, other: _plain(to)}
            changes.deletes.setdefault(table, []).append(row)


class Stage:
    """One connection with its temporary tables. They vanish with it, whatever happens."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._tables = MetaData()
        self._highest: dict[Table, int] = {}

    @classmethod
    @contextmanager
    def on(cls, database: Database) -> Iterator["Stage"]:
        """Open a connection for one import and throw it away afterwards."""
        with database.writer.connect() as connection:
            connection.detach()
            stage = cls(connection)
            if stage.is_sqlite:
                stage.driver.execute(CACHE).close()
            yield stage

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.dialect.name == "sqlite"

    @property
    def driver(self) -> Any:
        """The driver's connection. Through it SQLite stages without the lock of a writer."""
        return self.connection.connection.dbapi_connection

    def number(self, entities: Iterable[Entity]) -> None:
        """Give new entities their ids: reserved on PostgreSQL, checked in `apply` on SQLite."""
        new: dict[Table, list[Entity]] = {}
        for entity in entities:
            if entity.is_new:
                new.setdefault(entity.table, []).append(entity)
        for table, several in new.items():
            for entity, number in zip(several, self._numbers(table, len(several)), strict=True):
                entity.values["id"] = number

    def _numbers(self, table: Table, count: int) -> Sequence[int]:
        if self.is_sqlite:
            [(highest,)] = self.driver.execute(f"SELECT max(id) FROM {_quoted(table)}").fetchall()
            self._highest[table] = highest or 0
            return range(self._highest[table] + 1, self._highest[table] + 1 + count)
        with self.connection.begin():
            reserved = text(
                "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :n)"
            )
            given = self.connection.execute(reserved, {"table": _quoted(table), "n": count})
            return sorted(given.scalars())

    def fill(self, changes: Changes) -> None:
        """Copy the changes into temporary tables."""
        for prefix, by_table in (
            ("new", changes.inserts), ("changed", changes.updates), ("gone", changes.deletes),
        ):  # fmt: skip
            for table, rows in by_table.items():
                self._copy(self._temporary(prefix, table, rows[0]), rows)

    def _temporary(self, prefix: str, table: Table, row: Mapping[str, Any]) -> Table:
        columns = [Column(name, _loose(table.c[name].type)) for name in row]
        return Table(f"{prefix}_{table.name}", self._tables, *columns, prefixes=["TEMPORARY"])

    def _copy(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        names = [column.name for column in table.columns]
        writers = [
            column.type.dialect_impl(self.dialect).bind_processor(self.dialect)
            for column in table.columns
        ]
        tuples = (
            tuple(
                write(row[name]) if write and row[name] is not None else row[name]
                for name, write in zip(names, writers, strict=True)
            )
            for row in rows
        )
        cursor = self.driver.cursor()
        cursor.execute(str(CreateTable(table).compile(dialect=self.dialect)))
        columns = ", ".join(f'"{name}"' for name in names)
        if self.is_sqlite:
            marks = ", ".join("?" for _ in names)
            cursor.execute("BEGIN")
            cursor.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", tuples)
            cursor.execute("COMMIT")
        else:
            with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for one in tuples:
                    copy.write_row(one)
            self.driver.commit()
        cursor.close()

    def apply(self, changes: Changes) -> None:
        """Bring the staged rows into the tables, inside the caller's transaction."""
        for table in Base.metadata.sorted_tables:
            if table in changes.deletes:
                self._delete(table)
        for table in Base.metadata.sorted_tables:
            if table in changes.inserts:
                self._insert(table)
            if table in changes.updates:
                self._update(table, len(changes.updates[table]))

    def _insert(self, table: Table) -> None:
        if table in self._highest:
            highest = self.connection.scalar(select(func.max(table.c.id))) or 0
            if highest != self._highest[table]:
                raise Overtaken
        staged = self._tables.tables[f"new_{table.name}"]
        names = [column.name for column in staged.columns]
        self.connection.execute(insert(table).from_select(names, select(staged)))

    def _update(self, table: Table, expected: int) -> None:
        staged = self._tables.tables[f"changed_{table.name}"]
        values = {c.name: staged.c[c.name] for c in staged.columns if c.name != "id"}
        query = update(table).values(values).where(table.c.id == staged.c.id)
        if "version" in values:
            query = query.where(table.c.version == staged.c.version - 1)
        if self.connection.execute(query).rowcount != expected:
            raise Overtaken

    def _delete(self, table: Table) -> None:
        staged = self._tables.tables[f"gone_{table.name}"]
        same = [table.c[column.name] == column for column in staged.columns]
        self.connection.execute(delete(table).where(exists().where(*same)))


def _loose(kind: Any) -> Any:
    """Give a column type that stores the same without its CHECK."""
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return Enum(
            kind.enum_class,
            native_enum=False,
            create_constraint=False,
            length=kind.length,
            values_callable=lambda members: [member.value for member in members],
        )
    return kind


def _quoted(table: Table) -> str:
    return f'"{table.name}"'
