"""One message on its way: claimed, written, sent, and what became of it put down."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

from refbot.delivery import mail, slack
from refbot.delivery.channels import Channels, Place
from refbot.delivery.outcome import MOST_ATTEMPTS, Outcome, Verdict, backoff
from refbot.delivery.render import render
from refbot.lifecycle import EngagementStatus
from refbot.messages.blocks import Message
from refbot.messages.mails import mail as write_mail
from refbot.storage import outbox, posts
from refbot.storage.engagements import Engagement
from refbot.storage.outbox import MAILS, UPDATED_IN_PLACE, Kind, Outbox, OutboxStatus
from refbot.storage.posts import Post
from refbot.workflow.acts import World, acting
from refbot.workflow.engagements import mail_failed

log = structlog.get_logger()

LOOKS = 2  # how often an uncertain post is looked for before it is sent again


@dataclass(frozen=True, kw_only=True, slots=True)
class MailRoute:
    """How mail leaves; without a URL none does."""

    smtp_url: str = ""
    sender: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Takes one message from the outbox and sees it through."""

    world: World
    slack: WebClient
    channels: Channels
    mail_route: MailRoute
    lease: timedelta
    grace: timedelta

    def send_next(self) -> bool:
        """Send the next message that may leave; False when there is none."""
        row = self.claim()
        if row is None:
            return False
        try:
            outcome = self.attempt(row)
        except Exception as error:  # one message's fault must not stop the others
            log.exception("message failed", outbox_id=row.id, kind=row.kind)
            outcome = Outcome(verdict=Verdict.AGAIN, error=f"{type(error).__name__}: {error}"[:500])
        self.settle(row, outcome)
        return True

    def claim(self) -> Outbox | None:
        """Take a message for the time of the lease."""
        with self.world.database.read() as session:
            if not outbox.may_have_work(session, now=self.world.clock()):
                return None
        with self.world.database.write() as session:
            outbox.doubt_expired(session, grace=self.grace)
            row = outbox.claim(session, now=self.world.clock(), lease=self.lease)
            if row is not None and row.kind is Kind.BRIEF:
                self._show_contact(session, row)
            return row

    def attempt(self, row: Outbox) -> Outcome:
        """Send a message, or look whether an uncertain one arrived."""
        if row.kind in MAILS:
            return self._mail(row)
        place = self.channels.place(row)
        if isinstance(place, Outcome):
            return place
        if row.status is OutboxStatus.UNCERTAIN and place.ts is None:
            return self._looked_for(row, place)
        return self._sent(row, place)

    def _sent(self, row: Outbox, place: Place) -> Outcome:
        """Write the message as things are now, and post it or update the one that stands."""
        with self.world.database.read() as session:
            message = render(session, row, self.world.program)
            method = "chat.update" if place.ts else "chat.postMessage"
            now = outbox.real_now(session)
            pause = outbox.paused_until(session, method, place.channel)
            left = pause - now if pause else None
        if message is None:
            return Outcome(verdict=Verdict.SENSELESS)
        if left is not None:
            return Outcome(verdict=Verdict.AGAIN, error="paused", wait=left)
        if place.ts:
            return self._updated(row, message, place)
        if row.lease_until is None or row.lease_until - now < self.lease / 2:
            # A post may take as long: past the lease, another would look, find nothing and post.
            return Outcome(verdict=Verdict.AGAIN, error="too late to post under it", wait=SOON)
        return slack.post(
            self.slack,
            message,
            channel=place.channel,
            thread_ts=place.thread_ts,
            outbox_id=row.id,
        )

    def settle(self, row: Outbox, outcome: Outcome) -> None:
        """Write down what became of it."""
        with acting(self.world, by=None) as act:
            session = act.session
            values = self._after(session, row, outcome)
            if not outbox.settle(session, row.id, str(row.token), **values):
                return  # our lease ran out, and whoever has the message now decides
            if outcome.verdict is Verdict.SENT and row.kind in UPDATED_IN_PLACE and outcome.ts:
                _remember(session, row, outcome)
            if outcome.wait and outcome.method and outcome.channel:
                until = outbox.real_now(session) + outcome.wait
                outbox.pause(session, outcome.method, outcome.channel, until)
            if values["status"] is OutboxStatus.DEAD and row.kind in MAILS:
                mail_failed(act, row.subject_id)
        if outcome.verdict is not Verdict.SENT:
            log.info(
                "message not sent", outbox_id=row.id, verdict=outcome.verdict, error=outcome.error
            )

    def _after(self, session: Session, row: Outbox, outcome: Outcome) -> dict[str, object]:
        """Give the columns that a verdict sets."""
        now = outbox.real_now(session)
        match outcome.verdict:
            case Verdict.SENT:
                return {
                    "status": OutboxStatus.SENT,
                    "sent_at": now,
                    "channel": outcome.channel,
                    "ts": outcome.ts,
                    "error": None,
                }
            case Verdict.SENSELESS:
                return {"status": OutboxStatus.CANCELLED}
            case Verdict.UNCERTAIN if row.kind not in MAILS:
                return {
                    "status": OutboxStatus.UNCERTAIN,
                    "retry_at": now + self.grace,
                    "lookups": row.lookups + outcome.looked,
                    "error": outcome.error,
                }
            case Verdict.AGAIN if row.attempts < MOST_ATTEMPTS:
                wait = outcome.wait or backoff(row.attempts)
                return {
                    "status": OutboxStatus.PENDING,
                    "retry_at": now + wait,
                    "lookups": 0,
                    "attempts": row.attempts - (1 if outcome.wait else 0),
                    "error": outcome.error,
                }
            case _:
                return {"status": OutboxStatus.DEAD, "error": outcome.error}

    def _updated(self, row: Outbox, message: Message, place: Place) -> Outcome:
        outcome = slack.update(self.slack, message, channel=place.channel, ts=str(place.ts))
        if outcome.error in {"message_not_found", "cant_update_message"}:
            with self.world.database.write() as session:
                posts.forget(session, row.kind, row.subject_id, row.lane)
        return outcome

    def _looked_for(self, row: Outbox, place: Place) -> Outcome:
        """Look for a post that may have arrived; after two looks it is sent again."""
        try:
            ts = slack.find(
                self.slack, channel=place.channel, thread_ts=place.thread_ts, outbox_id=row.id
            )
        except slack.NoHistory:
            return Outcome(verdict=Verdict.AGAIN, error="looking is not permitted")
        except (SlackClientError, OSError) as error:
            return Outcome(verdict=Verdict.UNCERTAIN, error=f"not looked: {error}"[:500])
        if ts is not None:
            return Outcome(verdict=Verdict.SENT, channel=place.channel, ts=ts)
        if row.lookups + 1 >= LOOKS:
            return Outcome(verdict=Verdict.AGAIN, error="not found, so sent again", wait=SOON)
        return Outcome(verdict=Verdict.UNCERTAIN, error="not found yet", looked=True)

    def _mail(self, row: Outbox) -> Outcome:
        if row.status is OutboxStatus.UNCERTAIN:
            return Outcome(verdict=Verdict.NEVER, error="it may have left before a crash")
        with self.world.database.write() as session:
            engagement = session.get_one(Engagement, row.subject_id)
            recipient = engagement.reference.email
            frozen = row.frozen or bytes(
                write_mail(
                    row.kind,
                    engagement,
                    self.world.program,
                    sender=self.mail_route.sender,
                    outbox_id=row.id,
                    at=self.world.clock(),
                )
            )
            session.get_one(Outbox, row.id).frozen = frozen
        if not recipient:
            return Outcome(verdict=Verdict.NEVER, error="no address")
        return mail.send(self.mail_route.smtp_url, self.mail_route.sender, recipient, frozen)

    def _show_contact(self, session: Session, row: Outbox) -> None:
        """From here on the approval cannot be undone; an undo that was first keeps the contact."""
        engagement = session.get_one(
            Engagement, row.subject_id, with_for_update={"of": Engagement}, populate_existing=True
        )
        if engagement.contact_shown_at or engagement.status is not EngagementStatus.APPROVED:
            return
        engagement.contact_shown_at = self.world.clock()
        lane = f"request:{engagement.request_id}"
        outbox.add(
            session,
            Kind.REQUEST_CARD,
            lane=lane,
            subject_id=engagement.request_id,
            now=self.world.clock(),
        )


SOON = timedelta(milliseconds=1)


def _remember(session: Session, row: Outbox, outcome: Outcome) -> None:
    """Keep where the message stands, so that the next one updates it."""
    if posts.find(session, row.kind, row.subject_id, row.lane) is None and outcome.channel:
        session.add(
            Post(
                kind=row.kind,
                subject_id=row.subject_id,
                lane=row.lane,
                channel=outcome.channel,
                ts=str(outcome.ts),
            )
        )
