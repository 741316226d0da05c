"""An act that comes from the page: which of the person's acts it is, and what it gives back."""

import base64
from collections.abc import Callable
from typing import Any

from refbot.sandbox import messages
from refbot.sandbox.acts import forms, pressing, shortcuts, speaking
from refbot.sandbox.acts.reply import Reply, refused
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.workspace import Workspace


def act(workspace: Workspace, asked: Json) -> Json:
    """Do what the page asks for in a person's name."""
    try:
        return _answer(_done(workspace, asked["as"], asked))
    except SlackError as reason:
        return _answer(refused(reason.code, f"Slack did not do that: {reason.code}."))


def _done(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    known = ACTS.get(asked["kind"])
    if known is None:
        return refused("unknown_act", f"The sandbox knows no act {asked['kind']!r}.")
    return known(workspace, user_id, asked)


def _message(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    file = asked.get("file")
    if file:
        content = base64.b64decode(file["content"])
        return speaking.sends_file(workspace, user_id, asked["channel"], file["name"], content)
    return speaking.types(
        workspace, user_id, asked["channel"], asked["text"], asked.get("thread_ts")
    )


def _press(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    values = asked.get("values")
    return pressing.press(workspace, user_id, asked["container"], asked["action"], values)


def _submit(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    return forms.submit(workspace, user_id, asked["view_id"], asked.get("values") or {})


def _close(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    return forms.close(workspace, user_id, asked["view_id"])


def _shortcut(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    return shortcuts.use(workspace, user_id, asked["callback_id"])


def _message_shortcut(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    return shortcuts.use_on_message(
        workspace, user_id, asked["callback_id"], asked["channel"], asked["ts"]
    )


def _open_home(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    return shortcuts.open_home(workspace, user_id, asked.get("tab", "home"))


def _read(workspace: Workspace, user_id: str, asked: Json) -> Reply:
    messages.mark_read(workspace.world, user_id, asked["channel"])
    return Reply(ok=True)


ACTS: dict[str, Callable[[Workspace, str, Json], Reply]] = {
    "message": _message,
    "block_action": _press,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "message_shortcut": _message_shortcut,
    "open_home": _open_home,
    "read": _read,
}


def _answer(reply: Reply) -> Json:
    told: dict[str, Any] = {
        "error": reply.error,
        "message": reply.sentence,
        "errors": dict(reply.errors) or None,
        "ack_ms": reply.ack_ms,
    }
    return {"ok": reply.ok, **{key: value for key, value in told.items() if value is not None}}
