"""The request form: what is understood already is filled in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from refbot.matching.criteria import Criteria
from refbot.messages import criteria as in_words
from refbot.messages.blocks import Block, context, input_block, modal, money, option, plain, section
from refbot.messages.ids import Do, Form
from refbot.messages.words import activity
from refbot.storage.opportunities import Opportunity

ACTIVITIES = (
    "sales_call", "investor_call", "media_call", "speaking", "case_study", "article", "quote",
    "video", "press_release", "site_visit", "review",
)  # fmt: skip
LONGEST_TEXT = 2000
TYPED = "typed:"  # marks an opportunity that was typed and is not in the pipeline


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What the form starts from. Its ids travel in the view; texts never do."""

    search_id: int | None = None
    reference_id: int | None = None
    candidate: str | None = None  # how the chosen candidate is shown
    asks_champion: bool = False
    activity: str = "sales_call"
    criteria: Criteria = field(default_factory=Criteria)
    prospect: str | None = None
    opportunity: Block | None = None  # the chosen option
    amount: int | None = None
    stage: str | None = None
    close_date: str | None = None
    generation: int = 0  # counts prefillings: Slack keeps a field's text while its id stays

    @property
    def for_a_deal(self) -> bool:
        """Whether prospect, opportunity and amount are required."""
        return self.activity == "sales_call"

    def metadata(self) -> str:
        """Give the ids for the view's private metadata."""
        return json.dumps(
            {
                "search": self.search_id,
                "reference": self.reference_id,
                "asks_champion": self.asks_champion,
                "generation": self.generation,
            }
        )


def request_form(draft: Draft) -> Block:
    """Draw the form."""
    tail = f"@{draft.generation}" if draft.generation else ""
    optional = not draft.for_a_deal
    blocks = [
        *_opening(draft),
        _activity(draft),
        _criteria(draft),
        _opportunity(draft),
        _text(f"prospect{tail}", "Prospect", draft.prospect, most=300, optional=optional),
        _amount(f"amount{tail}", draft),
        _text(f"stage{tail}", "Stage", draft.stage, most=60),
        _date(f"close_date{tail}", "Close date", draft.close_date),
        _date("needed_by", "Needed by", None),
        _how_many(),
        _text("topics", "Topics to talk about", None, multiline=True),
        _text(
            "attendees",
            "Who takes part from the prospect's side",
            None,
            multiline=True,
            hint="Titles help: a director likes to talk to a director.",
        ),
        _text("note", "Note for the champion", None, multiline=True),
    ]
    return modal(
        Form.REQUEST, "Request a reference", blocks, submit="Send", metadata=draft.metadata()
    )


def _activity(draft: Draft) -> Block:
    options = [option(activity(a), a) for a in ACTIVITIES]
    chosen = next((o for o in options if o["value"] == draft.activity), options[0])
    element = {
        "type": "static_select",
        "action_id": Do.FORM_ACTIVITY,
        "options": options,
        "initial_option": chosen,
    }
    return input_block("activity", "What should the reference do?", element, dispatches=True)


def _criteria(draft: Draft) -> Block:
    element = {
        "type": "multi_external_select",
        "action_id": Do.FORM_CRITERIA,
        "placeholder": plain("Type: bank, germany, cfo, 5k+ employees, not SAP …", 150),
        "min_query_length": 1,
        "max_selected_items": 30,
    }
    return input_block(
        "criteria",
        "What must the reference be like?",
        _filled(element, initial_options=in_words.options_of(draft.criteria)),
        optional=True,
        hint="Industry, product, country, level, function, language, size, tag, account.",
    )


def _opportunity(draft: Draft) -> Block:
    element = {
        "type": "external_select",
        "action_id": Do.FORM_OPPORTUNITY,
        "placeholder": plain("Type a prospect, a deal or its CRM number", 150),
        "min_query_length": 0,
    }
    return input_block(
        "opportunity",
        "Opportunity",
        _filled(element, initial_option=draft.opportunity),
        optional=not draft.for_a_deal,
        hint="Fills in prospect, amount, stage and close date.",
        dispatches=True,
    )


def _amount(block_id: str, draft: Draft) -> Block:
    element = {
        "type": "number_input",
        "action_id": "amount",
        "is_decimal_allowed": False,
        "min_value": "0",
    }
    typed = None if draft.amount is None else str(draft.amount)
    return input_block(
        block_id, "Amount", _filled(element, initial_value=typed), optional=not draft.for_a_deal
    )


def refilled(draft: Draft, **values: Any) -> Draft:
    """Give the draft with other values, so that Slack shows them instead of what was typed."""
    return replace(draft, generation=draft.generation + 1, **values)


def loading(title: str) -> Block:
    """A view to open at once while the real one is made."""
    return modal(Form.LOADING, title, [section(":hourglass_flowing_sand: One moment …")])


def message_view(title: str, text: str) -> Block:
    """A view that only says something."""
    return modal(Form.NOTICE, title, [section(text)], close="Close")


def opportunity_options(found: Sequence[Opportunity], typed: str) -> list[Block]:
    """Offer the deals found, and what was typed as a deal of its own."""
    options = [
        option(deal.title, deal.id, " · ".join(filter(None, (money(deal.amount), deal.stage))))
        for deal in found
    ]
    if typed.strip():
        options.append(option(f"Use “{typed.strip()}”", f"{TYPED}{typed.strip()}"[:150]))
    return options[:100]


def _opening(draft: Draft) -> list[Block]:
    if draft.candidate:
        return [section(f":bust_in_silhouette: You ask for *{draft.candidate}*")]
    if draft.asks_champion:
        return [section(":mag: The champion will look for a reference that fits.")]
    if draft.search_id:
        return [context("What I understood is filled in. Please check it.")]
    return [context("Fill in what you know; I propose the references that fit to the champion.")]


def _text(
    block_id: str,
    label: str,
    value: str | None,
    *,
    most: int = LONGEST_TEXT,
    multiline: bool = False,
    optional: bool = True,
    hint: str | None = None,
) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": block_id.partition("@")[0],
        "max_length": most,
        "multiline": multiline,
    }
    return input_block(
        block_id, label, _filled(element, initial_value=value), optional=optional, hint=hint
    )


def _date(block_id: str, label: str, value: str | None) -> Block:
    element = {"type": "datepicker", "action_id": block_id.partition("@")[0]}
    return input_block(block_id, label, _filled(element, initial_date=value), optional=True)


def _how_many() -> Block:
    options = [option(str(n), n) for n in range(1, 6)]
    element = {
        "type": "static_select",
        "action_id": "how_many",
        "options": options,
        "initial_option": options[0],
    }
    return input_block("how_many", "How many references", element)


def _filled(element: Block, **initial: Any) -> Block:
    return element | {name: value for name, value in initial.items() if value}
