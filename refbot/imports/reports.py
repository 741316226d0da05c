"""What an import tells its user: per table the counts, and each line with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from refbot.errors import RefBotError


class Kind(StrEnum):
    """What a table holds. Later kinds may refer to earlier ones, so this is the order of import."""

    VOCABULARY = "vocabulary"
    PRODUCTS = "products"
    PEOPLE = "people"  # our own colleagues
    ACCOUNTS = "accounts"
    REFERENCES = "references"
    OPPORTUNITIES = "opportunities"


class Applying(StrEnum):
    """What becomes of a file."""

    DRY_RUN = "dry_run"  # tell what would happen, change nothing
    ALL_OR_NOTHING = "all_or_nothing"  # one bad row and the file is left out
    SKIP_BAD_ROWS = "skip_bad_rows"  # take the good rows


class FileProblem(RefBotError):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about one line of the file; line 0 speaks of the whole file."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """How a column is read: `field` is None for one that is not used."""

    header: str
    field: str | None
    reading: str  # in words, for the person who looks the proposal over
    example: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileReport:
    """What happened to one table: a CSV file, or one sheet of a workbook.

    `rows` are those with something in them; `created + updated + unchanged + rejected` are `rows`.
    The counts tell what was done or, when `is_applied` is false, what would have been done.
    """

    file: str
    sheet: str | None = None
    kind: Kind | None = None
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    mapping: tuple[MappedColumn, ...] = field(default=())
    is_applied: bool = False

    def as_json(self) -> dict[str, Any]:
        """Give the object that scripts read (SPEC §8); a workbook's sheet is told beside it."""
        told: dict[str, Any] = {"file": self.file}
        if self.sheet is not None:
            told["sheet"] = self.sheet
        return told | {
            "kind": self.kind.value if self.kind else None,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": [_as_json(note) for note in self.rejected],
            "warnings": [_as_json(note) for note in self.warnings],
        }


def _as_json(note: Note) -> Mapping[str, int | str]:
    return {"line": note.line, "reason": note.reason}
