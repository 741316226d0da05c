"""The company's own words as the champion looks through them: by kind, by search, by page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.matching.normal import folded
from refbot.matching.own_words import key_of_word
from refbot.matching.profile import Facet
from refbot.matching.shipped import labels
from refbot.storage.accounts import Product
from refbot.storage.references import Tag
from refbot.storage.words import Mark, own_words

PAGE = 25
ORDER = (*(facet.value for facet in Facet), Mark.NOTHING.value, Mark.DISMISSED.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Looking:
    """What somebody looks for: words of one kind (empty: all but dismissed ones), holding a text.

    A kind is a facet or a mark; `find` is the key of the text, so that spellings do not matter.
    """

    kind: str = ""
    find: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One word with its meaning; without an id it is the name of a product or tag itself."""

    id: int | None
    kind: str
    value: str
    text: str
    others: tuple[tuple[str, str], ...] = ()  # kind and value of its other readings


@dataclass(frozen=True, kw_only=True, slots=True)
class WordPage:
    """One page of the words found."""

    looking: Looking
    words: list[OwnWord]
    found: int
    own: int  # words of the company's own altogether, names left out

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.found // PAGE), 1)


def word_page(session: Session, looking: Looking) -> WordPage:
    """Read one page; one behind the last gives the last."""
    everything = list(_words(session))
    found = sorted((w for w in everything if _is_looked_for(w, looking)), key=_place)
    last = max(-(-len(found) // PAGE) - 1, 0)
    page = min(max(looking.page, 0), last)
    return WordPage(
        looking=Looking(kind=looking.kind, find=looking.find, page=page),
        words=_with_others(found[page * PAGE : (page + 1) * PAGE], everything),
        found=len(found),
        own=sum(w.id is not None and w.kind != Mark.DISMISSED for w in everything),
    )


def _words(session: Session) -> Iterable[OwnWord]:
    rows = own_words(session)
    taken = {(row.facet, row.text) for row in rows}
    for row in rows:
        yield OwnWord(row.id, row.facet, row.value, row.text)
    for facet, names in ((Facet.PRODUCT, select(Product.name)), (Facet.TAG, select(Tag.name))):
        for name in session.scalars(names):
            if (facet, name) not in taken:
                yield OwnWord(None, facet, name, name)


def _with_others(shown: list[OwnWord], everything: list[OwnWord]) -> list[OwnWord]:
    """Tell of each word what else it means: RefBot offers the readings and chooses none."""
    readings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for word in everything:
        if word.kind not in set(Mark):
            readings[key_of_word(word.text)].add((word.kind, word.value))
    return [
        replace(word, others=tuple(sorted(readings[key_of_word(word.text)] - {_meaning(word)})))
        for word in shown
    ]


def _meaning(word: OwnWord) -> tuple[str, str]:
    return word.kind, word.value


def _is_looked_for(word: OwnWord, looking: Looking) -> bool:
    if looking.kind != word.kind and (looking.kind or word.kind == Mark.DISMISSED):
        return False
    return looking.find in key_of_word(word.text) or looking.find in key_of_word(_label(word))


def _label(word: OwnWord) -> str:
    if word.kind in set(Mark):
        return ""
    return labels().get((Facet(word.kind), word.value), word.value)


def _place(word: OwnWord) -> tuple[int, str, bool, str]:
    """Order by kind, then by value: its name first, then the other words for it."""
    return ORDER.index(word.kind), folded(_label(word)), word.id is not None, folded(word.text)
