"""A table's lines, read in the style of their columns, one field at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from refbot.imports import dates, numbers
from refbot.imports.cells import (
    BadCell,
    email_of,
    items_of,
    one_line,
    one_of,
    separators_in,
    text_of,
    yes_or_no,
)
from refbot.imports.columns import Heading, column_letter
from refbot.imports.dates import Day, Order
from refbot.imports.fields import DATES, MONEY, NUMBERS, Field
from refbot.imports.files import Cell, Table
from refbot.imports.numbers import NumberStyle
from refbot.imports.reports import MappedColumn, Note

Read = TypeVar("Read")
Word = TypeVar("Word", bound=StrEnum)
LONGEST_NAME = 200
LONGEST_LIST = 2_000
LONGEST_ITEM = 120
EXAMPLE = 40  # characters


@dataclass(frozen=True, slots=True)
class Styles:
    """How the columns of one table write dates and numbers, and what was guessed of it."""

    orders: dict[Field, Order]
    numbers: dict[Field, NumberStyle]
    guesses: tuple[Note, ...]
    mattering: frozenset[Field]  # the dates in which the order of day and month makes a difference


@dataclass(slots=True)
class Line:
    """One line being read.

    What is odd about it gathers in `warnings`. What is wrong gathers in `wrongs`, so that its user
    hears of all of it at once; a field that is wrong reads as empty.
    """

    number: int
    cells: Sequence[Cell]
    heading: Heading
    styles: Styles
    warnings: list[str] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)

    def name_of(self, what: Field) -> str:
        """Call the field what its user calls it."""
        return self.heading.header_of(what)

    def text(self, what: Field, longest: int = LONGEST_NAME) -> str | None:
        """Give a field's text on one line; None where the column or the cell says nothing."""
        found = self.long_text(what, longest)
        return one_line(found) if found else None

    def long_text(self, what: Field, longest: int) -> str | None:
        """Give a field's text with its line breaks."""
        cell = self._cell(what)
        if cell is None:
            return None
        name = self.name_of(what)
        return self._tried(lambda: text_of(cell, self.warnings, name=name, longest=longest))

    def items(
        self, what: Field, separators: str | None = None, longest: int = LONGEST_ITEM
    ) -> list[str]:
        """Give a field's list."""
        text = self.long_text(what, LONGEST_LIST)
        items = items_of(text, separators or separators_in(text)) if text else []
        if too_long := next((item for item in items if len(item) > longest), None):
            self.wrongs.append(
                f"{self.name_of(what)} holds {too_long[:30]!r}… of {len(too_long)} characters; "
                f"shorten it to {longest}."
            )
        return items

    def day(self, what: Field) -> Day | None:
        """Give a field's date."""
        text = self.text(what)
        return self._day_in(what, text) if text else None

    def days(self, what: Field) -> tuple[Day, ...]:
        """Give a field's dates, split at semicolons and lines."""
        found = [self._day_in(what, item) for item in self.items(what, ";|\n")]
        return tuple(day for day in found if day is not None)

    def date(self, what: Field) -> date | None:
        """Give a field's date, the first day of a month or year that was written alone."""
        found = self.day(what)
        return found.date if found else None

    def whole(
        self, what: Field, *, least: int = 0, most: int = numbers.LARGEST_SMALL
    ) -> int | None:
        """Give a field's number."""
        if self.text(what) is None:
            return None
        style, name, cell = self.styles.numbers[what], self.name_of(what), self._cell(what)
        return self._tried(
            lambda: numbers.whole_number(cell, style, name=name, least=least, most=most)
        )

    def email(self, what: Field) -> str | None:
        """Give a field's e-mail address."""
        text = self.text(what, longest=300)
        return self._tried(lambda: email_of(text, name=self.name_of(what))) if text else None

    def tick(self, what: Field) -> bool | None:
        """Give a field's yes or no."""
        text = self.text(what)
        return self._tried(lambda: yes_or_no(text, name=self.name_of(what))) if text else None

    def one_of(self, what: Field, words: Mapping[str, Word]) -> Word | None:
        """Give a field's word, one of a few."""
        text = self.text(what)
        return self._tried(lambda: one_of(text, words, name=self.name_of(what))) if text else None

    def needed(self, what: Field, text: str | None) -> str:
        """Give a text that the row cannot do without."""
        if not text and not self.wrongs:
            self.wrongs.append(f"{self.name_of(what)} is empty; fill it in.")
        return text or ""

    def has(self, what: Field) -> bool:
        """Whether the table has such a column."""
        return what in self.heading.columns

    def _day_in(self, what: Field, text: str) -> Day | None:
        order, name = self.styles.orders[what], self.name_of(what)
        return self._tried(lambda: dates.day_of(text, order, name=name))

    def _tried(self, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except BadCell as bad:
            self.wrongs.append(str(bad))
            return None

    def _cell(self, what: Field) -> Cell:
        column = self.heading.columns.get(what)
        return None if column is None or column >= len(self.cells) else self.cells[column]


def lines_of(table: Table, heading: Heading, styles: Styles) -> Iterator[Line]:
    """Give the lines below the header, without repetitions of it."""
    width = len(heading.headers)
    header = next(row.cells for row in table.rows if row.line == heading.line)
    for row in table.rows:
        if row.line <= heading.line or row.cells == header:
            continue
        line = Line(row.line, row.cells, heading, styles)
        if any(cell not in {None, ""} for cell in row.cells[width:]):
            line.wrongs.append(
                f"The line has {len(row.cells)} cells under {width} headers; put quotes around "
                "cells that hold the delimiter."
            )
        yield line


def styles_of(table: Table, heading: Heading) -> Styles:
    """Tell from all values how each column writes; what no value tells is guessed and noted."""
    values = {
        what: _values(table, heading, column)
        for what, column in heading.columns.items()
        if what in DATES | NUMBERS
    }
    told = {what: dates.order_of(values[what]) for what in values if what in DATES}
    orders, guesses = {}, []
    usual = next((order for order in told.values() if order), None)
    for what, order in told.items():
        orders[what] = order or usual or dates.usual_order(values[what])
        if order is None and usual is None and dates.is_open(values[what]):
            guesses.append(
                f"The dates in {heading.header_of(what)} could be day or month first; "
                f"they are read as {orders[what]}."
            )
    styles = {
        what: numbers.style_of(heading.header_of(what), found, is_money=what in MONEY)
        for what, found in values.items()
        if what in NUMBERS
    }
    guesses += [
        f"{heading.header_of(what)} is read as millions, since its numbers are small."
        for what, style in styles.items()
        if style.is_guessed
    ]
    notes = tuple(Note(heading.line, guess) for guess in guesses)
    mattering = {what for what in told if told[what] or dates.is_open(values[what])}
    return Styles(orders, styles, notes, frozenset(mattering))


def proposal(table: Table, heading: Heading, styles: Styles) -> tuple[MappedColumn, ...]:
    """Say for each column how it is read."""
    by_column = {column: what for what, column in heading.columns.items()}
    mapped = []
    for column, header in enumerate(heading.headers):
        what = by_column.get(column)
        example = next((str(v) for v in _values(table, heading, column) if v not in {None, ""}), "")
        title = header or f"(column {column_letter(column)})"
        reading = _reading(what, styles)
        mapped.append(MappedColumn(title, what, reading, one_line(example)[:EXAMPLE]))
    return tuple(mapped)


def _reading(what: Field | None, styles: Styles) -> str:
    if what is None:
        return "not used"
    if what in styles.mattering:
        return f"{what.value} ({styles.orders[what].value})"
    if what in MONEY and styles.numbers[what].unit > 1:
        return f"{what.value} (in millions)"
    return what.value


def _values(table: Table, heading: Heading, column: int) -> list[Cell]:
    return [
        row.cells[column]
        for row in table.rows
        if row.line > heading.line and column < len(row.cells)
    ]
