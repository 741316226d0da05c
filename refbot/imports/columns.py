"""Which kind a table is and what its columns mean, read from the header as people spell it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from refbot.imports.fields import FIELDS, NEEDED, TELLING, Field
from refbot.imports.files import Table
from refbot.imports.reports import FileProblem, Kind
from refbot.matching.normal import folded

HEADER_WITHIN = 12  # lines; people put a title and a date above their table
SLIP_FROM = 6  # letters; a shorter header must be spelt right
_UNITS = re.compile(r"[(\[].*?[)\]]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's kind, its header's line and the column of each field."""

    kind: Kind
    line: int
    columns: Mapping[Field, int]
    headers: tuple[str, ...]

    def header_of(self, field: Field) -> str:
        """Give the words above a field's column."""
        return self.headers[self.columns[field]]


def heading_of(table: Table) -> Heading:
    """Recognise a table. One of no known kind, or with a doubled column, is a FileProblem."""
    best: tuple[float, Heading] | None = None
    for row in table.rows[:HEADER_WITHIN]:
        headers = tuple("" if cell is None else " ".join(str(cell).split()) for cell in row.cells)
        for kind in Kind:
            heading = Heading(kind, row.line, _columns(kind, headers), headers)
            weight = _weight(heading)
            if weight and (best is None or weight > best[0]):
                best = weight, heading
    if best is None:
        raise FileProblem(_unknown(table))
    _refuse_doubles(table, best[1])
    return best[1]


def _columns(kind: Kind, headers: Sequence[str]) -> dict[Field, int]:
    """Give each field the column whose header names it best; earlier names in the list win."""
    keys = [_key(header) for header in headers]
    found: dict[Field, int] = {}
    taken: set[int] = set()
    fields = FIELDS[kind]
    ranked = sorted(
        (
            (rank, column, field)
            for field, names in fields.items()
            for rank, name in enumerate(names)
            for column, key in enumerate(keys)
            if key == name
        ),
        key=lambda found: found[:2],
    )
    for _, column, field in ranked:
        if field not in found and column not in taken:
            found[field] = column
            taken.add(column)
    left = [c for c, key in enumerate(keys) if c not in taken and len(key) >= SLIP_FROM]
    for column in left:
        free = {field: names for field, names in fields.items() if field not in found}
        if (meant := _misspelt(keys[column], free)) is not None:
            found[meant] = column
    return found


def _misspelt(key: str, fields: Mapping[Field, Sequence[str]]) -> Field | None:
    names = {name: field for field, all_names in fields.items() for name in all_names}
    slips = 1 if len(key) < 2 * SLIP_FROM else 2
    long_names = [name for name in names if len(name) >= SLIP_FROM]
    nearest = process.extractOne(key, long_names, scorer=OSA.distance, score_cutoff=slips)
    return names[nearest[0]] if nearest else None


def _key(header: str) -> str:
    """Squeeze a header: "E-Mail", "e mail" and "EMAIL " are one; a unit in brackets is left out."""
    return re.sub(r"[\W_]+", "", folded(_UNITS.sub("", header)))


def _weight(heading: Heading) -> float:
    """Weigh how well a kind explains a header; 0 when something it cannot do without is missing."""
    fields = set(heading.columns)
    if not all(fields & set(any_of) for any_of in NEEDED[heading.kind]):
        return 0
    telling = len(fields & TELLING[heading.kind])
    return len(fields) + 2 * telling


def _refuse_doubles(table: Table, heading: Heading) -> None:
    keys = [_key(header) for header in heading.headers]
    for column in heading.columns.values():
        if keys.count(keys[column]) > 1:
            where = [column_letter(i) for i, key in enumerate(keys) if key == keys[column]]
            raise FileProblem(
                f"{table.file} has the column {heading.headers[column]!r} more than once "
                f"(columns {', '.join(where)}). Rename or delete all but one."
            )


def column_letter(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _unknown(table: Table) -> str:
    row = table.rows[0]
    seen = ", ".join(str(cell)[:30] for cell in row.cells[:8] if cell not in {None, ""})
    where = f"{table.file} (sheet {table.sheet})" if table.sheet else table.file
    return (
        f"{where} is not recognised by its columns ({seen}). Name them in the first line: accounts "
        "need Account and Industry or Country; references Account, Name and Title or E-mail; "
        "products Product and Series or Price; people Name and Manager, Team or E-mail; "
        "opportunities Opportunity ID and Stage; vocabulary Facet and Value."
    )
