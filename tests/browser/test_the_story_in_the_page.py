"""SPEC §5 played in the demo's page, as Riley, Casey, Sam and again Riley; each sees their own."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo_process import Demo, refbot_demo
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

WANTED = "/reference healthcare product-A director"
FIRST = "IT Director · Alderbrook Health"
NAME = "Renata Osei"
ADDRESS = "renata.osei@alderbrook.example.com"


def test_a_request_goes_from_the_slash_command_to_the_thank_you(screen: Screen) -> None:
    riley_finds_candidates(screen)
    riley_fills_in_the_form(screen)
    casey_approves_the_card(screen)
    sam_agrees(screen)
    riley_gets_the_brief_and_is_reminded(screen)
    refbot_mails_the_introduction(screen)
    riley_tells_how_it_went_and_thanks(screen)
    the_thread_is_the_record(screen)


def riley_finds_candidates(screen: Screen) -> None:
    screen.sits("riley", "#sales")
    screen.shot("01-welcome")
    screen.closes_the_guide()
    screen.types(WANTED)
    answer = screen.message("You are looking for")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Healthcare · Product A · Director")
    expect(answer).to_contain_text(f"1. {FIRST}")
    expect(answer).to_contain_text("uses Product A")
    expect(answer).to_contain_text("Would fit, but not now")
    expect(answer).to_contain_text("rests until")
    expect(answer.get_by_role("button", name="Request")).to_have_count(3)
    expect(answer).not_to_contain_text(NAME)
    expect(screen.main.get_by_role("textbox")).to_have_value("")
    screen.shot("02-candidates")
    screen.sits("rex", "#sales")
    screen.sees_no("You are looking for")


def riley_fills_in_the_form(screen: Screen) -> None:
    screen.sits("riley", "#sales")
    screen.clicks("Request", "You are looking for")
    form = screen.form
    expect(form).to_contain_text(f"You ask for {FIRST}")
    for criterion in ("Healthcare", "Product A", "Director"):
        expect(form.get_by_role("button", name=f"Remove {criterion}")).to_be_visible()
    screen.submits("Send")
    expect(form.get_by_role("alert")).to_have_count(3)  # opportunity, prospect, amount
    screen.chooses("Opportunity", "globex", "Globex - Product A")
    expect(form.get_by_role("textbox", name="Prospect", exact=True)).to_have_value("Globex")
    expect(form.get_by_label("Amount")).to_have_value("363000")
    expect(form.get_by_role("textbox", name="Stage")).to_have_value("Engaging")
    expect(form.get_by_label("Close date")).not_to_have_value("")
    form.get_by_role("textbox", name="Topics").fill("the go-live, and what it cost")
    form.get_by_role("combobox", name="Opportunity").scroll_into_view_if_needed()
    screen.shot("03-form")
    screen.submits("Send")
    expect(screen.form).to_contain_text("is with the program champion")
    screen.submits("Close")
    screen.sits("riley", "Messages")
    screen.sees("Sales call for Globex", "It waits for the champion")
    expect(screen.page.get_by_role("link", name="reference-program")).to_have_count(0)


def casey_approves_the_card(screen: Screen) -> None:
    screen.sits("sam", "Messages")
    screen.sees_no("May")
    screen.sits("casey", "#reference-program")
    card = screen.message("asks for a reference", "Globex")
    expect(card).to_contain_text("@Riley Park")
    expect(card).to_contain_text("363,000")
    expect(card).to_contain_text("the go-live, and what it cost")
    expect(card).to_contain_text(FIRST)
    expect(card).not_to_contain_text(NAME)
    screen.sees("asks for a reference", "Globex")
    screen.shot("04-card")
    screen.clicks("Who is it?", "Globex")
    expect(screen.form).to_contain_text(NAME)
    screen.submits("Close")
    screen.clicks("Approve", "Globex")
    expect(card).to_contain_text("Waits for the account owner")
    expect(card).to_contain_text("Approved by @Casey Morgan (champion)")
    expect(card.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


def sam_agrees(screen: Screen) -> None:
    screen.sits("noor", "Messages")
    screen.sees_no("May")
    screen.sits("sam", "Messages")
    screen.sees(
        f"May {NAME}, {FIRST}", "Globex", "You get this because you look after this account"
    )
    screen.shot("05-owner")
    screen.clicks("Yes", f"May {NAME}")
    screen.sees(f"May {NAME}", "Yes, said @Sam Ortiz")
    expect(screen.message(NAME).get_by_role("button", name="Yes", exact=True)).to_have_count(0)
    screen.sits("casey", "#reference-program")
    screen.sees("Approved by @Casey Morgan (champion)", "@Sam Ortiz (account owner)")


def riley_gets_the_brief_and_is_reminded(screen: Screen) -> None:
    screen.sits("riley", "Messages")
    screen.sees_no(ADDRESS)  # until the time for an undo is over
    screen.skips("hour")
    brief = screen.message("is approved")
    for part in (NAME, ADDRESS, "What not to touch", "Next: introduce them", "Hi Renata"):
        expect(brief).to_contain_text(part)
    brief.get_by_text(ADDRESS).scroll_into_view_if_needed()
    screen.shot("06-brief")
    for person, where in (("casey", "#reference-program"), ("rex", "Messages"), ("sam", "#sales")):
        screen.sits(person, where)
        screen.sees_no(ADDRESS)
    screen.sits("riley", "Messages")
    screen.skips("week")
    screen.sees("Please introduce", NAME, "You get this because it waits on you")
    screen.shot("07-reminder")


def refbot_mails_the_introduction(screen: Screen) -> None:
    screen.clicks("Let RefBot send the draft", "is approved")
    screen.confirms("Send it")
    screen.sees("Next: tell how it went")
    screen.button("Mailbox, 1 unread").click()
    box = screen.page.get_by_role("dialog", name="Mailbox")
    box.get_by_role("button", name=ADDRESS).click()
    mail = box.get_by_role("article", name="May I introduce you to Globex?")
    expect(mail).to_contain_text("Riley Park via RefBot")
    expect(mail).to_contain_text("Hi Renata")
    expect(mail).to_contain_text("the go-live, and what it cost")
    screen.shot("08-mailbox")
    screen.button("Close Mailbox").click()
    screen.clicks("I have introduced them", "Please introduce")  # the reminder's, too late
    screen.sees("Only visible to you", "already")


def riley_tells_how_it_went_and_thanks(screen: Screen) -> None:
    screen.clicks("How did it go?", "Next: tell how it went")
    screen.chooses("What you expected", "good", "4: good")
    screen.chooses("How it was", "better", "5: could not be better")
    screen.form.get_by_role("textbox").last.fill("They compared notes on the go-live.")
    screen.submits("Report")
    screen.sees("It took place", "Next: say thank you")
    screen.clicks("I have thanked them", "It took place")
    screen.sees("Thanked.", "That is all for now")
    screen.sees_no(ADDRESS)  # the contact was for this request only
    screen.sees("Sales call for Globex", "Fulfilled", "Held and thanked")


def the_thread_is_the_record(screen: Screen) -> None:
    screen.sits("casey", "#reference-program")
    card = screen.message("asks for a reference", "Globex")
    expect(card).to_contain_text("Held and thanked")
    expect(card).to_contain_text("Grade 5 of 5, expected 4")
    card.get_by_role("link", name="5 replies").click()
    thread = screen.page.get_by_role("complementary", name="Thread")
    for told in (
        "@Casey Morgan approved",
        "@Sam Ortiz agrees",
        "@Riley Park introduced",
        "took place",
        "@Riley Park thanked",
    ):
        expect(thread.get_by_role("article").filter(has_text=told)).to_have_count(1)
    thread.get_by_text("thanked").last.scroll_into_view_if_needed()
    screen.shot("09-thread")


def test_what_casey_does_not_decide_goes_to_devon(screen: Screen) -> None:
    screen.sits("rex", "#sales").closes_the_guide()
    screen.types("/reference banking germany")
    screen.clicks("Request", "You are looking for", "Banking")
    screen.chooses("Opportunity", "initech", "Use “initech”")
    screen.form.get_by_role("textbox", name="Prospect", exact=True).fill("Initech")
    screen.form.get_by_label("Amount").fill("90000")
    screen.submits("Send")
    expect(screen.form).to_contain_text("is with the program champion")
    screen.submits("Close")
    screen.sits("devon", "Messages")
    screen.sees_no("Initech")

    for _ in range(2):  # whatever weekends and holidays lie ahead
        screen.skips("week")

    screen.sits("casey", "Messages")
    screen.sees("@Rex Lund waits for a decision", "Initech")
    screen.sits("devon", "Messages")
    screen.sees("The champion has not decided yet", "Initech", "It comes once")
    screen.shot("10-escalation")
    screen.clicks("Approve", "Initech")
    screen.sits("casey", "#reference-program")
    screen.sees("Initech", "by @Devon Shah (deputy)")
    screen.sits("casey", "Messages")
    screen.clicks("Approve", "Initech")
    screen.sees("Only visible to you", "already")


def test_a_colleagues_question_becomes_a_prefilled_form(screen: Screen) -> None:
    screen.sits("riley", "#sales")
    screen.message("Anyone got a bank reference in Germany").hover()
    screen.message("Anyone got a bank").get_by_role("button", name="More actions").click()
    screen.page.get_by_role("menuitem", name="Find a reference").click()
    expect(screen.form).to_contain_text("What I understood is filled in")
    for criterion in ("Banking", "Germany", "C-level", "Finance"):
        expect(screen.form.get_by_role("button", name=f"Remove {criterion}")).to_be_visible()
    screen.submits("Cancel")


def test_gina_the_guest_is_refused(screen: Screen) -> None:
    screen.sits("riley", "#sales")
    screen.acts_as("gina")
    screen.types("/reference banking")
    screen.sees("Only visible to you", "Guests cannot use RefBot")
    screen.sees_no("You are looking for")
    screen.sits("gina", "Home")
    expect(screen.main).to_contain_text("Guests cannot use RefBot")
    expect(screen.main.get_by_role("button")).to_have_count(0)


def test_home_shows_each_their_own(screen: Screen) -> None:
    screen.sits("casey", "Home").closes_the_guide()
    for part in ("Open requests", "Your requests", "references are active", "Policy"):
        expect(screen.main).to_contain_text(part)
    expect(screen.main).to_contain_text("@Devon Shah (deputy), @Lee Tanaka (leader)")
    screen.button("Change policy").click()
    expect(screen.form.get_by_label("Most uses of a person in a quarter")).to_have_value("2")
    screen.submits("Cancel")
    expect(screen.form).to_have_count(0)
    screen.shot("11-home")
    screen.sits("noor", "Home")
    expect(screen.main).to_contain_text("You have not asked for a reference yet")
    for part in ("Policy", "Open requests"):
        screen.sees_no(part)


def test_ctrl_c_ends_the_demo_and_leaves_nothing(demo: Demo, temporary: Path) -> None:
    printed = demo.stop()
    assert demo.process.returncode == 0
    assert printed.count("http") == 1
    assert len(printed.splitlines()) == 3, printed  # no log, no warning
    assert list(temporary.iterdir()) == []


def test_with_data_the_next_start_shows_the_same(browser: Browser, tmp_path: Path) -> None:
    state, temporary = tmp_path / "state", tmp_path / "temporary"
    temporary.mkdir()
    with refbot_demo("--data", state, temporary=temporary) as first:
        screen = Screen.opened(browser, first.url).sits("riley", "#sales")
        screen.types(WANTED)
        screen.clicks("None fits: ask the champion", "You are looking for")
        screen.chooses("Opportunity", "globex", "Globex - Product A")
        expect(screen.form.get_by_role("textbox", name="Prospect", exact=True)).to_have_value(
            "Globex"
        )
        screen.submits("Send")
        screen.submits("Close")
        screen.sits("casey", "#reference-program")
        screen.sees("Globex", "Nobody is proposed")
        screen.skips("day")
        screen.page.close()
        first.stop()
    with refbot_demo("--data", state, temporary=temporary) as second:
        screen = Screen.opened(browser, second.url).sits("casey", "#reference-program")
        expect(screen.main.get_by_role("article")).to_have_count(1)
        screen.sees("Globex", "Nobody is proposed")
        screen.sits("riley", "#sales")
        screen.sees("You are looking for")
        screen.page.close()
        assert second.stop().count("http") == 1
    assert list(temporary.iterdir()) == []
