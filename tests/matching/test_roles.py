"""Titles, departments and the people in them, by grammar and not by a list."""

import time

import pytest

from refbot.matching.criteria import Criteria
from refbot.matching.parse import read
from refbot.matching.profile import Facet
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import AS_OF


def _criteria(text: str, vocabulary: Vocabulary) -> Criteria:
    return read(text, vocabulary, as_of=AS_OF).criteria


@pytest.mark.parametrize(
    ("text", "level", "function"),
    [
        ("AVP of IT", "vp", "it"),
        ("Sr. Dir. of Marketing", "director", "marketing"),
        ("finance chief of an airline", "c_level", "finance"),
        ("head of CX", "director", "customer_service"),
        ("VP, IT infrastructure", "vp", "it"),
        ("shift supervisor in production", "manager", "operations"),
        ("recruiter at a bank", "individual", "hr"),
        ("lawyer at a pharma company", "individual", "legal"),
        ("owner of a restaurant", "c_level", "executive"),
    ],
)
def test_a_title_gives_level_and_function(
    text: str, level: str, function: str, vocabulary: Vocabulary
) -> None:
    wanted = _criteria(text, vocabulary).wanted
    assert (wanted.get(Facet.LEVEL), wanted.get(Facet.FUNCTION)) == ((level,), (function,))


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("nobody below director, someone running IT at a bank", "it"),
        ("IT decision maker at a bank", "it"),
        ("a reference on the marketing side", "marketing"),
        ("manager and up in HR", "hr"),
        ("another IT team", "it"),
    ],
)
def test_a_department_counts_beside_those_who_work_there(
    text: str, function: str, vocabulary: Vocabulary
) -> None:
    assert _criteria(text, vocabulary).wanted[Facet.FUNCTION] == (function,)


@pytest.mark.parametrize("text", ["execs at a bank", "an executive from a bank"])
def test_executives_are_a_level_where_they_work_somewhere(
    text: str, vocabulary: Vocabulary
) -> None:
    assert _criteria(text, vocabulary).wanted[Facet.LEVEL] == ("c_level",)


@pytest.mark.parametrize(
    "text", ["energy manager at a hospital", "e-commerce director at a hospital"]
)
def test_the_department_of_a_manager_is_not_the_trade_of_the_company(
    text: str, vocabulary: Vocabulary
) -> None:
    wanted = _criteria(text, vocabulary).wanted
    assert wanted[Facet.INDUSTRY] == ("hospitals_and_providers",)


def test_to_be_in_production_is_no_department(vocabulary: Vocabulary) -> None:
    criteria = _criteria("in production for two years, retail", vocabulary)
    assert criteria.wanted == {Facet.INDUSTRY: ("retail",)}
    assert criteria.tenure_min_years == 2


def test_an_endless_list_of_departments_takes_no_endless_time(vocabulary: Vocabulary) -> None:
    started = time.thread_time()
    _criteria("product + " * 1000, vocabulary)
    assert time.thread_time() - started < 0.05
