import pytest

from bench.matching import spelling
from refbot.matching.shipped import shipped_terms, written_terms
from refbot.matching.terms import Kind
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import company_words

WORDS = company_words()


def test_recorded_misspellings_are_read_as_what_was_meant() -> None:
    held_out = [pair for pair in spelling.recorded() if pair.half == spelling.HELD_OUT]
    figures = spelling.figures_of(held_out, WORDS)
    assert figures.cases.total() > 4_000
    assert figures.recall >= 0.97, figures.missed[:50]
    assert figures.wrongs <= 0.01, figures.wrong[:50]


def test_most_wild_misspellings_are_read_as_what_was_meant() -> None:
    figures = spelling.figures_of(spelling.wild()[::5], WORDS)
    assert figures.cases.total() > 2_000
    assert figures.recall >= 0.65, figures.missed[:50]
    assert figures.wrongs <= 0.05, figures.wrong[:50]


@pytest.mark.parametrize("line", ["{}", spelling.PROSE], ids=["alone", "in prose"])
def test_ordinary_words_are_not_taken_for_criteria(line: str, vocabulary: Vocabulary) -> None:
    frequent, rarer, _ = spelling.ordinary_words(spelling.terms_of(WORDS))
    assert len(frequent) == spelling.ORDINARY
    taken = spelling.taken_for_criteria(frequent, line, vocabulary)
    assert len(taken) <= 0.01 * len(frequent), taken
    taken = spelling.taken_for_criteria(rarer[::5], line, vocabulary)
    assert len(taken) <= 0.02 * len(rarer[::5]), taken


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("producta", {("product", "Product A")}),
        ("productb", {("product", "Product B")}),
        ("Product-B", {("product", "Product B")}),
        ("productc", set()),
        ("product c", set()),
        ("vault 9", {("product", "Vault-9")}),
        ("vault9", {("product", "Vault-9")}),
        ("vault 8", set()),
        ("austria", {("country", "AT")}),
        ("australia", {("country", "AU")}),
        ("ireland", {("country", "IE")}),
        ("iceland", {("country", "IS")}),
        ("niger", {("country", "NE")}),
        ("nigeria", {("country", "NG")}),
        ("oman", {("country", "OM")}),
        ("roman", set()),
        ("mali", {("country", "ML")}),
        ("malta", {("country", "MT")}),
        ("malaysia", {("country", "MY")}),
        ("slovakia", {("country", "SK")}),
        ("slovenia", {("country", "SI")}),
        ("latvia", {("country", "LV")}),
        ("lithuania", {("country", "LT")}),
        ("swedish bank", {("country", "SE"), ("industry", "banking")}),
        ("swiss bank", {("country", "CH"), ("industry", "banking")}),
        ("ceo", {("level", "c_level"), ("function", "executive")}),
        ("cfo", {("level", "c_level"), ("function", "finance")}),
        ("cio", {("level", "c_level"), ("function", "it")}),
        ("ciso", {("level", "c_level"), ("function", "security")}),
        ("coo", {("level", "c_level"), ("function", "operations")}),
        ("cmo", {("level", "c_level"), ("function", "marketing")}),
        ("cto", {("level", "c_level"), ("function", "engineering")}),
        ("cxo", {("level", "c_level")}),
        ("czo", set()),
        ("hr", {("function", "hr")}),
        ("er", set()),
        ("ask us about it in may", set()),
    ],
)
def test_a_letter_tells_names_apart(
    line: str, facts: set[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    assert spelling.facts_in(line, vocabulary) == facts


def test_every_term_typed_right_is_itself_and_no_neighbour(vocabulary: Vocabulary) -> None:
    short = {key: term for key, term in shipped_terms().items() if key not in written_terms()}
    terms = {key: term for key, term in short.items() if term.kind is not Kind.CHATTER}
    for key, term in (terms | spelling.terms_of(WORDS)).items():
        found = vocabulary.exact(key)
        assert found is not None
        assert found.readings == term.readings
        hits = spelling.hits_in(" ".join(term.words), vocabulary)
        assert all(hit.similarity == 100 for hit in hits), (term.words, hits)
