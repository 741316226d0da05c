"""SymSpell corrects the words, the synonyms name facts, tantivy scores the facts: the best rival.

SymSpell: edit distance 2, prefix 7, its English dictionary beside the vocabulary's words, words
under four letters and those with digits as they are. Then the longest synonym first, "not" and its
like exclude what follows. tantivy: constant scores, by RefBot's weights of the facets.
"""

from importlib import resources
from typing import Any

import tantivy
from symspellpy import SymSpell, Verbosity  # type: ignore[import-untyped]

from bench.matching.forms import known_forms
from bench.matching.peers import Source, tantivy_index
from bench.matching.peers.tantivy_index import FACTS, FREE, ID, refuses, term_of
from bench.matching.records import Fact, phrases, synonyms
from refbot.matching.normal import words_of
from refbot.matching.weights import FIT

_NEGATIONS = frozenset(("not", "except", "no", "excluding", "without"))
_OFTEN = 10_000_000_000  # the company's own words before ordinary English
_SHORT = 4


class SymSpellTantivy:
    """Reads words by their spelling and asks for facts."""

    def build(self, source: Source) -> None:
        """Open the index and make the spelling dictionary."""
        self._source = source
        index, self.seconds_before = tantivy_index.opened(source)
        self._schema, self._searcher = index.schema, index.searcher()
        self._speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        english = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
        self._speller.load_dictionary(str(english), term_index=0, count_index=1)
        for _, written in known_forms():
            for word in words_of(written):
                self._speller.create_dictionary_entry(word, _OFTEN)
        synonyms()

    def top3(self, line: str) -> list[int]:
        """Correct, name, ask."""
        wanted: list[Fact] = []
        unwanted: list[Fact] = []
        negated = False
        for part in phrases([self._corrected(word) for word in words_of(line)]):
            (unwanted if negated else wanted).extend(part.facts)
            negated = not part.facts and part.words[0] in _NEGATIONS
        found = self._searcher.search(self._query(wanted, unwanted), 3).hits
        return [self._searcher.doc(address)[ID][0] for _, address in found]

    def _corrected(self, word: str) -> str:
        if len(word) < _SHORT or not word.isalpha():
            return word
        near = self._speller.lookup(word, Verbosity.TOP, max_edit_distance=2)
        return near[0].term if near else word

    def _query(self, wanted: list[Fact], unwanted: list[Fact]) -> Any:
        activity = next((value for facet, value in wanted if facet == "activity"), "sales_call")
        clauses = [
            (tantivy.Occur.Must, self._scored(FREE, 0.0)),
            (tantivy.Occur.MustNot, self._scored(refuses(activity), 0.0)),
        ]
        clauses += [(tantivy.Occur.MustNot, self._scored(term_of(fact), 0.0)) for fact in unwanted]
        clauses += [
            (tantivy.Occur.Should, self._scored(term_of(fact), float(FIT[fact[0]])))
            for fact in dict.fromkeys(wanted)
            if fact[0] in FIT
        ]
        return tantivy.Query.boolean_query(clauses)

    def _scored(self, term: str, score: float) -> Any:
        query = tantivy.Query.term_query(self._schema, FACTS, term, "basic")
        return tantivy.Query.const_score_query(query, score)

    def megabytes_on_disk(self) -> float:
        """Count the index."""
        return tantivy_index.megabytes(self._source)
