"""tantivy with fuzzy terms over text that holds every synonym of every fact of a reference.

Words of four letters and more may be off by one, from eight letters by two; a right one counts
double. Shorter words must be right. Eligibility is a filter; nothing is excluded by "not".
"""

from typing import Any

import tantivy

from bench.matching.peers import Source, tantivy_index
from bench.matching.peers.tantivy_index import FACTS, FREE, ID, WORDS, refuses
from refbot.matching.normal import words_of

_FUZZY, _LONG = 4, 8


class TantivyFuzzy:
    """Asks for words, nearly."""

    def build(self, source: Source) -> None:
        """Open the index."""
        self._source = source
        index, self.seconds_before = tantivy_index.opened(source)
        self._schema, self._searcher = index.schema, index.searcher()

    def top3(self, line: str) -> list[int]:
        """Ask for all words, the more the better."""
        clauses = [
            (tantivy.Occur.Must, self._filter(FREE)),
            (tantivy.Occur.MustNot, self._filter(refuses("sales_call"))),
        ]
        for word in dict.fromkeys(words_of(line)):
            clauses += [(tantivy.Occur.Should, query) for query in self._near(word)]
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), 3).hits
        return [self._searcher.doc(address)[ID][0] for _, address in found]

    def _near(self, word: str) -> list[Any]:
        exact = tantivy.Query.term_query(self._schema, WORDS, word, "freq")
        if len(word) < _FUZZY or not word.isalpha():
            return [exact]
        distance = 1 if len(word) < _LONG else 2
        return [exact, tantivy.Query.fuzzy_term_query(self._schema, WORDS, word, distance)]

    def _filter(self, term: str) -> Any:
        query = tantivy.Query.term_query(self._schema, FACTS, term, "basic")
        return tantivy.Query.const_score_query(query, 0.0)

    def megabytes_on_disk(self) -> float:
        """Count the index."""
        return tantivy_index.megabytes(self._source)
