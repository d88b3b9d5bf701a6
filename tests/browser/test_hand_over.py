"""From the wizard to a person: always in reach, with all that was said, sent by nobody."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from helpdesk.articles import wording
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import make_code, open_code

from .hands import Entry, Hands, fragment
from .site import Server

WORDS = wording.load("en")
SAID: list[Entry] = [
    {"question": "q-lamp", "answer": "no"},
    {"fix": "plug-in", "outcome": "failed"},
]


def code_on(hands: Hands) -> str:
    """Return the code that the page shows."""
    return hands.live.locator(".helpdesk-code").inner_text()


def test_a_person_is_in_reach_at_every_step(hands: Hands) -> None:
    """One press shows whom to ask and what to tell them; Back goes on where it was."""
    hands.open(SAID)
    hands.shows(SAID)
    hands.action("person").click()
    expect(hands.heading).to_contain_text(hands.catalog.parties["shop"].short)
    expect(hands.heading).to_be_focused()
    summary = hands.live.locator("textarea").input_value()
    for entry in SAID:
        known = hands.catalog.questions.get(entry.get("question", ""))
        assert (known.ask if known else hands.catalog.fixes[entry["fix"]].title) in summary
    assert hands.turn(SAID)["catalog"] in summary
    assert fragment(SAID) in summary
    hands.action("cancel").click()
    hands.shows(SAID)


def test_the_code_opens_the_same_answers(hands: Hands) -> None:
    """The code on the page is the terminal's, and says what was said."""
    hands.open(SAID)
    hands.shows(SAID)
    hands.action("person").click()
    code = code_on(hands)
    assert code == make_code(hands.catalog.problem, SAID)
    assert list(open_code(hands.catalog.problem, code).evidence) == SAID
    assert code in hands.live.locator("textarea").input_value()


def test_mail_and_ticket_are_filled_in_and_not_sent(hands: Hands, server: Server) -> None:
    """Two links carry the summary; nothing goes anywhere before the reader follows one."""
    hands.open(SAID)
    hands.shows(SAID)
    server.seen.clear()
    hands.action("person").click()
    code = code_on(hands)
    links = hands.live.locator(".helpdesk-way").evaluate_all("all => all.map(a => a.href)")
    ticket, mail = map(urlsplit, links)
    summary = hands.live.locator("textarea").input_value()
    assert (mail.scheme, mail.path) == ("mailto", "shop@kettles.example")
    assert unquote(mail.query.partition("body=")[2]) == summary
    given = parse_qs(ticket.query)
    assert ticket.hostname == "tickets.kettles.example"
    assert (given["code"], given["text"]) == ([code], [summary])
    assert all(seen.endswith(".mjs") for seen in server.seen)


def test_a_party_that_is_not_ours_gets_no_code(hands: Hands) -> None:
    """Who cannot open a code is told in words."""
    evidence = hands.lead({}, ends=["hand-off"])
    party = hands.turn(evidence)["step"]["party"]
    hands.open(evidence)
    hands.shows(evidence)
    expect(hands.live.locator("textarea")).to_be_visible()
    staff = hands.catalog.parties[party].staff
    expect(hands.live.locator(".helpdesk-code")).to_have_count(int(staff))


def test_without_python_there_is_still_a_text(page: Page, server: Server) -> None:
    """Where Python does not come, the text and its link tell what was answered."""
    server.faults[".wasm"] = "missing"
    page.goto(f"{server.url}alone/{fragment(SAID[:1])}")
    expect(page.locator(".helpdesk-error")).to_be_visible()
    page.locator("a[data-action=person]").click()
    summary = page.locator("textarea")
    expect(summary).to_be_visible()
    assert fragment(SAID[:1]) in summary.input_value()
    expect(page.locator(".helpdesk-code")).to_have_count(0)


def test_without_a_script_there_is_a_link(
    new_context: Callable[..., BrowserContext], server: Server
) -> None:
    """The page itself leads to somebody."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(server.url)
    expect(page.locator(".helpdesk-person a")).to_have_attribute("href", re.compile("parties/shop"))


def test_support_opens_a_code(page: Page, server: Server, kettle: Catalog) -> None:
    """On the page for staff a pasted code leads to the same answers, however it is written."""
    hands = Hands(page, kettle, "agent")
    page.goto(f"{server.url}staff/")
    hands.is_ready()
    field = page.get_by_label(WORDS["wizard.open"])
    field.fill(f" {make_code(kettle.problem, SAID).lower()} ")
    field.press("Enter")
    hands.shows(SAID)
    for wrong in ("hello", "1" * 100_000, "<img src=x onerror=alert(1)>"):
        field.fill(wrong)
        field.press("Enter")
        expect(page.locator(".helpdesk-opened")).to_have_text(WORDS["wizard.open.wrong"])
        hands.shows(SAID)


@pytest.mark.parametrize("kept", ["question", "fix"])
def test_support_is_told_what_is_gone(
    page: Page, server: Server, kettle: Catalog, shipped: Catalog, kept: str
) -> None:
    """A code of another catalog opens what fits, and each entry that does not is named."""
    other: Entry = (
        {"question": "q-signal", "answer": "weak"}
        if kept == "question"
        else {"fix": next(iter(shipped.fixes)), "outcome": "failed"}
    )
    page.goto(f"{server.url}staff/")
    Hands(page, kettle, "agent").is_ready()
    field = page.get_by_label(WORDS["wizard.open"])
    field.fill(make_code(shipped.problem, [other]))
    field.press("Enter")
    gone = WORDS[f"wizard.open.gone.{kept}"].format(n=1)
    expect(page.locator(".helpdesk-opened")).to_contain_text(gone)
