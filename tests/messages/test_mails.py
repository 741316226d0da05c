"""E-mails to references: one recipient, the answer to the rep, no header of users' making."""

import email
import email.policy
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refbot.messages.blocks import clean
from refbot.messages.mails import mail
from refbot.policy import Program
from refbot.storage.outbox import Kind
from tests.messages.test_blocks import NOW, calm, typed

PROGRAM = Program(channel="C0", company="Northbeam")


def engagement(text: str, **more: Any) -> Any:
    """What a mail reads of an engagement."""
    requester = SimpleNamespace(name=text or "Riley", email="riley@northbeam.example")
    request = SimpleNamespace(
        requester=requester, prospect=text, activity="sales_call", topics=text, attendees=text
    )
    reference = SimpleNamespace(name=text or "Dana", email="dana@northwind.example")
    return SimpleNamespace(request=request, reference=reference, **more)


def read(kind: Kind, text: str) -> tuple[bytes, Any]:
    written = bytes(
        mail(kind, engagement(text), PROGRAM, sender="bot@northbeam.example", outbox_id=7, at=NOW)
    )
    return written, email.message_from_bytes(written, policy=email.policy.default)


@pytest.mark.parametrize("kind", [Kind.INTRODUCTION_MAIL, Kind.THANKS_MAIL])
@calm
@given(text=typed | st.sampled_from(["a\r\nBcc: x@evil.example", "Dana, Queen", '"q" <a@b.c>']))
def test_any_text_makes_a_well_formed_mail_to_one_person(kind: Kind, text: str) -> None:
    written, found = read(kind, text)
    assert set(found.keys()) == {
        "Message-ID", "Date", "From", "To", "Reply-To", "Subject", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version", "Auto-Submitted",
    }  # fmt: skip
    assert [a.addr_spec for a in found["To"].addresses] == ["dana@northwind.example"]
    assert [a.addr_spec for a in found["Reply-To"].addresses] == ["riley@northbeam.example"]
    assert [a.addr_spec for a in found["From"].addresses] == ["bot@northbeam.example"]
    assert found["Message-ID"] == "<outbox-7@northbeam.example>"
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 998
    body = found.get_content()
    assert clean(body.replace("\r", "")) == body.replace("\r", "").strip()


def test_a_mail_written_twice_is_the_same() -> None:
    assert read(Kind.THANKS_MAIL, "Globex")[0] == read(Kind.THANKS_MAIL, "Globex")[0]
