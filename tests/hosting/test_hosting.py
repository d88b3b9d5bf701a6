"""What stands around the pages: redirects, sitemap, feeds, robots.txt, headers, pictures."""

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import brotli
import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from helpdesk.browser import catalog_json
from helpdesk.catalog import Catalog
from helpdesk.diagnosis.model import SOMETHING_ELSE
from helpdesk.hosting.headers import rules
from helpdesk.hosting.packing import pack
from helpdesk.inspecting import inspect

from .conftest import ADDRESS, TITLE

ROOT = "/below/this/"
CAUSE = "with-a-neighbor"
FORMER = ("next-door", "by-the-fence")
SPACES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "atom": "http://www.w3.org/2005/Atom",
}


def read(path: Path) -> LexborHTMLParser:
    """Parse a page."""
    return LexborHTMLParser(path.read_bytes())


def attribute(page: LexborHTMLParser, selector: str, name: str) -> str | None:
    """Return an attribute of an element that is there."""
    element = page.css_first(selector)
    assert element
    return element.attributes[name]


def test_a_site_below_a_path_has_no_fault(below: Path) -> None:
    """Every link of a site that is not at the root of its host leads somewhere."""
    faults, _ = inspect(below)
    assert faults == []


@pytest.mark.parametrize("prefix", ["", "de/"])
@pytest.mark.parametrize("former", FORMER)
def test_a_former_address_leads_on(below: Path, prefix: str, former: str) -> None:
    """A page without a script leads on, and so do the files for hosts, in each language."""
    page = read(below / prefix / "causes" / former / "index.html")
    assert not page.css("script")
    refresh = attribute(page, 'meta[http-equiv="refresh"]', "content")
    assert refresh == f"0; url=../{CAUSE}/"
    assert attribute(page, "a", "href") == f"../{CAUSE}/"
    canonical = attribute(page, 'link[rel="canonical"]', "href")
    assert canonical == f"{ADDRESS}{prefix}causes/{CAUSE}/"
    old, new = f"{ROOT}{prefix}causes/{former}/", f"{ROOT}{prefix}causes/{CAUSE}/"
    assert f"{old} {new} 301\n" in (below / "_redirects").read_text(encoding="utf-8")
    nginx = (below / "nginx.conf").read_text(encoding="utf-8")
    assert f"location = {old} {{ return 301 {new}; }}\n" in nginx


def test_the_sitemap_is_dated_by_reviews(below: Path) -> None:
    """A page has the day of its last review or none, and says where its translations are."""
    tree = ET.fromstring((below / "sitemap.xml").read_text(encoding="utf-8"))  # noqa: S314
    entries = {entry.findtext("map:loc", "", SPACES): entry for entry in tree}
    article = entries[f"{ADDRESS}causes/{CAUSE}/"]
    others = {
        link.get("hreflang"): link.get("href") for link in article.findall("xhtml:link", SPACES)
    }
    assert others == {
        "x-default": f"{ADDRESS}causes/{CAUSE}/",
        "en": f"{ADDRESS}causes/{CAUSE}/",
        "de": f"{ADDRESS}de/causes/{CAUSE}/",
    }
    assert entries[f"{ADDRESS}contact/"].findtext("map:lastmod", None, SPACES) is None
    assert not [address for address in entries if any(former in address for former in FORMER)]


def test_the_shipped_articles_are_dated(shipped: Catalog) -> None:
    """Each article of the shipped catalog says when it was last reviewed."""
    undated = [cause.id for cause in shipped.causes.values() if not cause.reviewed]
    assert undated == [SOMETHING_ELSE]


def test_robots_find_the_sitemap(below: Path) -> None:
    """robots.txt names the sitemap by its whole address."""
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (below / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("prefix", ["", "de/"])
def test_the_feed_is_named_by_the_pages(below: Path, prefix: str) -> None:
    """Every page names the feed of its language, which says of itself where it is."""
    page = read(below / prefix / "causes" / CAUSE / "index.html")
    link = attribute(page, 'link[type="application/atom+xml"]', "href")
    assert link == f"{ADDRESS}{prefix}changes.xml"
    feed = ET.fromstring((below / prefix / "changes.xml").read_text(encoding="utf-8"))  # noqa: S314
    assert feed.findtext("atom:id", "", SPACES) == link
    for needed in ("title", "updated", "author/atom:name"):
        assert feed.findtext(f"atom:{needed}", "", SPACES)


@pytest.mark.parametrize("prefix", ["", "de/"])
def test_outages_have_a_page_a_feed_and_a_file(below: Path, prefix: str) -> None:
    """What is out of order is told on a page, in a feed, the newest first, and to the wizard."""
    page = read(below / prefix / "status/index.html")
    assert [span.attributes["id"] for span in page.css("article span[id]")] == [
        "outage-snow",
        "outage-strike",
    ]
    assert page.css_first(f'article a[href$="causes/{CAUSE}/"]')
    feed = ET.fromstring((below / prefix / "status.xml").read_text(encoding="utf-8"))  # noqa: S314
    entries = feed.findall("atom:entry", SPACES)
    told = [entry.findtext("atom:updated", "", SPACES) for entry in entries]
    assert told == ["2026-02-01T06:00:00Z", "2026-01-31T17:00:00Z"]
    status = json.loads((below / "status.json").read_text(encoding="utf-8"))
    assert [outage["id"] for outage in status["outages"]] == ["strike", "snow"]
    assert status["outages"][0]["causes"] == {CAUSE: 5}
    assert set(status["outages"][0]["title"]) == {"en", "de"}


def test_a_link_is_shown_with_a_picture(below: Path) -> None:
    """Where a language has a picture, its pages name it by its whole address."""
    english = attribute(read(below / "index.html"), 'meta[property="og:image"]', "content")
    assert english == f"{ADDRESS}assets/social/en.png"
    german = read(below / "de/index.html")
    assert german.css('meta[property="og:title"]')
    assert not german.css('meta[property="og:image"]')


def test_quotes_do_not_end_what_is_told(below: Path) -> None:
    """A title with quotes and tags stays one, wherever it stands."""
    page = read(below / "de/causes" / CAUSE / "index.html")
    title = attribute(page, 'meta[property="og:title"]', "content")
    assert title == TITLE


def test_headers_keep_what_never_changes(below: Path) -> None:
    """Files named after their content are kept for good, pages are not, workers never."""
    files = sorted(p.relative_to(below).as_posix() for p in below.rglob("*") if p.is_file())
    worker = "helpdesk-worker.js"
    wasm = "assets/helpdesk/0123456789abcdef/x.wasm"
    found = rules(sorted({*files, worker, wasm}), "default-src 'none'")
    kept = {rule.path: rule.headers.get("Cache-Control", "") for rule in found}
    assert "immutable" in kept["assets/helpdesk/"]
    assert kept[worker] == "no-cache"
    assert "index.html" not in kept
    names = [(rule.path, name) for rule in found for name in rule.headers]
    assert len(names) == len(set(names))
    types = {rule.path: rule.headers.get("Content-Type") for rule in found}
    assert types["assets/helpdesk/0123456789abcdef/x.wasm"] == "application/wasm"
    lines = (below / "_headers").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith((ROOT, "  ")) for line in lines)


def test_locations_of_nginx_state_all_their_headers(below: Path) -> None:
    """Where nginx has a location of its own, the headers of every answer are stated again."""
    text = (below / "nginx.conf").read_text(encoding="utf-8")
    blocks = re.findall(r"^location [^{]*\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 2
    assert all("nosniff" in block and "Cache-Control" in block for block in blocks)


def test_the_compiled_catalog_fits_its_schema(below: Path, shipped: Catalog) -> None:
    """catalog.json is what the schema beside it says, and says all it has to."""
    schema = json.loads((below / "catalog.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    catalog = json.loads((below / "catalog.json").read_text(encoding="utf-8"))
    jsonschema.validate(catalog, schema)
    jsonschema.validate(json.loads(catalog_json(shipped)), schema)
    broken = catalog | {"causes": [catalog["causes"][0] | {"weight": "much"}]}
    assert not jsonschema.Draft7Validator(schema).is_valid(broken)
    assert set(catalog) <= set(schema["properties"])


def test_packed_files_are_the_same_inside(tmp_path: Path) -> None:
    """What is packed has the same content, twice the same bytes; small files are left alone."""
    page = tmp_path / "index.html"
    page.write_text("<p>Hello</p>" * 1000, encoding="utf-8")
    (tmp_path / "small.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(bytes(5000))
    assert [path.name for path, _, _ in pack(tmp_path)] == ["index.html"]
    small, packed = tmp_path / "index.html.br", tmp_path / "index.html.gz"
    assert brotli.decompress(small.read_bytes()) == page.read_bytes()
    assert gzip.decompress(packed.read_bytes()) == page.read_bytes()
    before = packed.read_bytes()
    list(pack(tmp_path))
    assert packed.read_bytes() == before


@pytest.mark.parametrize("page", [f"causes/{CAUSE}/", f"de/causes/{CAUSE}/"])
def test_a_page_names_its_languages(below: Path, page: str) -> None:
    """Each with its whole address; the original is for all other languages too."""
    tree = LexborHTMLParser((below / page / "index.html").read_text(encoding="utf-8"))
    found = {
        link.attributes["hreflang"]: link.attributes["href"] for link in tree.css("head [hreflang]")
    }
    original = f"{ADDRESS}causes/{CAUSE}/"
    assert found == {"en": original, "de": f"{ADDRESS}de/causes/{CAUSE}/", "x-default": original}
