"""One tantivy index for both of its peers: facts as raw terms, and all words for them as text."""

import json
import time
from pathlib import Path
from typing import Any

import tantivy

from bench.matching.peers import Source
from bench.matching.records import Fact, Record, records, synonyms_of
from refbot.storage import Database

FACTS, WORDS, ID = "facts", "words", "reference"
FREE = "free"
_HEAP = 256_000_000


def term_of(fact: Fact) -> str:
    """Give the raw term of a fact."""
    return "=".join(fact)


def refuses(activity: str) -> str:
    """Give the raw term of those who said no to an activity."""
    return f"refuses={activity}"


def opened(source: Source) -> tuple[Any, float]:
    """Give the index, made by the first who asks, with the seconds that it took."""
    folder = source.folder / "tantivy"
    told = folder / "built.json"
    if not told.exists():
        folder.mkdir()
        started = time.perf_counter()
        _fill(folder, source)
        told.write_text(json.dumps(time.perf_counter() - started))
    index = tantivy.Index.open(str(folder))
    return index, float(json.loads(told.read_text()))


def megabytes(source: Source) -> float:
    """Give the size of the index's files."""
    return sum(file.stat().st_size for file in (source.folder / "tantivy").iterdir()) / 1e6


def _fill(folder: Path, source: Source) -> None:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(ID, stored=True, fast=True)
    builder.add_text_field(FACTS, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(WORDS, index_option="freq")
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(_HEAP, num_threads=1)
    database = Database.open(source.database)
    with database.reader.connect() as connection:
        for record in records(connection, source.as_of):
            writer.add_document(_document(record))
    writer.commit()
    writer.wait_merging_threads()
    database.close()


def _document(record: Record) -> Any:
    facts = [term_of(fact) for fact in record.facts]
    facts += [FREE] if record.free else []
    facts += [refuses(activity) for activity in record.refuses]
    words = " ".join([record.line, *(synonyms_of(fact) for fact in record.facts)])
    return tantivy.Document(**{ID: [record.reference_id], FACTS: facts, WORDS: [words]})
