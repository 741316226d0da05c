"""How references and colleagues are named in messages."""

from refbot.messages.blocks import mention, safe
from refbot.storage.colleagues import Colleague
from refbot.storage.references import Reference


def masked(reference: Reference) -> str:
    """Name a reference as cards and threads may: title and account, or the account's mask."""
    title = safe(reference.title or "Contact", 120)
    return f"{title} · {safe(reference.account.shown_name, 150)}"


def in_full(reference: Reference) -> str:
    """Name a reference to those who may know: name, title, account."""
    title = f", {safe(reference.title, 120)}" if reference.title else ""
    return f"{safe(reference.name, 120)}{title} · {safe(reference.account.name, 150)}"


def colleague(person: Colleague | None) -> str:
    """Mention a colleague."""
    return mention(person.slack_id, person.name) if person else "RefBot"
