"""The shipped vocabulary: every term of the taxonomy, made once for all."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from refbot.matching.abbreviations import with_short_forms
from refbot.matching.english import everyday_phrases
from refbot.matching.foreign import foreign_adjectives
from refbot.matching.places import (
    country_labels,
    country_terms,
    language_labels,
    language_terms,
    taxonomy,
)
from refbot.matching.profile import Facet
from refbot.matching.terms import Kind, Meaning, Term, merged, term_of, with_plural

_SHORT_THING = 6  # letters; in so short a word a slip makes another thing of it
LEVELS = ("individual", "manager", "director", "vp", "c_level")  # from the bottom up


def _named(entry: Mapping[str, Any]) -> list[str]:
    """Give an entry's words, its name included; a word marked weak stays so as a name."""
    words: list[str] = entry["words"]
    name = str(entry["name"])
    return words if f"?{name.lower()}" in words else [name, *words]


def _industries() -> Iterator[Term]:
    for value, entry in taxonomy("industries").items():
        meaning = ((Facet.INDUSTRY, value),)
        for text in _named(entry):
            yield from with_plural(term_of(text, meaning))


def _made() -> Iterator[Term]:
    for value, entry in taxonomy("industries").items():
        for text in entry.get("makes", ()):
            short = len(text) <= _SHORT_THING
            made = term_of(text, ((Facet.INDUSTRY, value),), kind=Kind.MADE, exact=short)
            yield from with_plural(made)


def _regions() -> Iterator[Term]:
    for value, entry in taxonomy("regions").items():
        for text in (entry["name"], *entry["words"]):
            term = term_of(text, ((Facet.REGION, value),))
            if term is not None:
                yield term


def _activities() -> Iterator[Term]:
    for value, entry in taxonomy("activities").items():
        meaning = ((Facet.ACTIVITY, value),)
        for text in _named(entry):
            yield from with_plural(term_of(text, meaning))
        for text in entry["people"]:
            yield from with_plural(term_of(text, meaning, kind=Kind.AUDIENCE))


def _levels() -> Iterator[Term]:
    for value, entry in taxonomy("levels").items():
        meaning = ((Facet.LEVEL, value),)
        for text in (entry["name"].partition(" (")[0], *entry["words"]):
            yield from with_plural(term_of(text, meaning))


def _functions() -> Iterator[Term]:
    for value, entry in taxonomy("functions").items():
        for text in entry["words"]:
            yield from with_plural(term_of(text, ((Facet.FUNCTION, value),)))
        job = ((Facet.LEVEL, "individual"), (Facet.FUNCTION, value))
        for text in entry["jobs"]:
            yield from with_plural(term_of(text, job, kind=Kind.JOB))


def _titles() -> Iterator[Term]:
    for level, functions in taxonomy("titles").items():
        for function, texts in functions.items():
            meaning = ((Facet.LEVEL, level), (Facet.FUNCTION, function))
            for text in texts:
                yield from with_plural(term_of(text, meaning, kind=Kind.TITLE))


def _sizes() -> Iterator[Term]:
    for band in taxonomy("sizes")["band"]:
        value = f"{band.get('min', '')}-{band.get('max', '')}"
        for text in band["words"]:
            term = term_of(text, ((Facet.COMPANY_SIZE, value),))
            if term is not None:
                yield term


def _ambiguous() -> Iterator[Term]:
    for text, readings in taxonomy("ambiguous")["words"].items():
        meanings: list[Meaning] = [
            tuple((Facet(facet), value) for facet, value in reading) for reading in readings
        ]
        yield from with_plural(term_of(text, *meanings, exact=len(meanings) > 1))


def _chatter() -> Iterator[Term]:
    for text in everyday_phrases():
        term = term_of(text, kind=Kind.CHATTER, exact=True)
        if term is not None:
            yield term


def _tags() -> Iterator[Term]:
    for text in ("F 500", "Fortune 500", "Fortune500"):
        term = term_of(text, ((Facet.TAG, "F500"),), exact=True)
        if term is not None:
            yield term


def _first_meaning(sources: Iterable[Iterable[Term]]) -> dict[str, Term]:
    """Earlier tables win over later ones for the same words."""
    table: dict[str, Term] = {}
    for source in sources:
        for term in source:
            table.setdefault(term.key, term)
    return table


@cache
def shipped_terms() -> Mapping[str, Term]:
    """Give every shipped term by its key, short forms included."""
    table = with_short_forms(written_terms())
    for term in _chatter():
        table[term.key] = term
    return table


@cache
def written_terms() -> Mapping[str, Term]:
    """Give every term as the tables have it. Words for a country and a language keep both."""
    table = _first_meaning(
        (_ambiguous(), _titles(), _activities(), _industries(), _sizes(), _regions(), _tags())
    )
    rest = _first_meaning((_levels(), _functions()))
    for key, term in rest.items():
        table[key] = _joined(table.get(key), term)
    places = _first_meaning((country_terms(), foreign_adjectives()))
    for term in language_terms():
        places[term.key] = merged(places.get(term.key), term)
    for key, term in (*places.items(), *_first_meaning((_made(),)).items()):
        table.setdefault(key, term)
    return table


def _joined(old: Term | None, new: Term) -> Term:
    """A word for an industry or an activity and for a department has two readings."""
    if old is None:
        return new
    if old.kind is Kind.TITLE or old.readings == new.readings or len(old.readings) > 1:
        return old
    return Term(
        old.words, (*old.readings, *new.readings), old.kind, old.weak and new.weak, old.exact
    )


@cache
def role_terms() -> Mapping[str, Term]:
    """Give the terms of job titles alone, weak ones as good as others."""
    table = with_short_forms(_first_meaning((_titles(), _functions(), _levels())))
    return {
        key: Term(term.words, term.readings, term.kind, weak=False, exact=term.exact)
        for key, term in table.items()
    }


@cache
def labels() -> Mapping[tuple[Facet, str], str]:
    """Give the words that people read for each shipped value."""
    found: dict[tuple[Facet, str], str] = {}
    for facet, name in (
        (Facet.INDUSTRY, "industries"),
        (Facet.REGION, "regions"),
        (Facet.ACTIVITY, "activities"),
        (Facet.LEVEL, "levels"),
        (Facet.FUNCTION, "functions"),
    ):
        found |= {(facet, value): entry["name"] for value, entry in taxonomy(name).items()}
    found |= {(Facet.COUNTRY, code): name for code, name in country_labels().items()}
    found |= {(Facet.LANGUAGE, code): name for code, name in language_labels().items()}
    return found


@cache
def parents() -> Mapping[str, str]:
    """Give the parent of each industry that has one."""
    table = taxonomy("industries")
    return {value: entry["parent"] for value, entry in table.items() if "parent" in entry}


@cache
def children() -> Mapping[str, frozenset[str]]:
    """Give the children of each industry."""
    found: dict[str, set[str]] = {value: set() for value in taxonomy("industries")}
    for child, parent in parents().items():
        found[parent].add(child)
    return {value: frozenset(below) for value, below in found.items()}


@cache
def countries_of() -> Mapping[str, frozenset[str]]:
    """Give the countries of each region, those of the regions within it included."""
    table = taxonomy("regions")

    def gathered(region: str) -> frozenset[str]:
        own = frozenset(table[region]["countries"].split())
        return own.union(*(gathered(inner) for inner in table[region].get("of", ())))

    return {region: gathered(region) for region in table}


@cache
def regions_of() -> Mapping[str, tuple[str, ...]]:
    """Give the regions that each country belongs to."""
    found: dict[str, list[str]] = {}
    for region, codes in countries_of().items():
        for code in codes:
            found.setdefault(code, []).append(region)
    return {code: tuple(regions) for code, regions in found.items()}
