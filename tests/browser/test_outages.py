"""What is out of order now: told first, weighed by the engine, forgotten, never in the way."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from helpdesk.browser.status import FILE, status_json
from helpdesk.catalog import Catalog
from helpdesk.catalog.model import Likelihood, Outage
from helpdesk.diagnosis import next_turn, raise_priors

from .hands import STARTING, Hands
from .site import Server

NOW = datetime.now(UTC)
CAUSE = "dead-heater"


def moment(hours: float) -> str:
    """Return a moment some hours from now."""
    return (NOW + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def outage(**fields: Any) -> dict[str, Any]:
    """Return an outage that goes on."""
    usual = {
        "id": "grid",
        "begins": moment(-1),
        "ends": moment(2),
        "causes": {CAUSE: 100},
        "title": {"en": "The grid is weak", "zh": "电网电压低"},
        "text": "Kettles take longer.",
    }
    return usual | fields


def status(*outages: object) -> bytes:
    """Return a file with outages."""
    return json.dumps({"format": 1, "outages": outages}).encode()


@pytest.fixture
def site(server: Server) -> Iterator[Server]:
    """The site, with its own file again at the end."""
    own = server.files[FILE]
    files: Any = server.files
    yield server
    files[FILE] = own


def put(server: Server, content: bytes) -> None:
    """Replace the file beside the site, without a build."""
    files: Any = server.files
    files[FILE] = content


def test_an_outage_leads_the_wizard(page: Page, site: Server, kettle: Catalog) -> None:
    """The banner comes first, and the engine weighs what is likelier."""
    raised = raise_priors(kettle.problem, {CAUSE: 100})
    assert next_turn(raised, [])["likely"] != next_turn(kettle.problem, [])["likely"]
    put(site, status(outage()))
    page.goto(site.url)
    banner = page.locator(".helpdesk-outage")
    expect(banner).to_contain_text("The grid is weak")
    expect(banner).to_contain_text("Kettles take longer.")
    # What is known before Python has come knows nothing of today, so the article is linked.
    link = banner.get_by_role("link", name=kettle.causes[CAUSE].title)
    expect(link).to_have_attribute("href", re.compile(f"causes/{CAUSE}"))
    page.locator("helpdesk-wizard[data-python]").wait_for(timeout=STARTING)
    page.locator(".helpdesk-live button[value='yes']").click()
    evidence = [{"question": "q-lamp", "answer": "yes"}]
    expect(page.locator(".helpdesk-bar")).to_be_visible()
    titles = [kettle.causes[cause].title for cause in next_turn(raised, evidence)["likely"]]
    so_far = page.locator(".helpdesk-live .helpdesk-details").nth(1).locator("a")
    named = so_far.evaluate_all("links => links.map(link => link.textContent)")
    assert named[: len(titles)] == titles


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[",
        b"<!doctype html><title>Hotel</title>",
        b"[" * 90_000,
        b" " * 1_000_000,
        b'{"format": 2, "outages": []}',
        b'{"format": 1, "outages": {"a": 1}}',
        status(None, 7, "x", [], {}),
        status(outage(ends=moment(-0.5))),
        status(outage(begins=moment(1))),
        status(outage(ends=None)),
        status(outage(ends="for ever")),
        status(outage(ends="9999-01-01T00:00:00Z")),
    ],
    ids=lambda content: content[:24].decode(),
)
def test_what_is_old_or_broken_changes_nothing(hands: Hands, site: Server, content: bytes) -> None:
    """No banner, nothing likelier; the wizard does not even notice."""
    put(site, content)
    assert current(hands, site) is None


@pytest.mark.parametrize("fault", ["missing", "portal", "redirect", "short", "cut"])
def test_a_network_that_fails_changes_nothing(hands: Hands, site: Server, fault: str) -> None:
    """Whatever comes instead of the file, nothing is out of order."""
    put(site, status(outage()))
    site.faults[FILE] = fault
    assert current(hands, site) is None


def test_hostile_texts_stay_texts(hands: Hands, site: Server) -> None:
    """Markup is shown as it is written; what is no factor or no cause raises nothing."""
    causes = {CAUSE: "9", "no-such": 5, "__proto__": 7, "constructor": 3, "crust": -4}
    put(site, status(outage(title="<img src=x onerror=alert(1)>", text={"en": 7}, causes=causes)))
    found = current(hands, site)
    assert found
    assert found["raised"] == {}
    assert "<img" in found["text"]
    assert found["elements"] == ["DIV", "P", "STRONG", "P"]


def test_the_build_writes_the_file(hands: Hands, site: Server, kettle: Catalog) -> None:
    """What an editor writes in the catalog is what the wizard reads, in each language."""
    place = kettle.introduction.position
    raised = Likelihood(value=20.0, word="much likelier", position=place)
    written = Outage(
        id="grid",
        title="The grid is weak",
        text="Boil *less* water.",
        begins=moment(-1),
        ends=moment(1),
        causes={CAUSE: raised},
        position=place,
    )
    put(site, status_json(replace(kettle, outages={"grid": written})))
    found = current(hands, site)
    assert found
    assert found["raised"] == {CAUSE: 20}
    assert "Boil less water." in found["text"]


def current(hands: Hands, site: Server) -> dict[str, Any] | None:
    """Return what the module makes of the file now; None where nothing is out of order."""
    module = next(uri for uri in site.files if uri.endswith("/outages.mjs"))
    found: dict[str, Any] | None = hands.page.evaluate(
        """async ([module, root]) => {
          const { current } = await import(module);
          const folder = module.slice(0, module.lastIndexOf("/") + 1);
          const texts = await (await fetch(`${folder}texts.en.json`)).json();
          const found = await current(texts, new URL(root)).catch(() => undefined);
          if (!found) return null;
          const { banner, raised } = found;
          const [outage] = banner.children;
          return {raised, text: banner.textContent,
            elements: [outage, ...outage.querySelectorAll("*")].map(({tagName}) => tagName)};
        }""",
        [f"{site.url}{module}", site.url],
    )
    return found
