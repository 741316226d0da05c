"""One act: who does something, when, under which policy, all in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from refbot.errors import RefBotError
from refbot.policy import Policy, Program
from refbot.storage import Database, inbox, outbox, revisions, settings
from refbot.storage.colleagues import Colleague
from refbot.storage.revisions import Changed
from refbot.workflow.pool import Pool

Clock = Callable[[], datetime]


class Repeated(RefBotError):
    """This act was taken before; nothing more is to be done."""


@dataclass(frozen=True, slots=True)
class World:
    """What every act needs of the installation."""

    database: Database
    clock: Clock
    program: Program
    pool: Pool


@dataclass(kw_only=True, slots=True)
class Act:
    """One act in one transaction. `by` is None when the clock acts.

    `changes` collects what the matchers must read again; it is numbered last before the commit.
    """

    session: Session
    world: World
    by: Colleague | None
    now: datetime
    policy: Policy
    changes: list[tuple[Changed, int]] = field(default_factory=list)

    @property
    def program(self) -> Program:
        """The installation's program."""
        return self.world.program

    def for_refbot(self) -> "Act":
        """The same act, for what follows from it by a rule and not by the actor's will."""
        return replace(self, by=None)


@contextmanager
def acting(world: World, *, by: int | None, key: str | None = None) -> Iterator[Act]:
    """Take an act: inbox key, rows, event, nudges and outbox commit together or not at all.

    `by` is a colleague's id; `key` names the delivery, and a second one is Repeated.
    """
    try:
        with world.database.write() as session:
            if key is not None and not inbox.is_new(session, key, now=outbox.real_now(session)):
                raise Repeated("This was done already.")
            actor = session.get_one(Colleague, by) if by is not None else None
            act = Act(
                session=session,
                world=world,
                by=actor,
                now=world.clock(),
                policy=settings.policy(session),
            )
            yield act
            session.flush()
            if act.changes:
                revisions.record(session, act.changes)
    except IntegrityError as error:
        if key is not None and "inbox" in str(error.orig):
            raise Repeated("This was done already.") from error
        raise
