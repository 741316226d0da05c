"""RefBot itself: the pool as every process of it builds it from the database."""

from contextlib import closing
from zoneinfo import ZoneInfo

from bench.matching import corpus
from bench.matching.peers import Source
from refbot.matching.matcher import Matcher
from refbot.matching.parse import read
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

    def begin_reading(self) -> None:
        """Forget the words looked up so far."""
        with closing(Database.open(self._url)) as database, database.read() as session:
            self._vocabulary = Vocabulary.of(words(session), account_names(session))

    def read(self, line: str) -> None:
        """Parse alone."""
        read(line, self._vocabulary, as_of=self._as_of)

    def megabytes_on_disk(self) -> float:
        """Nothing is written."""
        return 0.0
