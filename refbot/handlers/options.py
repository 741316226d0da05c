"""Type-ahead of the form's fields, fed from the matcher and the database."""

from typing import Any

import structlog
from slack_bolt import Ack

from refbot.errors import RefBotError
from refbot.handlers.desk import Desk
from refbot.handlers.guard import member, must_be_of_our_company
from refbot.messages import criteria as in_words
from refbot.messages.blocks import Block
from refbot.messages.dialogs import anybody_options
from refbot.messages.form import opportunity_options
from refbot.messages.ids import Do
from refbot.messages.word_form import meaning_options
from refbot.storage.colleagues import Colleague
from refbot.storage.opportunities import open_opportunities_like
from refbot.workflow.people import must_lead
from refbot.workflow.shown import references_like

log = structlog.get_logger()
LONGEST_TYPED = 200
SHOWN = 20


def offer(desk: Desk, ack: Ack, body: dict[str, Any]) -> None:
    """Answer a type-ahead; one who may not, or a failure, gets no options."""
    try:
        must_be_of_our_company(body)
        viewer = member(desk, body["user"]["id"])
        options = _OFFERS[Do(body["action_id"])](
            desk, viewer, body.get("value", "")[:LONGEST_TYPED]
        )
    except RefBotError as error:
        log.info("no options", reason=type(error).__name__)
        options = []
    except Exception:
        log.exception("options failed", action=body.get("action_id"))
        options = []
    ack(options=options)


def _criteria(desk: Desk, viewer: Colleague, typed: str) -> list[Block]:
    del viewer
    now = desk.world.clock()
    matcher = desk.world.pool.matcher(now)
    reading = matcher.read(typed, as_of=desk.world.pool.today(now))
    return in_words.offered(reading, matcher.vocabulary.suggest(typed, limit=SHOWN))


def _meanings(desk: Desk, viewer: Colleague, typed: str) -> list[Block]:
    must_lead(viewer)
    now = desk.world.clock()
    matcher = desk.world.pool.matcher(now)
    reading = matcher.read(typed, as_of=desk.world.pool.today(now))
    return meaning_options(reading, matcher.vocabulary.suggest(typed, limit=SHOWN), typed)


def _opportunities(desk: Desk, viewer: Colleague, typed: str) -> list[Block]:
    with desk.world.database.read() as session:
        found = open_opportunities_like(session, typed, limit=50, first_of=viewer.email)
        return opportunity_options(found, typed)


def _references(desk: Desk, viewer: Colleague, typed: str) -> list[Block]:
    with desk.world.database.read() as session:
        return anybody_options(references_like(session, viewer, typed))


_OFFERS = {
    Do.FORM_CRITERIA: _criteria,
    Do.FORM_OPPORTUNITY: _opportunities,
    Do.CHOOSE_ANY: _references,
    Do.WORD_MEANING: _meanings,
}
