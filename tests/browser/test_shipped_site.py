"""The shipped site, built by MkDocs and used in a real browser."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import next_turn
from tests.http_server import folder_served
from tests.site_tools import copy_site, mkdocs

START = 120_000
"""Milliseconds that Python may take to start on a busy machine."""

TITLE = "#helpdesk-title"

NARROW = {"offline": False, "latency": 150, "downloadThroughput": 1e5, "uploadThroughput": 1e5}
WIDE = NARROW | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
MOVED = """globalThis.moved = [];
new PerformanceObserver((list) => {
  for (const {value, sources} of list.getEntries()) {
    moved.push([value, ...sources.map(({node}) => node?.className)]);
  }
}).observe({type: "layout-shift", buffered: true});"""

BASEMENT = {"q-signal": "weak", "q-location": "shielded"}
"""What somebody with one bar of signal in a basement says; elsewhere the likeliest."""


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the shipped site is served."""
    folder = copy_site(root, tmp_path_factory.mktemp("site"))
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    with folder_served(folder / "site") as url:
        yield url


@pytest.fixture(scope="module")
def reader(address: str, chromium: object) -> Iterator[Page]:
    """A page on which Python has started."""
    context = chromium.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(address)
    expect(page.locator("helpdesk-wizard.is-ready")).to_be_visible(timeout=START)
    yield page
    context.close()


def step(page: Page, catalog: Catalog) -> dict[str, str]:
    """Return the step that the engine gives for the answers in the address."""
    turn = next_turn(catalog.problem, evidence(page, catalog))
    return dict(turn["step"])


def evidence(page: Page, catalog: Catalog) -> list[dict[str, str]]:
    """Return the answers in the address."""
    pairs = re.findall(r"([\w-]+)=([\w-]+)", page.url.partition("#")[2])
    return [
        {"question": key, "answer": value}
        if key in catalog.questions
        else {"fix": key, "outcome": value}
        for key, value in pairs
    ]


def test_one_bar_in_a_basement_is_led_to_the_window(reader: Page, shipped: Catalog) -> None:
    """Answering as such a person, going to a window is proposed, and ends it."""
    for _ in range(12):
        now = step(reader, shipped)
        if now["kind"] == "try":
            break
        answer = BASEMENT.get(now["question"], "no")
        reader.locator(f'button[name="{now["question"]}"][value="{answer}"]').click()
    assert now == {"kind": "try", "fix": "go-to-a-window"}
    expect(reader.locator(TITLE)).to_contain_text(shipped.fixes["go-to-a-window"].title)
    reader.locator('button[value="solved"]').click()
    assert step(reader, shipped) == {"kind": "solved"}
    expect(reader.locator(TITLE)).to_be_focused()


def test_somebody_whom_nothing_helps_is_handed_over(reader: Page, shipped: Catalog) -> None:
    """Never sure and never helped: the walk ends with a party to contact and a summary."""
    reader.locator('button[data-action="restart"]').first.click()
    for _ in range(120):
        now = step(reader, shipped)
        if now["kind"] == "hand-off":
            break
        key, value = (
            (now["question"], "not-sure") if now["kind"] == "ask" else (now["fix"], "failed")
        )
        reader.locator(f'button[name="{key}"][value="{value}"]').click()
    assert now["kind"] == "hand-off"
    expect(reader.locator(TITLE)).to_contain_text(shipped.parties[now["party"]].short)
    summary = reader.locator("textarea").input_value()
    assert shipped.problem.catalog in summary


def test_the_switch_of_languages_keeps_page_and_answers(reader: Page, address: str) -> None:
    """The other language opens the same page at the same step."""
    reader.goto(f"{address}#q-signal=weak")
    expect(reader.locator("helpdesk-wizard.is-ready")).to_be_visible(timeout=START)
    link = reader.locator('.helpdesk-languages a[hreflang="zh"]')
    expect(link).to_have_attribute("href", f"{address}zh/#q-signal=weak")
    link.click()
    expect(reader.locator('helpdesk-wizard[lang="zh"].is-ready')).to_be_visible(timeout=START)
    assert reader.url == f"{address}zh/#q-signal=weak"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_ever_moves(
    width: int, address: str, new_context: Callable[..., BrowserContext]
) -> None:
    """While a page comes over a slow line, becomes a wizard, and Python arrives."""
    for path, end in (
        ("", "helpdesk-wizard.is-ready[data-python]"),
        ("wizard/", "helpdesk-wizard.is-ready"),
        ("causes/u-weak-signal/", "html"),
    ):
        page = new_context(viewport={"width": width, "height": 800}).new_page()
        page.add_init_script(MOVED)
        line = page.context.new_cdp_session(page)
        line.send("Network.emulateNetworkConditions", NARROW)
        page.goto(address + path, timeout=START)
        expect(page.locator("helpdesk-wizard:not(.is-ready)")).to_have_count(0, timeout=START)
        line.send("Network.emulateNetworkConditions", WIDE)
        expect(page.locator(end)).to_be_attached(timeout=START)
        assert page.evaluate("moved") == [], path


@pytest.mark.parametrize("start", ["", "zh/"])
def test_without_javascript_there_is_a_way(
    start: str, address: str, shipped: Catalog, new_context: Callable[..., BrowserContext]
) -> None:
    """The first question, what each answer leads to, and every cause are plain HTML."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address + start)
    catalog = shipped.translations["zh"] if start else shipped
    first = next_turn(catalog.problem, [])["step"]["question"]
    expect(page.get_by_role("heading", name=catalog.questions[first].ask)).to_be_visible()
    links = page.locator("helpdesk-wizard a")
    hrefs = {link.get_attribute("href") or "" for link in links.all()}
    named = {href.rstrip("/").rpartition("/")[2] for href in hrefs}
    assert set(shipped.causes) <= named


def test_search_finds_words_of_each_language(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    """English and Chinese words lead to the article that is about them."""
    for start, words, article in (
        ("", "basement signal cellar", "causes/u-weak-signal/"),
        ("zh/", "信号太弱", "zh/causes/u-weak-signal/"),
    ):
        page = new_context().new_page()
        page.goto(f"{address}{start}?q={words}")
        found = page.locator(".md-search-result__link").first
        expect(found).to_be_attached(timeout=START)
        hrefs = [
            link.get_attribute("href") or ""
            for link in page.locator(".md-search-result__link").all()[:3]
        ]
        assert any(article in href for href in hrefs), (words, hrefs)


def test_the_search_index_comes_once_somebody_types(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    """Not before; where it did not come, the next letter asks anew. What finds nothing leads on."""
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.route("**/full_index.json", lambda route: route.abort())
    page.goto(f"{address}zh/faq/", wait_until="networkidle")
    box = page.locator(".md-search__input")
    box.focus()
    expect(page.locator(".md-search-result__meta")).not_to_have_text("")
    assert not [url for url in asked if "full_index" in url]
    with page.expect_event("requestfailed"):
        box.press_sequentially("q")
    page.context.unroute_all()
    offer = page.locator(".helpdesk-nothing-found a")
    expect(offer).to_be_visible()
    box.press_sequentially("q")
    expect(offer).to_be_visible()
    box.fill("信号太弱")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    expect(offer).to_be_hidden()


def test_nothing_is_asked_of_another_host(
    address: str, new_context: Callable[..., BrowserContext]
) -> None:
    """Everything a page loads comes from the site itself, and no cookie is set."""
    context = new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "causes/u-weak-signal/", "wizard/", "zh/faq/"):
        page.goto(address + path, wait_until="networkidle")
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert context.cookies() == []


def test_the_compiled_catalog_is_served(address: str, page: Page, shipped: Catalog) -> None:
    """catalog.json is there for other programs, with its hash."""
    answer = page.request.get(f"{address}catalog.json")
    assert json.loads(answer.text())["catalog"] == shipped.problem.catalog
