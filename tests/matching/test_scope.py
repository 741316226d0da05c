"""What is ruled out, what is the prospect's or our own: none of it is asked for."""

import pytest

from refbot.matching.criteria import Criteria
from refbot.matching.parse import read
from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import AS_OF

INDUSTRY, COUNTRY, ACCOUNT = Facet.INDUSTRY, Facet.COUNTRY, Facet.ACCOUNT


def _criteria(text: str, vocabulary: Vocabulary) -> Criteria:
    return read(text, vocabulary, as_of=AS_OF).criteria


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        # nobody, nothing
        ("nobody from IT please, retail", Facet.FUNCTION, ("it",)),
        ("nothing in pharma, DACH", INDUSTRY, ("pharmaceuticals",)),
        ("retail, no VPs", Facet.LEVEL, ("vp",)),
        # a colon turns the sense of a cue that else looks back
        ("energy, not wanted: oil & gas", INDUSTRY, ("oil_and_gas",)),
        ("no-go: banks. Product A", INDUSTRY, ("banking",)),
        # exceptions from a whole
        ("EMEA ex Germany, telco", COUNTRY, ("DE",)),
        ("LATAM excl. Brazil", COUNTRY, ("BR",)),
        ("any industry bar mining", INDUSTRY, ("mining",)),
        ("all of Europe save for Poland", COUNTRY, ("PL",)),
        ("leave Kestrel out of this, airline wanted", ACCOUNT, ("Kestrel Air",)),
        ("grocers don't work, CFO", INDUSTRY, ("grocery",)),
        # accounts that have done enough
        ("we've used Kestrel too often, airline", ACCOUNT, ("Kestrel Air",)),
        ("hospital, Northwind is burnt", ACCOUNT, ("Northwind Health",)),
        # what a verb denies
        ("it can't be a bank. CFO", INDUSTRY, ("banking",)),
        ("I'd rather not use Kestrel, any airline", ACCOUNT, ("Kestrel Air",)),
    ],
)
def test_the_ways_to_say_no(
    text: str, facet: Facet, values: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert _criteria(text, vocabulary).excluded == {facet: values}


@pytest.mark.parametrize(
    "text",
    [
        "doesn't have to be a bank, insurers are great",
        "not necessarily retail, insurers are great",
        "need not be German, insurance",
        "insurance, German not required",
    ],
)
def test_what_need_not_be_is_neither_asked_for_nor_excluded(
    text: str, vocabulary: Vocabulary
) -> None:
    assert _criteria(text, vocabulary) == Criteria(wanted={INDUSTRY: ("insurance",)})


@pytest.mark.parametrize(
    "text", ["nothing but retail", "other than that, retail", "is it live? no. retail"]
)
def test_some_negations_exclude_nothing(text: str, vocabulary: Vocabulary) -> None:
    assert _criteria(text, vocabulary) == Criteria(wanted={INDUSTRY: ("retail",)})


@pytest.mark.parametrize(
    "text",
    [
        "Prospect: US health insurer, 8,000 staff. Wanted: retail",
        "prospect (Dutch bank, 4,200 staff) wants a retailer",
        "my account is a bank in Norway, they'd like a retailer",
        "We are in the last round at a big insurer, retail would be best",
        "demoing to a hospital on Monday; send me a retailer",
        "A Spanish insurer wants to speak with a retailer next week",
        "the Swiss insurer I'm working with asked for a retailer",
        "RFP from a hospital group in Italy, they need a retailer",
    ],
)
def test_the_prospect_is_not_what_is_sought(text: str, vocabulary: Vocabulary) -> None:
    criteria = _criteria(text, vocabulary)
    assert criteria.wanted.get(INDUSTRY) == ("retail",)
    assert (criteria.company_size, criteria.wanted.get(COUNTRY)) == (None, None)


def test_the_fields_of_a_pasted_record_are_the_requests(vocabulary: Vocabulary) -> None:
    text = "Pasted from the opp: Region: Nordics. Industry: Energy (no mining)."
    criteria = _criteria(text, vocabulary)
    assert criteria.wanted == {Facet.REGION: ("nordics",), INDUSTRY: ("energy",)}
    assert criteria.excluded == {INDUSTRY: ("mining",)}


@pytest.mark.parametrize(
    "text",
    [
        "my boss is the SVP of sales and she wants it today",
        "my manager, the VP of sales, needs this",
        "their lawyers have a lot of questions",
        "they have a new CFO who is nervous",
        "procurement at the buyer insists",
        "details are in Salesforce",
        "the ServiceNow ticket is open",
    ],
)
def test_our_own_people_and_records_are_no_criteria(text: str, vocabulary: Vocabulary) -> None:
    assert _criteria(text, vocabulary) == Criteria()


def test_a_guess_that_came_to_nothing_is_reported(vocabulary: Vocabulary) -> None:
    reading = read("Brenda told me: retail", vocabulary, as_of=AS_OF)
    assert reading.not_understood == ("Brenda",)


@pytest.mark.parametrize(
    "text",
    [
        "can Kestrel talk to a bank in Peru?",
        "is Kestrel OK, the deal dies without a reference",
    ],
)
def test_an_account_that_is_named_is_all_that_is_asked(text: str, vocabulary: Vocabulary) -> None:
    wanted = _criteria(text, vocabulary).wanted
    assert wanted.get(ACCOUNT) == ("Kestrel Air",)
    assert INDUSTRY not in wanted


def test_wanted_people_are_sought_and_do_not_want(vocabulary: Vocabulary) -> None:
    wanted = _criteria("two data scientists wanted for a panel", vocabulary).wanted
    assert wanted[Facet.FUNCTION] == ("data",)
