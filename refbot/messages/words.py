"""How values of the taxonomy are called in messages."""

from functools import lru_cache

from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary

FACET_NAMES = {
    Facet.INDUSTRY: "Industry",
    Facet.PRODUCT: "Product",
    Facet.LEVEL: "Level",
    Facet.COUNTRY: "Country",
    Facet.REGION: "Region",
    Facet.FUNCTION: "Function",
    Facet.ACTIVITY: "Activity",
    Facet.LANGUAGE: "Language",
    Facet.TAG: "Tag",
    Facet.ACCOUNT: "Account",
    Facet.COMPANY_SIZE: "Company size",
    Facet.TENURE: "Customer for",
}


@lru_cache(maxsize=1)
def _shipped() -> Vocabulary:
    return Vocabulary.of(())


def label(facet: Facet, value: str) -> str:
    """Give the words people read for a value; the company's own words are their own label."""
    return _shipped().label(facet, value)


def activity(value: str) -> str:
    """Give an activity in words: "Sales call"."""
    return label(Facet.ACTIVITY, value)
