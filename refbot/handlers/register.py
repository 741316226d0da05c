"""Which act of Slack goes to which handler; the manifest names the same."""

import re
from typing import Any

from slack_bolt import Ack, App

from refbot.handlers import (
    buttons,
    commands,
    dialogs,
    events,
    forms,
    home,
    options,
    shortcuts,
    weights,
    words,
)
from refbot.handlers.desk import Desk, Handler, Incoming, Reply
from refbot.handlers.listen import listener
from refbot.messages.ids import Do, Form, Shortcut
from refbot.workflow import approvals, engagements, requests

COMMANDS: dict[str, Handler] = {commands.COMMAND: commands.reference}
SHORTCUTS: dict[str, Handler] = {
    Shortcut.REQUEST: shortcuts.request_a_reference,
    Shortcut.FIND: shortcuts.find_a_reference,
}
BUTTONS: dict[str, Handler] = {
    Do.REQUEST_CANDIDATE: forms.request_candidate,
    Do.REFINE: forms.refine,
    Do.ASK_CHAMPION: forms.ask_champion,
    Do.NEW_REQUEST: forms.new_request,
    Do.FORM_ACTIVITY: forms.activity_chosen,
    Do.FORM_OPPORTUNITY: forms.opportunity_chosen,
    Do.APPROVE: buttons.approve,
    Do.CHOOSE: dialogs.choose,
    Do.DECLINE: dialogs.decline,
    Do.ASK_REQUESTER: dialogs.ask_requester,
    Do.ANSWER: dialogs.answer,
    Do.UNDO: buttons.at_once(approvals.undo),
    Do.WHO: dialogs.who_is_it,
    Do.OWNER_YES: buttons.at_once(approvals.owner_yes),
    Do.OWNER_NOT_NOW: dialogs.not_now,
    Do.OWNER_NO: dialogs.decline,
    Do.INTRODUCED: buttons.at_once(engagements.introduce),
    Do.MAIL_INTRODUCTION: buttons.at_once(engagements.mail_introduction),
    Do.SCHEDULE: buttons.schedule,
    Do.REPORT: dialogs.report,
    Do.THANKED: buttons.at_once(engagements.thank),
    Do.MAIL_THANKS: buttons.at_once(engagements.mail_thanks),
    Do.CANCEL: buttons.at_once(engagements.cancel),
    Do.WITHDRAW: buttons.at_once(requests.withdraw),
    Do.GIVE_UP: buttons.at_once(requests.give_up),
    Do.RECORD_CONSENT: dialogs.consent,
    Do.EDIT_POLICY: weights.edit_policy,
    Do.EDIT_PEOPLE: home.edit_people,
    Do.EDIT_COUNTRY: home.edit_country,
    Do.OPEN_LINK: buttons.link,
    f"{Do.HOME_PAGE}_back": home.turn_page,
    f"{Do.HOME_PAGE}_on": home.turn_page,
    Do.WORDS: words.open_words,
    Do.WORDS_KIND: words.look_for_words,
    f"{Do.WORDS_PAGE}_back": words.turn_word_page,
    f"{Do.WORDS_PAGE}_on": words.turn_word_page,
    Do.ADD_WORDS: words.add,
    Do.CHANGE_WORD: words.change,
    Do.REMOVE_WORD: words.ask_to_remove,
    Do.UNKNOWN_WORDS: words.open_unknown,
    f"{Do.UNKNOWN_PAGE}_back": words.turn_unknown_page,
    f"{Do.UNKNOWN_PAGE}_on": words.turn_unknown_page,
    Do.TEACH_WORD: words.teach,
    Do.DISMISS_WORD: words.dismiss,
    Do.TEACH_SEARCH: words.teach_search,
    Do.WEIGHTS: weights.open_weights,
    Do.CHANGE_WEIGHTS: weights.change,
    Do.CHANGE_STRENGTHS: weights.change,
    Do.TRY_WEIGHTS: weights.try_on,
    Do.RESET_WEIGHTS: weights.reset,
}
FORMS: dict[str, Handler] = {
    Form.REQUEST: forms.submitted,
    Form.DECLINE: dialogs.declined,
    Form.OWNER_NOT_NOW: dialogs.said_not_now,
    Form.CHOOSE: dialogs.chose,
    Form.QUESTION: dialogs.asked,
    Form.ANSWER: dialogs.answered,
    Form.REPORT: dialogs.reported,
    Form.CONSENT: dialogs.consented,
    Form.POLICY: weights.save_policy,
    Form.PEOPLE: home.save_people,
    Form.COUNTRY: home.save_country,
    Form.WORDS: words.look_for_words,
    Form.WORD: words.save,
    Form.REMOVE_WORD: words.remove,
    Form.WEIGHTS_GROUP: weights.save,
}
OPTIONS = (Do.FORM_CRITERIA, Do.FORM_OPPORTUNITY, Do.CHOOSE_ANY, Do.WORD_MEANING)


def card_menu(desk: Desk, incoming: Incoming) -> Reply:
    """Do what was chosen in the card's menu: its value names the action and the row."""
    action, _, row = incoming.value.partition(":")
    chosen = Incoming(
        actor=incoming.actor,
        key=incoming.key,
        trigger_id=incoming.trigger_id,
        value=row,
        body=incoming.body,
    )
    return BUTTONS[action](desk, chosen)


def register(app: App, desk: Desk) -> None:
    """Give Bolt a listener for everything in the tables above."""
    for name, handler in COMMANDS.items():
        app.command(name)(listener(desk, handler))
    for name, handler in SHORTCUTS.items():
        app.shortcut(name)(listener(desk, handler))
    for name, handler in (BUTTONS | {Do.CARD_MENU: card_menu}).items():
        app.action(str(name))(listener(desk, handler))
    for name, handler in FORMS.items():
        app.view(str(name))(listener(desk, handler))
    for action in OPTIONS:
        app.options(str(action))(_offering(desk))
    for name in events.EVENTS:
        app.event(name)(_taking(desk))
    # A criteria select inside the form and fields without a meaning of their own: only an ack.
    app.action(re.compile(".*"))(_acknowledged)


def _offering(desk: Desk) -> Any:
    def offer(ack: Ack, body: dict[str, Any]) -> None:
        options.offer(desk, ack, body)

    return offer


def _taking(desk: Desk) -> Any:
    def take(body: dict[str, Any]) -> None:
        events.take(desk, body)

    return take


def _acknowledged(ack: Ack) -> None:
    ack()
