"""What a company's word may be and may mean, and what becomes of what it meant before."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.errors import InvalidInput
from refbot.matching.english import everyday_words
from refbot.matching.names import cleaned_name
from refbot.matching.own_words import (
    is_size,
    is_tenure,
    key_of_word,
    shipped_readings,
    why_no_word,
)
from refbot.matching.profile import Facet
from refbot.matching.shipped import labels
from refbot.matching.terms import Meaning
from refbot.storage.accounts import Account, CompanyWord, Product
from refbot.storage.references import Tag
from refbot.storage.words import Mark, own_words

MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Meant:
    """What a word is to mean; without a facet RefBot is to read nothing into it."""

    facet: Facet | None
    value: str = ""
    is_new: bool = False  # a product or a tag that the company does not have yet


class Effect(StrEnum):
    """What a new word does beside what it is for."""

    REPLACES = "replaces"  # a shipped word loses its readings
    JOINS = "joins"  # one of the company's own words gets a second reading
    EVERYDAY = "everyday"  # people write it without meaning a criterion


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the champion should know before a word is saved."""

    text: str
    effect: Effect
    readings: tuple[Meaning, ...] = ()


def words_in(typed: str | None) -> list[str]:
    """Part what was typed at commas; InvalidInput says what cannot be a word."""
    parts = (_tidied(part) for part in re.split(r"[,;\n]", typed or ""))
    texts = list({key_of_word(part) or part: part for part in parts if part}.values())
    if not texts:
        raise InvalidInput({"words": "Please type a word."})
    if len(texts) > MOST_AT_ONCE:
        told = f"These are {len(texts)} words; please give at most {MOST_AT_ONCE} at a time."
        raise InvalidInput({"words": told})
    wrong = [told for told in map(why_no_word, texts) if told]
    if wrong:
        raise InvalidInput({"words": " ".join(wrong[:3])})
    return texts


def _tidied(text: str) -> str:
    kept = (c for c in text if unicodedata.category(c)[0] != "C" or c.isspace())
    return " ".join("".join(kept).split())


def must_be_there(session: Session, meant: Meant) -> None:
    """Refuse a value that RefBot does not know, or knows no more."""
    if not _is_there(session, meant):
        told = "I do not know this value, or no longer. Please choose another."
        raise InvalidInput({"meaning": told})


def _is_there(session: Session, meant: Meant) -> bool:
    match meant.facet:
        case None:
            return True
        case Facet.PRODUCT | Facet.TAG | Facet.ACCOUNT:
            return _is_named(session, meant)
        case Facet.COMPANY_SIZE:
            return is_size(meant.value)
        case Facet.TENURE:
            return is_tenure(meant.value)
        case facet:
            return (facet, meant.value) in labels()


def _is_named(session: Session, meant: Meant) -> bool:
    if meant.is_new:
        return meant.facet is not Facet.ACCOUNT and why_no_word(meant.value) is None
    names = {Facet.PRODUCT: Product.name, Facet.TAG: Tag.name}
    name = names.get(meant.facet or Facet.ACCOUNT, Account.name)
    return session.scalar(select(name).where(name == meant.value).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The company's own words and names by their key, read once for an act."""

    session: Session
    rows: Mapping[str, list[CompanyWord]]
    names: Mapping[str, list[tuple[Facet, str]]]

    @classmethod
    def read(cls, session: Session) -> "Lexicon":
        """Read the words, the products and the tags; accounts are looked up one by one."""
        rows: dict[str, list[CompanyWord]] = defaultdict(list)
        for word in own_words(session):
            rows[key_of_word(word.text)].append(word)
        names: dict[str, list[tuple[Facet, str]]] = defaultdict(list)
        for facet, name in ((Facet.PRODUCT, Product.name), (Facet.TAG, Tag.name)):
            for value in session.scalars(select(name)):
                names[key_of_word(value)].append((facet, value))
        return cls(session, rows, names)

    def rows_of(self, text: str, *, but: CompanyWord | None = None) -> list[CompanyWord]:
        """Give the rows whose word is this one in any spelling, but for one of them."""
        return [row for row in self.rows.get(key_of_word(text), []) if row is not but]

    def readings(self, text: str, *, but: CompanyWord | None = None) -> list[tuple[Facet, str]]:
        """Give what a word means to the company: by its own words, and as a name."""
        marks = set(Mark)
        found = [
            (Facet(row.facet), row.value)
            for row in self.rows_of(text, but=but)
            if row.facet not in marks
        ]
        found += self.names.get(key_of_word(text), [])
        accounts = select(Account.name).where(Account.name_key == cleaned_name(text))
        found += [(Facet.ACCOUNT, name) for name in self.session.scalars(accounts)]
        return list(dict.fromkeys(found))


def doubts(
    lexicon: Lexicon, texts: Sequence[str], meant: Meant, *, but: CompanyWord | None = None
) -> list[Doubt]:
    """Give what the champion should know before these words are saved."""
    found: list[Doubt] = []
    wanted = (meant.facet, meant.value)
    for text in [*texts, *([meant.value] if meant.is_new else [])]:
        others = [own for own in lexicon.readings(text, but=but) if own != wanted]
        shipped = tuple(r for r in shipped_readings(text) if r != (wanted,))
        if others and meant.facet:
            found.append(Doubt(text, Effect.JOINS, tuple((own,) for own in others)))
        elif shipped:
            found.append(Doubt(text, Effect.REPLACES, shipped))
        if meant.facet and key_of_word(text) in everyday_words():
            found.append(Doubt(text, Effect.EVERYDAY))
    return list(dict.fromkeys(found))
