from datetime import date

import pytest

from refbot.matching.criteria import Criteria
from refbot.matching.parse import read
from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import AS_OF


def _criteria(text: str, vocabulary: Vocabulary) -> Criteria:
    return read(text, vocabulary, as_of=AS_OF).criteria


def _values(text: str, facet: Facet, vocabulary: Vocabulary) -> tuple[str, ...]:
    return _criteria(text, vocabulary).wanted.get(facet, ())


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        # synonyms and spelling
        ("credit union", Facet.INDUSTRY, ("banking",)),
        ("a chain of stores", Facet.INDUSTRY, ("retail",)),
        ("swizterland", Facet.COUNTRY, ("CH",)),
        ("producta", Facet.PRODUCT, ("Product A",)),
        ("vault 9", Facet.PRODUCT, ("Vault-9",)),
        ("Product A or B", Facet.PRODUCT, ("Product A", "Product B")),
        ("FlowDesk Pro & Lite", Facet.PRODUCT, ("FlowDesk Pro", "FlowDesk Lite")),
        # titles
        ("CFO", Facet.FUNCTION, ("finance",)),
        ("head of IT", Facet.FUNCTION, ("it",)),
        ("director+", Facet.LEVEL, ("director", "vp", "c_level")),
        ("manager or above", Facet.LEVEL, ("manager", "director", "vp", "c_level")),
        ("at least a director", Facet.LEVEL, ("director", "vp", "c_level")),
        ("software engineering manager", Facet.LEVEL, ("manager",)),
        # a language, or a country
        ("retail, french", Facet.LANGUAGE, ("fr",)),
        ("french retailer", Facet.COUNTRY, ("FR",)),
        ("speaks French and German", Facet.LANGUAGE, ("fr", "de")),
        ("German, Austrian or Swiss bank", Facet.COUNTRY, ("DE", "AT", "CH")),
        ("English is a must", Facet.LANGUAGE, ("en",)),
        ("bilingual French/English", Facet.LANGUAGE, ("fr", "en")),
        ("portugese speaking", Facet.LANGUAGE, ("pt",)),
        # adjectives as other languages inflect them
        ("Österreichische Bank", Facet.COUNTRY, ("AT",)),
        ("banca italiana", Facet.COUNTRY, ("IT",)),
        ("entreprise allemande, banque", Facet.COUNTRY, ("DE",)),
        # spellings
        ("D-A-CH", Facet.REGION, ("dach",)),
        ("K-12", Facet.INDUSTRY, ("education",)),
        ("the Americas", Facet.REGION, ("north_america", "latam")),
        # activities
        ("they insist on talking to a peer", Facet.ACTIVITY, ("sales_call",)),
        ("press wants to talk to a retailer", Facet.ACTIVITY, ("media_call",)),
        ("webinar in French", Facet.ACTIVITY, ("speaking",)),
        ("visit a hospital", Facet.ACTIVITY, ("site_visit",)),
        ("talk to a prospect", Facet.ACTIVITY, ("sales_call",)),
        ("investors want to talk to a customer", Facet.ACTIVITY, ("investor_call",)),
        ("video testimonial", Facet.ACTIVITY, ("video",)),
        ("a G2 review", Facet.ACTIVITY, ("review",)),
    ],
)
def test_a_word_means_its_value(
    text: str, facet: Facet, values: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert _values(text, facet, vocabulary) == values


@pytest.mark.parametrize(
    "text",
    [
        "call me",
        "can you help us find it?",
        "my VP is watching",
        "Jordan asked for this",
        "legal wants an answer by Friday",
        "hello there",
        "we may get a decision in May",
        "a price quote for 100 seats",
        "24 hr turnaround",
        "no rush, thanks",
        "<@U012AB3CD> <#C1|banking> https://bank.example.com :uk: bank@retail.example.com",
    ],
)
def test_chatter_means_nothing(text: str, vocabulary: Vocabulary) -> None:
    assert _criteria(text, vocabulary) == Criteria()


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        ("retail, not grocery", Facet.INDUSTRY, ("grocery",)),
        ("Europe except France and Spain", Facet.COUNTRY, ("FR", "ES")),
        ("non-US pharma", Facet.COUNTRY, ("US",)),
        ("banking and insurance excluded, telco", Facet.INDUSTRY, ("banking", "insurance")),
        ("anyone but Quillon", Facet.ACCOUNT, ("Quillon Insurance",)),
        ("neither retail nor fashion", Facet.INDUSTRY, ("retail", "fashion")),
        ("customers outside the US", Facet.COUNTRY, ("US",)),
        ("they don't want healthcare", Facet.INDUSTRY, ("healthcare",)),
        ("banking, retail not wanted", Facet.INDUSTRY, ("retail",)),
        ("telco is out", Facet.INDUSTRY, ("telecommunications",)),
    ],
)
def test_an_exclusion_reaches_its_group_and_no_further(
    text: str, facet: Facet, values: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    criteria = _criteria(text, vocabulary)
    assert criteria.excluded == {facet: values}


@pytest.mark.parametrize(
    "text", ["no rush, retail", "not sure: retail", "no later than May, retail"]
)
def test_no_is_not_always_an_exclusion(text: str, vocabulary: Vocabulary) -> None:
    assert _criteria(text, vocabulary).wanted == {Facet.INDUSTRY: ("retail",)}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("5k+ employees", 5000, None),
        ("under 250 people", None, 250),
        ("500-1000 ppl", 500, 1000),
        ("between 1,000 and 5,000 employes", 1000, 5000),
        ("no fewer than 300 staff", 300, None),
        ("headcount > 500", 500, None),
        ("at least 500 employees but at most 2000 employees", 500, 2000),
        ("smb", None, 99),
        ("mid-size", 100, 999),
        ("enterprise", 1000, None),
        ("10k-50k FTE", 10_000, 50_000),
        ("sub-500 employees", None, 500),
        ("no bigger than 200 staff", None, 200),
        ("employs over 2,000", 2000, None),
        ("a 200-person bank", 200, None),
        ("bank, 5k+, Germany", 5000, None),
    ],
)
def test_a_size_is_counted_in_employees(
    text: str, least: int | None, most: int | None, vocabulary: Vocabulary
) -> None:
    size = _criteria(text, vocabulary).company_size
    assert size is not None
    assert (size.min, size.max) == (least, most)


@pytest.mark.parametrize("text", ["100+ stores", "250 beds", "$250k deal", "two people"])
def test_other_numbers_are_no_size(text: str, vocabulary: Vocabulary) -> None:
    assert _criteria(text, vocabulary).company_size is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("live since 2023", 3),
        ("live since December 2023", 2),
        ("customer for five years or more", 5),
        ("live for over 30 months", 2),
        ("2+ years live", 2),
        ("3 year contract", None),
        ("in the last 2 years", None),
        ("go live in 2027", None),
        ("live since Q3 2023", 3),
        ("went live in spring 2022", 4),
        ("live since 01/2024", 2),
        ("live since '22", 4),
        ("went live last year", 1),
        ("5yr customer", 5),
        ("5 years old", None),
    ],
)
def test_tenure_is_whole_years_live(text: str, years: int | None, vocabulary: Vocabulary) -> None:
    assert _criteria(text, vocabulary).tenure_min_years == years


def test_the_prospects_own_industry_counts_only_when_nothing_else_is_said(
    vocabulary: Vocabulary,
) -> None:
    text = "My prospect is a bank in Germany"
    assert _values(f"{text}, need a retailer", Facet.INDUSTRY, vocabulary) == ("retail",)
    assert _values(text, Facet.INDUSTRY, vocabulary) == ("banking",)
    alike = f"{text} and wants a call with someone like them, on Product A"
    assert _values(alike, Facet.COUNTRY, vocabulary) == ("DE",)


@pytest.mark.parametrize("pair", [("austria", "AT"), ("australia", "AU"), ("ireland", "IE")])
def test_near_names_are_kept_apart(pair: tuple[str, str], vocabulary: Vocabulary) -> None:
    assert _values(pair[0], Facet.COUNTRY, vocabulary) == (pair[1],)


@pytest.mark.parametrize("text", ["product c", "productc", "Vault-8", "cxfo", "kubernetes"])
def test_an_unknown_name_is_not_guessed(text: str, vocabulary: Vocabulary) -> None:
    reading = read(text, vocabulary, as_of=AS_OF)
    assert not reading.criteria.wanted


def test_what_is_not_understood_is_said(vocabulary: Vocabulary) -> None:
    reading = read("bank, kubernetes, Priya said asap", vocabulary, as_of=AS_OF)
    assert reading.not_understood == ("kubernetes", "Priya", "asap")


def test_an_ambiguous_word_offers_its_readings(vocabulary: Vocabulary) -> None:
    reading = read("bank in Georgia", vocabulary, as_of=AS_OF)
    assert [doubt.source for doubt in reading.ambiguous] == ["Georgia"]
    assert reading.ambiguous[0].readings == ((Facet.COUNTRY, "GE"), (Facet.COUNTRY, "US"))
    assert Facet.COUNTRY not in reading.criteria.wanted


def test_the_source_is_what_was_typed(vocabulary: Vocabulary) -> None:
    reading = read("HELTHCARE", vocabulary, as_of=date(2026, 1, 1))
    assert [(u.source, u.value, u.similarity) for u in reading.understood] == [
        ("HELTHCARE", "healthcare", 93.0)
    ]


def test_an_overlong_line_says_what_was_not_read(vocabulary: Vocabulary) -> None:
    reading = read("retail " + "the " * 1200 + "zorgblatt", vocabulary, as_of=AS_OF)
    assert reading.criteria.wanted == {Facet.INDUSTRY: ("retail",)}
    assert reading.not_understood[-1].startswith("the the")


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        ("heaf of IT", Facet.LEVEL, ("director",)),
        ("thier CISO, dutch speakng", Facet.LANGUAGE, ("nl",)),
        ("retail, singel sign-on", Facet.TAG, ("single sign-on",)),
    ],
)
def test_a_slip_in_a_small_word_does_not_hide_what_it_steers(
    text: str, facet: Facet, values: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert _values(text, facet, vocabulary) == values


def test_a_slip_is_shown_as_it_was_typed(vocabulary: Vocabulary) -> None:
    reading = read("Heaf of IT, emplyees over 500", vocabulary, as_of=AS_OF)
    assert {u.source for u in reading.understood} >= {"Heaf of IT"}
    assert reading.criteria.company_size is not None
