"""E-mails to references: one recipient each, a stable Message-ID a row."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from refbot.messages.blocks import clean
from refbot.messages.drafts import ASKED, introduction, thanks
from refbot.policy import Program
from refbot.storage.engagements import Engagement
from refbot.storage.outbox import Kind


def mail(
    kind: Kind,
    engagement: Engagement,
    program: Program,
    *,
    sender: str,
    outbox_id: int,
    at: datetime,
) -> EmailMessage:
    """Write the mail; the answer goes to the requester. `sender` is RefBot's own address."""
    request = engagement.request
    message = EmailMessage(policy=SMTP)  # lines end in CR LF; servers refuse others
    domain = sender.rpartition("@")[2]
    message["Message-ID"] = f"<outbox-{outbox_id}@{domain}>"
    message["Date"] = at
    message["From"] = Address(f"{_one_line(request.requester.name)} via RefBot", addr_spec=sender)
    message["To"] = Address(
        _one_line(engagement.reference.name), addr_spec=engagement.reference.email or ""
    )
    if request.requester.email:
        message["Reply-To"] = Address(
            _one_line(request.requester.name), addr_spec=request.requester.email
        )
    prospect = _one_line(request.prospect or "")
    if kind is Kind.THANKS_MAIL:
        message["Subject"] = f"Thank you{f' from {program.company}' if program.company else ''}"
        message.set_content(thanks(engagement, program))
    else:
        message["Subject"] = (
            f"May I introduce you to {prospect}?"
            if prospect
            else f"Would you be open to {ASKED[request.activity]}?"
        )
        message.set_content(introduction(engagement, program))
    message["Auto-Submitted"] = "auto-generated"
    return message


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:200]
