"""`python -m bench.matching.corpus`: a RefBot database of generated references, seeded."""

import argparse
import random
import time
from datetime import UTC, datetime
from typing import Any

from bench.matching import history
from bench.matching.loading import loading
from bench.matching.rows import COLUMNS, Accounts
from bench.matching.wares import PRODUCTS, TAGS, told
from refbot.matching.names import cleaned_name
from refbot.storage import Database, revisions
from refbot.storage.upgrade import upgrade

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEED = 7
_AT_ONCE = 2_000  # accounts


def write(database: Database, count: int, *, seed: int) -> None:
    """Fill an empty database with so many references, at a fifth as many accounts.

    Its tables must be there. Days are counted from NOW. The same seed gives the same rows, and a
    smaller corpus is the beginning of a larger one.
    """
    made = Accounts(seed, NOW.date())
    with loading(database) as load:
        for table, columns, rows in _wares(seed):
            load(table, columns, rows)
        while made.references < count:
            for _ in range(_AT_ONCE):
                if made.references < count:
                    made.add(count - made.references)
            for table, rows in made.taken():
                load(table, COLUMNS[table], rows)
    with database.write() as session:
        revisions.record(session, [(revisions.Changed.ALL, 0)])


def _wares(seed: int) -> list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """Give products, tags, the words for them, and the colleague who asked for everything."""
    chance = random.Random(seed)  # noqa: S311 - repeatable rows, not secrets
    aliases = [("product", *pair) for pair in told(PRODUCTS)]
    aliases += [("tag", *pair) for pair in told(TAGS)]
    chance.shuffle(aliases)
    requester = (history.REQUESTER, "riley@northbeam.example", "Riley Hart", "member", "member")
    return [
        ("product", ("id", "name", "name_key"), _numbered(PRODUCTS)),
        ("tag", ("id", "name", "name_key"), _numbered(TAGS)),
        ("company_word", ("facet", "value", "text"), list(aliases)),
        ("colleague", ("id", "email", "name", "part", "standing"), [requester]),
    ]


def _numbered(names: Any) -> list[tuple[Any, ...]]:
    return [(number, name, cleaned_name(name)) for number, name in enumerate(names, start=1)]


def main() -> None:
    """Make the database that a URL names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True, help="references")
    parser.add_argument("--database", required=True, help="SQLAlchemy URL")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    database = Database.open(chosen.database)
    upgrade(database)
    started = time.perf_counter()
    write(database, chosen.count, seed=chosen.seed)
    print(f"{chosen.count:,} references in {time.perf_counter() - started:.1f} s")
    database.close()


if __name__ == "__main__":
    main()
