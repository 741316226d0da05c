"""Adjectives of nations as other languages write and inflect them: "Österreichische", "español"."""

from collections.abc import Iterator

from babel import Locale

from refbot.matching.english import everyday_words
from refbot.matching.normal import folded
from refbot.matching.places import taxonomy
from refbot.matching.profile import Facet
from refbot.matching.terms import Term, term_of

_LONG_ENOUGH = 6
_LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "sv", "da", "pl")
# Languages that are named like their nation, so that their name is its adjective.
_NATIONS = {
    "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "pl": "PL", "sv": "SE",
    "da": "DK", "no": "NO", "fi": "FI", "cs": "CZ", "hu": "HU", "ro": "RO", "el": "GR", "tr": "TR",
    "ru": "RU", "uk": "UA", "ja": "JP", "zh": "CN", "ko": "KR", "hr": "HR", "sk": "SK", "bg": "BG",
    "en": "GB",
}  # fmt: skip
# What an ending of the dictionary form becomes for gender, number and case. The longest wins.
_INFLECTED = {
    "isch": ("ische", "ischer", "isches", "ischen", "ischem"),
    "sch": ("sche", "scher", "sches", "schen", "schem"),
    "ien": ("iens", "ienne", "iennes"),
    "ais": ("aise", "aises"),
    "ois": ("oise", "oises"),
    "and": ("ande", "andes", "ands"),
    "ol": ("ola", "oles", "olas", "ole", "ols"),
    "an": ("ana", "anes", "anas"),
    "es": ("esa", "eses", "esas"),
    "se": ("si",),
    "o": ("a", "os", "as", "i", "he"),
    "s": ("se",),
}


def foreign_adjectives() -> Iterator[Term]:
    """Give a term for each form; none is guessed, for they are nobody's English."""
    for country, base in _bases():
        for form in _forms(folded(base)):
            term = term_of(form, ((Facet.COUNTRY, country),), exact=True)
            if term is not None and not _is_english(term.key):
                yield term


def _is_english(word: str) -> bool:
    """Tell whether a form looks like an English plural ("pools", "fines") or is a name."""
    short = len(word) < _LONG_ENOUGH and word.endswith("s")
    return short or word in taxonomy("countries")["drop"]["words"] or word in everyday_words()


def _bases() -> Iterator[tuple[str, str]]:
    for locale in _LANGUAGES:
        names = Locale(locale).languages
        for language, country in _NATIONS.items():
            yield country, str(names.get(language, ""))
    for country, words in taxonomy("countries")["foreign"].items():
        for word in words:
            yield country, word


def _forms(base: str) -> Iterator[str]:
    if not base or " " in base:
        return
    yield base
    for length in (4, 3, 2, 1):
        endings = _INFLECTED.get(base[-length:])
        if endings:
            yield from (base[:-length] + ending for ending in endings)
            return
