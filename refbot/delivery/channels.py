"""Where a row's message goes, and whether it may go there."""

import threading
import time
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from refbot.delivery import slack as slack_calls
from refbot.delivery.outcome import Outcome, Verdict
from refbot.policy import Program
from refbot.storage import Database, posts
from refbot.storage.colleagues import Colleague
from refbot.storage.outbox import Kind, Outbox

FACTS_LAST = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, in a thread or not; `ts` is the message to update, if it stands already."""

    channel: str
    thread_ts: str | None = None
    ts: str | None = None


class Channels:
    """Finds places; keeps for five minutes whether the program's channel is shared outside."""

    def __init__(self, database: Database, slack: WebClient, program: Program) -> None:
        self._database = database
        self._slack = slack
        self._program = program
        self._private_until = 0.0
        self._looking = threading.Lock()

    def place(self, row: Outbox) -> Place | Outcome:
        """Give the place of a row's message, or why there is none."""
        lane, _, number = row.lane.partition(":")
        if lane == "request":
            return self._in_program_channel(row)
        return self._in_direct_messages(row, int(number))

    def _in_program_channel(self, row: Outbox) -> Place | Outcome:
        channel = self._program.channel
        if refused := self._refused(channel):
            return refused
        request_id = row.ids.get("request_id", row.subject_id)
        with self._database.read() as session:
            card = posts.find(session, Kind.REQUEST_CARD, request_id, row.lane)
        if row.kind is Kind.REQUEST_CARD:
            return Place(channel=card.channel, ts=card.ts) if card else Place(channel=channel)
        if card is None:
            return Outcome(verdict=Verdict.NEVER, error="the card it belongs to never arrived")
        return Place(channel=card.channel, thread_ts=card.ts)

    def _in_direct_messages(self, row: Outbox, colleague_id: int) -> Place | Outcome:
        with self._database.read() as session:
            person = session.get_one(Colleague, colleague_id)
            post = posts.find(session, row.kind, row.subject_id, row.lane)
        if not person.is_member:
            return Outcome(verdict=Verdict.NEVER, error="the recipient is no active member")
        if post is not None:
            return Place(channel=post.channel, ts=post.ts)
        if person.dm_channel:
            return Place(channel=person.dm_channel)
        return self._opened(person)

    def _opened(self, person: Colleague) -> Place | Outcome:
        opened = slack_calls.open_direct_message(self._slack, str(person.slack_id))
        if opened.verdict is not Verdict.SENT or opened.channel is None:
            return opened
        with self._database.write() as session:
            session.get_one(Colleague, person.id).dm_channel = opened.channel
        return Place(channel=opened.channel)

    def _refused(self, channel: str) -> Outcome | None:
        """A channel that is shared outside never gets customer data; what is unknown is refused."""
        with self._looking:
            if time.monotonic() < self._private_until:
                return None
            try:
                facts = self._slack.conversations_info(channel=channel)["channel"]
            except (SlackClientError, OSError) as error:
                return Outcome(verdict=Verdict.AGAIN, error=f"channel unknown: {error}"[:500])
            if facts.get("is_ext_shared") or facts.get("is_pending_ext_shared"):
                return Outcome(verdict=Verdict.AGAIN, error="the program's channel is shared")
            self._private_until = time.monotonic() + FACTS_LAST
            return None
