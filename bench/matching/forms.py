"""The ways to write a value: shipped words and the company's aliases, some of them withheld.

A withheld form is one that people use and that nobody has told the program, nor any of its peers.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bench.matching.wares import PRODUCTS, TAGS, Wares, withheld
from refbot.matching.abbreviations import with_short_forms
from refbot.matching.normal import key_of, words_of
from refbot.matching.profile import Facet
from refbot.matching.shipped import labels, shipped_terms, written_terms
from refbot.matching.terms import Kind, Term, plural_of

WITHHELD_PERCENT = 12
SHIPPED = (
    Facet.INDUSTRY, Facet.COUNTRY, Facet.REGION, Facet.LEVEL, Facet.FUNCTION, Facet.LANGUAGE,
    Facet.ACTIVITY,
)  # fmt: skip
_SEED = 12
Meaning = tuple[tuple[str, str], ...]  # facet and value; a title has two


@dataclass(frozen=True, slots=True)
class Forms:
    """What a meaning is called by, and which of the others are withheld from every vocabulary."""

    names: Mapping[Meaning, tuple[str, ...]]
    others: Mapping[Meaning, tuple[str, ...]]
    withheld: frozenset[str]

    def of(self, meaning: Meaning, chance: random.Random) -> str | None:
        """Draw a form: one time in three a name, else any other; None when there is no form."""
        names, others = self.names.get(meaning, ()), self.others.get(meaning, ())
        if others and (not names or chance.randrange(3)):
            return chance.choice(others)
        return chance.choice(names) if names else None


@cache
def all_forms() -> Forms:
    """Give all forms, as they are before anything is withheld."""
    names: dict[Meaning, tuple[str, ...]] = {
        ((facet.value, value),): (label,)
        for (facet, value), label in labels().items()
        if facet in SHIPPED
    }
    others: dict[Meaning, list[str]] = defaultdict(list)
    for term in _drawn(written_terms().values()):
        meaning = tuple((facet.value, value) for facet, value in term.readings[0])
        text = " ".join(term.words)
        if key_of(words_of(names.get(meaning, ("",))[0])) != term.key:
            others[meaning].append(text)
    kept_back = _share_of(text for texts in others.values() for text in texts)
    for facet, wares in (("product", PRODUCTS), ("tag", TAGS)):
        kept_back |= withheld(wares)
        _add(names, others, facet, wares)
    return Forms(names, {meaning: tuple(texts) for meaning, texts in others.items()}, kept_back)


def _add(
    names: dict[Meaning, tuple[str, ...]],
    others: dict[Meaning, list[str]],
    facet: str,
    wares: Wares,
) -> None:
    for value, aliases in wares.items():
        meaning = ((facet, value),)
        names[meaning] = (value,)
        others[meaning] = list(aliases)


def _drawn(terms: Iterable[Term]) -> Iterable[Term]:
    """Leave out what needs company to be understood, foreign spellings, plurals of others."""
    listed = [
        term
        for term in terms
        if len(term.readings) == 1
        and not term.weak
        and term.kind in {Kind.VALUE, Kind.TITLE}
        and term.facets <= set(SHIPPED)
        and all(word.isascii() for word in term.words)
        and not (term.exact and Facet.COUNTRY in term.facets)
    ]
    plurals = {key_of(plural_of(term.words)) for term in listed} - {""}
    return sorted((t for t in listed if t.key not in plurals), key=lambda term: term.key)


def _share_of(texts: Iterable[str]) -> frozenset[str]:
    listed = sorted(set(texts))
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    return frozenset(chance.sample(listed, len(listed) * WITHHELD_PERCENT // 100))


def withhold() -> None:
    """Take the withheld forms and their plurals out of the shipped vocabulary of this process.

    The short forms that follow from one go with it.
    """
    table, written = shipped_terms(), written_terms()
    if not isinstance(table, dict):
        raise TypeError(table)
    for text in all_forms().withheld:
        words = words_of(text)
        for key in (key_of(words), key_of(plural_of(words))):
            if key in written:
                for short in with_short_forms({key: written[key]}):
                    table.pop(short, None)


def known_forms() -> Iterable[tuple[Meaning, str]]:
    """Give every form that vocabularies hold, with its meaning: the synonyms of all peers."""
    forms = all_forms()
    for table in (forms.names, forms.others):
        for meaning, texts in table.items():
            yield from ((meaning, text) for text in texts if text not in forms.withheld)
