"""Countries and languages, their names and adjectives: from pycountry, babel, countrynames."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module, resources
from typing import Any

import pycountry
from babel import Locale
from babel.languages import get_official_languages
from rapidfuzz.distance import OSA

from refbot.matching.english import everyday_words
from refbot.matching.normal import words_of
from refbot.matching.profile import Facet
from refbot.matching.terms import Kind, Term, term_of

_ADJECTIVE_ENDINGS = ("an", "ese", "ish")
_LONG_CODE = 3
_SHORTEST_ALIAS = 4
_BUSINESS_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")
_LATIN_OWN_LANGUAGES = (
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "sk",
    "tr",
    "hu",
    "ro",
    "hr",
    "sl",
    "et",
)
# Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Han, Kana and Hangul: no rep's English word
# is written in them, so all of the package's aliases may stand.
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)


@cache
def taxonomy(name: str) -> dict[str, Any]:
    """Read one of the shipped tables."""
    path = resources.files("refbot.matching") / "taxonomy" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def country_labels() -> Mapping[str, str]:
    """Give the English name of each ISO country."""
    names = Locale("en").territories
    codes = (country.alpha_2 for country in pycountry.countries)
    return {code: str(names.get(code, code)) for code in codes}


@cache
def language_labels() -> Mapping[str, str]:
    """Give the English name of each ISO 639-1 language."""
    names = Locale("en").languages
    codes = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    return {code: str(names[code]) for code in sorted(codes) if code in names}


def _aliases() -> Mapping[str, list[str]]:
    # The package's table alone: the package itself brings a transliterator that warns on import.
    table: dict[str, list[str]] = import_module("countrynames.data").DATA
    return table


def _official_names(code: str) -> Iterator[str]:
    country = pycountry.countries.get(alpha_2=code)
    yield country_labels()[code]
    for part in ("name", "common_name", "official_name"):
        name = getattr(country, part, None)
        if name and "," not in name:
            yield name


@cache
def _asian() -> frozenset[str]:
    """Give the countries whose adjective may be the name and an "i": Qatari, Pakistani."""
    regions = taxonomy("regions")
    names = ("asia", "south_asia", "middle_east", "gcc")
    return frozenset(code for name in names for code in regions[name]["countries"].split())


def _adjectives(code: str) -> Iterator[str]:
    """Give the English adjectives among the package's aliases: "Peruvian", "Moroccan"."""
    name = country_labels()[code].lower()
    stem = name[: max(4, len(name) - 3)]
    for alias in _aliases().get(code, ()):
        low = alias.lower()
        formed = low.startswith(stem) and low.isalpha() and low.endswith(_ADJECTIVE_ENDINGS)
        if (formed or (low == name + "i" and code in _asian())) and not _misspells_a_language(low):
            yield alias


def _misspells_a_language(word: str) -> bool:
    """Tell "portugese", which the packages hold and which is a language's name mistyped."""
    names = _language_names()
    return word not in names and any(
        OSA.distance(word, name, score_cutoff=1) <= 1 for name in names
    )


@cache
def _language_names() -> frozenset[str]:
    return frozenset(name.lower() for name in language_labels().values())


def _foreign_names(code: str) -> Iterator[str]:
    """Give a country's name in the large languages of business and in its own."""
    own = get_official_languages(code, de_facto=True)[:2]
    for language in dict.fromkeys((*_BUSINESS_LANGUAGES, *own)):
        if language in _BUSINESS_LANGUAGES or language in _LATIN_OWN_LANGUAGES:
            name = Locale(language).territories.get(code, "")
            if len(name) > _SHORTEST_ALIAS:
                yield name
    for alias in _aliases().get(code, ()):
        if _OTHER_SCRIPT.match(alias):
            yield alias


def _names(code: str) -> Iterator[tuple[str, bool]]:
    """Give each name of a country, and whether it must be spelt right."""
    table = taxonomy("countries")
    for text in (*table["add"].get(code, ()), *_official_names(code), *_adjectives(code)):
        yield text, False
    for text in _foreign_names(code):
        yield text, True


def country_terms() -> Iterator[Term]:
    """Give a term for each way to name a country; those that people mistype may be guessed."""
    table = taxonomy("countries")
    weak = set(table["weak"]["words"])
    dropped = {" ".join(words_of(word)) for word in table["drop"]["words"]}
    for code in country_labels():
        meaning = ((Facet.COUNTRY, code),)
        for text, exact in _names(code):
            term = term_of(f"?{text}" if text.lower() in weak else text, meaning, exact=exact)
            if term is not None and " ".join(term.words) not in dropped:
                yield term
    for code in table["codes"]["typed"]:
        term = term_of(f"?{code}", ((Facet.COUNTRY, code.upper()),), exact=True)
        if term is not None:
            yield term


def country_of_code(text: str) -> str | None:
    """Give the country of a two- or three-letter ISO code."""
    code = text.strip().replace(".", "").upper()
    if len(code) == _LONG_CODE:
        country = pycountry.countries.get(alpha_3=code)
    else:
        country = pycountry.countries.get(alpha_2=code)
    return None if country is None else str(country.alpha_2)


def language_terms() -> Iterator[Term]:
    """Give a term for each way to name a language; rare ones must be spelt right."""
    table = taxonomy("languages")
    common = set(table["common"]["codes"])
    everyday = everyday_words()
    for code, label in language_labels().items():
        names = dict.fromkeys([label, *table["add"].get(code, ())])
        for name in names:
            if code not in common and (name.lower() in everyday or len(name) < _SHORTEST_ALIAS):
                continue
            weak = "?" if name.lower() in everyday else ""
            meaning = ((Facet.LANGUAGE, code),)
            term = term_of(weak + name, meaning, kind=Kind.VALUE, exact=code not in common)
            if term is not None:
                yield term
