"""More exact words for some readers: what fits is shown, and nobody hears of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from helpdesk.articles import pages
from helpdesk.browser import bundle_catalog, plain_html
from helpdesk.browser.texts import texts
from helpdesk.catalog import Catalog

from .hands import Entry, Hands, fragment
from .site import Server, served
from .test_accessibility import violations

PLUG: list[Entry] = [
    {"question": "q-lamp", "answer": "no"},
    {"question": "q-tries", "answer": "never"},
    {"question": "q-smell", "answer": "no"},
]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
KETTLE = (
    "Mozilla/5.0 (Linux; Android 16; KC-7) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"
)
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"
NO_STORAGE = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("off", "SecurityError"); },
});"""
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Kettle help</title>'
ARTICLE = "causes/loose-plug/"
OTHER_ARTICLE = "causes/blown-fuse/"

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def articles(kettle: Catalog) -> Iterator[Server]:
    """A wizard, and an article whose fix has instructions."""
    made = bundle_catalog(kettle)
    sources = {page.uri: page.markdown.partition("---\n\n")[2] for page in pages(kettle)}

    def page(content: str, base: str = "") -> bytes:
        script = f'<script type="module" src="{base}{made.module}"></script>'
        return f"{HEAD}{script}<main>{content}</main>".encode()

    files: dict[str, bytes | Path] = {f.uri: f.path or f.content or b"" for f in made.files}
    files["index.html"] = page(plain_html(kettle, ""))
    for address in (ARTICLE, OTHER_ARTICLE):
        source = sources[f"{address.rstrip('/')}.md"]
        html = markdown.markdown(source, extensions=["md_in_html"])
        files[f"{address}index.html"] = page(html, "../../")
    with served(files) as server:
        yield server


def of_reader(page: Page, reader: str) -> Locator:
    """Return the instructions that differ by a kind of reader."""
    return page.locator(".helpdesk-instructions", has=page.locator(f"option[value='{reader}']"))


def shown(box: Locator) -> list[str]:
    """Return the labels of what can be seen, each with whether it is open."""
    found = box.locator("details:visible").all()
    opened = ["" if each.get_attribute("open") is None else " (open)" for each in found]
    labels = [each.locator("summary").inner_text() for each in found]
    return [label + state for label, state in zip(labels, opened, strict=True)]


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (IPHONE, ["iPhone (open)"]),
        (KETTLE, ["Kettle & Co. (open)"]),
        (ANDROID, ["Another Android phone (open)"]),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0", []),
    ],
    ids=["iPhone", "maker", "Android", "none"],
)
def test_what_fits_the_phone_is_open_at_once(
    articles: Server, new_context: NewContext, agent: str, expected: list[str]
) -> None:
    """The first choice that the browser's name holds is shown, and one can choose another."""
    page = new_context(user_agent=agent).new_page()
    page.goto(articles.url + ARTICLE)
    box = of_reader(page, "phone")
    expect(box.get_by_label("Your phone")).to_be_visible()
    assert shown(box) == expected
    box.get_by_label("Your phone").select_option("iPhone")
    assert shown(box) == ["iPhone (open)"]
    box.get_by_label("Your phone").select_option("phone")
    assert shown(box) == []


def test_few_stay_in_sight_until_one_is_chosen(articles: Server, page: Page) -> None:
    """A short list is not hidden, and where there is one thing there is nothing to choose."""
    page.goto(articles.url + ARTICLE)
    assert shown(of_reader(page, "country")) == ["India", "United States"]
    page.goto(articles.url + OTHER_ARTICLE)
    box = of_reader(page, "country")
    expect(box.locator("select")).to_be_hidden()
    assert shown(box) == ["United States"]


def test_without_scripts_all_are_there(
    articles: Server, new_context: NewContext, kettle: Catalog
) -> None:
    """Each choice is folded under its label; there is nothing to choose with."""
    page = new_context(java_script_enabled=False, user_agent=IPHONE).new_page()
    page.goto(articles.url + ARTICLE)
    for reader in kettle.readers.values():
        labels = [choice.label for choice in reader.choices.values()]
        assert shown(of_reader(page, reader.id)) == labels
    expect(page.locator("select:visible")).to_have_count(0)


def test_a_country_is_kept_in_the_tab_and_told_to_nobody(
    articles: Server, new_context: NewContext, kettle: Catalog
) -> None:
    """What was chosen in an article is chosen in the wizard, and in no request."""
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    page.goto(articles.url + ARTICLE)
    of_reader(page, "country").get_by_label("Your country").select_option("India")
    page.goto(articles.url + fragment(PLUG))
    Hands(page, kettle).shows(PLUG)
    assert shown(of_reader(page, "country")) == ["India (open)"]
    assert shown(of_reader(page, "phone")) == []
    assert not [each for each in asked if "India" in each or "country" in each or "^in" in each]
    assert page.context.cookies() == []


def test_a_choice_works_where_storage_is_off(articles: Server, new_context: NewContext) -> None:
    """Then it is not kept, and everything else is the same."""
    page = new_context(user_agent=IPHONE).new_page()
    page.add_init_script(NO_STORAGE)
    page.goto(articles.url + ARTICLE)
    box = of_reader(page, "phone")
    assert shown(box) == ["iPhone (open)"]
    box.get_by_label("Your phone").select_option("Another Android phone")
    assert shown(box) == ["Another Android phone (open)"]


def test_the_wizard_shows_them_inside_the_fix(hands: Hands, server: Server, root: Path) -> None:
    """Below the steps, with their links and the day they were checked; axe finds nothing."""
    hands.open(PLUG)
    hands.shows(PLUG)
    box = of_reader(hands.page, "phone")
    box.get_by_label("Your phone").select_option("iPhone")
    expect(box).to_contain_text("2026-11-20")
    link = box.get_by_role("link", name="crust page")
    assert link.evaluate("a => a.href") == f"{server.url}causes/crust/"
    axe = (root / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    for scheme in ("light", "dark"):
        hands.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(hands.page, axe) == []
    box.get_by_label("Your phone").select_option("phone")


def test_choosing_is_no_answer(hands: Hands) -> None:
    """A choice changes neither the address nor the step."""
    hands.open(PLUG)
    hands.shows(PLUG)
    of_reader(hands.page, "country").get_by_label("Your country").select_option("United States")
    hands.shows(PLUG)
    hands.page.evaluate("sessionStorage.clear()")


def test_choices_and_texts_are_in_the_same_order(kettle: Catalog, shipped: Catalog) -> None:
    """What a script shows for the n-th choice is the n-th text, in every language."""
    for catalog in (kettle, shipped):
        for language in texts(catalog).values():
            groups = [group for fix in language["fixes"].values() for group in fix["instructions"]]
            assert groups
            for (_, _, (_, _, *options)), *folded in groups:
                assert [option[2] for option in options] == [each[1][1] for each in folded]
