"""The wizard in other sites' sign-in pages: real pages, two origins, strict policies."""

import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from gzip import compress
from pathlib import Path
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from helpdesk.browser import bundle_catalog
from helpdesk.catalog import Catalog
from helpdesk.diagnosis import next_turn
from helpdesk.mkdocs_plugin.publishing import CACHE
from tests.site_tools import shipped_strategy

from .hands import STARTING
from .site import PAGE_POLICY, Server, served

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
HELP = "https://help.example.com"
MOST_BYTES = 5_000
UMD = ("react/umd/react.production.min.js", "react-dom/umd/react-dom.production.min.js")
NOWHERE = "about:blank"


@dataclass(frozen=True)
class Sites:
    """Where the help center and the sign-in pages are."""

    help: Server
    plain: str
    react: str
    django: str
    stranger: str
    """The same page at an origin that the help center does not know."""


class Silent(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        """Say nothing."""


@contextmanager
def django_served(help_url: str) -> Iterator[str]:
    """Serve the Django example."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELP", help_url)
        spec = importlib.util.spec_from_file_location("sign_in", EXAMPLES / "django/sign_in.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, "sign_in", module)
        spec.loader.exec_module(module)
        with make_server("127.0.0.1", 0, module.application, handler_class=Silent) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()


@pytest.fixture(scope="module")
def sites(shipped: Catalog) -> Iterator[Sites]:
    """The shipped help center, and sign-in pages at other origins."""
    with (
        served({}) as center,
        served({}) as pages,
        django_served(center.url.rstrip("/")) as django,
    ):
        pages.files = example_files(center.url.rstrip("/"))
        pages.policy = (
            f"default-src 'none'; script-src 'self' {center.url}; frame-src {center.url}; "
            "style-src 'self'; form-action 'self'"
        )
        origins = (pages.url.rstrip("/"), django.rstrip("/"))
        shipped_strategy(ROOT)  # kept from here on
        ticket = f"{center.url}embed/?code={{code}}"
        service = replace(shipped.service, embedded_in=origins, ticket_url=ticket)
        made = bundle_catalog(replace(shipped, service=service), ROOT / CACHE)
        center.files = {file.uri: file.path or file.content or b"" for file in made.files}
        stranger = pages.url.replace("127.0.0.1", "localhost")
        # What a host would send; the list in the page is what the wizard itself goes by.
        center.policy = PAGE_POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors 'self' {' '.join(origins)} {stranger}"
        )
        yield Sites(center, f"{pages.url}plain/", f"{pages.url}react/", django, f"{stranger}plain/")


def example_files(help_url: str) -> dict[str, bytes]:
    """Return the examples as they are, but for the address of the help center."""
    files = {
        path.relative_to(EXAMPLES).as_posix(): path.read_bytes().replace(
            HELP.encode(), help_url.encode()
        )
        for folder in ("plain", "react")
        for path in (EXAMPLES / folder).iterdir()
    }
    scripts = {f"react/{Path(p).name}": (ROOT / "node_modules" / p).read_bytes() for p in UMD}
    return files | scripts


@pytest.fixture(scope="module")
def walker(chromium: Browser) -> Iterator[Page]:
    """A page in one context, so that Python comes from the browser's cache."""
    context = chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def opened(page: Page, sends: int) -> Frame:
    """Ask for codes, get none, and open the wizard; return its frame once it is ready."""
    for _ in range(sends):
        page.get_by_role("button", name="Send a code").click()
    expect(page.get_by_role("status")).to_have_text("We sent a text message.")
    page.get_by_role("link", name="Didn't get your code?").click()
    page.wait_for_selector("iframe")
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame
    expect(frame.locator(".helpdesk-live")).to_be_visible(timeout=STARTING)
    return frame


def answered(frame: Frame) -> list[dict[str, str]]:
    """Return the evidence in the frame's address."""
    pairs = parse_qsl(frame.evaluate("location.hash.slice(1)"))
    return [
        {"question": key, "answer": value}
        if key.startswith("q")
        else {"fix": key, "outcome": value}
        for key, value in pairs
    ]


def asked(frame: Frame, catalog: Catalog, evidence: list[dict[str, str]]) -> int:
    """Answer as most people do until there is something to try; return how often that was."""
    count = 0
    while "question" in (step := next_turn(catalog.problem, evidence)["step"]):
        question = catalog.problem.questions[catalog.problem.question_positions[step["question"]]]
        answer = max(zip(question.usual, question.answers, strict=True))[1]
        frame.locator(f".helpdesk-live button[name='{question.id}'][value='{answer}']").click()
        evidence.append({"question": question.id, "answer": answer})
        count += 1
    expect(frame.locator(".helpdesk-step--try")).to_be_visible()
    return count


def test_from_the_sign_in_page_to_the_terminal_of_support(
    walker: Page, sites: Sites, shipped: Catalog
) -> None:
    """No code comes; the wizard knows what the page knows, asks less, and hands over."""
    walker.goto(f"{sites.help.url}embed/")
    expect(walker.locator(".helpdesk-live")).to_be_visible(timeout=STARTING)
    without = asked(walker.main_frame, shipped, [])

    walker.goto(sites.plain)
    frame = opened(walker, sends=3)
    handed = answered(frame)
    assert {"question": "q-attempts", "answer": "three-or-four"} in handed
    assert {"question": "q-channel", "answer": "sms"} in handed
    expect(frame.locator(".helpdesk-known dt")).to_have_count(len(handed))
    assert asked(frame, shipped, evidence := list(handed)) < without

    frame.locator("[data-action=person]").first.click()
    code = frame.locator(".helpdesk-code").inner_text()
    expect(walker.locator("output")).to_have_text(code)
    command = [sys.executable, "-m", "helpdesk", "open", code, "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(run.stdout)
    assert (said["evidence"], said["exact"]) == (evidence, True)
    assert said["turn"] == next_turn(shipped.problem, evidence)


def test_a_request_opens_beside_the_frame(walker: Page, sites: Sites) -> None:
    """Who asks for a person in the frame fills in a request in a tab; the walk stays."""
    walker.goto(NOWHERE)
    walker.goto(sites.plain)
    frame = opened(walker, sends=3)
    frame.locator("[data-action=person]").first.click()
    expect(frame.locator(".helpdesk-code")).to_be_visible()
    with walker.context.expect_page() as tab:
        frame.locator(".helpdesk-way").first.click()
    code = frame.locator(".helpdesk-code").inner_text()
    tab.value.wait_for_url(f"{sites.help.url}embed/?code={code}")
    tab.value.close()
    expect(frame.locator(".helpdesk-hand-over textarea")).to_be_visible()
    assert answered(frame)


def test_what_was_handed_in_can_be_corrected(walker: Page, sites: Sites) -> None:
    """Each fact has a button to change it, and the reader's answer counts."""
    walker.goto(NOWHERE)
    walker.goto(sites.plain)
    frame = opened(walker, sends=1)
    frame.locator(".helpdesk-known summary").click()
    frame.locator(".helpdesk-known [data-action=change]").first.click()
    frame.locator("button[name='q-attempts'][value='two']").click()
    expect(frame.locator(".helpdesk-known")).to_contain_text("Twice")
    assert {"question": "q-attempts", "answer": "two"} in answered(frame)


def test_facts_in_an_address(walker: Page, sites: Sites, shipped: Catalog) -> None:
    """A frame or a link alone hands in facts too; what is no fact is left out."""
    walker.goto(NOWHERE)
    walker.goto(
        f"{sites.help.url}embed/#attempts=7&channel=VOICE&country=sg&nonsense=1&number=12"
        "&resend-in=99e9&seconds-since-send=-5&page-says=%3Cimg%20src%3Dx%3E"
    )
    expect(walker.locator(".helpdesk-live")).to_be_visible(timeout=STARTING)
    assert answered(walker.main_frame) == [
        {"question": "q-attempts", "answer": "five-or-more"},
        {"question": "q-channel", "answer": "call"},
    ]
    assert walker.evaluate("sessionStorage.getItem('helpdesk-country')") == "^sg$"
    assert shipped.context["resend-in"].fixes


def test_waiting_has_a_clock(walker: Page, sites: Sites, shipped: Catalog) -> None:
    """Where waiting is the fix, the step says until when."""
    evidence: list[dict[str, str]] = [{"question": "q-page-says", "answer": "limit"}]
    while (step := next_turn(shipped.problem, evidence)["step"]).get("fix") not in {
        *shipped.context["resend-in"].fixes
    }:
        entry = {"question": step["question"], "answer": "not-sure"} if "question" in step else {}
        evidence.append(entry or {"fix": step["fix"], "outcome": "failed"})
    told = "&".join("=".join(entry.values()) for entry in evidence)
    walker.goto(NOWHERE)
    walker.goto(f"{sites.help.url}embed/#{told}&resend-in=600")
    expect(walker.get_by_role("timer")).to_contain_text("9:", timeout=STARTING)
    assert "resend-in" not in walker.url


def test_a_page_that_is_not_listed_hears_nothing(walker: Page, sites: Sites) -> None:
    """At another origin the wizard works, takes nothing in, and tells nothing."""
    walker.goto(sites.stranger)
    walker.evaluate(
        """() => {
          globalThis.heard = [];
          addEventListener("message", ({ data }) => heard.push(data));
        }"""
    )
    frame = opened(walker, sends=3)
    assert answered(frame) == []
    frame.locator(".helpdesk-live .helpdesk-answer").first.click()
    expect(frame.locator(".helpdesk-bar")).to_be_visible()
    assert walker.evaluate("heard") == []


def test_hostile_messages_change_nothing(walker: Page, sites: Sites) -> None:
    """Neither side takes what is not in the list of messages, or comes from elsewhere."""
    errors: list[str] = []
    walker.on("pageerror", lambda error: errors.append(str(error)))
    walker.goto(sites.plain)
    frame = opened(walker, sends=1)
    before = answered(frame)
    height = walker.locator("iframe").bounding_box()
    walker.evaluate(
        """(help) => {
          const {shadowRoot} = document.querySelector("helpdesk-wizard");
          const frame = shadowRoot.querySelector("iframe");
          const cyclic = {type: "helpdesk:start"}; cyclic.context = cyclic;
          const big = "x".repeat(1e6);
          for (const message of [null, 7, "helpdesk:start", [], cyclic,
              {type: "helpdesk:start", context: {attempts: 5}, theme: {}},
              {type: "helpdesk:start", context: JSON.parse('{"__proto__": {"attempts": 9}}')},
              {type: "helpdesk:start", context: {[big]: big}, theme: {"--helpdesk-text": big}},
              {type: "helpdesk:open", code: "<img src=x onerror=alert(1)>"}]) {
            frame.contentWindow.postMessage(message, help);
            window.postMessage(message, "*");
          }
          window.postMessage({type: "helpdesk:height", height: 5}, "*");
          window.postMessage({type: "helpdesk:hand-off", party: "x", code: "forged"}, "*");
        }""",
        sites.help.url,
    )
    walker.evaluate("new Promise((resolve) => setTimeout(resolve, 100))")
    assert answered(frame) == before
    assert walker.locator("iframe").bounding_box() == height
    expect(walker.locator("output")).to_have_text("")
    assert errors == []


def test_a_megabyte_in_the_address(walker: Page, sites: Sites) -> None:
    """A fragment of a million characters is cut, and the wizard starts."""
    walker.goto(NOWHERE)
    walker.goto(f"{sites.help.url}embed/#attempts=3&{'a=b&' * 250_000}")
    expect(walker.locator(".helpdesk-live")).to_be_visible(timeout=STARTING)
    assert answered(walker.main_frame) == [{"question": "q-attempts", "answer": "three-or-four"}]


@pytest.mark.parametrize("example", ["react", "django"])
def test_other_frameworks(walker: Page, sites: Sites, example: str) -> None:
    """The example opens the wizard, hands in what it knows, and hears of the hand-off."""
    walker.goto(getattr(sites, example))
    frame = opened(walker, sends=1)
    assert {"question": "q-attempts", "answer": "one"} in answered(frame)
    walker.get_by_role("button", name="Close").click()
    expect(walker.locator("iframe")).to_be_hidden()
    expect(walker.get_by_role("link", name="Didn't get your code?")).to_be_focused()


def test_it_stands_in_the_page_too(
    new_context: Callable[..., BrowserContext], sites: Sites
) -> None:
    """Without `dialog` it stands in the page, as tall as it is; its colors are the page's."""
    page = new_context().new_page()
    page.goto(sites.plain)
    page.evaluate(
        """() => {
          const wizard = document.createElement("helpdesk-wizard");
          wizard.style.setProperty("--helpdesk-accent", "rgb(1, 2, 3)");
          document.querySelector("main").replaceChildren(wizard);
        }"""
    )
    heading = page.frame_locator("iframe").locator("h2:visible").first
    expect(heading).to_be_visible()
    root = page.frame_locator("iframe").locator("helpdesk-wizard")
    expect(root).to_have_css("--helpdesk-accent", "rgb(1, 2, 3)")
    tall = page.frame_locator("iframe").locator("html").bounding_box()
    assert tall
    expect(page.locator("iframe")).to_have_css("height", f"{tall['height']:.0f}px")


def test_it_is_small_before_it_is_opened(sites: Sites) -> None:
    """What a sign-in page loads at once is one small script."""
    script = sites.help.files["embed.mjs"]
    assert isinstance(script, bytes)
    assert len(compress(script, 9)) <= MOST_BYTES
    assert b"import " not in script
