import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from refbot.sandbox import Sandbox


@pytest.fixture
def smtp(sandbox: Sandbox) -> Iterator[smtplib.SMTP]:
    address = urlsplit(sandbox.smtp_url)
    connection = smtplib.SMTP(str(address.hostname), int(address.port or 0), timeout=3)
    yield connection
    connection.close()


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "RefBot <refbot@northbeam.example>"
    message["To"] = "Dana Köhler <dana@acme.example>"
    message["Subject"] = "Würden Sie uns helfen?"
    message["Message-ID"] = "<row-7@northbeam.example>"
    message.set_content("Guten Tag")
    message.add_alternative("<p>Guten Tag</p>", subtype="html")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="call.ics")
    return message


def test_a_mail_arrives_with_both_its_bodies(sandbox: Sandbox, smtp: smtplib.SMTP) -> None:
    smtp.send_message(mail())
    (arrived,) = sandbox.mails()
    assert arrived.from_ == "RefBot <refbot@northbeam.example>"
    assert (arrived.to, arrived.subject) == ("dana@acme.example", "Würden Sie uns helfen?")
    assert (arrived.text.strip(), (arrived.html or "").strip()) == ("Guten Tag", "<p>Guten Tag</p>")
    assert (arrived.message_id, arrived.attachments) == ("<row-7@northbeam.example>", ("call.ics",))
    assert not arrived.is_read


def test_a_second_recipient_is_refused(sandbox: Sandbox, smtp: smtplib.SMTP) -> None:
    refused = smtp.send_message(mail(), to_addrs=["dana@acme.example", "eve@acme.example"])
    assert list(refused) == ["eve@acme.example"]
    assert [arrived.to for arrived in sandbox.mails()] == ["dana@acme.example"]


@pytest.mark.parametrize(("kind", "code"), [("mail_temporary", 451), ("mail_permanent", 550)])
def test_a_refusal_comes_with_its_code(
    sandbox: Sandbox, smtp: smtplib.SMTP, kind: str, code: int
) -> None:
    sandbox.faults.set(kind, times=1)
    with pytest.raises(smtplib.SMTPDataError) as raised:
        smtp.send_message(mail())
    assert (raised.value.smtp_code, sandbox.mails()) == (code, [])


@pytest.mark.parametrize(("kind", "count"), [("mail_drop_before", 0), ("mail_drop_after", 1)])
def test_a_connection_can_be_lost_after_the_final_dot(
    sandbox: Sandbox, smtp: smtplib.SMTP, kind: str, count: int
) -> None:
    sandbox.faults.set(kind, times=1)
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        smtp.send_message(mail())
    assert len(sandbox.mails()) == count
