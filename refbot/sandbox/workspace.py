"""The stand-in's parts in one place, and the ways in which a person's act goes out to the bot."""

import time
from dataclasses import dataclass

from refbot.sandbox import delivery as ways
from refbot.sandbox import seed
from refbot.sandbox.clock import SandboxClock
from refbot.sandbox.delivery import Answer, Delivery, Envelope, EnvelopeKind
from refbot.sandbox.faults import Faults
from refbot.sandbox.leases import Leases
from refbot.sandbox.shapes import Json
from refbot.sandbox.traffic import FROM_SLACK, Passage, Traffic
from refbot.sandbox.world import World, new_id


@dataclass(kw_only=True, slots=True)
class Workspace:
    """What the Web API, the page and the persons all act on."""

    url: str
    app: seed.AppFace
    clock: SandboxClock
    world: World
    leases: Leases
    faults: Faults
    traffic: Traffic
    delivery: Delivery

    def ask(self, kind: EnvelopeKind, payload: Json) -> Answer:
        """Deliver a command or an interaction and wait for the acknowledgement."""
        envelope = Envelope(kind=kind, payload=payload)
        answer = ways.ask(self.delivery, envelope)
        self._note(envelope, answer)
        return answer

    def tell(self, event: Json) -> None:
        """Deliver an event; nobody waits for it."""
        started = time.monotonic()
        envelope = Envelope(kind=EnvelopeKind.EVENT, payload=self._event_callback(event))

        def answered(answer: Answer) -> None:
            ms = (time.monotonic() - started) * 1000
            self._note(envelope, Answer(payload=answer.payload, ms=ms, error=answer.error))

        self.delivery.send(envelope, answered)

    def response_url(self, user_id: str, channel_id: str, *, ts: str | None = None) -> str:
        """Lend an address for later answers to one act."""
        return f"{self.url}response/{self.leases.response_url(user_id, channel_id, ts=ts)}"

    def _note(self, envelope: Envelope, answer: Answer) -> None:
        self.traffic.add(
            Passage(
                direction=FROM_SLACK,
                what=envelope.what,
                ms=answer.ms or 0.0,
                payload=envelope.payload,
                answer=answer.payload,
                error=answer.error,
            )
        )

    def _event_callback(self, event: Json) -> Json:
        stamp = self.world.next_stamp()
        return {
            "token": seed.VERIFICATION_TOKEN,
            "team_id": seed.TEAM_ID,
            "context_team_id": seed.TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": seed.APP_ID,
            "event": {"event_ts": stamp, **event},
            "type": "event_callback",
            "event_id": new_id("Ev0"),
            "event_time": int(self.clock.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": seed.TEAM_ID,
                    "user_id": seed.BOT_USER_ID,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": new_id("EC"),
        }
