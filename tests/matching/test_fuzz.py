"""No text of 10 KB may take long: a fuzzer that hunts for the slowest one.

`REFBOT_FUZZ_SECONDS=600 pytest tests/matching/test_fuzz.py` hunts for ten minutes.
"""

import os
import time
from itertools import cycle, islice

from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from refbot.matching.cues import cue
from refbot.matching.parse import read
from refbot.matching.shipped import shipped_terms
from refbot.matching.vocabulary import Vocabulary
from tests.matching.conftest import AS_OF, company_words

LONGEST = 10_240  # bytes
BOUND = 0.050  # seconds
SECONDS = float(os.environ.get("REFBOT_FUZZ_SECONDS", "0"))
RUNS = 25
RUNS_AT_LENGTH = 1000

TERMS = sorted({" ".join(term.words) for term in shipped_terms().values()})
CUES = sorted(
    word
    for name in ("not_words", "customers", "persons", "connectives", "prospects", "wanting", "ours")
    for word in cue(name)
)
PIECES = st.one_of(
    st.sampled_from(TERMS),
    st.sampled_from(CUES),
    st.sampled_from(TERMS).map(lambda text: text[:-2] + text[:-3:-1]),  # a slip at the end
    st.sampled_from(TERMS).map(lambda text: text[1:2] + text[:1] + text[2:]),  # and at the start
    st.sampled_from(
        ["5k", "1,000", "200-500", "3+ years", "since 2021", "€9m", "Q3 2023", "1" * 30]
    ),
    st.sampled_from(
        ["<@U0123456>", "<https://a.example/b|c>", "&amp;", ":tada:", "<#C1|x>", "<", "`"]
    ),
    st.sampled_from(["not", "except", "Product", "A", "or", "their", "prospect", "is", "a", "b"]),
    st.sampled_from(
        [
            "ß",
            "ﬃ",
            "İ",
            "\uff41\uff42",
            "日本",
            "e\u0301" * 9,
            "\u200d",
            "🇳🇴",
            "\U0001d56c",
            "\u0345",
        ]
    ),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=18),
    st.text(max_size=6),
)
JOINTS = st.sampled_from(
    [" ", " ", ", ", ". ", "/", "-", "\n", " + ", ": ", "", "  (", ") ", "'s "]
)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """A few pieces and joints, over and over, up to the full length."""
    pieces = draw(st.lists(st.tuples(PIECES, JOINTS), min_size=1, max_size=24))
    least = max(sum(len((a + b).encode()) for a, b in pieces), 1)
    repeated = islice(cycle(pieces), len(pieces) * (LONGEST // least + 1))
    text = "".join(a + b for a, b in repeated)
    return text.encode()[:LONGEST].decode(errors="ignore")


def _seconds(text: str, vocabulary: Vocabulary) -> float:
    """Time a reading in the processor's own time, which others on the machine do not take."""
    started = time.thread_time()
    read(text, vocabulary, as_of=AS_OF)
    return time.thread_time() - started


def _slowest(*, runs: int) -> tuple[float, str]:
    """Hunt for the text that takes longest; each record is looked at twice, with nothing known."""
    slowest = (0.0, "")
    vocabulary = Vocabulary.of(company_words())

    @settings(
        max_examples=runs,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.target),
        suppress_health_check=list(HealthCheck),
    )
    @given(text=_texts())
    def hunt(text: str) -> None:
        nonlocal slowest
        elapsed = _seconds(text, vocabulary)
        if elapsed > slowest[0]:
            elapsed = min(elapsed, _seconds(text, Vocabulary.of(company_words())))
        target(elapsed, label="seconds")
        slowest = max(slowest, (elapsed, text))

    hunt()
    return slowest


def test_no_text_of_10_kb_takes_long() -> None:
    until = time.monotonic() + SECONDS
    seconds, text = _slowest(runs=RUNS)
    while seconds <= BOUND and time.monotonic() < until:
        seconds, text = _slowest(runs=RUNS_AT_LENGTH)
    assert seconds <= BOUND, text
