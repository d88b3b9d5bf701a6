"""The list of providers' codes in a real browser: complete without a script, quick with one."""

import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from helpdesk.articles import CODES, pages
from helpdesk.browser import plain_html
from helpdesk.catalog import Catalog, load
from helpdesk.diagnosis import next_turn

from .hands import Hands, fragment
from .site import Server, served

FRAME = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Codes</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="pages.css">
<script type="module" src="codes-lookup.mjs"></script>
<main>{}</main>
"""


@pytest.fixture(scope="module")
def codes(shipped: Catalog) -> Iterator[Server]:
    """The shipped list of codes, served."""
    page = next(page for page in pages(shipped) if page.uri == CODES)
    body = page.markdown.split("---\n", 2)[2]
    html = markdown.markdown(body, extensions=["md_in_html", "sane_lists"])
    web = resources.files("helpdesk.browser") / "web"
    files = {name: (web / name).read_bytes() for name in ("pages.css", "codes-lookup.mjs")}
    with served({**files, "index.html": FRAME.format(html).encode()}) as server:
        yield server


@pytest.fixture
def field(page: Page, codes: Server) -> Locator:
    """The field to type in."""
    page.goto(codes.url)
    found = page.get_by_role("searchbox")
    expect(found).to_be_visible()
    return found


def shown(page: Page) -> list[str]:
    """The codes that can be seen, each after its provider."""
    return [
        f"{group.locator('summary').evaluate('it => it.firstChild.data').strip()}/{code}"
        for group in page.locator("details:visible").all()
        for code in group.locator("li:visible code").all_inner_texts()
    ]


def test_without_a_script_it_is_a_list(
    new_context: Callable[..., BrowserContext], codes: Server, shipped: Catalog
) -> None:
    """Every code is in the page below its provider; a field that could do nothing is not shown."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(codes.url)
    expect(page.locator("input")).to_be_hidden()
    assert page.locator("details li a").count() == len(shipped.codes)
    group = page.locator("details", has=page.get_by_text("KPN SMS", exact=False)).first
    expect(group.locator("li").first).to_be_hidden()
    group.locator("summary").click()
    expect(group.locator("li").first).to_be_visible()


@pytest.mark.parametrize(
    "typed", ["twilio 30003", "30003", "Twilio Messaging/30003", "  roaming off-network TWIL "]
)
def test_a_code_is_found_while_typing(page: Page, field: Locator, typed: str) -> None:
    """Provider, code and words of the meaning lead to it, in any order and spelling."""
    field.press_sequentially(typed)
    assert shown(page) == ["Twilio Messaging/30003"]
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\b1\b"))


def test_a_whole_code_wins_over_longer_ones(page: Page, field: Locator, shipped: Catalog) -> None:
    """Who types 1 sees every provider's 1, and none of the many that start with it."""
    field.fill("1")
    assert shown(page) == [code.answer for code in shipped.codes if code.code == "1"]
    field.fill("vonage 1")
    assert shown(page) == ["Vonage SMS API/1", "Vonage delivery receipt err-code/1"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mi:0208", "China Mobile receipt (as listed by Huawei Cloud)/MI:0208"),
        ("-106", "Tencent Cloud SMS legacy/-106"),
        ("auth/quota-exceeded", "Firebase Auth/auth/quota-exceeded"),
        ("phone has blocked sms", "AWS SNS failure reason/Phone has blocked SMS"),
        ("out_of_service mainland", "Alibaba Cloud SMS (mainland) API/isv.OUT_OF_SERVICE"),
    ],
)
def test_codes_of_every_shape_are_found(page: Page, field: Locator, typed: str, found: str) -> None:
    """Colons, signs, slashes, dots and whole sentences are no hindrance."""
    field.fill(typed)
    assert shown(page) == [found]


def test_nothing_found_is_said(page: Page, field: Locator) -> None:
    """Where nothing fits, the list is empty and the reader is told."""
    field.fill("nothing of that kind")
    assert shown(page) == []
    expect(page.get_by_role("status")).not_to_be_empty()


def test_an_empty_field_shows_all_again(page: Page, field: Locator) -> None:
    """After clearing, every provider is there, folded."""
    groups = page.locator("details:visible")
    everything = groups.count()
    field.fill("spam")
    assert 0 < groups.count() < everything
    field.fill("")
    assert groups.count() == everything
    assert shown(page) == []
    expect(page.get_by_role("status")).to_be_empty()


def test_where_a_code_is_asked_first_the_page_does_not_list_them(
    root: Path, tmp_path: Path
) -> None:
    """Codes are typed: without a script only "not sure" leads on, and the causes are there."""
    lamp = (root / "tests/catalog/valid/lamp.yml").read_text(encoding="utf-8")
    question = "q-code: {ask: Which code?, audience: agent, minutes: 0, answers: {codes: likely}}"
    dear = lamp.replace("minutes: 1\n", "minutes: 20\n").replace("minutes: 5\n", "minutes: 30\n")
    (tmp_path / "lamp.yml").write_text(
        dear.replace("fixes:\n  plug-in", f"  {question}\nfixes:\n  plug-in"), encoding="utf-8"
    )
    (tmp_path / "codes.csv").write_text(
        "provider,code,meaning,suggested_cause,source\n"
        "Grid,1,No current,unplugged,A book\nGrid,2,Burnt,dead-bulb,A book\n",
        encoding="utf-8",
    )
    catalog = load(tmp_path)
    assert next_turn(catalog.problem, [], "agent")["step"]["question"] == "q-code"
    html = plain_html(catalog, "", "agent")
    assert re.findall(r'data-answer="([^"]+)"', html) == ["not-sure"]
    assert all(f"causes/{cause}/" in html for cause in catalog.causes)


def test_a_code_without_its_provider_is_not_taken(
    page: Page, server: Server, kettle: Catalog
) -> None:
    """The step stays and says what to do; "not sure" still goes on."""
    hands = Hands(page, kettle, "agent")
    evidence = hands.lead({}, ends=["hand-off"])
    before = evidence[: [entry.get("question") for entry in evidence].index("qa-display")]
    page.goto(f"{server.url}staff/{fragment(before)}")
    hands.shows(before)
    field = hands.live.locator("input")
    expect(hands.live.locator("option")).to_have_count(len(kettle.codes))
    field.fill(kettle.codes[0].code)
    field.press("Enter")
    assert field.evaluate("it => it.validationMessage")
    hands.shows(before)
    field.press_sequentially("0")
    assert not field.evaluate("it => it.validationMessage")
    field.press("Enter")
    hands.live.get_by_role("button").last.click()
    hands.shows([*before, {"question": "qa-display", "answer": "not-sure"}])
