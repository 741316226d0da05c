"""Rows as an import sees them: what is stored, what the file makes of it, what differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table


class Overtaken(Exception):
    """Somebody changed what the import had read or compared; read again."""


@dataclass(slots=True)
class Entity:
    """A row of a table with an id, and the rows of the tables that link to it.

    A value may be another entity: it stands for that entity's id, which a new one gets late.
    """

    table: Table
    values: dict[str, Any]
    stored: Mapping[str, Any] | None = None  # None: not in the database yet
    links: dict[Table, dict[Any, Mapping[str, Any]]] = field(default_factory=dict)
    stored_links: dict[Table, Mapping[Any, Mapping[str, Any]]] = field(default_factory=dict)

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def is_new(self) -> bool:
        """Whether the file makes it."""
        return self.stored is None

    @property
    def id(self) -> int:
        """Its number, once it has one."""
        return int(self.values["id"])

    def get(self, column: str) -> Any:
        """Give a column's value as the file makes it."""
        return self.values.get(column)

    def linked(self, table: Table) -> dict[Any, Mapping[str, Any]]:
        """Give the links of one table, to be changed in place."""
        return self.links.setdefault(table, {})

    def changed_columns(self) -> set[str]:
        """Give the columns whose value differs from the stored one."""
        if self.stored is None:
            return set(self.values)
        return {name for name, value in self.values.items() if value != self.stored.get(name)}


@dataclass(slots=True)
class Tally:
    """Counts changes, so that a row can be told to have made one."""

    changes: int = 0
    touched: dict[int, Entity] = field(default_factory=dict)

    def make(self, table: Table, **values: Any) -> Entity:
        """Make a new entity."""
        entity = Entity(table, {"id": None, **values})
        self._note(entity)
        return entity

    def set(self, entity: Entity, **values: Any) -> None:
        """Give columns new values; those that are so already change nothing."""
        for name, value in values.items():
            if entity.values.get(name) != value:
                entity.values[name] = value
                self._note(entity)

    def fill(self, entity: Entity, **values: Any) -> None:
        """Give columns new values, but leave what is stored where the file says nothing."""
        self.set(entity, **{name: value for name, value in values.items() if value is not None})

    def link(self, entity: Entity, table: Table, to: Any, **extra: Any) -> None:
        """Link an entity to another one, or to a word."""
        links = entity.linked(table)
        if links.get(to) != extra:
            links[to] = extra
            self._note(entity)

    def unlink(self, entity: Entity, table: Table, to: Any) -> None:
        """Take a link away."""
        if entity.linked(table).pop(to, None) is not None:
            self._note(entity)

    def _note(self, entity: Entity) -> None:
        self.changes += 1
        self.touched[id(entity)] = entity
