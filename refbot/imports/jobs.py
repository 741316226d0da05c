"""The planning of one table: its rows are read, compared with what is known, counted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from refbot.imports.entities import Entity, Tally
from refbot.imports.known import Known
from refbot.imports.meanings import Meanings
from refbot.imports.reading import Line
from refbot.imports.reports import Note

# Told the step in words, and how many of how many rows are done.
Progress = Callable[[str, int, int], None]
TOLD_EVERY = 500  # rows
ALREADY_EVERYWHERE = timedelta(hours=12)
Read = TypeVar("Read")


class Outcome(StrEnum):
    """How a row is counted."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Job:
    """One table on its way: where it came from, what is known, the counts and notes so far."""

    source: str  # the file, and the sheet if it has several
    now: datetime
    known: Known
    meanings: Meanings
    progress: Progress
    total: int
    rows: int = 0
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    rejected: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    first_line: dict[Entity, int] = field(default_factory=dict)
    _noted: set[tuple[int, str]] = field(default_factory=set)
    facts_said: dict[Entity, dict[str, Any]] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        """The changes so far."""
        return self.known.tally

    @property
    def today(self) -> date:
        """The latest day that has begun in every time zone: what is granted on it is in force."""
        return (self.now - ALREADY_EVERYWHERE).date()

    def read(self, lines: Iterable[Line], reader: Callable[[Line], Read]) -> Iterator[Read]:
        """Read each line; one that cannot be used is rejected with its reason."""
        for line in lines:
            self.rows += 1
            if self.rows % TOLD_EVERY == 0:
                self.progress("Reading", self.rows, self.total)
            row = reader(line)
            if line.wrongs:
                self.reject(line.number, " ".join(dict.fromkeys(line.wrongs)))
            else:
                yield row
            self.warn(line.number, *line.warnings)

    def merge(self, rows: Iterable[Read], merger: Callable[[Read], tuple[Entity, int]]) -> None:
        """Bring each row together with what is known, and count what became of it.

        The merger gives the row's main entity and its line; it rejects before it has
        changed anything.
        """
        for done, row in enumerate(rows, start=1):
            if done % TOLD_EVERY == 0:
                self.progress("Comparing", done, self.total)
            before = self.tally.changes
            try:
                entity, line = merger(row)
            except Rejected as bad:
                self.reject(bad.line, str(bad))
                continue
            is_first = entity not in self.first_line
            self.first_line.setdefault(entity, line)
            if entity.is_new and is_first:
                self.counts[Outcome.CREATED] += 1
            else:
                is_changed = self.tally.changes > before
                self.counts[Outcome.UPDATED if is_changed else Outcome.UNCHANGED] += 1

    def warn(self, line: int, *reasons: str) -> None:
        """Note something odd about a line, once."""
        for reason in reasons:
            if (line, reason) not in self._noted:
                self._noted.add((line, reason))
                self.warnings.append(Note(line, reason))

    def reject(self, line: int, reason: str) -> None:
        """Note why a line cannot be taken."""
        self.rejected.append(Note(line, reason))


class Rejected(Exception):
    """A row that cannot be taken beside what is known; the text says why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
