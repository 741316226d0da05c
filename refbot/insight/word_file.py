"""The company's own words as the lines of the file that `refbot import` reads."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.insight.words import ORDER
from refbot.matching.profile import Facet
from refbot.storage.accounts import Product
from refbot.storage.references import Tag
from refbot.storage.words import Mark, own_words

HEADER = ("facet", "value", "aliases")
IN_A_LINE = 12  # aliases; a cell has room for 2,000 characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def lines_of_words(session: Session) -> Iterator[tuple[str, str, str]]:
    """Give facet, value and aliases: every product and tag, and all words; dismissed ones not."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for facet, names in ((Facet.PRODUCT, select(Product.name)), (Facet.TAG, select(Tag.name))):
        for name in session.scalars(names):
            found[facet.value, name] = []
    for word in own_words(session):
        if word.facet != Mark.DISMISSED:
            found[word.facet, word.value].append(word.text)
    for kind, value in sorted(found, key=lambda pair: (ORDER.index(pair[0]), pair[1])):
        aliases = sorted(found[kind, value])
        for first in range(0, max(len(aliases), 1), IN_A_LINE):
            yield kind, _plain(value), _cell(aliases[first : first + IN_A_LINE])


def _cell(aliases: list[str]) -> str:
    """Join with semicolons, one more behind an alias that holds a comma and stands alone."""
    joined = "; ".join(map(_plain, aliases))
    return f"{joined};" if len(aliases) == 1 and "," in joined else joined


def _plain(text: str) -> str:
    """Keep a spreadsheet from reading a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
