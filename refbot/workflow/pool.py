"""The pool of references in memory: one matcher a process, kept equal to the database."""

import ctypes
import gc
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from refbot.matching.account_names import AccountNames
from refbot.matching.block import Block
from refbot.matching.matcher import Matcher
from refbot.matching.vocabulary import MOST_FUZZY, Vocabulary
from refbot.policy import Policy
from refbot.storage import Database, revisions, settings
from refbot.storage.blocks import Day, count, everyone, ids_at_accounts, profiles
from refbot.storage.revisions import Change, Changed
from refbot.storage.words import account_names, words

log = structlog.get_logger()

SMALL = 1000  # references that can be read again while a person waits
_SWEPT_AT_ONCE = 8  # blocks
AT_ONCE = 500  # more changed references than this are read in the background


@dataclass(frozen=True, slots=True)
class _State:
    matcher: Matcher
    revision: int
    quarter: date
    policy: Policy


class Pool:
    """Gives the matcher of the database's present revision.

    A few changed references, words and weights are patched in before the answer, at a cost that
    does not grow with the pool. After an import the pool is read again in the background, and the
    matcher from before answers meanwhile; whether a reference may be asked is checked in the
    database at the moment of choosing anyway.
    """

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone
        self._state: _State | None = None
        self._patching = threading.Lock()
        self._rebuilding: threading.Thread | None = None

    def matcher(self, now: datetime) -> Matcher:
        """Give the matcher, brought up to date; builds it when there is none yet."""
        with self._database.read() as session:
            number = revisions.current(session)
            state = self._state
            day = Day.of(now, self._zone)
            if state and (state.revision, state.quarter) == (number, day.quarter):
                return state.matcher
            with self._patching:
                state = self._state
                if state is None:
                    return self._rebuild(day).matcher
                if state.quarter != day.quarter:
                    self._rebuild_in_background(day)
                    return state.matcher
                return self._patched(session, state, day)

    def today(self, now: datetime) -> date:
        """Give the program's date at an instant."""
        return now.astimezone(self._zone).date()

    def _patched(self, session: Session, state: _State, day: Day) -> Matcher:
        changes = revisions.since(session, state.revision)
        if not changes:
            return state.matcher
        kinds = {change.kind for change in changes}
        ids = _touched(session, changes)
        policy = settings.policy(session) if Changed.POLICY in kinds else state.policy
        rests_anew = policy.rest_after_held_days != state.policy.rest_after_held_days
        if Changed.ALL in kinds or len(ids) > AT_ONCE or rests_anew:
            return self._reread(state, day)
        matcher = state.matcher
        if policy != state.policy:
            matcher.reweigh(policy.matching)
        if ids:
            fresh = profiles(session, ids, day=day, policy=policy)
            matcher.refreshed(fresh, set(ids) - {profile.reference_id for profile in fresh})
        if kinds & {Changed.WORDS, Changed.ACCOUNT}:
            self._learn_words(session, matcher, changes)
        self._state = _State(matcher, changes[-1].number, state.quarter, policy)
        return matcher

    def _learn_words(self, session: Session, matcher: Matcher, changes: list[Change]) -> None:
        """Take in new words; of very many accounts only the changed ones are named anew."""
        known = matcher.vocabulary.accounts
        of = [change.subject_id for change in changes if change.kind is Changed.ACCOUNT]
        named = list(account_names(session, of)) if of else []
        unknown = [name for name in named if name not in known]
        if not unknown and all(change.kind is not Changed.WORDS for change in changes):
            return
        if len(known) <= MOST_FUZZY:
            known = AccountNames(account_names(session))
        for name in unknown:
            known.add(name)
        matcher.vocabulary = Vocabulary.of(words(session), known)

    def _reread(self, state: _State, day: Day) -> Matcher:
        """Read a small pool before the answer, a large one behind it."""
        if len(state.matcher) <= SMALL:
            return self._rebuild(day).matcher
        self._rebuild_in_background(day)
        return state.matcher

    def _rebuild_in_background(self, day: Day) -> None:
        if self._rebuilding and self._rebuilding.is_alive():
            return
        self._rebuilding = threading.Thread(
            target=self._rebuild, args=(day,), name="pool", daemon=True
        )
        self._rebuilding.start()

    def _rebuild(self, day: Day) -> _State:
        with _no_cycles_looked_for(), self._database.read() as session:
            number = revisions.current(session)
            policy = settings.policy(session)
            vocabulary = Vocabulary.of(words(session), account_names(session))
            expected = count(session)
            session.rollback()  # a block is a transaction: no reader holds a writer up
            blocks = _swept_behind(everyone(session, day=day, policy=policy))
            matcher = Matcher.built(blocks, vocabulary, policy.matching, expected=expected)
        matcher.prepare(day.today)
        self._state = _State(matcher, number, day.quarter, policy)
        _give_back_memory()
        log.info("pool read", references=len(matcher), revision=number)
        return self._state

    def settle(self) -> None:
        """Wait until a reading in the background has ended."""
        if self._rebuilding:
            self._rebuilding.join()


@contextmanager
def _no_cycles_looked_for() -> Iterator[None]:
    """Spare the collector of cycles: it would go through all rows again and again.

    What is there afterwards stays for good, and need not be looked through at every collection.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.collect()  # what the reading left behind is not to stay
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def _swept_behind(blocks: Iterable[Block]) -> Iterator[Block]:
    """Clear away, every few blocks, what the reading of blocks leaves in cycles."""
    for number, block in enumerate(blocks):
        yield block
        if number % _SWEPT_AT_ONCE == 0:
            gc.collect(0)


def _give_back_memory() -> None:
    """Return to the system what the reading needed on its way; glibc keeps it otherwise."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _touched(session: Session, changes: list[Change]) -> list[int]:
    accounts = {c.subject_id for c in changes if c.kind is Changed.ACCOUNT}
    references = {c.subject_id for c in changes if c.kind is Changed.REFERENCE}
    return sorted(references | set(ids_at_accounts(session, accounts) if accounts else ()))
