"""A Slack and a mailbox on this machine, stricter than the real ones."""

from refbot.sandbox.acts.reply import Reply
from refbot.sandbox.person import Person
from refbot.sandbox.sandbox import Sandbox

__all__ = ["Person", "Reply", "Sandbox"]
