"""What browsers keep of a site, in three engines: each version whole, or not at all."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import Page, expect

from helpdesk.articles import pages
from helpdesk.browser import Bundle, BundleFile, keep_site
from helpdesk.browser.bundle import WEB
from helpdesk.browser.runtime_files import WHOLE
from helpdesk.browser.status import FILE as STATUS
from helpdesk.browser.wizards import modules
from helpdesk.catalog import Catalog
from tests.site_tools import fingerprint

from .engines import Engine, visit, wait
from .hands import Entry, fragment
from .site import Server, kept_site, served

CORE = "assets/helpdesk/core.json"
PAGE = """<!doctype html>
<title>{word}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<script type="module" src="/{start}"></script>
<p>{word}</p>
"""
START = """navigator.serviceWorker.register("/helpdesk-worker.js", {updateViaCache: "none"});"""
KEPT = """
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.active?.state === "activated";
"""
TITLE = "return document.title;"
UPDATED = """
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const next = registration.installing ?? registration.waiting;
  while (next?.state === "installing") {
    await new Promise((resolve) => next.addEventListener("statechange", resolve, {once: true}));
  }
  return next?.state ?? "none";
"""
CACHES = "return caches.keys();"
KEEP_ALL = """
  const {active} = await navigator.serviceWorker.ready;
  const {port1, port2} = new MessageChannel();
  active.postMessage("keep", [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({data}) => { if (data.failed || data.done === data.total) resolve(data); };
  });
"""
SEARCHED = ("search/search_index.json", "search/full_index.json")
ASKED = """
  return fetch("/status.json", {cache: "no-cache"}).then((found) => found.text(), () => "none");
"""
HEADING = "return document.querySelector('.helpdesk-live h2')?.textContent"
PYTHON = "return document.querySelector('helpdesk-wizard[data-python]') !== null;"
KEEP = "keep-site.mjs"
NOTHING = Bundle("", "", "", "", "", ())
LAMP_OUT: list[Entry] = [{"question": "q-lamp", "answer": "no"}]


def version(
    folder: Path, word: str, *, keeps: bool = True, more: Mapping[str, str] | None = None
) -> dict[str, bytes | Path]:
    """Return a small site on which every page says a word; `more` are other files."""
    start = "start.mjs" if keeps else "bare.mjs"
    bundle = replace(NOTHING, files=(BundleFile(CORE),))
    for path in ("", "read/", "unread/", "offline/", "zh/", "zh/offline/", "zh/unread/"):
        name = f"offline {path}" if "offline" in path else word
        page = folder / path / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE.format(word=name, start=start))
    (folder / "start.mjs").write_text(START)
    (folder / "bare.mjs").write_text("")
    (folder / "style.css").write_text(f"/* {word} */ p {{ color: red }}")
    for name, content in (more or {}).items():
        (folder / name).write_text(content)
    (folder / "search").mkdir()
    for name in SEARCHED:
        (folder / name).write_text(f'"{word}"')
    (folder / STATUS).write_text("first")
    (folder / CORE).parent.mkdir(parents=True)
    (folder / CORE).write_text(f'"{word}"')
    keep_site(folder, bundle if keeps else None)
    return dict(fingerprint(folder))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Server]:
    """A host of its own, with the first version of a small site."""
    with served(version(tmp_path / "one", "one")) as server:
        yield server


@pytest.fixture
def reader(host: Server, engine: Engine) -> Iterator[Engine]:
    """Somebody who has read two pages of it."""
    tab = engine.tab()
    engine.new_tab()
    visit(engine, host.url)
    wait(engine, KEPT)
    visit(engine, f"{host.url}read/")
    wait(engine, "return document.readyState === 'complete';")
    yield engine
    engine.close_tab(tab)


def title(engine: Engine, url: str) -> str:
    """Return the title of a page."""
    visit(engine, url)
    return str(engine.run(TITLE))


def comes_back_to(word: str, engine: Engine, url: str) -> None:
    """Close the site and open it again, until its new version has taken over."""
    for _ in range(20):
        left, fresh = engine.tab(), engine.new_tab()
        engine.switch(left)
        engine.close_tab(fresh)
        if title(engine, url) == word:
            return
    raise AssertionError(f"{engine.name} does not let the new version take over")


def test_what_was_read_needs_no_network(reader: Engine, host: Server) -> None:
    """Pages read are there with their styles; for others a page in their language says so."""
    host.faults[""] = "gone"
    for path in ("", "read/", "read/?q=1#x"):
        assert title(reader, host.url + path) == "one"
        assert reader.run("return getComputedStyle(document.querySelector('p')).color;") == (
            "rgb(255, 0, 0)"
        )
    assert title(reader, f"{host.url}unread/") == "offline offline/"
    assert title(reader, f"{host.url}zh/unread/") == "offline zh/offline/"


def test_search_needs_no_network(reader: Engine, host: Server) -> None:
    """The index is kept beside what every page reads, before anybody searches."""
    first, index = SEARCHED
    reader.run(f"return (await fetch('/{first}')).text();")
    wait(reader, f"return (await caches.match('/{index}')) !== undefined;")
    host.faults[""] = "gone"
    for name in SEARCHED:
        assert reader.run(f"return (await fetch('/{name}')).text();") == '"one"'


def test_the_whole_site_is_kept_on_request(reader: Engine, host: Server, tmp_path: Path) -> None:
    """Who asks for it has every page without network, and those of later versions too."""
    answer = reader.run(KEEP_ALL)
    assert (
        answer["done"] == answer["total"] == len(host.files) - 3
    )  # the script, the list, and the status
    host.files = version(tmp_path / "two", "two")
    assert reader.run(UPDATED) == "installed"
    host.faults[""] = "gone"
    assert title(reader, f"{host.url}unread/") == "one"
    comes_back_to("two", reader, f"{host.url}zh/unread/")


def test_a_page_offers_to_keep_the_whole_site(page: Page, kettle: Catalog, tmp_path: Path) -> None:
    """The wizard's page offers it where the browser keeps pages, says how it went, and goes on."""
    source = next(page for page in pages(kettle) if page.uri == "wizard/index.md").markdown
    html = markdown.markdown(source.split("---\n", 2)[2])
    html += modules(html, replace(NOTHING, keep=KEEP), "/")
    more = {"keep.html": html, KEEP: (WEB / KEEP).read_text()}
    with served(version(tmp_path / "one", "one", more=more)) as server:
        page.goto(f"{server.url}keep.html")
        box = page.locator(".helpdesk-keep")
        button, status = box.get_by_role("button"), box.get_by_role("status")
        expect(button).to_be_hidden()
        page.evaluate(START)
        expect(button).to_be_visible()
        server.faults["unread/index.html"] = "missing"
        button.click()
        expect(status).to_have_text(str(box.get_attribute("data-failed")))
        server.heal()
        button.click()
        expect(status).to_have_text(str(box.get_attribute("data-whole")))
        server.faults[""] = "gone"
        page.reload()
        expect(status).to_have_text(str(box.get_attribute("data-whole")))
        expect(button).to_be_hidden()
        page.goto(f"{server.url}zh/unread/")
        assert page.title() == "one"


@pytest.mark.parametrize(
    ("file", "fault"), [(CORE, "missing"), ("read/index.html", "flip"), ("style.css", "portal")]
)
def test_half_a_version_is_none(
    reader: Engine, host: Server, tmp_path: Path, file: str, fault: str
) -> None:
    """While one file of a new version is missing or wrong, the old one stays, and is whole."""
    host.files = version(tmp_path / "two", "two")
    host.faults[file] = fault
    assert reader.run(UPDATED) == "redundant"
    host.faults = {"": "gone"}
    assert title(reader, host.url) == title(reader, f"{host.url}read/") == "one"
    host.faults.clear()
    assert reader.run(UPDATED) == "installed"


def test_two_tabs_finish_on_one_version(reader: Engine, host: Server, tmp_path: Path) -> None:
    """A new version takes over when the last page of the old one is closed, and not before."""
    first = reader.tab()
    reader.new_tab()
    assert title(reader, host.url) == "one"
    host.files = version(tmp_path / "two", "two")
    assert reader.run(UPDATED) == "installed"
    assert title(reader, f"{host.url}read/") == "one"
    reader.close_tab(first)
    assert title(reader, host.url) == "one"
    comes_back_to("two", reader, host.url)
    assert title(reader, f"{host.url}read/") == "two"
    assert len(reader.run(CACHES)) == 1


def test_a_site_lets_go(reader: Engine, host: Server, tmp_path: Path) -> None:
    """Where a site is not to be kept any more, nothing is left after the next visit."""
    host.files = version(tmp_path / "two", "two", keeps=False)
    assert title(reader, host.url) == "one"
    wait(reader, f"return (await (async () => {{{CACHES}}})()).length === 0;")
    assert title(reader, host.url) == "two"
    assert reader.run(CACHES) == []
    assert reader.run("return (await navigator.serviceWorker.getRegistrations()).length;") == 0


def test_what_is_out_of_order_is_never_kept(reader: Engine, host: Server) -> None:
    """A file that is replaced without a build is asked for each time, also by who keeps all."""
    reader.run(KEEP_ALL)
    files = dict(host.files)
    for word in ("first", "second"):
        host.files = files | {STATUS: word.encode()}
        assert reader.run(ASKED) == word
    host.faults[STATUS] = "gone"
    assert reader.run(ASKED) == "none"


@pytest.mark.parametrize("fault", ["missing", "portal"])
def test_a_failure_is_never_kept(reader: Engine, host: Server, fault: str) -> None:
    """What the network says in place of a page is shown, and forgotten."""
    host.faults["unread/index.html"] = fault
    visit(reader, f"{host.url}unread/")
    wait(reader, "return document.readyState === 'complete';")
    host.faults = {"": "gone"}
    assert title(reader, f"{host.url}unread/") == "offline offline/"


def test_the_second_visit_needs_no_network(engine: Engine, kettle: Catalog, tmp_path: Path) -> None:
    """Once Python has run, the wizard goes on without network where the reader is.

    The thinned Python is enough for that in every engine.
    """
    heading = f"{HEADING}.includes({json.dumps(kettle.questions['q-tries'].ask)});"
    with served(kept_site(kettle, tmp_path)) as server:
        tabs = [engine.tab()]
        for _ in range(2):
            tabs.append(engine.new_tab())
            visit(engine, server.url + fragment(LAMP_OUT))
            wait(engine, heading)
            wait(engine, PYTHON)
            wait(engine, KEPT)
            server.faults[""] = "gone"
        while len(tabs) > 1:  # later: WebKit forgets what it keeps once all are closed
            engine.switch(tabs.pop())
            engine.close_tab(tabs[-1])
        assert not [path for path in server.seen if f"/{WHOLE}" in path]


def test_the_whole_python_is_kept_when_it_is_used(kettle: Catalog, tmp_path: Path) -> None:
    """Of the two Pythons that are published, the thinned one is kept from the start."""
    kept_site(kettle, tmp_path)
    script = (tmp_path / "helpdesk-worker.js").read_text(encoding="utf-8")
    core = json.loads(script.removeprefix("const KEPT=").partition(";")[0])["core"]
    assert [path.count(f"/{WHOLE}") for path in core if path.endswith(".wasm")] == [0]
