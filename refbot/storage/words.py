"""The company's own words, and the words that it wants nothing read into or nothing said of."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from refbot.matching.profile import Facet, Word
from refbot.storage.accounts import Account, AccountProduct, CompanyWord, Product
from refbot.storage.opportunities import Opportunity
from refbot.storage.references import ReferenceProduct, ReferenceTag, Tag


class Mark(StrEnum):
    """What stands in a word's row in the place of a facet, when it has no meaning."""

    NOTHING = "nothing"  # switched off: RefBot reads over it
    DISMISSED = "dismissed"  # not understood, and not to be shown to the champion again


def meaning_of(word: CompanyWord) -> Word | None:
    """Give a row as the matcher reads it; None for one that says nothing to the matcher."""
    if word.facet == Mark.DISMISSED:
        return None
    facet = None if word.facet == Mark.NOTHING else Facet(word.facet)
    return Word(facet=facet, value=word.value, text=word.text)


def own_words(session: Session) -> list[CompanyWord]:
    """Give all rows, oldest first."""
    return list(session.scalars(select(CompanyWord).order_by(CompanyWord.id)))


def count_meant(session: Session) -> int:
    """Count the words that mean something or were switched off."""
    counted = select(func.count()).select_from(CompanyWord)
    return session.scalar(counted.where(CompanyWord.facet != Mark.DISMISSED)) or 0


def is_in_use(session: Session, product_or_tag: Product | Tag) -> bool:
    """Tell whether an account, a reference, a deal or another word speaks of it."""
    if isinstance(product_or_tag, Product):
        spoken_of = [
            AccountProduct.product_id == product_or_tag.id,
            ReferenceProduct.product_id == product_or_tag.id,
            Opportunity.product_id == product_or_tag.id,
        ]
    else:
        spoken_of = [ReferenceTag.tag_id == product_or_tag.id]
    facet = Facet.PRODUCT if isinstance(product_or_tag, Product) else Facet.TAG
    named = (CompanyWord.facet == facet) & (CompanyWord.value == product_or_tag.name)
    return any(session.scalar(select(exists().where(it))) for it in (*spoken_of, named))


def words(session: Session) -> list[Word]:
    """Give what the matcher knows of the company's words: products, tags and its own words."""
    products = session.scalars(select(Product.name).order_by(Product.id))
    tags = session.scalars(select(Tag.name).order_by(Tag.id))
    return [
        *(Word(facet=Facet.PRODUCT, value=name, text=name) for name in products),
        *(Word(facet=Facet.TAG, value=name, text=name) for name in tags),
        *(word for row in own_words(session) if (word := meaning_of(row)) is not None),
    ]


def account_names(session: Session, ids: Iterable[int] | None = None) -> Iterator[str]:
    """Give the names of these accounts or of all, the newest first."""
    query = select(Account.name).order_by(Account.id.desc())
    if ids is not None:
        query = query.where(Account.id.in_(list(ids)))
    streamed = query.execution_options(yield_per=1000)
    yield from session.connection().execute(streamed).scalars()
