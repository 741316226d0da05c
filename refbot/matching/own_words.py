"""What may be one of the company's own words, and what RefBot reads into one without it."""

import re
from datetime import date
from functools import lru_cache

from refbot.matching.normal import clean, key_of, tokens_of, words_of
from refbot.matching.numbers import counted_in
from refbot.matching.profile import Facet
from refbot.matching.shipped import labels, shipped_terms
from refbot.matching.terms import Kind, Meaning

LONGEST = 120
REMEMBERED = 16_384  # keys; a list of words is looked through again with each page
SHORTEST = 2
MOST_YEARS = 60
_BAND = re.compile(r"(?=.*\d)(\d{0,8})-(\d{0,8})")


@lru_cache(maxsize=REMEMBERED)
def key_of_word(text: str) -> str:
    """Give the key under which a word's spellings are one; empty when it holds no letter."""
    return key_of(words_of(text))


def called(facet: Facet, value: str) -> str:
    """Give the words that people read for a value of any facet."""
    if facet is Facet.TENURE:
        return f"customer for {value}+ years"
    if facet is not Facet.COMPANY_SIZE:
        return labels().get((facet, value), value)
    low, _, high = value.partition("-")
    if low and high:
        return f"{int(low):,} to {int(high):,} employees"
    return f"{int(low):,}+ employees" if low else f"up to {int(high or 0):,} employees"


def why_no_word(text: str) -> str | None:
    """Say why a text cannot be a word, or None."""
    key = key_of_word(text)
    if len(text) > LONGEST:
        return f"“{text[:30]}…” has {len(text)} characters; a word may have up to {LONGEST}."
    if not key:
        return f"“{text}” holds no letter that I could read."
    if len(key) < SHORTEST:
        return f"“{text}” is a single letter; please give at least two."
    if _is_number(text):
        return f"I read “{text}” as a number (a size, a time, an amount), so it cannot be a word."
    return None


def _is_number(text: str) -> bool:
    cleaned = clean(text)
    counted = counted_in(cleaned, as_of=date(2000, 1, 1))
    tokens = tokens_of(cleaned)
    return all(token.text[0].isdigit() for token in tokens) or all(
        any(c.start < token.end and token.start < c.end for c in counted) for token in tokens
    )


def shipped_readings(text: str) -> tuple[Meaning, ...]:
    """Give what RefBot reads into a word without the company's own ones."""
    term = shipped_terms().get(key_of_word(text))
    return term.readings if term and term.kind is not Kind.CHATTER else ()


def is_size(value: str) -> bool:
    """Tell whether a value is a band of employees: "1000-", "-99", "100-999"."""
    return _BAND.fullmatch(value) is not None


def is_tenure(value: str) -> bool:
    """Tell whether a value is a number of years as a customer."""
    return value.isdecimal() and 0 < int(value) <= MOST_YEARS
