"""A browser, a site with a kettle's wizard, and hands to use it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from helpdesk.browser.runtime_files import built
from helpdesk.catalog import Catalog, load

from . import engines
from .engines import FLAGS, Engine
from .hands import STARTING, Hands
from .site import Server, kettle_site, served

expect.set_options(timeout=STARTING)  # what takes a moment takes many where much else is going on
PATIENCE = 30_000
"""Milliseconds in which a page comes, and what is to be pressed is there."""


def chromium_path() -> str | None:
    """Return where the machine's own Chromium is."""
    return next(filter(None, map(shutil.which, engines.CHROMIUM)), None)


@pytest.fixture(scope="session")
def kettle() -> Catalog:
    """A small catalog with every kind of step."""
    return load(Path(__file__).parent / "catalog")


@pytest.fixture(scope="session")
def running(kettle: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site, served."""
    runtime = built()
    assert runtime, "the runtime is built by make before the tests run"
    with served(kettle_site(kettle, runtime, tmp_path_factory.mktemp("wasm"))) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The site, served without faults at the start of a test."""
    running.heal()
    yield running
    running.heal()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own browser."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=engines.installed())
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of three engines in turn, with nothing open."""
    with engines.started(request.param) as made:
        yield made


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts that end with the test."""
    made = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(**{"reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of its own, for tests that load the site."""
    return new_context().new_page()


@pytest.fixture(scope="session")
def warm(chromium: Browser, running: Server) -> Iterator[Page]:
    """A page on which Python has started; starting it takes seconds."""
    context = chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(running.url)
    Hands(page).is_ready()
    yield page
    context.close()


@pytest.fixture
def hands(warm: Page, server: Server, kettle: Catalog) -> Hands:
    """The warm page at its first question, and what is expected of it."""
    server.seen.clear()
    hands = Hands(warm, kettle)
    hands.begin()
    return hands


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The source of axe."""
    return (root / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
