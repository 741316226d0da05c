"""How values of the taxonomy are called in messages."""

from functools import lru_cache

from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary
from refbot.storage.choices import ChoiceReason

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

PASSED_OVER = {
    ChoiceReason.WRONG_ROLE: "wrong role",
    ChoiceReason.WRONG_INDUSTRY: "wrong industry",
    ChoiceReason.WRONG_SIZE_OR_PLACE: "wrong size or place",
    ChoiceReason.ASKED_TOO_OFTEN: "asked too often",
    ChoiceReason.DELICATE: "the relationship is delicate",
    ChoiceReason.BETTER_KNOWN: "another is better known to us",
    ChoiceReason.OTHER: "other",
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
