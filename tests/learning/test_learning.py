"""What `helpdesk learn` makes of delivery logs and outcomes, on DuckDB."""

import gzip
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import ibis
import pytest
from click.testing import CliRunner, Result

from helpdesk.catalog import Catalog, load
from helpdesk.cli import main
from helpdesk.learning.estimating import Trust, causes_by_codes, dirichlet
from helpdesk.learning.sources import Sources
from helpdesk.learning.tally import Tally, tally

TRUST = Trust(weight=20, level=0.95)
OUTCOMES = (
    ("unplugged", "q-plug=no&plug-in=solved", 60),
    ("unplugged", "q-plug=yes&plug-in=failed", 40),
    ("dead-bulb", "q-plug=not-sure&new-bulb=solved", 300),
    ("something-else", "", 10),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalog of the lamp, in a folder to work in."""
    source = Path(__file__).parent.parent / "catalog" / "valid"
    shutil.copytree(source, tmp_path / "catalog")
    return tmp_path


def counted(names: dict[str, list[Path]], catalog: Catalog, since: str = "") -> Tally:
    """What is counted in files."""
    texts = {kind: list(map(str, names.get(kind, []))) for kind in ("deliveries", "outcomes")}
    with Sources() as sources:
        return tally(catalog, sources, texts, since)


def learn(folder: Path, *arguments: str | Path) -> Result:
    """Run the command."""
    options = ["learn", "--catalog", str(folder / "catalog"), *map(str, arguments)]
    return CliRunner().invoke(main, options)


def as_csv() -> str:
    """The outcomes as CSV."""
    return "cause,answers,count\n" + "".join(f"{c},{a},{n}\n" for c, a, n in OUTCOMES)


def write(folder: Path, kind: str) -> Path:
    """Write the outcomes in one of the forms that are read."""
    path = folder / f"outcomes.{kind}"
    if kind == "csv":
        path.write_text(as_csv())
    elif kind == "csv.gz":
        path.write_bytes(gzip.compress(as_csv().encode()))
    elif kind == "jsonl":
        rows = [{"cause": c, "answers": a, "count": n} for c, a, n in OUTCOMES]
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    elif kind == "parquet":
        columns = zip(*OUTCOMES, strict=True)
        table = ibis.memtable(dict(zip(("cause", "answers", "count"), columns, strict=True)))
        table.to_parquet(path)
    else:
        line = '192.0.2.1 - - [03/Nov/2026:10:00:00 +0000] "GET {} HTTP/1.1" 204 0 "-" "-"\n'
        path.write_text(
            line.format("/help/index.html")
            + "".join(line.format(f"/help/outcome?cause={c}&{a}") * n for c, a, n in OUTCOMES)
        )
    return path


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "jsonl", "parquet", "log"])
def test_every_form_says_the_same(kind: str, folder: Path, lamp: Catalog) -> None:
    """The same outcomes are counted alike in every form; "not sure" says nothing."""
    found = counted({"outcomes": [write(folder, kind)]}, lamp)
    assert found.causes == {"dead-bulb": 300, "unplugged": 100, "something-else": 10}
    assert found.answers == {("unplugged", "q-plug", "no"): 60, ("unplugged", "q-plug", "yes"): 40}
    assert found.fixes["unplugged", "plug-in", False] == 40
    assert [source.broken for source in found.sources.values()] == [{}]
    assert not found.unknown.listed


def test_broken_rows_are_counted_and_shown(folder: Path, shipped: Catalog) -> None:
    """Each broken row of a log with mixed encodings is counted with its fault and an example."""
    path = folder / "sent.csv"
    path.write_bytes(
        b"provider,code,count,day\nTwilio Messaging,30003,7,2026-11-01\nnew\xe9,1,1,2026-11-01\n"
        b"new\xc3\xa9,1,2,2026-11-01\nA,1\nA,,1,2026-11-01\nA,1,many,2026-11-01\nA,1,-3,\n"
        b"A,1,1,yesterday\n,1,1,\n"
    )
    found = counted({"deliveries": [path]}, shipped)
    source = found.sources[str(path)]
    assert source.rows == 9
    assert sorted(rows for rows, _ in source.broken.values()) == [1, 1, 1, 1, 1, 2]
    assert all(example for _, example in source.broken.values())
    assert found.codes == {"Twilio Messaging/30003": 7}
    assert found.unknown_codes.listed == {"newé/1": 2}


def test_broken_lines_of_json_are_counted(folder: Path, lamp: Catalog) -> None:
    """What is no JSON or names no cause is counted; answers may also be an object."""
    path = folder / "outcomes.jsonl"
    path.write_bytes(
        b'{"cause": "unplugged", "answers": {"q-plug": "no"}}\n[]\n{"cause"\n"\xff"\n'
        b'{"cause": "nobody-knows", "answers": "q-plug=maybe"}\n'
        b'{"cause": "unplugged", "answers": "q-plug=maybe"}\n'
    )
    found = counted({"outcomes": [path]}, lamp)
    assert found.sources[str(path)].rows == 6
    assert sum(rows for rows, _ in found.sources[str(path)].broken.values()) == 3
    assert found.answers == {("unplugged", "q-plug", "no"): 1}
    assert found.unknown.listed == {"cause nobody-knows": 1, "answer q-plug=maybe": 1}


def test_what_was_before_a_day_is_left_out(folder: Path, lamp: Catalog) -> None:
    """Rows of earlier days do not count."""
    path = folder / "outcomes.csv"
    path.write_text("cause,answers,day\nunplugged,,2026-10-31\nunplugged,,2026-11-01\n")
    assert counted({"outcomes": [path]}, lamp, "2026-11-01").causes == {"unplugged": 1}


@pytest.mark.parametrize(
    ("seen", "low", "high"),
    [
        ((0, 0), 0.025, 0.975),  # a uniform distribution
        ((1, 0), 0.1581, 0.9874),  # its quantiles are square roots
        ((0, 2), 0.0084, 0.7076),  # one minus a cube root
        ((9, 89), 0.0495, 0.1656),
        ((599, 399), 0.5694, 0.6301),
    ],
)
def test_bounds_hold_what_the_level_says(seen: tuple[int, int], low: float, high: float) -> None:
    """Bounds are quantiles of the Beta distribution that words and cases make together."""
    found = dirichlet((0.5, 0.5), seen, Trust(weight=2, level=0.95))[0]
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-4)


def test_what_cannot_be_has_no_width() -> None:
    """A share that the words exclude and nobody saw stays excluded."""
    never, always = dirichlet((0.0, 1.0), (0, 9), TRUST)
    assert (never.low, never.high, always.low, always.high) == (0, 0, 1, 1)


def test_words_are_the_prior() -> None:
    """Without cases the words stand; with as many as they weigh, the share lies in the middle."""
    assert [e.share for e in dirichlet((0.8, 0.2), (0, 0), TRUST)] == pytest.approx([0.8, 0.2])
    assert [e.share for e in dirichlet((0.8, 0.2), (0, 20), TRUST)] == pytest.approx([0.4, 0.6])
    many = dirichlet((0.8, 0.2), (500_000, 500_000), TRUST)[0]
    assert 0.499 < many.low < 0.5 < many.high < 0.501


def test_codes_that_fit_several_causes_are_shared(shipped: Catalog) -> None:
    """A code of several causes falls to those that other codes speak for; bounds say so."""
    both = next(code for code in shipped.codes if len(code.causes) == 2)
    one = next(code for code in shipped.codes if code.causes == both.causes[:1])
    found = causes_by_codes(
        shipped, Tally(codes=Counter({both.answer: 1000, one.answer: 1000})), TRUST
    )
    first, second = (found[cause] for cause in both.causes)
    assert first.share > 0.9
    assert second.share < 0.1
    assert first.low == pytest.approx(0.5, abs=0.05)
    assert second.high == pytest.approx(0.5, abs=0.05)


def test_proposals_are_a_diff_that_makes_a_sound_catalog(folder: Path) -> None:
    """Words that the outcomes speak against are a diff, which git takes; nothing is written."""
    path = folder / "catalog" / "lamp.yml"
    before = path.read_text()
    outcomes = write(folder, "csv")
    result = learn(folder, "--outcomes", outcomes, "--diff")
    assert (result.exit_code, path.read_text()) == (0, before)
    (folder / "a.diff").write_text(result.stdout)
    command = ["git", "apply", "--unsafe-paths", "--directory=/", str(folder / "a.diff")]
    subprocess.run(command, check=True, cwd=folder)
    causes = load(folder / "catalog").causes
    assert causes["unplugged"].signs["q-plug"]["no"].word in {"about even", "likely"}
    assert causes["unplugged"].fixes["plug-in"].word in {"about even", "likely"}
    assert causes["dead-bulb"].prior.value > causes["unplugged"].prior.value
    again = learn(folder, "--outcomes", outcomes, "--diff")
    assert again.stdout == ""


def test_few_cases_move_nothing(folder: Path) -> None:
    """As long as the interval holds the word, it stays."""
    path = folder / "outcomes.csv"
    path.write_text("cause,answers\nunplugged,q-plug=yes\ndead-bulb,q-plug=yes\n")
    told = json.loads(learn(folder, "--outcomes", path, "--json").stdout)
    assert told["proposals"] == []


def test_unknown_codes_come_out_by_volume(folder: Path) -> None:
    """What the catalog does not know is listed, the most first, and text stays text."""
    path = folder / "sent.csv"
    path.write_text("provider,code,count\nA,1,5\nB,\x1b[31m2,70\nA,1,6\n")
    lines = learn(folder, "--deliveries", path).stdout.splitlines()
    listed = [line for line in lines if line.strip().startswith(("70 ", "11 "))]
    assert [line.split()[0] for line in listed] == ["70", "11"]
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        ("other.xls", b"x"),
        ("sent.log", b"x"),
        ("sent.csv", b"a,b\n1,2\n"),
        ("sent.csv", b"provider\nA\n"),
        ("sent.csv", "provider,code\nA,1\n".encode("utf-16")),
        ("sent.csv.gz", b"no gzip"),
        ("sent.parquet", b"no parquet"),
    ],
)
def test_a_source_that_cannot_be_read(name: str, content: bytes | None, folder: Path) -> None:
    """One line says which file it is and what is wrong; there is no traceback."""
    path = folder / name
    if content is not None:
        path.write_bytes(content)
    result = learn(folder, "--deliveries", path)
    assert isinstance(result.exception, SystemExit)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{path}: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["--deliveries", "a.csv", "--since", "x"], ["--deliveries", "a", "--level", "2"]],
)
def test_wrong_usage(arguments: list[str], folder: Path) -> None:
    """Nothing to read, a day that is none, a level beyond 1: wrong usage."""
    assert learn(folder, *arguments).exit_code == 2


def test_tables_of_an_engine(folder: Path) -> None:
    """Where the engine is named, sources are its tables."""
    database = folder / "own.duckdb"
    engine = ibis.duckdb.connect(database)
    engine.create_table(
        "happened", ibis.memtable({"cause": ["unplugged"], "answers": ["q-plug=no"]})
    )
    engine.disconnect()
    told: dict[str, Any] = json.loads(
        learn(folder, "--engine", f"duckdb://{database}", "--outcomes", "happened", "--json").stdout
    )
    assert told["sources"]["happened"]["rows"] == 1
    result = learn(folder, "--engine", f"duckdb://{database}", "--outcomes", "nothing")
    assert result.exit_code == 1
    assert result.stderr.startswith("nothing: ")


def test_without_the_extra(folder: Path) -> None:
    """Where Ibis is not installed, the command says what to install; the others work."""
    hidden = (
        "import sys; sys.modules['ibis'] = None; from helpdesk.cli import main; "
        f"main(['learn', '--outcomes', 'a.csv', '--catalog', {str(folder / 'catalog')!r}])"
    )
    run = subprocess.run(
        [sys.executable, "-c", hidden], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "helpdesk[learn]" in run.stderr
    assert "Traceback" not in run.stderr
