"""RapidFuzz over the records' texts: every free reference is compared with every line.

`extract` with lower-case texts, no processor, one thread. Known synonyms in the line are replaced
by names before.
"""

from collections.abc import Callable
from typing import Any

from rapidfuzz import fuzz, process

from bench.matching.peers import Source
from bench.matching.records import in_names, records
from refbot.storage import Database

ASSUMED = "sales_call"


class _Compared:
    """Compares whole texts."""

    scorer: Callable[..., Any]

    def build(self, source: Source) -> None:
        """Keep the texts of those who may be proposed for a sales call."""
        self._texts: dict[int, str] = {}
        database = Database.open(source.database)
        with database.reader.connect() as connection:
            for record in records(connection, source.as_of):
                if record.free and ASSUMED not in record.refuses:
                    self._texts[record.reference_id] = record.line.lower()
        database.close()

    def top3(self, line: str) -> list[int]:
        """Give the three most similar."""
        found = process.extract(
            in_names(line).lower(), self._texts, scorer=type(self).scorer, limit=3
        )
        return [reference_id for _, _, reference_id in found]

    def megabytes_on_disk(self) -> float:
        """Nothing is written."""
        return 0.0


class TokenSetRatio(_Compared):
    """By `token_set_ratio`."""

    scorer = fuzz.token_set_ratio


class WRatio(_Compared):
    """By `WRatio`."""

    scorer = fuzz.WRatio
