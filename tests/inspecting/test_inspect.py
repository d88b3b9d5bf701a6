"""A built site is looked at: what is planted is found, and nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from helpdesk.cli import main
from helpdesk.inspecting import inspect

HOME = """\
<!doctype html><html><head><title>Home</title>
<link rel="canonical" href="https://help.example.com/below/">
<link rel="stylesheet" href="style.css">
</head><body><h1 id="top-of-all">Home</h1>
<a href="other/">Other</a> <a href="other/#part">Part</a> <a href="#top-of-all">Up</a>
<a href="https://help.example.com/below/other/">The same</a>
<a href="https://elsewhere.example.org/">Elsewhere</a> <a href="mailto:a@example.org">Mail</a>
<a href="#q-signal=weak">An answer</a> <helpdesk-wizard></helpdesk-wizard>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""> {}
</body></html>"""
OTHER = """\
<!doctype html><title>Other</title><h1>Other</h1><p id="part"><a name="old"></a>
<a href="..">Home</a> <a href="../#top-of-all">Top</a>
<script type="module" src="../a.mjs"></script>"""

GOOD = {
    "index.html": HOME.format(""),
    "other/index.html": OTHER,
    "style.css": "body { background: url(dot.svg) } @font-face { src: url('data:font/woff2,x') }",
    "dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "a.mjs": 'import { b } from "./b.mjs"; new Worker(new URL("./b.mjs", import.meta.url));',
    "b.mjs": "export const b = 1;",
    "_redirects": "# old addresses\n/below/old/ /below/other/ 301\n",
    "search/search_index.json": '{"docs": [{"location": "other/#part"}]}',
    "sitemap.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://help.example.com/below/other/</loc></url></urlset>",
}

ON_HOME = {
    "page": '<a href="gone/">x</a>',
    "page without slash": '<a href="other">x</a>',
    "above the root": '<a href="../../gone/">x</a>',
    "anchor": '<a href="other/#gone">x</a>',
    "own anchor": '<a href="#gone">x</a>',
    "answers where no wizard is": '<a href="other/#q-signal=weak">x</a>',
    "absolute address of its own": '<a href="https://help.example.com/below/gone/">x</a>',
    "picture": '<img src="gone.png" alt="">',
    "one of several pictures": '<img srcset="dot.svg 1x, gone.svg 2x" alt="">',
    "foreign script": '<script src="https://cdn.example.org/a.js"></script>',
    "foreign picture": '<img src="//cdn.example.org/a.png" alt="">',
    "foreign form": '<form action="https://elsewhere.example.org/"></form>',
    "foreign frame": '<iframe src="https://elsewhere.example.org/"></iframe>',
    "foreign connection": '<link rel="preconnect" href="https://cdn.example.org">',
    "foreign style in an attribute": '<p style="background: url(https://cdn.example.org/a.png)">',
    "a style that the policy forbids": "<meta http-equiv='Content-Security-Policy' "
    """content="default-src 'none'; style-src 'self'; x"><p style="color: red">x</p>""",
    "script as an address": '<a href="javascript:alert(1)">x</a>',
    "no address": '<a href="https://[/">x</a>',
    "the same id twice": '<p id="same"><p id="same">',
    "too large": "<p>" + "x" * 100_000,
}
IN_FILES = {
    "style.css": "body { background: url(gone.png) }",
    "a.mjs": 'import { b } from "./gone.mjs";',
    "b.mjs": 'new Worker(new URL("./gone.mjs", import.meta.url));',
    "_redirects": "/below/old/ /below/gone/ 301\n",
    "search/search_index.json": '{"docs": [{"location": "gone/"}]}',
    "sitemap.xml": "<urlset><url><loc>https://help.example.com/below/gone/</loc></url></urlset>",
    "other/index.html": OTHER.replace("<title>Other</title>", ""),
    "lonely/index.html": "<!doctype html><title>Nobody links to this</title>",
}


def site(folder: Path, **changed: str) -> Path:
    """Write a good site with some files changed."""
    for name, content in (GOOD | changed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_nothing_is_wrong_with_a_good_site(tmp_path: Path) -> None:
    """Every kind of address that leads somewhere is accepted."""
    faults, figures = inspect(site(tmp_path))
    assert faults == []
    assert figures["pages"] == 2


@pytest.mark.parametrize("planted", ON_HOME)
def test_what_is_planted_in_a_page_is_found(planted: str, tmp_path: Path) -> None:
    """Each mistake in the home page is reported, once and for that page."""
    faults, _ = inspect(site(tmp_path, **{"index.html": HOME.format(ON_HOME[planted])}))
    assert [fault.file for fault in faults] == ["index.html"]


@pytest.mark.parametrize("name", IN_FILES)
def test_what_is_planted_in_a_file_is_found(name: str, tmp_path: Path) -> None:
    """Each mistake in another file is reported, once and for that file."""
    faults, _ = inspect(site(tmp_path, **{name: IN_FILES[name]}))
    assert [fault.file for fault in faults] == [name]


def test_the_command_counts_faults(tmp_path: Path) -> None:
    """`helpdesk inspect` is content with a good site, and ends with 1 where there are faults."""
    good = CliRunner().invoke(main, ["inspect", str(site(tmp_path / "good"))])
    assert good.exit_code == 0
    empty = tmp_path / "empty"
    empty.mkdir()
    bad = CliRunner().invoke(main, ["inspect", str(empty)])
    assert bad.exit_code == 1
    assert bad.output.startswith(f"{empty}/index.html: ")
