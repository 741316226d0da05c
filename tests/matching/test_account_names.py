from datetime import date

import pytest

from refbot.matching import vocabulary as vocabulary_module
from refbot.matching.account_names import AccountNames
from refbot.matching.parse import read
from refbot.matching.profile import Facet, Word
from refbot.matching.vocabulary import Vocabulary

AS_OF = date(2026, 11, 22)
NAMES = ("Northwind Traders", "Globex", "Zürich Mills", "Fabrikam 7", "North Pole Toys")


def _accounts(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return read(text, vocabulary, as_of=AS_OF).criteria.wanted.get(Facet.ACCOUNT, ())


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> Vocabulary:
    monkeypatch.setattr(vocabulary_module, "MOST_FUZZY", 3)
    words = [Word(facet=Facet.PRODUCT, value="Ledgerly", text="Ledgerly")]
    return Vocabulary.of(words, ["Initech", "Hooli Werke", *NAMES])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("someone like northwind traders", "Northwind Traders"),
        ("NorthWind-Traders", "Northwind Traders"),
        ("zurich mills, cfo", "Zürich Mills"),
        ("fabrikam 7", "Fabrikam 7"),
        ("initehc", "Initech"),  # within the first few, misspellings are forgiven too
    ],
)
def test_an_account_is_found_among_very_many(crowded: Vocabulary, typed: str, name: str) -> None:
    assert _accounts(typed, crowded) == (name,)


def test_of_very_many_accounts_the_later_are_found_by_exact_spelling_only(
    crowded: Vocabulary,
) -> None:
    assert _accounts("northwnid traders", crowded) == ()
    assert read("ledgrely", crowded, as_of=AS_OF).criteria.wanted[Facet.PRODUCT] == ("Ledgerly",)


def test_type_ahead_finds_names_by_beginning_then_by_piece(crowded: Vocabulary) -> None:
    found = [value for facet, value in crowded.suggest("north") if facet is Facet.ACCOUNT]
    assert found == ["Northwind Traders", "North Pole Toys"]
    found = [value for facet, value in crowded.suggest("pole t") if facet is Facet.ACCOUNT]
    assert found == ["North Pole Toys"]


def test_a_name_that_is_also_a_product_is_ambiguous() -> None:
    words = [Word(facet=Facet.PRODUCT, value="Globex", text="Globex")]
    crowded = Vocabulary.of(words, AccountNames(NAMES))
    term = crowded.exact("globex")
    assert term is not None
    assert {facet for reading in term.readings for facet, _ in reading} == {
        Facet.PRODUCT,
        Facet.ACCOUNT,
    }


def test_a_new_name_is_known_at_once_and_the_old_ones_stay() -> None:
    names = AccountNames(NAMES)
    names.add("Umbrella Werke")
    names.add("Globex")
    assert names.get("umbrellawerke") == "Umbrella Werke"
    assert names.get("globex") == "Globex"
    assert len(names) == len(NAMES) + 1
    assert list(names) == [*NAMES, "Umbrella Werke"]
    assert names.may_begin("umb")
    assert names.may_begin("umbrel")
    assert list(names.suggested("werke")) == []
    assert list(names.suggested("umbrella")) == ["Umbrella Werke"]


def test_every_name_of_a_large_list_is_found() -> None:
    names = AccountNames(f"Customer {number:05d}" for number in range(20_000))
    assert all(names.get(f"customer{number:05d}") for number in range(20_000))
    assert names.get("customer99999") is None
