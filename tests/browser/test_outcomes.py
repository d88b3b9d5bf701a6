"""What helped is reported only where a site wants it, and holds ids of the catalog alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from helpdesk import starter
from helpdesk.catalog import Catalog, load
from helpdesk.diagnosis import next_turn
from tests.site_tools import built

from .hands import STARTING
from .site import Server, served

TRACES = (b"outcomes.mjs", b"helpdesk-helpful", b"REPORTS")
ASKING = {
    "doNotTrack": "Object.defineProperty(navigator, 'doNotTrack', {value: '1'})",
    "globalPrivacyControl": (
        "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"
    ),
}


@dataclass(frozen=True)
class Site:
    """A small site, and where its reports go."""

    server: Server
    catalog: Catalog
    reports: str


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """The same small site without reports, with reports to itself, and to somebody else."""
    with ExitStack() as stack:
        elsewhere = stack.enter_context(served({}))
        made = {}
        for name, where in (
            ("off", ""),
            ("same-origin", "same-origin"),
            ("elsewhere", f"{elsewhere.url}in"),
        ):
            folder = tmp_path_factory.mktemp("reports") / name
            starter.write(folder)
            problem = folder / "docs/catalog/problem.yml"
            text = problem.read_text(encoding="utf-8")
            line = f"service:\n  outcomes: {where}\n" if where else "service:\n"
            problem.write_text(text.replace("service:\n", line), encoding="utf-8")
            privacy = "# Privacy\n\nNothing leaves your device.\n"
            (folder / "docs/privacy.md").write_text(privacy, encoding="utf-8")
            server = stack.enter_context(served(built(folder, folder / "site")))
            server.policy = "frame-ancestors 'none'"  # the rest is what each page says itself
            reports = {"": "", "same-origin": f"{server.url}report/"}.get(where, f"{where}/")
            made[name] = Site(server, load(folder / "docs/catalog"), reports)
        yield made


def followed(page: Page) -> list[Request]:
    """Return a list to which each report is added as it is sent."""
    kinds = ("/outcome", "/hand-off", "/helpful")
    found: list[Request] = []
    page.on("request", lambda r: found.append(r) if urlsplit(r.url).path.endswith(kinds) else None)
    return found


def helped(page: Page, site: Site) -> list[tuple[str, str]]:
    """Answer until there is something to try, and say that it worked; return what was said."""
    page.goto(f"{site.server.url}wizard/")
    expect(page.locator(".helpdesk-live")).to_be_visible(timeout=STARTING)
    evidence: list[dict[str, str]] = []
    while "question" in (step := next_turn(site.catalog.problem, evidence)["step"]):
        button = page.locator(f".helpdesk-live button[name='{step['question']}']").first
        evidence.append({"question": step["question"], "answer": button.get_attribute("value")})  # type: ignore[dict-item]
        button.click()
    [cause, *_] = next_turn(site.catalog.problem, evidence)["why"]["causes"]
    page.locator(f".helpdesk-live button[name='{step['fix']}'][value='solved']").click()
    expect(page.locator(".helpdesk-step--solved")).to_be_visible()
    said = [(entry["question"], entry["answer"]) for entry in evidence]
    return [("cause", cause), *said, (step["fix"], "solved")]


def article(page: Page, site: Site) -> str:
    """Open an article, and return the id of its cause."""
    cause = next(iter(site.catalog.causes))
    page.goto(f"{site.server.url}causes/{cause}/")
    expect(page.locator("helpdesk-wizard, article").first).to_be_attached()
    return cause


def reported(page: Page, found: list[Request]) -> tuple[str, list[tuple[str, str]]]:
    """Return address and fields of the only report."""
    page.wait_for_load_state("networkidle")
    [request] = found
    assert request.method == "GET"
    sent = {name for name, value in request.all_headers().items() if value}
    assert not sent & {"cookie", "referer", "authorization"}
    address, _, query = request.url.partition("?")
    return address, parse_qsl(query)


@pytest.mark.parametrize("name", ["same-origin", "elsewhere"])
def test_what_worked_is_reported_once(page: Page, sites: dict[str, Site], name: str) -> None:
    """One request holds the catalog, the cause, the answers and what helped; a reload sends none.

    The policy of the page lets it through, also to another origin.
    """
    site = sites[name]
    found = followed(page)
    fields = [("catalog", site.catalog.problem.catalog), *helped(page, site)]
    assert reported(page, found) == (f"{site.reports}outcome", fields)
    response = found[0].response()
    assert response
    assert response.status == (200 if name == "same-origin" else 404)  # nobody is there to answer
    page.reload()
    expect(page.locator(".helpdesk-step--solved")).to_be_visible(timeout=STARTING)
    page.wait_for_load_state("networkidle")
    assert len(found) == 1


def test_an_article_asks_whether_it_helped(page: Page, sites: dict[str, Site]) -> None:
    """A press on one of two buttons sends which, and of which article."""
    site = sites["same-origin"]
    found = followed(page)
    cause = article(page, site)
    page.locator("helpdesk-helpful button[value=no]").click()
    expect(page.locator("helpdesk-helpful p")).to_be_focused()
    expect(page.locator("helpdesk-helpful button")).to_have_count(0)
    fields = [("catalog", site.catalog.problem.catalog), ("cause", cause), ("helpful", "no")]
    assert reported(page, found) == (f"{site.reports}helpful", fields)


def test_off_nothing_of_it_is_there(page: Page, sites: dict[str, Site]) -> None:
    """Without the setting no file of the site knows of reports, and none is sent."""
    site = sites["off"]
    for name, content in site.server.files.items():
        assert not name.startswith("report/")
        assert isinstance(content, bytes)
        assert not any(trace in content for trace in TRACES), name
    found = followed(page)
    helped(page, site)
    page.wait_for_load_state("networkidle")
    assert found == []


@pytest.mark.parametrize("asking", list(ASKING))
def test_who_asks_not_to_be_counted_is_not(
    new_context: Callable[..., BrowserContext], sites: dict[str, Site], asking: str
) -> None:
    """Do Not Track and Global Privacy Control: no report, and no question either."""
    context = new_context()
    context.add_init_script(ASKING[asking])
    page = context.new_page()
    found = followed(page)
    helped(page, sites["same-origin"])
    article(page, sites["same-origin"])
    page.wait_for_load_state("networkidle")
    expect(page.locator("helpdesk-helpful")).to_be_hidden()
    assert found == []


def test_the_pages_say_so(sites: dict[str, Site]) -> None:
    """Privacy is described as it is: with reports the page says more than its author wrote."""
    pages = {name: site.server.files["privacy/index.html"] for name, site in sites.items()}
    sizes = {name: len(content) for name, content in pages.items() if isinstance(content, bytes)}
    assert sizes["off"] < min(sizes["same-origin"], sizes["elsewhere"])
    headers = sites["elsewhere"].server.files["_headers"]
    assert isinstance(headers, bytes)
    assert f"connect-src 'self' {sites['elsewhere'].reports};".encode() in headers
