"""RefBot itself: the pool as every process of it builds it from the database."""

import time
from contextlib import closing
from zoneinfo import ZoneInfo

from bench.matching import corpus
from bench.matching.peers import Source
from refbot.matching.matcher import Matcher
from refbot.matching.ranking import FIRST_SHOWN
from refbot.matching.vocabulary import Vocabulary
from refbot.storage import Database
from refbot.storage.words import account_names, words
from refbot.workflow.pool import Pool


class RefBot:
    """Parse and rank in one process's memory."""

    def __init__(self) -> None:
        self._matcher: Matcher | None = None

    def build(self, source: Source) -> None:
        """Read the pool."""
        self._as_of, self._url = source.as_of, source.database
        self._matcher = Pool(Database.open(source.database), ZoneInfo("UTC")).matcher(corpus.NOW)

    @property
    def matcher(self) -> Matcher:
        """Give the matcher that was built."""
        if self._matcher is None:
            raise RuntimeError
        return self._matcher

    def top3(self, line: str) -> list[int]:
        """Give the candidates, worked out with reasons and near misses as reps see them."""
        answer = self.matcher.match(line, as_of=self._as_of)
        return [found.reference_id for found in answer.candidates]

    def forget_words(self) -> None:
        """Forget the words looked up so far."""
        with closing(Database.open(self._url)) as database, database.read() as session:
            self.matcher.vocabulary = Vocabulary.of(words(session), account_names(session))

    def steps(self, line: str) -> tuple[float, float]:
        """Give the instants at which a line is parsed, and at which rows are ranked for it.

        What `match` does then is to word reasons and near misses.
        """
        criteria = self.matcher.read(line, as_of=self._as_of).criteria
        parsed = time.perf_counter()
        # Only here are rows ranked without being described: no door is kept open for that.
        query = self.matcher._query(criteria, self._as_of, None, "")  # noqa: SLF001
        self.matcher._ranked(query, FIRST_SHOWN)  # noqa: SLF001
        return parsed, time.perf_counter()

    def megabytes_on_disk(self) -> float:
        """Nothing is written."""
        return 0.0
