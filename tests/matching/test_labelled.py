import pytest

from bench.matching import labelled
from refbot.matching.vocabulary import Vocabulary


@pytest.fixture(scope="module", params=labelled.FILES)
def figures(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> labelled.Figures:
    return labelled.figures_of(labelled.cases(request.param), vocabulary)


def test_the_labelled_lines_are_read_as_a_champion_reads_them(figures: labelled.Figures) -> None:
    assert figures.lines >= 120
    assert figures.share >= 0.98, [one.case["text"] for one in figures.wrong]


def test_few_facets_are_missed_or_invented(figures: labelled.Figures) -> None:
    assert figures.f1 >= 0.98


def test_chatter_fills_no_facet(figures: labelled.Figures) -> None:
    assert figures.false_in_chatter == 0
