"""The words that people use for companies, and the grammar that makes more of them."""

import pytest

from refbot.matching.parse import read
from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import AS_OF


def _industries(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return read(text, vocabulary, as_of=AS_OF).criteria.wanted.get(Facet.INDUSTRY, ())


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("NHS trust", "hospitals_and_providers"),
        ("reinsurer", "insurance"),
        ("stock exchange", "capital_markets"),
        ("neobank", "banking"),
        ("pharmacy benefit manager", "health_insurance"),
        ("diagnostics company", "medical_devices"),
        ("law firm", "legal_services"),
        ("recruiter", "staffing"),
        ("ISP", "telecommunications"),
        ("fire brigade", "government"),
        ("school district", "education"),
        ("grid operator", "utilities"),
        ("tour operator", "travel_and_hospitality"),
        ("casino", "travel_and_hospitality"),
        ("freight forwarder", "shipping_and_logistics"),
        ("tier 1 supplier", "automotive"),
        ("contract manufacturer", "manufacturing"),
        ("steelmaker", "chemicals_and_materials"),
        ("wholesaler", "retail"),
    ],
)
def test_a_kind_of_company_names_its_industry(
    text: str, industry: str, vocabulary: Vocabulary
) -> None:
    assert _industries(f"a {text} in Spain", vocabulary) == (industry,)


@pytest.mark.parametrize(
    ("thing", "industry"),
    [
        ("toy", "consumer_goods"),
        ("pump", "industrial_machinery"),
        ("cheese", "food_and_beverage"),
        ("missile", "aerospace_and_defense"),
        ("steel", "chemicals_and_materials"),
    ],
)
@pytest.mark.parametrize("maker", ["maker", "manufacturer", "producer", "company"])
def test_who_makes_a_thing_belongs_to_its_industry(
    thing: str, maker: str, industry: str, vocabulary: Vocabulary
) -> None:
    assert _industries(f"a {thing} {maker} in Spain", vocabulary) == (industry,)


@pytest.mark.parametrize("text", ["we sold them a toy", "a cheese sandwich", "pump it up"])
def test_a_thing_alone_names_no_industry(text: str, vocabulary: Vocabulary) -> None:
    assert _industries(text, vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("travel publisher", "publishing"),
        ("cyber insurer", "insurance"),
        ("banking software vendor", "software"),
        ("car parts retailer", "retail"),
    ],
)
def test_a_trade_before_a_company_only_says_of_what_kind(
    text: str, industry: str, vocabulary: Vocabulary
) -> None:
    criteria = read(f"{text}, Spain", vocabulary, as_of=AS_OF).criteria
    assert criteria.wanted == {Facet.INDUSTRY: (industry,), Facet.COUNTRY: ("ES",)}


def test_trades_that_a_comma_parts_are_all_meant(vocabulary: Vocabulary) -> None:
    assert _industries("travel, publisher", vocabulary) == ("travel_and_hospitality", "publishing")


def test_a_cell_may_add_what_kind_of_body_it_is(vocabulary: Vocabulary) -> None:
    assert vocabulary.industry_of("Hospital group") == "hospitals_and_providers"
    assert vocabulary.industry_of("money house") is None
