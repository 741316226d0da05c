"""The company's own words in a line: of any facet, switched off, over the shipped ones."""

from datetime import date

import pytest

from refbot.matching.criteria import CompanySize, Reading
from refbot.matching.own_words import called, why_no_word
from refbot.matching.parse import read
from refbot.matching.profile import Facet, Word
from refbot.matching.vocabulary import Vocabulary


def reading(line: str, *words: Word) -> Reading:
    return read(line, Vocabulary.of(words), as_of=date(2026, 11, 22))


def off(text: str) -> Word:
    return Word(facet=None, value="", text=text)


def test_nothing_is_read_into_a_switched_off_word_its_plural_or_a_slip_of_it() -> None:
    for line in ("bank germany", "banks in germany", "germany, Bank"):
        assert reading(line).criteria.wanted[Facet.INDUSTRY] == ("banking",)
        told = reading(line, off("Bank"))
        assert (dict(told.criteria.wanted), told.not_understood) == ({Facet.COUNTRY: ("DE",)}, ())
    assert reading("bankk", off("bank")).criteria.wanted == {}


def test_an_ambiguous_word_can_be_switched_off() -> None:
    assert reading("georgia").ambiguous
    assert not reading("georgia", off("Georgia")).ambiguous


def test_a_meaning_wins_over_a_switch() -> None:
    means = Word(facet=Facet.TAG, value="Blood bank", text="bank")
    assert reading("bank", off("bank"), means).criteria.wanted == {Facet.TAG: ("Blood bank",)}


def test_words_may_stand_for_a_size_and_for_a_tenure() -> None:
    size = Word(facet=Facet.COMPANY_SIZE, value="1000-", text="elephants")
    tenure = Word(facet=Facet.TENURE, value="5", text="old friends")
    told = reading("elephants, old friends", size, tenure)
    assert told.criteria.company_size == CompanySize(min=1000)
    assert told.criteria.tenure_min_years == 5
    assert told.criteria.wanted == {}


def test_a_word_with_two_meanings_is_offered_and_not_chosen() -> None:
    tag = Word(facet=Facet.TAG, value="Kestrel", text="falcon")
    product = Word(facet=Facet.PRODUCT, value="Product A", text="falcon")
    doubts = reading("falcon", tag, product).ambiguous
    assert [set(doubt.readings) for doubt in doubts] == [
        {(Facet.TAG, "Kestrel"), (Facet.PRODUCT, "Product A")}
    ]


def test_values_of_every_facet_have_words_that_people_read() -> None:
    read = {
        (Facet.COMPANY_SIZE, "1000-"): "1,000+ employees",
        (Facet.COMPANY_SIZE, "-99"): "up to 99 employees",
        (Facet.COMPANY_SIZE, "100-999"): "100 to 999 employees",
        (Facet.TENURE, "3"): "customer for 3+ years",
        (Facet.COUNTRY, "DE"): "Germany",
        (Facet.TAG, "SAP"): "SAP",
    }
    assert {pair: called(*pair) for pair in read} == read


@pytest.mark.parametrize("text", ["360", "5k", "two", "2+ years", "500+", "since 2023", "x", "!"])
def test_a_number_a_letter_and_a_sign_are_no_words(text: str) -> None:
    assert why_no_word(text) is not None


@pytest.mark.parametrize("text", ["MD", "F500", "Office 365", "Product 2", "Größe", "C++"])
def test_words_may_hold_numbers(text: str) -> None:
    assert why_no_word(text) is None
