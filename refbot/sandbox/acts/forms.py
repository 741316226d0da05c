"""A person submits or closes a modal."""

from refbot.sandbox import modals
from refbot.sandbox.acts import payloads
from refbot.sandbox.acts.reply import TROUBLE, Reply, answered, refused
from refbot.sandbox.delivery import Answer, EnvelopeKind
from refbot.sandbox.form_rules import unmet
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.validator import Surface, problems
from refbot.sandbox.workspace import Workspace


def submit(workspace: Workspace, user_id: str, view_id: str, values: Json) -> Reply:
    """Press the modal's submit button: checked by Slack first, then by the bot."""
    world = workspace.world
    with world.lock:
        stack = modals.stack_of(world, user_id)
        if not stack or stack[-1]["id"] != view_id:
            return refused("view_gone", TROUBLE)
        view = stack[-1]
        modals.put_values(world, view, values)
        missed = unmet(view)
        if missed:
            return Reply(ok=False, error="invalid_fields", errors=missed)
        payload = payloads.interaction(workspace, "view_submission", user_id)
        payload |= {
            "view": payloads.shown_view(view),
            "response_urls": [],
            "trigger_id": workspace.leases.trigger(user_id, view_id=view_id),
        }
        modals.begin_loading(world, user_id, view)
    answer = workspace.ask(EnvelopeKind.INTERACTIVE, payload)
    modals.end_loading(world, user_id, view)
    return _submitted(workspace, user_id, view, answer)


def _submitted(workspace: Workspace, user_id: str, view: Json, answer: Answer) -> Reply:
    """Do what the acknowledgement says: nothing closes the modal."""
    if answer.error:
        return answered(answer)
    action = answer.payload or {}
    found = problems(Surface.SUBMISSION, action) + _unknown_fields(view, action)
    if found:
        workspace.traffic.refuse("view_submission ack", found, action)
        return Reply(ok=False, ack_ms=answer.ms, error="invalid_answer", sentence=TROUBLE)
    if action.get("response_action") == "errors":
        errors = action["errors"]
        return Reply(ok=False, ack_ms=answer.ms, error="invalid_fields", errors=errors)
    try:
        _follow(workspace, user_id, view, action)
    except SlackError as reason:
        workspace.traffic.refuse("view_submission ack", [reason.code], action)
        return Reply(ok=False, ack_ms=answer.ms, error=reason.code, sentence=TROUBLE)
    return answered(answer)


def _unknown_fields(view: Json, action: Json) -> list[str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return [
        f"errors: {block_id} is not an input of this view"
        for block_id in action.get("errors", {})
        if block_id not in inputs
    ]


def _follow(workspace: Workspace, user_id: str, view: Json, action: Json) -> None:
    world = workspace.world
    match action.get("response_action"):
        case "clear":
            modals.clear(world, user_id)
        case "push":
            modals.push(world, user_id, action["view"])
        case "update":
            modals.update(
                world, modals.find(world, view_id=view["id"], external_id=None), action["view"]
            )
        case _:
            modals.close(world, user_id, view["id"])


def close(workspace: Workspace, user_id: str, view_id: str) -> Reply:
    """Press the modal's close button; the bot hears of it when it asked to."""
    world = workspace.world
    with world.lock:
        stack = modals.stack_of(world, user_id)
        if not stack or stack[-1]["id"] != view_id:
            return refused("view_gone", TROUBLE)
        view = stack[-1]
        if view["clear_on_close"]:
            modals.clear(world, user_id)
        else:
            modals.close(world, user_id, view_id)
    if not view["notify_on_close"]:
        return Reply(ok=True)
    payload = payloads.interaction(workspace, "view_closed", user_id)
    payload |= {"view": payloads.shown_view(view), "is_cleared": bool(view["clear_on_close"])}
    return answered(workspace.ask(EnvelopeKind.INTERACTIVE, payload))
