"""The table of Web API methods: what does it, which token and which scope it needs."""

from collections.abc import Callable
from dataclasses import dataclass

from refbot.sandbox import channels, seed
from refbot.sandbox.api import chat, conversations, files, users, views
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.socket_mode import SocketMode
from refbot.sandbox.workspace import Workspace

Call = Callable[[Workspace, Json], Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """One method. A scope of `*:read` or `*:history` depends on the kind of channel."""

    call: Call
    scope: str | None = None
    token: str = seed.BOT_TOKEN


def _auth_test(workspace: Workspace, _arguments: Json) -> Json:
    return {
        "url": workspace.url,
        "team": seed.TEAM_NAME,
        "user": seed.BOT_NAME.lower(),
        "team_id": seed.TEAM_ID,
        "user_id": seed.BOT_USER_ID,
        "bot_id": seed.BOT_ID,
        "is_enterprise_install": False,
    }


def _api_test(_workspace: Workspace, arguments: Json) -> Json:
    if "error" in arguments:
        raise SlackError(str(arguments["error"]))
    return {"args": {key: value for key, value in arguments.items() if key != "token"}}


def _connections_open(workspace: Workspace, _arguments: Json) -> Json:
    if not isinstance(workspace.delivery, SocketMode):
        raise SlackError("socket_mode_disabled")
    ticket = workspace.delivery.ticket()
    return {"url": f"{workspace.url.replace('http', 'ws', 1)}link/?ticket={ticket}"}


METHODS = {
    "api.test": Method(call=_api_test),
    "auth.test": Method(call=_auth_test),
    "apps.connections.open": Method(call=_connections_open, token=seed.APP_TOKEN),
    "bots.info": Method(call=users.bot_facts, scope="users:read"),
    "chat.delete": Method(call=chat.delete, scope="chat:write"),
    "chat.getPermalink": Method(call=chat.get_permalink),
    "chat.postEphemeral": Method(call=chat.post_ephemeral, scope="chat:write"),
    "chat.postMessage": Method(call=chat.post_message, scope="chat:write"),
    "chat.update": Method(call=chat.update, scope="chat:write"),
    "conversations.history": Method(call=conversations.history, scope="*:history"),
    "conversations.info": Method(call=conversations.facts, scope="*:read"),
    "conversations.list": Method(call=conversations.listing, scope="*:read"),
    "conversations.members": Method(call=conversations.members, scope="*:read"),
    "conversations.open": Method(call=conversations.open_direct, scope="im:write"),
    "conversations.replies": Method(call=conversations.replies, scope="*:history"),
    "files.completeUploadExternal": Method(call=files.complete_upload, scope="files:write"),
    "files.getUploadURLExternal": Method(call=files.get_upload_url, scope="files:write"),
    "files.info": Method(call=files.facts, scope="files:read"),
    "users.info": Method(call=users.facts, scope="users:read"),
    "users.list": Method(call=users.listing, scope="users:read"),
    "users.lookupByEmail": Method(call=users.lookup_by_email, scope="users:read.email"),
    "views.open": Method(call=views.open_view),
    "views.publish": Method(call=views.publish),
    "views.push": Method(call=views.push),
    "views.update": Method(call=views.update),
}
LISTED_KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im"}


def call(workspace: Workspace, name: str, arguments: Json, token: str | None) -> Json:
    """Do what a call asks for, after its token and scopes; refusals are raised."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    _require_token(token, method)
    _require_scopes(workspace, _needed_scopes(workspace, method, arguments))
    with workspace.world.lock:  # people act at the same time, from other threads
        return {"ok": True, **method.call(workspace, arguments)}


def _require_token(token: str | None, method: Method) -> None:
    if not token:
        raise SlackError("not_authed")
    if token not in {seed.BOT_TOKEN, seed.APP_TOKEN}:
        raise SlackError("invalid_auth")
    if token != method.token:
        raise SlackError("not_allowed_token_type")


def _needed_scopes(workspace: Workspace, method: Method, arguments: Json) -> set[str]:
    if method.scope is None:
        return set()
    if not method.scope.startswith("*"):
        return {method.scope}
    suffix = method.scope.removeprefix("*")
    if "channel" in arguments:
        channel = workspace.world.memory.channels.get(str(arguments["channel"]))
        return {channels.scope_kind(channel) + suffix}
    kinds = str(arguments.get("types") or "public_channel").replace(" ", "").split(",")
    return {LISTED_KINDS.get(kind, "mpim") + suffix for kind in kinds}


def _require_scopes(workspace: Workspace, needed: set[str]) -> None:
    missing = sorted(needed - workspace.app.scopes)
    if missing:
        provided = ",".join(sorted(workspace.app.scopes))
        raise SlackError("missing_scope", needed=",".join(missing), provided=provided)
