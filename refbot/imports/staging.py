"""What an import changes: staged in temporary tables without locks, then applied set by set.

Staging 50,000 rows takes seconds and nobody waits for it. The one transaction that applies them
holds plain `INSERT … SELECT`, `UPDATE … FROM` and `DELETE` statements and takes no more than a
second, in which other writers wait.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import sql
from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Enum,
    Index,
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
from sqlalchemy.schema import CreateIndex, CreateTable

from refbot.imports.changes import Changes
from refbot.imports.entities import Entity, Overtaken
from refbot.storage import Base, Database

PATIENCE_MS = 10_000  # an import has nobody waiting at a button
# SQLite, on the import's own connection: 64 MB of pages, so that the apply does not spill. Keys and
# CHECKs cost half of its time, in which everybody waits: parents are checked once a set instead
# (`_check_parents`), and the rows' values were checked when they were read.
PRAGMAS = (
    "cache_size=-65536",
    "foreign_keys=OFF",
    "ignore_check_constraints=ON",
    "wal_autocheckpoint=0",
    f"busy_timeout={PATIENCE_MS}",
)


class Stage:
    """One connection with its temporary tables. They vanish with it, whatever happens."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._tables = MetaData()
        self._parents: dict[Table, int] = {}  # rows that must be there, staged in parent_*

    @classmethod
    @contextmanager
    def on(cls, database: Database) -> Iterator["Stage"]:
        """Open a connection for one import and throw it away afterwards."""
        with database.writer.connect() as connection:
            connection.detach()
            stage = cls(connection)
            settings = [f"PRAGMA {pragma}" for pragma in PRAGMAS]
            for setting in settings if stage.is_sqlite else [f"SET lock_timeout={PATIENCE_MS}"]:
                stage.driver.execute(setting).close()
            if not stage.is_sqlite:
                stage.driver.commit()
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
        """Give new entities their ids: reserved on PostgreSQL, on SQLite the next ones.

        There somebody may take one first; then the insert fails and the import compares again.
        """
        new: dict[Table, list[Entity]] = {}
        for entity in entities:
            if entity.is_new:
                new.setdefault(entity.table, []).append(entity)
        for table, several in new.items():
            for entity, number in zip(several, self._numbers(table, len(several)), strict=True):
                entity.values["id"] = number

    def _numbers(self, table: Table, count: int) -> Sequence[int]:
        if self.is_sqlite:
            highest = str(select(func.max(table.c.id)).compile(dialect=self.dialect))
            first = (self.driver.execute(highest).fetchone()[0] or 0) + 1
            return range(first, first + count)
        with self.connection.begin():
            reserved = text(
                "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :n)"
            )
            given = self.connection.execute(reserved, {"table": table.name, "n": count})
            return sorted(given.scalars())

    def fill(self, changes: Changes) -> None:
        """Copy the changes into temporary tables."""
        staged = (("new", changes.inserts), ("changed", changes.updates), ("gone", changes.deletes))
        for prefix, by_table in staged:
            for table, rows in by_table.items():
                copy = self._temporary(prefix, table, rows[0])
                self._copy(copy, rows)
                if prefix != "new":
                    self._index(copy, table)
        if self.is_sqlite:
            for table, ids in changes.parents().items():
                self._parents[table] = len(ids)
                self._copy(self._temporary("parent", table, ["id"]), [{"id": i} for i in ids])

    def _temporary(self, prefix: str, table: Table, names: Iterable[str]) -> Table:
        columns = [Column(name, _loose(table.c[name].type)) for name in names]
        return Table(f"{prefix}_{table.name}", self._tables, *columns, prefixes=["TEMPORARY"])

    def _index(self, staged: Table, table: Table) -> None:
        """Let rows be found by their key: else each row of the table looks at all staged ones."""
        keys = [staged.c[key.name] for key in table.primary_key if key.name in staged.c]
        index = Index(f"ix_{staged.name}", *(keys or staged.columns))
        cursor = self.driver.cursor()
        cursor.execute(str(CreateIndex(index).compile(dialect=self.dialect)))
        if not self.is_sqlite:
            cursor.execute(f"ANALYZE {staged.name}")
            self.driver.commit()
        cursor.close()

    def _copy(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        names = [column.name for column in table.columns]
        writers = [_writer(column, self.dialect) for column in table.columns]
        tuples = (
            tuple(
                write(row[name]) if write and row[name] is not None else row[name]
                for name, write in zip(names, writers, strict=True)
            )
            for row in rows
        )
        cursor = self.driver.cursor()
        cursor.execute(str(CreateTable(table).compile(dialect=self.dialect)))
        if self.is_sqlite:
            cursor.execute("BEGIN")
            statement = insert(table).compile(dialect=self.dialect, column_keys=names)
            cursor.executemany(str(statement), tuples)
            cursor.execute("COMMIT")
        else:
            columns = sql.SQL(", ").join(map(sql.Identifier, names))
            query = sql.SQL("COPY {} ({}) FROM STDIN")
            with cursor.copy(query.format(sql.Identifier(table.name), columns)) as copy:
                for one in tuples:
                    copy.write_row(one)
            self.driver.commit()
        cursor.close()

    def apply(self, changes: Changes) -> None:
        """Bring the staged rows into the tables, inside the caller's transaction.

        Inserts come first: on PostgreSQL nobody waits for them, as somebody may for an updated row.
        Only an update that frees a unique value, such as an e-mail, goes before them.
        """
        self._check_parents()
        order = Base.metadata.sorted_tables
        for table in order:
            if table in changes.updates and _touches_unique(table, changes.updates[table][0]):
                self._update(table, len(changes.updates[table]))
            if table in changes.inserts:
                self._insert(table)
        for table in order:
            if table in changes.updates and not _touches_unique(table, changes.updates[table][0]):
                self._update(table, len(changes.updates[table]))
            if table in changes.deletes:
                self._delete(table)

    def checkpoint(self) -> None:
        """Copy SQLite's log into the database here, where nobody waits, not in another's commit."""
        if self.is_sqlite:
            self.driver.execute("PRAGMA wal_checkpoint(PASSIVE)").close()

    def _check_parents(self) -> None:
        for table, expected in self._parents.items():
            staged = self._tables.tables[f"parent_{table.name}"]
            there = select(func.count()).select_from(staged).where(staged.c.id == table.c.id)
            if self.connection.scalar(there.select_from(table)) != expected:
                raise Overtaken

    def _insert(self, table: Table) -> None:
        staged = self._tables.tables[f"new_{table.name}"]
        names = [column.name for column in staged.columns]
        self.connection.execute(insert(table).from_select(names, select(staged)))

    def _update(self, table: Table, expected: int) -> None:
        staged = self._tables.tables[f"changed_{table.name}"]
        keys = table.primary_key.columns.keys()
        values = {name: column for name, column in staged.c.items() if name not in keys}
        same = [table.c[name] == staged.c[name] for name in keys]
        if "version" in values:
            same.append(table.c.version == staged.c.version - 1)
        query = update(table).values(values).where(*same)
        if self.connection.execute(query).rowcount != expected:
            raise Overtaken

    def _delete(self, table: Table) -> None:
        staged = self._tables.tables[f"gone_{table.name}"]
        same = [table.c[name] == column for name, column in staged.c.items()]
        self.connection.execute(delete(table).where(exists().where(*same)))


def _writer(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Give what turns a column's values into the driver's, as SQLAlchemy would on insert."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _touches_unique(table: Table, row: Mapping[str, Any]) -> bool:
    return any(column.unique and column.name in row for column in table.columns)


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
