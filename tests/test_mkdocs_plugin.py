"""The site as MkDocs builds and serves it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from helpdesk.catalog import Catalog
from helpdesk.starter import write
from tests.site_tools import arabic_site, copy_site, fingerprint, mkdocs

REFUSED = Path(__file__).parent / "refused"


def test_the_paths_of_the_contract(site: Path, shipped: Catalog) -> None:
    """Home, an article for each cause, the wizard and the compiled catalog are there."""
    made = site / "site"
    assert (made / "index.html").is_file()
    assert (made / "wizard" / "index.html").is_file()
    assert {path.name for path in (made / "causes").iterdir() if path.is_dir()} == set(
        shipped.causes
    )
    compiled = json.loads((made / "catalog.json").read_text(encoding="utf-8"))
    assert compiled["catalog"] == shipped.problem.catalog


def test_the_catalogs_sources_are_not_published(site: Path) -> None:
    """The authored files are no pages."""
    assert not list((site / "site").rglob("*.yml"))
    assert not list((site / "site").rglob("*.csv"))


def test_every_code_is_linked_from_the_list(site: Path, shipped: Catalog) -> None:
    """The list of codes links to each code's heading, and the pencil leads to the file's line."""
    made = site / "site/codes"
    listed = (made / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<li><a href="([a-z0-9-]+)/#([a-z0-9-]+)"><code>', listed)
    assert len(links) == len(shipped.codes)
    for provider in {provider for provider, _ in links}:
        page = (made / provider / "index.html").read_text(encoding="utf-8")
        anchors = [anchor for other, anchor in links if other == provider]
        assert re.findall(r'<h2 id="([^"]+)"><code>', page) == anchors
        assert re.search(r'href="[^"]*/docs/catalog/codes\.csv#L\d+"', page)


def test_the_page_for_staff_is_not_listed(site: Path) -> None:
    """Search engines and the site's own search leave the page for support staff out."""
    made = site / "site"
    page = (made / "wizard/agent/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert 'audience="agent"' in page
    sitemap = (made / "sitemap.xml").read_text(encoding="utf-8")
    assert "/wizard/</loc>" in sitemap
    assert "/wizard/agent/" not in sitemap
    assert "wizard/agent/" not in (made / "search/full_index.json").read_text(encoding="utf-8")


def test_an_edit_link_leads_to_the_line(site: Path, shipped: Catalog) -> None:
    """The pencil on an article points to the catalog's file and line."""
    html = (site / "site/causes/u-weak-signal/index.html").read_text(encoding="utf-8")
    position = shipped.causes["u-weak-signal"].position
    expected = f"docs/catalog/{Path(position.path).name}#L{position.line}"
    assert re.search(rf'href="[^"]*/{re.escape(expected)}"', html)


def test_an_editors_prose_is_merged_in(site: Path) -> None:
    """docs/causes/u-weak-signal.md is part of the article, between its generated parts."""
    html = (site / "site/causes/u-weak-signal/index.html").read_text(encoding="utf-8")
    prose = (site / "docs/causes/u-weak-signal.md").read_text(encoding="utf-8")
    heading = re.search(r"^## (.+)$", prose, re.MULTILINE)
    assert heading
    assert f">{heading[1]}</h2>" in html
    assert ">What to do</h2>" in html


def test_the_page_for_what_is_not_there_leads_on(site: Path, shipped: Catalog) -> None:
    """In every language it leads to the wizard, the causes, the search and the start page."""
    html = (site / "site/404.html").read_text(encoding="utf-8")
    for catalog in (shipped, *shipped.translations.values()):
        section = html.partition(f'<section lang="{catalog.language}"')[2].partition("</section>")[
            0
        ]
        links = re.findall(r'href="/([^"?]*)', section)
        assert len(links) == len(re.findall("<li>", section)) > 3
        assert all((site / "site" / link / "index.html").is_file() for link in links)


def test_references_of_pages_are_links(site: Path) -> None:
    """What a page names between brackets is a link to the article in the page's language."""
    for language in ("", "zh/"):
        html = (site / f"site/{language}contact/index.html").read_text(encoding="utf-8")
        assert '<a href="../causes/u-sim-hijack/">' in html
        assert "[[" not in html


def test_no_page_names_another_host_for_what_it_loads(site: Path) -> None:
    """Scripts, styles, images and fonts come from the site itself."""
    loads = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"?(https?:)?//([^/\"> ]+)")
    for page in (site / "site").rglob("*.html"):
        hosts = {match[2] for match in loads.finditer(page.read_text(encoding="utf-8"))}
        assert hosts <= {"help.example.com"}, page


def test_two_builds_are_the_same_bytes(site: Path, root: Path, tmp_path: Path) -> None:
    """Another folder and another time give the same site."""
    other = copy_site(root, tmp_path / "elsewhere")
    assert mkdocs("build", "--strict", cwd=other).returncode == 0
    ours, theirs = fingerprint(site / "site"), fingerprint(other / "site")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_a_language_written_from_right_to_left(root: Path, tmp_path: Path) -> None:
    """An Arabic page says so, the wizard in it too; what is not translated is marked."""
    made = arabic_site(root, tmp_path)
    home = (made / "ar/index.html").read_text(encoding="utf-8")
    assert re.search(r"<html[^>]* lang=\"?ar", home)
    assert re.search(r"<body[^>]* dir=\"?rtl", home)
    assert re.search(r"<helpdesk-wizard[^>]* dir=\"rtl\"", home)
    assert "لماذا لم يصلني رمز التحقق؟" in home
    assert (made / "ar/contact/index.html").is_file()


def test_every_language_has_its_own_navigation_and_search(site: Path) -> None:
    """Links of the navigation stay in the language; each language searches its own pages."""
    made = site / "site"
    page = (made / "zh/causes/u-weak-signal/index.html").read_text(encoding="utf-8")
    tabs = re.findall(r'href="([^"]*)" class="md-tabs__link"', page)
    assert tabs
    assert all(
        (made / "zh/causes/u-weak-signal" / tab).resolve().is_relative_to(made / "zh")
        for tab in tabs
    )
    english = json.loads((made / "search/full_index.json").read_text(encoding="utf-8"))
    chinese = json.loads((made / "zh/search/full_index.json").read_text(encoding="utf-8"))
    assert not [doc for doc in english["docs"] if doc["location"].startswith("zh/")]
    assert any(doc["location"] == "causes/u-weak-signal/" for doc in chinese["docs"])


MISTAKES = {
    "catalog": ("docs/catalog/fixes.yml", "fixes:", "fixes: 1\nfixess:"),
    "page": ("docs/contact.md", "# ", "[gone](gone.md)\n\n# "),
    "template": ("overrides/articles/cause.md.jinja", "", "{{ nothing }}"),
    "theme": ("overrides/main.html", "{%", "{% nothing %}{%"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_failed_build_leaves_the_published_site(root: Path, tmp_path: Path, mistake: str) -> None:
    """Whatever fails, the site built before is untouched, and nothing else stays behind."""
    folder = copy_site(root, tmp_path)
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    before = fingerprint(folder / "site")
    name, found, replacement = MISTAKES[mistake]
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(old.replace(found, replacement, 1) or replacement, encoding="utf-8")

    result = mkdocs("build", "--strict", cwd=folder)

    assert result.returncode == 1
    assert fingerprint(folder / "site") == before
    assert sorted(p.name for p in folder.iterdir()) == [
        *(".cache", "docs", "mkdocs.yml", "overrides", "site")
    ]
    if mistake in {"catalog", "template"}:
        assert "Traceback" not in result.stderr
        assert re.search(rf"{re.escape(Path(name).name)}:\d+:\d+: ", result.stderr)


def test_pages_that_act_are_refused(tmp_path: Path) -> None:
    """Each file in `refused/` is an error with its place, as the file beside it says."""
    folder = tmp_path / "site"
    write(folder)
    cases = sorted(REFUSED.glob("*.md"))
    for case in cases:
        shutil.copy(case, folder / "docs")
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    said = [line.strip() for line in result.stderr.splitlines() if line.startswith("  docs/")]
    expected = [case.with_suffix(".expected").read_text(encoding="utf-8") for case in cases]
    assert sorted(said) == sorted("".join(expected).splitlines())


def test_a_template_of_the_sites_own_may_be_used(tmp_path: Path) -> None:
    """Whoever can put a template beside the pages means it."""
    folder = tmp_path / "site"
    write(folder)
    (folder / "overrides").mkdir(exist_ok=True)
    (folder / "overrides/redirect.html").write_text('{% extends "main.html" %}', encoding="utf-8")
    shutil.copy(REFUSED / "template-that-leads-elsewhere.md", folder / "docs" / "news.md")
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("name: material", "name: material\n  custom_dir: overrides"), encoding="utf-8"
    )
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 0, result.stderr


def test_a_page_that_is_no_text_is_named(root: Path, tmp_path: Path) -> None:
    """Bytes that are no text stop a build with the place."""
    folder = copy_site(root, tmp_path)
    (folder / "docs/contact.md").write_bytes(b"# Contact\n\xff\xfe\x00\x81")
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "docs/contact.md:2:1: " in result.stderr


def test_a_language_the_theme_does_not_know(root: Path, tmp_path: Path) -> None:
    """Its pages are built, with the theme's own words in English."""
    folder = copy_site(root, tmp_path)
    (folder / "docs/catalog/xx").mkdir()
    (folder / "docs/catalog/xx/texts.yml").write_text(
        "causes: {u-weak-signal: {title: Xx}}", encoding="utf-8"
    )
    assert mkdocs("build", cwd=folder).returncode == 0
    assert (folder / "site/xx/causes/u-weak-signal/index.html").is_file()


def test_a_language_without_texts_is_named(root: Path, tmp_path: Path) -> None:
    """A language that the settings name and the catalog lacks stops the build."""
    folder = copy_site(root, tmp_path)
    for path in (folder / "docs/catalog/zh").glob("*.yml"):
        path.unlink()
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 1
    assert "mkdocs.yml:1:1: " in result.stderr
