"""The names of buttons, forms and fields: written into messages, read by handlers."""

from enum import StrEnum


class Do(StrEnum):
    """Action ids of buttons, menus and selects."""

    REQUEST_CANDIDATE = "request_candidate"
    REFINE = "refine"
    ASK_CHAMPION = "ask_champion"
    NEW_REQUEST = "new_request"
    FORM_ACTIVITY = "activity"
    FORM_OPPORTUNITY = "form_opportunity"
    FORM_CRITERIA = "form_criteria"
    APPROVE = "approve"
    CHOOSE = "choose"  # value: request id, or request id and engagement id
    CHOOSE_ANY = "choose_any"  # type-ahead over all references
    DECLINE = "decline"
    ASK_REQUESTER = "ask_requester"
    ANSWER = "answer"
    UNDO = "undo"
    WHO = "who_is_it"
    CARD_MENU = "card_menu"
    OWNER_YES = "owner_yes"
    OWNER_NOT_NOW = "owner_not_now"
    OWNER_NO = "owner_no"
    INTRODUCED = "introduced"
    MAIL_INTRODUCTION = "mail_introduction"
    SCHEDULE = "schedule"
    REPORT = "report"
    THANKED = "thanked"
    MAIL_THANKS = "mail_thanks"
    CANCEL = "cancel_engagement"
    WITHDRAW = "withdraw"
    GIVE_UP = "give_up"
    RECORD_CONSENT = "record_consent"
    EDIT_POLICY = "edit_policy"
    EDIT_PEOPLE = "edit_people"
    EDIT_COUNTRY = "edit_country"
    HOME_PAGE = "home_page"
    WORDS = "words"
    WORDS_KIND = "words_kind"
    WORDS_PAGE = "words_page"
    ADD_WORDS = "add_words"
    CHANGE_WORD = "change_word"
    REMOVE_WORD = "remove_word"
    WORD_MEANING = "word_meaning"  # type-ahead over all values of all facets
    UNKNOWN_WORDS = "unknown_words"
    UNKNOWN_PAGE = "unknown_page"
    TEACH_WORD = "teach_word"  # value: search id and a place in what it did not understand
    DISMISS_WORD = "dismiss_word"  # likewise
    TEACH_SEARCH = "teach_search"
    WEIGHTS = "weights"
    CHANGE_WEIGHTS = "change_weights"  # value: a group of numbers
    CHANGE_STRENGTHS = "change_strengths"  # option: an activity
    TRY_WEIGHTS = "try_weights"
    RESET_WEIGHTS = "reset_weights"
    OPEN_LINK = "open_link"  # a link button: nothing to do but to ack


class Form(StrEnum):
    """Callback ids of modals."""

    REQUEST = "request_form"
    DECLINE = "decline_form"
    OWNER_NOT_NOW = "owner_not_now_form"
    CHOOSE = "choose_form"
    QUESTION = "question_form"
    ANSWER = "answer_form"
    REPORT = "report_form"
    CONSENT = "consent_form"
    POLICY = "policy_form"
    PEOPLE = "people_form"
    COUNTRY = "country_form"
    WORDS = "words_list"
    WORD = "word_form"
    REMOVE_WORD = "remove_word_form"
    UNKNOWN_WORDS = "words_not_understood"
    WEIGHTS = "weights_shown"
    WEIGHTS_GROUP = "weights_form"
    LOADING = "loading"
    NOTICE = "notice"


class Shortcut(StrEnum):
    """Callback ids of shortcuts, as the manifest names them."""

    REQUEST = "request_reference"
    FIND = "find_reference"
