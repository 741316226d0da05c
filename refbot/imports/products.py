"""Products and tags: found by any spelling, made where they are new."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import PRODUCT, TAG, Known
from refbot.imports.meanings import word_key
from refbot.imports.numbers import LARGEST_SMALL
from refbot.imports.reading import Line
from refbot.matching.profile import Facet

LONGEST_WORD = 120
SIMILAR_FROM = 6  # letters


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A line of a product list."""

    line: int
    name: str
    series: str | None
    price: int | None


def read_product(line: Line) -> ProductRow:
    """Read a product list's line."""
    name = line.needed(Field.NAME, line.text(Field.NAME, LONGEST_WORD))
    series = line.text(Field.SERIES, LONGEST_WORD)
    return ProductRow(line.number, name, series, line.whole(Field.PRICE, most=LARGEST_SMALL))


def merge_product(job: Job, row: ProductRow) -> tuple[Entity, int]:
    """Bring a product list's line together with the products known."""
    product = found_product(job.known, row.name) or made(job.known, PRODUCT, row.name)
    facts = {"series": row.series, "price": row.price}
    said = job.facts_said.setdefault(product, facts)
    if said != facts:
        raise Rejected(
            row.line,
            f"{row.name} is also in line {job.first_line[product]} with other facts; "
            "keep one of the two.",
        )
    job.tally.fill(product, **facts)
    return product, row.line


def found_product(known: Known, name: str) -> Entity | None:
    """Give the product that goes by this name or alias in any spelling."""
    key = word_key(name)
    if (product := known.products.get(key)) is not None:
        return product
    alias = known.words.get((Facet.PRODUCT.value, key))
    return known.products.get(word_key(alias.get("value"))) if alias else None


def product_named(job: Job, line: int, name: str) -> Entity:
    """Give the product of this name; one that is not known yet is made, and said so."""
    if (product := found_product(job.known, name)) is not None:
        return product
    like = similar(word_key(name), job.known.products)
    hint = (
        f" It looks like {like.get('name')!r}: if it is the same, spell it alike." if like else ""
    )
    job.warn(line, f"Product {name!r} was not known and is new.{hint}")
    return made(job.known, PRODUCT, name)


def tag_named(known: Known, name: str) -> Entity:
    """Give the tag of this name or alias; a new one is made."""
    key = word_key(name)
    if (tag := known.tags.get(key)) is not None:
        return tag
    alias = known.words.get((Facet.TAG.value, key))
    if alias and (tag := known.tags.get(word_key(alias.get("value")))) is not None:
        return tag
    return made(known, TAG, name)


def similar(key: str, shelf: Mapping[str, Entity]) -> Entity | None:
    """Give the entity whose key is a slip away; the last sign tells Product A from Product B."""
    if len(key) < SIMILAR_FROM:
        return None
    nearest = process.extractOne(key, shelf.keys(), scorer=OSA.distance, score_cutoff=1)
    return shelf[nearest[0]] if nearest and nearest[0][-1] == key[-1] else None


def made(known: Known, table: object, name: str) -> Entity:
    """Put a new product or tag on record."""
    key = word_key(name)
    shelf = known.products if table is PRODUCT else known.tags
    entity = known.tally.make(PRODUCT if table is PRODUCT else TAG, name=name, name_key=key)
    shelf[key] = entity
    return entity
