"""What readers have while they wait for Python, and instead of it: always something useful."""

from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from helpdesk.browser.runtime_files import WHOLE
from helpdesk.catalog import Catalog
from tests.node import runtime

from .hands import STARTING, Entry, Hands, fragment
from .site import Server

LAMP_OUT: list[Entry] = [{"question": "q-lamp", "answer": "no"}]
ALONE = "alone/"
"""A wizard that knows nothing before Python comes."""
WASM = "pyodide.asm.wasm"
SLOW = 16_000
"""Longer than the wizard waits for a sign of life."""
SILENT = {("bundle.json", "stall"), ("diagnosis-worker.mjs", "empty"), (WASM, "stall")}
"""Faults that are only found by waiting."""

FAULTS = [
    ("helpdesk-wizard.mjs", "missing"),
    ("wizard-view.mjs", "missing"),
    ("bundle.json", "portal"),
    ("bundle.json", "flip"),
    ("bundle.json", "stall"),
    ("texts.en.json", "flip"),
    ("diagnosis-worker.mjs", "missing"),
    ("diagnosis-worker.mjs", "empty"),
    ("diagnosis-worker.mjs", "flip"),
    ("checked-fetch.mjs", "stall"),
    ("pyodide.mjs", "flip"),
    ("pyodide.asm.mjs", "missing"),
    (WASM, "missing"),
    (WASM, "portal"),
    (WASM, "redirect"),
    (WASM, "cut"),
    (WASM, "flip"),
    (WASM, "stall"),
    ("python_stdlib.zip", "short"),
    ("python_stdlib.zip", "flip"),
    ("problem.json", "empty"),
]
NO_SCRIPT = {"helpdesk-wizard.mjs", "wizard-view.mjs", "checked-fetch.mjs"}
"""Without these the element is never defined, and the page is what it is without scripts."""

WORKERS = """globalThis.workers = [];
globalThis.Worker = class extends Worker {
  constructor(...rest) { super(...rest); workers.push(this); }
};"""


def chosen(page: Page) -> list[str]:
    """Return which answers of the HTML are marked."""
    marked = page.locator(".helpdesk-static .is-chosen[data-answer]")
    return [each.get_attribute("data-answer") or "" for each in marked.all()]


def answer_early(page: Page) -> None:
    """Answer the first question in the HTML."""
    page.locator(".helpdesk-static .helpdesk-answer", has_text="No, it is dark").click()


def leads_on(page: Page, link: Locator, kettle: Catalog) -> None:
    """Follow the way to the simple version: it goes on after the answer."""
    link.click()
    hands = Hands(page, kettle)
    expect(page.locator("h2")).to_contain_text(hands.title(LAMP_OUT))
    expect(page.locator(".helpdesk-answer").first).to_be_visible()


def pass_time(page: Page, until: Locator) -> None:
    """Let the page's clock run ahead until something shows."""
    for _ in range(20):
        page.clock.run_for(SLOW)
        with suppress(TimeoutError):
            until.wait_for(timeout=500)
            return


def test_an_early_answer_is_kept(page: Page, server: Server, kettle: Catalog) -> None:
    """The HTML's answers count while Python loads, true bytes are shown, and then it goes on."""
    server.faults[WASM] = "stall"
    page.goto(server.url + ALONE)
    answer_early(page)
    expect(page.locator(".helpdesk-loading")).to_be_visible()
    large = sum(file.size for file in runtime().files if not file.name.startswith(WHOLE))
    expect(page.locator(".helpdesk-bytes")).to_contain_text(f"of {large // 10**6}.")
    expect(page.locator(".helpdesk-loading a.helpdesk-simple")).to_be_visible()
    assert page.evaluate("location.hash") == fragment(LAMP_OUT)
    server.heal()
    hands = Hands(page, kettle)
    hands.shows(LAMP_OUT)
    expect(hands.heading).to_be_focused()
    expect(page.locator(".helpdesk-notice:visible")).to_have_count(0)


def test_nothing_moves_when_python_takes_over(page: Page, server: Server) -> None:
    """The first question looks the same as HTML and as a wizard, and the focus stays."""
    page.add_init_script(
        """globalThis.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    server.faults["helpdesk-wizard.mjs"] = "stall"
    page.goto(server.url, wait_until="commit")
    before = page.locator(".helpdesk-static .helpdesk-answer").first.bounding_box()
    server.heal()
    Hands(page).is_ready()
    assert page.locator(".helpdesk-live .helpdesk-answer").first.bounding_box() == before
    assert page.evaluate("moved") == 0
    assert page.evaluate("document.activeElement === document.body")


def test_who_saves_data_is_asked(page: Page, server: Server, kettle: Catalog) -> None:
    """On a narrow line nothing large is loaded until the reader wants it."""
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: 1}})")
    page.goto(server.url + ALONE)
    answer_early(page)
    expect(page.locator(".helpdesk-offer")).to_be_visible()
    assert not [path for path in server.seen if "runtime" in path]
    page.locator(".helpdesk-offer button").click()
    Hands(page, kettle).shows(LAMP_OUT)


def test_a_tab_that_died_of_python_is_spared(page: Page, server: Server) -> None:
    """After a start that did not end, the reader is asked first."""
    page.add_init_script("sessionStorage.setItem('helpdesk-starts', '1')")
    page.goto(server.url + ALONE + fragment(LAMP_OUT))
    expect(page.locator(".helpdesk-offer")).to_be_visible()
    assert chosen(page) == ["no"]


def test_a_start_is_counted_while_it_lasts(page: Page, server: Server) -> None:
    """A tab that dies meanwhile leaves a mark behind; one whose Python has come leaves none."""
    starts = "sessionStorage.getItem('helpdesk-starts')"
    server.faults[WASM] = "stall"
    page.goto(server.url + ALONE + fragment(LAMP_OUT))
    expect(page.locator(".helpdesk-bytes")).not_to_be_empty()
    assert page.evaluate(starts) == "1"
    server.heal()
    Hands(page).is_ready()
    assert page.evaluate(starts) == "0"


def test_a_failed_start_is_tried_once_more(page: Page, server: Server) -> None:
    """In a new worker, past the cache; then the reader hears of it."""
    page.add_init_script(WORKERS)
    server.faults[WASM] = "cut"
    page.goto(server.url + ALONE + fragment(LAMP_OUT))
    expect(page.locator(".helpdesk-error")).to_be_visible(timeout=STARTING)
    assert page.evaluate("workers.length") == 2
    assert len([path for path in server.seen if path.endswith(WASM)]) == 2


def test_a_site_without_python_stays_html(page: Page, server: Server) -> None:
    """Where the runtime was not built, the HTML is the wizard, and nobody hears of a failure."""
    page.goto(f"{server.url}bare/")
    answer_early(page)
    expect(page.locator(".helpdesk-static")).to_be_visible()
    expect(page.locator("helpdesk-wizard")).to_have_class("helpdesk-wizard is-html")
    expect(page.locator(".helpdesk-notice:visible")).to_have_count(0)


@pytest.mark.parametrize(("file", "fault"), FAULTS, ids=[" ".join(each) for each in FAULTS])
def test_a_fault_leaves_a_way(
    page: Page, server: Server, kettle: Catalog, file: str, fault: str
) -> None:
    """Whatever is broken, the answer is kept, one sentence says so, and a link goes on with it."""
    server.faults[f"/{file}"] = fault
    page.clock.install()
    page.goto(server.url + ALONE, wait_until="commit")
    if file not in NO_SCRIPT:
        expect(page.locator("helpdesk-wizard:defined")).to_be_visible()
    answer_early(page)
    if file in NO_SCRIPT:
        expect(page.locator("h2")).to_contain_text(Hands(page, kettle).title(LAMP_OUT))
        return
    if (file, fault) in SILENT:
        pass_time(page, page.locator(".helpdesk-error"))
    expect(page.locator(".helpdesk-error")).to_be_visible(timeout=STARTING)
    expect(page.locator("helpdesk-wizard")).to_have_class("helpdesk-wizard is-error")
    assert page.evaluate("location.hash") == fragment(LAMP_OUT)
    assert chosen(page) == ["no"]
    leads_on(page, page.locator(".helpdesk-error a.helpdesk-simple"), kettle)


def test_trying_again_goes_on(page: Page, server: Server, kettle: Catalog) -> None:
    """When what was broken is mended, one click goes on with the answer that was kept."""
    server.faults[WASM] = "missing"
    page.goto(server.url + ALONE)
    answer_early(page)
    again = page.locator(".helpdesk-error button")
    again.wait_for()
    server.heal()
    again.click()
    Hands(page, kettle).shows(LAMP_OUT)


def test_a_wrong_type_does_no_harm(page: Page, server: Server, kettle: Catalog) -> None:
    """Hosts that do not know what wasm is serve the wizard all the same."""
    server.faults[WASM] = server.faults["python_stdlib.zip"] = "mistyped"
    page.goto(server.url + fragment(LAMP_OUT))
    Hands(page, kettle).shows(LAMP_OUT)


def test_a_policy_against_wasm_is_found_at_once(page: Page, server: Server) -> None:
    """Where WebAssembly is forbidden, nothing large is loaded, and nothing is tried twice."""
    server.worker_policy = "script-src 'self'; connect-src 'self'"
    page.goto(server.url + ALONE + fragment(LAMP_OUT))
    expect(page.locator(".helpdesk-error")).to_be_visible()
    assert chosen(page) == ["no"]
    assert not [path for path in server.seen if "runtime" in path]


def test_a_dead_worker_is_replaced(page: Page, server: Server, kettle: Catalog) -> None:
    """When the worker is gone, a new one is started and the answers are asked again."""
    page.add_init_script(WORKERS)
    page.clock.install()
    hands = Hands(page, kettle)
    page.goto(server.url + fragment(LAMP_OUT))
    hands.shows(LAMP_OUT)
    hands.is_ready()
    page.evaluate("workers.at(-1).terminate()")
    hands.choice("never").click()
    page.clock.run_for(9_000)
    hands.shows([*LAMP_OUT, {"question": "q-tries", "answer": "never"}])
    assert page.evaluate("workers.length") == 2


def test_python_that_cannot_start_is_noticed(page: Page, server: Server) -> None:
    """Pyodide waits for ever where its wasm does not fit; the wizard does not."""
    page.goto(f"{server.url}dead/{fragment(LAMP_OUT)}")
    expect(page.locator(".helpdesk-error")).to_be_visible(timeout=STARTING)
    assert chosen(page) == ["no"]


def test_the_thinned_python_is_enough(page: Page, server: Server) -> None:
    """The whole one is not even asked for."""
    page.goto(server.url)
    Hands(page).is_ready()
    assert not [path for path in server.seen if f"/{WHOLE}" in path]


@pytest.mark.parametrize("site", ["empty", "thin"])
def test_the_whole_python_takes_the_place_of_the_thinned_one(
    page: Page, server: Server, kettle: Catalog, site: str
) -> None:
    """Where the thinned one does not start, or lacks something later, the same is asked again."""
    page.goto(f"{server.url}{site}/{fragment(LAMP_OUT)}")
    hands = Hands(page, kettle)
    hands.shows(LAMP_OUT)
    assert [path.endswith(f"whole/{WASM}") for path in server.seen if path.endswith(WASM)] == [
        False,
        True,
    ]
    hands.choice("never").click()
    hands.shows([*LAMP_OUT, {"question": "q-tries", "answer": "never"}])


def test_what_python_cannot_bear_is_kept_from_it(hands: Hands) -> None:
    """Deep nesting and endless text would kill Python for good; it is refused, and goes on."""
    said = hands.page.evaluate(
        """async (module) => {
          const {DiagnosisClient} = await import(module);
          const client = new DiagnosisClient(new URL("bundle.json", module), "en");
          const said = [];
          const deep = JSON.parse("[".repeat(99) + "]".repeat(99));
          for (const text of ["[".repeat(5000), "[[[[1]]]]", '"\\"[[[[']) {
            const evidence = [{question: "q-lamp", answer: text}];
            said.push((await client.turn(evidence, "user")).ignored.length);
            said.push(await client.turn(deep, "user").catch((error) => error.final));
            const long = [{question: "x".repeat(100_000)}];
            said.push(await client.turn(long, "user").catch((error) => error.final));
          }
          return said;
        }""",
        module_of(hands.page),
    )
    assert said == [1, True, True] * 3


def module_of(page: Page) -> str:
    """Return the address of the client's module."""
    wizard = page.locator("script[type=module]").first.evaluate("script => script.src")
    return str(wizard).replace("helpdesk-wizard", "diagnosis-client")
