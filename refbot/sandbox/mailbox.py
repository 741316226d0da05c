"""The mailbox: a real SMTP server that keeps what it is sent."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from refbot.sandbox.faults import FaultKind, Faults
from refbot.sandbox.shapes import Json
from refbot.sandbox.world import World, new_id

HOST_NAME = "mail.northbeam.example"
ANSWERS = {
    FaultKind.MAIL_TEMPORARY: "451 4.3.0 Try again later",
    FaultKind.MAIL_PERMANENT: "550 5.1.1 No such mailbox",
}
TAKEN = "250 2.0.0 Taken"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A mail that arrived, as its reader sees it."""

    id: str
    from_: str
    to: str
    subject: str
    text: str
    html: str | None
    when: datetime
    is_read: bool
    message_id: str
    attachments: tuple[str, ...]
    raw: str


class Mailbox:
    """Takes mails into the world's memory. Each goes to one recipient, as the house wants it."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults

    def protocol(self) -> SMTP:
        """One SMTP conversation."""
        return SMTP(self, hostname=HOST_NAME, enable_SMTPUTF8=True)

    async def handle_RCPT(  # noqa: N802 - the name under which the library calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take the first recipient and refuse further ones."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient each"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - likewise
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Called after the final dot: keep the mail, unless a fault strikes."""
        for kind, answer in ANSWERS.items():
            if self._faults.take(kind, "mail") is not None:
                return answer
        if self._faults.take(FaultKind.MAIL_DROP_BEFORE, "mail") is not None:
            return _lost(server)
        self._keep(envelope)
        if self._faults.take(FaultKind.MAIL_DROP_AFTER, "mail") is not None:
            return _lost(server)
        return TAKEN

    def _keep(self, envelope: Envelope) -> None:
        raw = bytes(envelope.original_content or b"")
        kept = {
            "id": new_id("M0"),
            "when": self._world.clock.now().isoformat(),
            "to": envelope.rcpt_tos[0],
            "read": False,
            "raw": raw.decode("utf-8", "surrogateescape"),
            **_read(raw),
        }
        with self._world.lock:
            self._world.memory.mails.append(kept)
            self._world.changed("mails", "state")


def _lost(server: SMTP) -> str:
    """Cut the connection where its answer would go."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
    return TAKEN


def _read(raw: bytes) -> Json:
    message = message_from_bytes(raw, policy=policy.default)
    return {
        "from": str(message.get("from", "")),
        "subject": str(message.get("subject", "")),
        "message_id": str(message.get("message-id", "")),
        "text": _body(message, "plain") or "",
        "html": _body(message, "html"),
        "attachments": [part.get_filename() or "" for part in message.iter_attachments()],
    }


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else None


def kept_mails(world: World) -> list[Mail]:
    """All mails, oldest first."""
    with world.lock:
        return [_mail(kept) for kept in world.memory.mails]


def _mail(kept: Json) -> Mail:
    return Mail(
        id=kept["id"],
        from_=kept["from"],
        to=kept["to"],
        subject=kept["subject"],
        text=kept["text"],
        html=kept["html"],
        when=datetime.fromisoformat(kept["when"]),
        is_read=kept["read"],
        message_id=kept["message_id"],
        attachments=tuple(kept["attachments"]),
        raw=kept["raw"],
    )


def mark_read(world: World, mail_id: str) -> None:
    """Somebody opened a mail."""
    with world.lock:
        for kept in world.memory.mails:
            if kept["id"] == mail_id:
                kept["read"] = True
        world.changed("mails", "state")
