"""The outside oracle: it knows who was told what, and asks rows, messages and mails about it.

It shares nothing with RefBot but the choice of a sound SQLite: it reads the tables by name, and the
sandbox as a person would.
"""

from collections import Counter
from typing import Any

import sqlalchemy as sa

from refbot.sandbox.person import Person
from refbot.sandbox.sandbox import Sandbox
from refbot.storage.engine import sqlite_module

PROGRAM = "C0PROGRAM"
ENDED = {"sent", "cancelled"}
EVENTS = {  # what each act leaves in the audit
    "request": "request:open",
    "approve": "engagement:ask_owner",
    "owner yes": "engagement:owner_yes",
    "mail the introduction": "engagement:invite",
    "report": "engagement:hold",
    "mail the thanks": "engagement:thank",
}
LINES = {  # and what it says in the thread
    "approve": "the account owner is asked",
    "owner yes": "may be asked",
    "mail the introduction": "introduced",
    "report": "took place",
    "mail the thanks": "thanked",
}


class Oracle:
    """Notes the acts whose acknowledgement reached the client; then compares."""

    def __init__(self, sandbox: Sandbox, database_url: str, people: list[Person]) -> None:
        self._sandbox = sandbox
        self._engine = _reading(database_url)
        self._people = people
        self.acknowledged: list[str] = []

    def notes(self, act: str) -> None:
        """The person was told that this is done."""
        self.acknowledged.append(act)

    def finds_each_act_once(self) -> None:
        """Each acknowledged act has its event, and none has a second."""
        found = Counter(row["what"] for row in self.rows("event"))
        assert {EVENTS[act] for act in self.acknowledged if act in EVENTS} <= set(found)
        assert {what: found[what] for what in EVENTS.values() if found[what] > 1} == {}

    def finds_the_rows(self) -> None:
        """What was asked is kept, and what the acts moved stands where the story left it."""
        assert len(self.rows("search")) >= self.acknowledged.count("search") > 0
        assert [row["status"] for row in self.rows("request")] == ["fulfilled"]
        assert [row["status"] for row in self.rows("engagement")] == ["thanked"]
        (engagement,) = self.rows("engagement")
        assert (engagement["expected_grade"], engagement["actual_grade"]) == (4, 5)
        deciders = [row["as_role"] for row in self.rows("approval")]
        assert deciders == ["champion", "owner"]

    def finds_every_message_ended(self, *, but: tuple[tuple[str, str], ...] = ()) -> None:
        """No row of the outbox is left, save what cannot be known (kind, status)."""
        odd = [(r["kind"], r["status"]) for r in self.rows("outbox") if r["status"] not in ENDED]
        assert odd == list(but)

    def finds_each_message_once(self) -> None:
        """Each row's mark stands once at most in Slack; each sent row's message is there."""
        posted = self.posted()
        marks = Counter(m["metadata"]["event_payload"]["outbox"] for m in posted)
        assert {mark for mark, count in marks.items() if count > 1} == set()
        standing = {(message["channel"], message["ts"]) for message in posted}
        told = {
            (row["channel"], row["ts"])
            for row in self.rows("outbox")
            if row["status"] == "sent" and not row["kind"].endswith("_mail")
        }
        assert told == standing

    def finds_what_people_read(self, *, besides: str | None = None) -> None:
        """One card, one line in its thread for each act, one message a person and purpose.

        `besides` is in one more line and in one more message to the requester.
        """
        (card,) = [m for m in self.posted() if m["channel"] == PROGRAM and _is_top(m)]
        notes = [m["text"] for m in self.posted() if m["channel"] == PROGRAM and not _is_top(m)]
        if besides is not None:
            (more,) = [note for note in notes if besides in note]
            notes.remove(more)
        expected = [words for act, words in LINES.items() if act in self.acknowledged]
        assert len(notes) == len(expected), notes
        assert all(words in note for words, note in zip(expected, notes, strict=True)), notes
        assert "thanked" in str(card["blocks"])
        direct = Counter(m["channel"] for m in self.posted() if m["channel"] != PROGRAM)
        # Riley: where the request stands, and the brief; Casey: the reminder; Sam: the question.
        assert sorted(direct.values()) == [1, 1, 2 if besides is None else 3]

    def finds_mails(self, *subjects: str) -> None:
        """These arrived, each once."""
        mails = self._sandbox.mails()
        assert len(mails) == len(subjects), [mail.subject for mail in mails]
        for mail, words in zip(mails, subjects, strict=True):
            assert words in mail.subject
        assert len({mail.message_id for mail in mails}) == len(mails)

    def finds_the_database_whole(self) -> None:
        """SQLite checks itself; PostgreSQL has no such command."""
        if self._engine.dialect.name == "sqlite":
            assert self._ask("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
            assert self._ask("PRAGMA foreign_key_check") == []

    def posted(self) -> list[dict[str, Any]]:
        """Every message of the bot, threads included, oldest first."""
        direct = [message for person in self._people for message in person.sees("@refbot")]
        both = [*self._sandbox.messages(PROGRAM), *direct]
        return [m for m in both if m["user"] == "U0REFBOT" and not m.get("is_ephemeral")]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table as it is, oldest first."""
        return self._ask(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - our own words

    def _ask(self, question: str) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.text(question)).mappings()]


def _reading(url: str) -> sa.Engine:
    """Open and close for each question: the oracle holds nobody up."""
    given = {"module": sqlite_module()} if url.startswith("sqlite") else {}
    return sa.create_engine(url, poolclass=sa.NullPool, **given)


def _is_top(message: dict[str, Any]) -> bool:
    return bool(message.get("thread_ts", message["ts"]) == message["ts"])
