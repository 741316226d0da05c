"""Between Bolt and the handlers: read what came in, run, commit, then ack and answer.

The ack comes last: a listener that raises right after its ack can lose it. Nothing raises after it.
"""

import uuid
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from refbot.errors import InvalidInput, NotSaved, RefBotError
from refbot.handlers.desk import DONE, Desk, Handler, Incoming, Reply, says
from refbot.handlers.guard import member, must_be_of_our_company
from refbot.handlers.home import publish
from refbot.messages.blocks import Block, Message, escaped, fitting, section, with_days
from refbot.messages.form import message_view
from refbot.workflow.acts import Repeated

log = structlog.get_logger()

ANSWER_WITHIN = 3  # seconds for what goes straight back to a person
OPENED_BEFORE = "exchanged_trigger_id"  # a second delivery of the act: its view is there

Listener = Callable[[Ack, dict[str, Any]], None]


def listener(desk: Desk, handler: Handler) -> Listener:
    """Make Bolt's listener of a handler: whatever happens, the person gets an answer."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        answer = _opened(desk, body, _run(desk, handler, body))
        try:
            _ack(ack, body, answer)
            _follow_up(desk, body, answer)
        except (SlackClientError, OSError, RefBotError) as error:
            log.warning("answer lost", kind=_kind(body), error=type(error).__name__)

    return listen


def _run(desk: Desk, handler: Handler, body: dict[str, Any]) -> Reply:
    try:
        must_be_of_our_company(body)
        return handler(desk, _incoming(desk, body))
    except Repeated:
        return DONE
    except InvalidInput as error:
        fields = {_field(body, name): with_days(text) for name, text in error.fields.items()}
        return Reply(message=Message(with_days(str(error))), errors=fields)
    except NotSaved as error:
        return _to_try_again(body, str(error))
    except RefBotError as error:
        return says(escaped(with_days(str(error))))
    except Exception:
        number = uuid.uuid4().hex[:8]
        log.exception("act failed", kind=_kind(body), number=number)
        return _to_try_again(
            body,
            f"Something went wrong on my side, and nothing was changed. Please try again; if it "
            f"stays, give your administrator the number {number}.",
        )


def _to_try_again(body: dict[str, Any], sentence: str) -> Reply:
    """Say it; a form stays open with all that was typed, and says it at its first field."""
    inputs = _inputs(body)
    return Reply(message=Message(sentence), errors={inputs[0]: sentence} if inputs else {})


def _incoming(desk: Desk, body: dict[str, Any]) -> Incoming:
    user = body["user"]["id"] if isinstance(body.get("user"), dict) else body["user_id"]
    view = body.get("view") or {}
    clicked = (body.get("actions") or [{}])[0]
    if body.get("type") == "view_submission":
        # An opened view's id is its own: it stays over updates, errors and redeliveries.
        key, value = f"view:{view['id']}", view.get("private_metadata", "")
    else:
        key, value = f"trigger:{body['trigger_id']}", _value(clicked)
    return Incoming(
        actor=member(desk, user),
        key=key,
        trigger_id=body.get("trigger_id", ""),
        value=value,
        body=body,
    )


def _value(clicked: dict[str, Any]) -> str:
    chosen = clicked.get("selected_option") or {}
    return str(clicked.get("value") or chosen.get("value") or "")


def _kind(body: dict[str, Any]) -> str:
    return str(body.get("type") or body.get("command"))


def _field(body: dict[str, Any], name: str) -> str:
    """Find the form's block for a field; one that has none shows at the first."""
    inputs = _inputs(body)
    matching = [b for b in inputs if b.partition("@")[0] == name]
    return (matching or inputs or [name])[0]


def _inputs(body: dict[str, Any]) -> list[str]:
    shown = (body.get("view") or {}).get("blocks", [])
    return [block["block_id"] for block in shown if block["type"] == "input"]


def _ack(ack: Ack, body: dict[str, Any], answer: Reply) -> None:
    match body.get("type"):
        case "view_submission" if answer.errors:
            ack(response_action="errors", errors=answer.errors)
        case "view_submission" if answer.view:
            ack(response_action="update", view=answer.view)
        case "view_submission" if answer.message:
            ack(response_action="update", view=_notice(answer.message))
        case None if answer.message:  # a slash command's answer travels in its ack
            shown = answer.message
            ack(response_type="ephemeral", text=shown.text, blocks=_blocks(shown))
        case _:
            ack()


def _opened(desk: Desk, body: dict[str, Any], answer: Reply) -> Reply:
    """Open the view that answers, before the ack: should it fail, the ack can still say so."""
    if body.get("type") == "view_submission" or not (answer.view or answer.pushed):
        return answer
    try:
        _show(desk, body, answer)
    except (SlackClientError, OSError) as error:
        if isinstance(error, SlackApiError) and error.response["error"] == OPENED_BEFORE:
            return DONE
        log.warning("view not opened", kind=_kind(body), error=type(error).__name__)
        return says("Slack did not let me open the form in time. Please try again.")
    return Reply(below=answer.below)


def _follow_up(desk: Desk, body: dict[str, Any], answer: Reply) -> None:
    kind = body.get("type")
    if answer.message and kind not in {None, "view_submission"}:
        _tell(desk, body, answer.message)
    under = (body.get("view") or {}).get("previous_view_id")
    if answer.below and under:
        desk.slack.views_update(view_id=under, view=answer.below)
    is_home = (body.get("view") or {}).get("type") == "home"
    if is_home or kind == "view_submission":
        publish(desk, body["user"]["id"])


def _show(desk: Desk, body: dict[str, Any], answer: Reply) -> None:
    """Update the modal that was clicked in or lay one on top of it, or open one."""
    within, view = body.get("view") or {}, answer.view or answer.pushed or {}
    if within.get("type") != "modal":
        desk.slack.views_open(trigger_id=body["trigger_id"], view=view)
    elif answer.pushed:
        desk.slack.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        desk.slack.views_update(view_id=within["id"], hash=within["hash"], view=view)


def _tell(desk: Desk, body: dict[str, Any], message: Message) -> None:
    """Say it to the person alone: beside the message that was clicked, else in a modal."""
    url = body.get("response_url")
    if url:
        WebhookClient(url, timeout=ANSWER_WITHIN).send(
            text=message.text,
            blocks=_blocks(message),
            response_type="ephemeral",
            replace_original=False,
        )
    elif (body.get("view") or {}).get("type") == "modal":
        desk.slack.views_push(trigger_id=body["trigger_id"], view=_notice(message))
    else:
        desk.slack.views_open(trigger_id=body["trigger_id"], view=_notice(message))


def _notice(message: Message) -> Block:
    return message_view("RefBot", message.text)


def _blocks(message: Message) -> list[Block]:
    return fitting(message.blocks or [section(message.text)])
