"""The wizard answers before Python is there; when it comes, nobody notices."""

import pytest
from playwright.sync_api import Locator, Page, expect

from helpdesk.browser.runtime_files import WHOLE
from helpdesk.catalog import Catalog
from tests.node import runtime

from .hands import Entry, Hands, fragment
from .site import Server

LAMP_OUT: list[Entry] = [{"question": "q-lamp", "answer": "no"}]
WASM = "pyodide.asm.wasm"
SAVING = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
PATIENT = """
const soon = globalThis.setTimeout;
globalThis.setTimeout = (work, time) => soon(work, time < 8000 ? time : 20 * time);
"""
"""A wizard that waits longer for what stalls, so that the test has the time to look at it."""


@pytest.fixture
def page(page: Page) -> Page:
    """A page whose wizard does not give up before a busy machine has got anywhere."""
    page.add_init_script(PATIENT)
    return page


def shown(page: Page) -> Hands:
    """Return the hands of a page whose wizard is shown."""
    expect(page.locator(".helpdesk-live")).to_be_visible()
    return Hands(page)


def answer(page: Page) -> Locator:
    """Return an answer in the HTML."""
    return page.locator(".helpdesk-static .helpdesk-answer", has_text="No, it is dark")


@pytest.mark.parametrize("lamp", ["yes", "no", "not-sure"])
def test_a_walk_without_python(page: Page, server: Server, kettle: Catalog, lamp: str) -> None:
    """While Python stalls, answers lead from step to step and to a person, and nothing waits."""
    server.faults[WASM] = "stall"
    page.goto(server.url)
    hands = Hands(page, kettle)
    expect(hands.live).to_be_visible()
    evidence = hands.walk({"q-lamp": lamp}, ends=["hand-off"])
    assert hands.turn(evidence)["catalog"] in hands.live.locator("textarea").input_value()
    expect(page.locator(".helpdesk-notice:visible")).to_have_count(0)
    expect(hands.root).not_to_have_attribute("data-python", "")


def test_python_comes_unnoticed(page: Page, server: Server, kettle: Catalog) -> None:
    """Nothing on the page changes when Python has come; the next step is its own."""
    page.add_init_script(
        """globalThis.changes = 0;
        globalThis.told = [];
        document.addEventListener("helpdesk:step", ({detail}) => told.push(detail.causes[0]));"""
    )
    server.faults[WASM] = "stall"
    page.goto(server.url)
    hands = Hands(page, kettle)
    expect(hands.live).to_be_visible()
    hands.choice("no").click()
    hands.shows(LAMP_OUT)
    page.evaluate(
        """new MutationObserver(() => changes++).observe(document.querySelector(".helpdesk-live"),
        {subtree: true, childList: true, characterData: true})"""
    )
    server.heal()
    hands.is_ready()
    assert page.evaluate("changes") == 0
    expect(hands.heading).to_be_focused()
    hands.choice("never").click()
    hands.shows([*LAMP_OUT, {"question": "q-tries", "answer": "never"}])
    assert ["probability" in cause for cause in page.evaluate("told")] == [False, False, True]


def test_who_saves_data_is_served(page: Page, server: Server, kettle: Catalog) -> None:
    """On a narrow line the known steps come without a question, and nothing large is loaded."""
    page.add_init_script(SAVING)
    page.goto(server.url)
    hands = Hands(page, kettle)
    expect(hands.live).to_be_visible()
    hands.walk({"q-lamp": "no"}, ends=["hand-off"])
    assert not [path for path in server.seen if "runtime" in path]


def test_beyond_the_known_steps_it_waits(page: Page, server: Server, kettle: Catalog) -> None:
    """Where only Python knows what follows, true bytes are shown, and Back leads back."""
    server.faults[WASM] = "stall"
    page.goto(f"{server.url}brief/")
    hands = Hands(page, kettle)
    expect(hands.live).to_be_visible()
    hands.choice("no").click()
    expect(page.locator(".helpdesk-loading")).to_be_visible()
    expect(page.locator(".helpdesk-loading a.helpdesk-simple")).to_be_visible()
    assert hands.fragment() == fragment(LAMP_OUT)
    page.locator(".helpdesk-loading button[data-action='back']").click()
    expect(page.locator(".helpdesk-notice:visible")).to_have_count(0)
    hands.shows([])
    hands.choice("no").click()
    large = sum(file.size for file in runtime().files if not file.name.startswith(WHOLE))
    expect(page.locator(".helpdesk-bytes")).to_contain_text(f"of {large // 10**6}.")
    server.heal()
    hands.shows(LAMP_OUT)
    expect(page.locator(".helpdesk-notice:visible")).to_have_count(0)


def test_beyond_the_known_steps_who_saves_data_is_asked(
    page: Page, server: Server, kettle: Catalog
) -> None:
    """Only there the reader is asked whether to load more; another answer may be given instead."""
    page.add_init_script(SAVING)
    page.goto(f"{server.url}brief/")
    hands = Hands(page, kettle)
    expect(hands.live).to_be_visible()
    hands.choice("yes").click()
    expect(page.locator(".helpdesk-offer")).to_be_visible()
    hands.choice("no").click()
    assert hands.fragment() == fragment(LAMP_OUT)
    page.locator(".helpdesk-offer button[data-action='start']").click()
    hands.shows(LAMP_OUT)


def test_a_link_to_an_unusual_place_waits_for_python(
    page: Page, server: Server, kettle: Catalog
) -> None:
    """Answers in an order that nobody is led to are Python's to judge."""
    evidence: list[Entry] = [{"question": "q-crust", "answer": "thick"}, *LAMP_OUT]
    page.goto(server.url + fragment(evidence))
    Hands(page, kettle).shows(evidence)


def test_a_finger_that_is_down_meets_what_it_aimed_at(
    page: Page, server: Server, kettle: Catalog
) -> None:
    """The wizard does not take the place of the HTML while somebody presses there."""
    server.faults["strategies.user.json"] = "stall"
    page.goto(server.url)
    expect(page.locator("helpdesk-wizard:defined")).to_be_visible()
    box = answer(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    with page.expect_event("requestfinished", lambda request: "strategies" in request.url):
        server.heal()
    page.mouse.up()
    Hands(page, kettle).shows(LAMP_OUT)


def test_the_focus_goes_over_to_the_wizard(page: Page, server: Server) -> None:
    """Who stands on an answer with the keyboard stands on the same one when the wizard comes."""
    server.faults["strategies.user.json"] = "stall"
    page.goto(server.url)
    answer(page).focus()
    server.heal()
    expect(shown(page).choice("no")).to_be_focused()
