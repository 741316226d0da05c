from datetime import date

import pytest

from bench.matching.spelling import facts_in
from refbot.matching.parse import read
from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("fin svcs", {("industry", "financial_services")}),
        ("mid mkt", {("company_size", "100-999")}),
        ("cust success mgr", {("level", "manager"), ("function", "customer_service")}),
        ("vp fin", {("level", "vp"), ("function", "finance")}),
        ("cap mkts", {("industry", "capital_markets")}),
        ("log", set()),  # a word of one word is not shortened by rule
        ("ins", set()),
        ("quote frm a bank", {("activity", "quote"), ("industry", "banking")}),
        ("transportation adn logistics", {("industry", "transportation_and_logistics")}),
    ],
)
def test_short_forms_mean_what_they_shorten(
    line: str, facts: set[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    assert facts_in(line, vocabulary) == facts


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("legder-x", {("product", "Ledger-X")}),  # and no "leader"
        ("HIPPA", {("tag", "HIPAA")}),
        ("head of finace", {("level", "director"), ("function", "finance")}),  # and no "fiance"
        ("on-premise", {("tag", "on-premises")}),
    ],
)
def test_the_nearer_word_wins_over_an_ordinary_one(
    line: str, facts: set[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    assert facts_in(line, vocabulary) == facts


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("The prospect has 6000 employees. We need a bank", {("industry", "banking")}),
        (
            "The buyer is CIO of a hotel, he likes to talk with a bank",
            {("industry", "banking"), ("activity", "sales_call")},
        ),
        (
            "our designer Malin wants quotes from banks",
            {("activity", "quote"), ("industry", "banking")},
        ),
        (
            "we already have a quote, so a video with a bank",
            {("activity", "video"), ("industry", "banking")},
        ),
        ("let me review it with my manager first", set()),
        (
            "bank, not wanted: Nigeria, Kenya",
            {("industry", "banking"), ("not country", "NG"), ("not country", "KE")},
        ),
        ("no rush at all, but a Danish bank", {("country", "DK"), ("industry", "banking")}),
        (
            "manufacturing CIO",
            {("industry", "manufacturing"), ("level", "c_level"), ("function", "it")},
        ),
        ("hands-on people at a bank", {("level", "individual"), ("industry", "banking")}),
        ("an engineer at a bank", {("level", "individual"), ("industry", "banking")}),
        (
            "the owner of a small business in farming",
            {
                ("level", "c_level"),
                ("function", "executive"),
                ("company_size", "None-99"),
                ("industry", "agriculture"),
            },
        ),
        ("VP of data or higher", {("level", "vp"), ("level", "c_level"), ("function", "data")}),
        (
            "telecom or media, someone who could be on stage",
            {
                ("industry", "telecommunications"),
                ("industry", "media_and_entertainment"),
                ("activity", "speaking"),
            },
        ),
    ],
)
def test_what_stands_around_a_word_decides(
    line: str, facts: set[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    assert facts_in(line, vocabulary) == facts


@pytest.mark.parametrize("line", ["bank, 3 yrs+", "bank,3+yrs live"])
def test_a_plus_may_stand_behind_the_unit(line: str, vocabulary: Vocabulary) -> None:
    criteria = read(line, vocabulary, as_of=AS_OF).criteria
    assert criteria.tenure_min_years == 3
    assert criteria.wanted == {Facet.INDUSTRY: ("banking",)}
