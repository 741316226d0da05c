"""The words known now: the shipped taxonomy and the company's own; exact, fuzzy, type-ahead."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from refbot.matching.account_names import AccountNames
from refbot.matching.english import everyday_words
from refbot.matching.fuzzy import FuzzyTerms
from refbot.matching.normal import key_of, words_of
from refbot.matching.own_terms import (
    OPEN_FACETS,
    add_bare_names,
    add_shared_beginnings,
    add_term,
    own_terms,
)
from refbot.matching.places import country_of_code, taxonomy
from refbot.matching.profile import Facet, Word
from refbot.matching.shipped import labels, role_terms, shipped_terms
from refbot.matching.spellbook import Spellbook
from refbot.matching.terms import Kind, Term

MOST_FUZZY = 5_000  # of the company's own words, its account names last; the rest exact only
_FAR = 0.8
_SUGGESTED_NAMES = 50
_SHORT_BEGINNING, _LONG_BEGINNING = 3, 6


class Vocabulary:
    """Every term by its key. Made once per revision of the company's words; safe to share."""

    def __init__(
        self,
        own: Mapping[str, Term],
        labels_of_own: Mapping[str, tuple[Facet, str]],
        accounts: AccountNames,
        many: AccountNames,
    ) -> None:
        self._own = own
        self.accounts = accounts
        self._many = many  # accounts that are not all among the own terms
        self._is_crowded = len(many) > 0
        self._shipped = shipped_terms()
        self._own_labels = labels_of_own
        accounts_last = sorted(own.values(), key=lambda term: Facet.ACCOUNT in term.facets)
        self.spellings = Spellbook(accounts_last[:MOST_FUZZY], own)
        self._everyday = everyday_words()
        self._beginnings = _shipped_beginnings() | _beginnings_of(own)
        self._longest = max(map(_word_count, own.values()), default=1)

    @classmethod
    def of(cls, words: Iterable[Word], accounts: Iterable[str] | AccountNames = ()) -> "Vocabulary":
        """Make the vocabulary of a company: its own words over the shipped ones.

        Names of accounts may be given apart: of very many most are found by exact spelling only.
        """
        own: dict[str, Term] = {}
        values: dict[str, tuple[Facet, str]] = {}
        names = accounts if isinstance(accounts, AccountNames) else AccountNames(accounts)
        words = [*words]
        room = max(MOST_FUZZY - len(words), 0)
        few = islice(names, room)
        words += [Word(facet=Facet.ACCOUNT, value=name, text=name) for name in few]
        for word in sorted(words, key=lambda word: (word.facet or "", word.value, word.text)):
            if word.facet in OPEN_FACETS:
                values.setdefault(word.value, (word.facet, word.value))
            for term in own_terms(word):
                add_term(own, term)
        add_bare_names(own)
        add_shared_beginnings(own, values)
        return cls(own, values, names, names if len(names) > room else AccountNames())

    @property
    def longest(self) -> int:
        """How many words the longest of the company's own terms has."""
        return max(self._longest, self._many.longest)

    def exact(self, key: str) -> Term | None:
        """Give the term of a squeezed key."""
        own = self._own.get(key)
        if self._is_crowded and (name := self._many.get(key)) is not None:
            named = {} if own is None else {key: own}
            for term in own_terms(Word(facet=Facet.ACCOUNT, value=name, text=name)):
                add_term(named, term)
            own = named[key]
        return own or self._shipped.get(key)

    def terms_from(self, words: Iterable[str]) -> list[tuple[int, Term]]:
        """Give the terms with which these words begin, each with how many words it takes."""
        own, shipped, many = self._own, self._shipped, self._many if self._is_crowded else None
        found = []
        key = ""
        for count, word in enumerate(words, start=1):
            begun = len(key) >= _LONG_BEGINNING  # what is added does not change how it begins
            key += word
            if not begun and not self.may_begin(key):
                break
            term = own.get(key) or shipped.get(key)
            if many is not None and many.may_begin(key):
                term = self.exact(key)
            if term is not None:
                found.append((count, term))
        return found

    def may_begin(self, key: str) -> bool:
        """Tell whether any term's key can begin like this; quick, and wrong only towards yes."""
        length = _LONG_BEGINNING if len(key) >= _LONG_BEGINNING else _SHORT_BEGINNING
        if len(key) < length:
            return True
        begins = key[:length]
        return begins in self._beginnings or (self._is_crowded and self._many.may_begin(begins))

    def is_everyday(self, word: str) -> bool:
        """Tell whether a word is ordinary English and no term."""
        return word in self._everyday

    def label(self, facet: Facet, value: str) -> str:
        """Give the words that people read for a value: "Hospitals & Providers", "Germany"."""
        return labels().get((facet, value), value)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Give the values of a facet, the company's own ones included, by label."""
        shipped = [value for kind, value in labels() if kind is facet]
        own = [value for kind, value in self._own_labels.values() if kind is facet]
        return tuple(sorted({*shipped, *own}, key=lambda v: (self.label(facet, v), v)))

    def suggest(self, text: str, limit: int = 20) -> list[tuple[Facet, str]]:
        """Give the values that a beginning may become, best first: prefix, word, then near."""
        key = key_of(words_of(text))
        if not key:
            return []
        starts, inside = self._containing(key)
        found = dict.fromkeys([*starts, *inside])
        if len(found) < limit:
            found |= dict.fromkeys(self._near(key))
        return list(found)[:limit]

    def _choices(self) -> Iterable[tuple[str, tuple[Facet, str]]]:
        for text, pair in self._own_labels.items():
            yield key_of(words_of(text)), pair
        yield from _label_keys()
        for key, term in self._own.items():
            yield from ((key, meaning[0]) for meaning in term.readings[:1])
        for key, term in self._shipped.items():
            if term.kind is not Kind.CHATTER and not term.weak and len(term.readings) == 1:
                pair = term.readings[0][0]
                if pair[0] is not Facet.COMPANY_SIZE:
                    yield key, pair

    def _containing(self, key: str) -> tuple[list[tuple[Facet, str]], list[tuple[Facet, str]]]:
        starts, inside = [], []
        for choice, pair in self._choices():
            if choice.startswith(key):
                starts.append(pair)
            elif len(key) >= _SHORT_BEGINNING and key in choice:
                inside.append(pair)
        names = islice(self._many.suggested(key), _SUGGESTED_NAMES)
        return starts, [*inside, *((Facet.ACCOUNT, name) for name in names)]

    def _near(self, key: str) -> list[tuple[Facet, str]]:
        choices = list(self._choices())
        keys = [choice for choice, _ in choices]
        near = process.extract(
            key, keys, scorer=JaroWinkler.similarity, score_cutoff=_FAR, limit=40
        )
        return [choices[place][1] for _, _, place in near]

    def industry_of(self, text: str) -> str | None:
        """Read a spreadsheet cell as an industry."""
        return self._cell(text, Facet.INDUSTRY)

    def country_of(self, text: str) -> str | None:
        """Read a spreadsheet cell as a country; two- and three-letter codes count."""
        return country_of_code(text) or self._cell(text, Facet.COUNTRY)

    def language_of(self, text: str) -> str | None:
        """Read a spreadsheet cell as a language; a two-letter code counts."""
        code = text.strip().lower()
        if (Facet.LANGUAGE, code) in labels():
            return code
        return self._cell(text, Facet.LANGUAGE)

    def activity_of(self, text: str) -> str | None:
        """Read a spreadsheet cell as an activity."""
        return self._cell(text, Facet.ACTIVITY)

    def _cell(self, text: str, facet: Facet) -> str | None:
        """Read a whole cell as one value of a facet: exact, then within its spelling."""
        words = words_of(text)
        if not words:
            return None
        if (facet, text.strip()) in labels():
            return text.strip()
        tables = (self._own, _cells(facet), _by_facet(facet))
        spellings = [words]
        if facet is Facet.INDUSTRY and words[-1] in _company_nouns():
            spellings.append(words[:-1])  # "Hospital group"
        for key, table in product(map(key_of, spellings), tables):
            value = _value_of(table[key], facet) if key in table else None
            if value is not None:
                return value
        guess = _fuzzy_by_facet(facet).nearest(words)
        return _value_of(guess.term, facet) if guess else None


@cache
def _company_nouns() -> frozenset[str]:
    cues = taxonomy("cues")
    return frozenset(cues["makers"].split()) | frozenset(cues["customers"].split())


def _word_count(term: Term) -> int:
    return len(term.words)


@cache
def _shipped_beginnings() -> frozenset[str]:
    return _beginnings_of(shipped_terms())


def _beginnings_of(keys: Iterable[str]) -> frozenset[str]:
    listed = list(keys)
    return frozenset(key[:_SHORT_BEGINNING] for key in listed) | frozenset(
        key[:_LONG_BEGINNING] for key in listed
    )


@cache
def _by_facet(facet: Facet) -> Mapping[str, Term]:
    """Give the shipped terms that can mean a facet; a cell's column settles the rest."""
    return {
        key: term
        for key, term in (*role_terms().items(), *shipped_terms().items())
        if facet in term.facets
    }


@cache
def _cells(facet: Facet) -> Mapping[str, Term]:
    """Give the words that mean a value only in a column of their facet."""
    if facet is not Facet.INDUSTRY:
        return {}
    found = {}
    for value, entry in taxonomy("industries").items():
        for text in entry.get("cells", ()):
            words = words_of(text)
            found[key_of(words)] = Term(words, (((facet, value),),))
    return found


@cache
def _fuzzy_by_facet(facet: Facet) -> FuzzyTerms:
    return FuzzyTerms({**_by_facet(facet), **_cells(facet)}.values())


@cache
def _label_keys() -> tuple[tuple[str, tuple[Facet, str]], ...]:
    return tuple((key_of(words_of(label)), pair) for pair, label in labels().items())


def _value_of(term: Term, facet: Facet) -> str | None:
    values = [value for meaning in term.readings for kind, value in meaning if kind is facet]
    return values[0] if len(set(values)) == 1 else None
