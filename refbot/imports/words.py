"""The company's own words from a file: which facet and value, or nothing, each stands for."""

from collections.abc import Iterable
from dataclasses import dataclass

from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job, Rejected
from refbot.imports.known import PRODUCT, TAG, WORD, Known, word_of
from refbot.imports.meanings import account_key, word_key
from refbot.imports.products import LONGEST_WORD, found_product, made
from refbot.imports.reading import Line
from refbot.matching.normal import folded
from refbot.matching.own_words import (
    called,
    is_size,
    is_tenure,
    shipped_readings,
    why_no_word,
)
from refbot.matching.profile import Facet
from refbot.storage.words import Mark

_FACETS: dict[str, Facet | Mark] = {
    "industry": Facet.INDUSTRY, "sector": Facet.INDUSTRY, "product": Facet.PRODUCT,
    "products": Facet.PRODUCT, "level": Facet.LEVEL, "country": Facet.COUNTRY,
    "region": Facet.REGION, "function": Facet.FUNCTION, "activity": Facet.ACTIVITY,
    "language": Facet.LANGUAGE, "tag": Facet.TAG, "tags": Facet.TAG, "account": Facet.ACCOUNT,
    "customer": Facet.ACCOUNT, "company_size": Facet.COMPANY_SIZE,
    "company size": Facet.COMPANY_SIZE, "size": Facet.COMPANY_SIZE,
    "tenure_min_years": Facet.TENURE, "tenure": Facet.TENURE, "nothing": Mark.NOTHING,
    "switched off": Mark.NOTHING, "off": Mark.NOTHING,
}  # fmt: skip
_NAMED = {Facet.PRODUCT, Facet.TAG, Facet.ACCOUNT}


@dataclass(frozen=True, slots=True)
class WordRow:
    """A line of the company's vocabulary; a switched-off word has no value."""

    line: int
    facet: Facet | Mark
    value: str
    aliases: tuple[str, ...]


def read_word(line: Line) -> WordRow:
    """Read a line of the vocabulary."""
    facet_text = line.needed(Field.FACET, line.text(Field.FACET))
    facet = _FACETS.get(folded(facet_text))
    if facet is None:
        known = ", ".join(dict.fromkeys(facet.value for facet in _FACETS.values()))
        line.wrongs.append(f"Facet {facet_text!r} is not known; write one of: {known}.")
    value = line.text(Field.VALUE, LONGEST_WORD)
    aliases = line.items(Field.ALIASES)
    if facet is Mark.NOTHING:
        aliases = [*([value] if value else []), *aliases]
        value = ""
        if not aliases:
            line.wrongs.append("A line that switches words off must hold a word.")
    else:
        value = line.needed(Field.VALUE, value)
    for told in filter(None, map(why_no_word, aliases)):
        line.warnings.append(f"{told} It was kept, but lines may not be read by it.")
    return WordRow(line.number, facet or Facet.TAG, value, tuple(aliases))


def merge_word(job: Job, row: WordRow) -> tuple[Entity, int]:
    """Bring a line of the vocabulary together with the words known."""
    value = _known_value(job, row)
    _refuse_taken(job.known, row, value)
    main = _main_of(job.known, row, value)
    for alias in row.aliases:
        _warn_of_shipped(job, row, value, alias)
        word = _kept_word(job.known, row.facet, value, alias)
        main = main or word
    return main or _kept_word(job.known, row.facet, value, value), row.line


def _refuse_taken(known: Known, row: WordRow, value: str) -> None:
    for alias in row.aliases:
        held = known.words.get(word_of(row.facet, alias))
        if held is not None and held.get("value") != value:
            raise Rejected(
                row.line,
                f"The word {alias!r} already means {held.get('value')!r}; take it out of one.",
            )
        if row.facet is Mark.NOTHING and (meant := _meant(known, alias)) is not None:
            raise Rejected(
                row.line,
                f"The word {alias!r} means {meant!r} to you; it cannot be switched off as well.",
            )


def _meant(known: Known, alias: str) -> str | None:
    """Give what a word means to the company: by one of its words, or as a name."""
    for facet in Facet:
        if (word := known.words.get(word_of(facet, alias))) is not None:
            return str(word.get("value"))
    key = word_key(alias)
    named = known.products.get(key) or known.tags.get(key) or known.accounts.get(account_key(alias))
    return str(named.get("name")) if named else None


def _warn_of_shipped(job: Job, row: WordRow, value: str, alias: str) -> None:
    """Say what a word could mean until now; the company's own meaning wins."""
    if job.known.words.get(word_of(row.facet, alias)) is not None:
        return
    readings = [r for r in shipped_readings(alias) if r != ((row.facet, value),)]
    if not readings:
        return
    before = " or ".join(", ".join(called(*pair) for pair in reading) for reading in readings)
    is_off = isinstance(row.facet, Mark)
    now = "it means nothing" if is_off else f"it means {called(Facet(row.facet), value)} alone"
    could = "could mean" if len(readings) > 1 else "meant"
    job.warn(row.line, f"Until now {alias!r} {could} {before}; from now on {now}.")


def _known_value(job: Job, row: WordRow) -> str:
    """Give the value as stored: products and tags by name, the taxonomy's by its id."""
    if isinstance(row.facet, Mark):
        return ""
    if row.facet in _NAMED:
        return _name(job.known, row.facet, row.value)
    if row.facet is Facet.COMPANY_SIZE:
        value = row.value if is_size(row.value) else None
    elif row.facet is Facet.TENURE:
        value = row.value if is_tenure(row.value) else None
    else:
        value = job.meanings.value(row.facet, row.value)
    if value is None:
        raise Rejected(row.line, f"{row.value!r} is no {row.facet.value} that {_HOW[row.facet]}")
    return value


_KNOWN = "the program knows; your own words can only stand for one of its values."
_HOW = dict.fromkeys(Facet, _KNOWN) | {
    Facet.COMPANY_SIZE: "can be read; write employees as 1000-, 100-999 or -99.",
    Facet.TENURE: "can be read; write a whole number of years.",
}


def _name(known: Known, facet: Facet, value: str) -> str:
    if facet is Facet.ACCOUNT:
        stored = known.accounts.get(account_key(value))
    else:
        shelf = known.products if facet is Facet.PRODUCT else known.tags
        stored = shelf.get(word_key(value))
    return str(stored.get("name")) if stored else value


def _main_of(known: Known, row: WordRow, value: str) -> Entity | None:
    if row.facet is Facet.PRODUCT:
        return found_product(known, value) or made(known, PRODUCT, value)
    if row.facet is Facet.TAG:
        return known.tags.get(word_key(value)) or made(known, TAG, value)
    return None


def _kept_word(known: Known, facet: Facet | Mark, value: str, text: str) -> Entity:
    key = word_of(facet, text)
    if (word := known.words.get(key)) is not None:
        return word
    if (word := _marked(known, text)) is not None:  # what is taught is switched off no more
        known.tally.set(word, facet=facet.value, value=value, text=text)
    else:
        word = known.tally.make(WORD, facet=facet.value, value=value, text=text)
    known.words[key] = word
    return word


def _marked(known: Known, text: str) -> Entity | None:
    keys: Iterable[tuple[str, str]] = (word_of(mark, text) for mark in Mark)
    return next((word for key in keys if (word := known.words.pop(key, None))), None)
