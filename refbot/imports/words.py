"""Products, tags and the company's own words: found by any spelling, made where they are new."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import PRODUCT, TAG, WORD, Known, word_of
from refbot.imports.meanings import account_key, word_key
from refbot.imports.numbers import LARGEST_SMALL
from refbot.imports.reading import Line
from refbot.matching.normal import folded
from refbot.matching.profile import Facet

LONGEST_WORD = 120
SIMILAR_FROM = 6  # letters

_FACETS = {
    "industry": Facet.INDUSTRY, "sector": Facet.INDUSTRY, "product": Facet.PRODUCT,
    "products": Facet.PRODUCT, "level": Facet.LEVEL, "country": Facet.COUNTRY,
    "region": Facet.REGION, "function": Facet.FUNCTION, "activity": Facet.ACTIVITY,
    "language": Facet.LANGUAGE, "tag": Facet.TAG, "tags": Facet.TAG, "account": Facet.ACCOUNT,
    "customer": Facet.ACCOUNT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A line of a product list."""

    line: int
    name: str
    series: str | None
    price: int | None


@dataclass(frozen=True, slots=True)
class WordRow:
    """A line of the company's vocabulary."""

    line: int
    facet: Facet
    value: str
    aliases: tuple[str, ...]


def read_product(line: Line) -> ProductRow:
    """Read a product list's line."""
    name = line.needed(Field.NAME, line.text(Field.NAME, LONGEST_WORD))
    series = line.text(Field.SERIES, LONGEST_WORD)
    return ProductRow(line.number, name, series, line.whole(Field.PRICE, most=LARGEST_SMALL))


def merge_product(job: Job, row: ProductRow) -> tuple[Entity, int]:
    """Bring a product list's line together with the products known."""
    product = found_product(job.known, row.name) or _made(job.known, PRODUCT, row.name)
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


def read_word(line: Line) -> WordRow:
    """Read a line of the vocabulary."""
    facet_text = line.needed(Field.FACET, line.text(Field.FACET))
    facet = _FACETS.get(folded(facet_text))
    if facet is None:
        known = ", ".join(dict.fromkeys(facet.value for facet in _FACETS.values()))
        line.wrongs.append(f"Facet {facet_text!r} is not known; write one of: {known}.")
    value = line.needed(Field.VALUE, line.text(Field.VALUE, LONGEST_WORD))
    return WordRow(line.number, facet or Facet.TAG, value, tuple(line.items(Field.ALIASES)))


def merge_word(job: Job, row: WordRow) -> tuple[Entity, int]:
    """Bring a line of the vocabulary together with the words known."""
    value = _known_value(job, row)
    for alias in row.aliases:
        held = job.known.words.get(word_of(row.facet, alias))
        if held is not None and held.get("value") != value:
            raise Rejected(
                row.line,
                f"The word {alias!r} already means {held.get('value')!r}; take it out of one.",
            )
    main = _main_of(job.known, row, value)
    for alias in row.aliases:
        word = _kept_word(job.known, row.facet, value, alias)
        main = main or word
    return main or _kept_word(job.known, row.facet, value, value), row.line


def _known_value(job: Job, row: WordRow) -> str:
    """Give the value as stored: products and tags by name, the taxonomy's by its id."""
    if row.facet in {Facet.PRODUCT, Facet.TAG, Facet.ACCOUNT}:
        if row.facet is Facet.ACCOUNT:
            stored = job.known.accounts.get(account_key(row.value))
        else:
            shelf = job.known.products if row.facet is Facet.PRODUCT else job.known.tags
            stored = shelf.get(word_key(row.value))
        return str(stored.get("name")) if stored else row.value
    value = job.meanings.value(row.facet, row.value)
    if value is None:
        raise Rejected(
            row.line,
            f"{row.value!r} is no {row.facet.value} that the program knows; your own words can "
            "only stand for one of its values.",
        )
    return value


def _main_of(known: Known, row: WordRow, value: str) -> Entity | None:
    if row.facet is Facet.PRODUCT:
        return found_product(known, value) or _made(known, PRODUCT, value)
    if row.facet is Facet.TAG:
        return known.tags.get(word_key(value)) or _made(known, TAG, value)
    return None


def _kept_word(known: Known, facet: Facet, value: str, text: str) -> Entity:
    key = word_of(facet, text)
    if (word := known.words.get(key)) is None:
        word = known.tally.make(WORD, facet=facet.value, value=value, text=text)
        known.words[key] = word
    return word


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
    return _made(job.known, PRODUCT, name)


def tag_named(known: Known, name: str) -> Entity:
    """Give the tag of this name or alias; a new one is made."""
    key = word_key(name)
    if (tag := known.tags.get(key)) is not None:
        return tag
    alias = known.words.get((Facet.TAG.value, key))
    if alias and (tag := known.tags.get(word_key(alias.get("value")))) is not None:
        return tag
    return _made(known, TAG, name)


def similar(key: str, shelf: Mapping[str, Entity]) -> Entity | None:
    """Give the entity whose key is a slip away; the last sign tells Product A from Product B."""
    if len(key) < SIMILAR_FROM:
        return None
    nearest = process.extractOne(key, shelf.keys(), scorer=OSA.distance, score_cutoff=1)
    return shelf[nearest[0]] if nearest and nearest[0][-1] == key[-1] else None


def _made(known: Known, table: object, name: str) -> Entity:
    key = word_key(name)
    shelf = known.products if table is PRODUCT else known.tags
    entity = known.tally.make(PRODUCT if table is PRODUCT else TAG, name=name, name_key=key)
    shelf[key] = entity
    return entity
