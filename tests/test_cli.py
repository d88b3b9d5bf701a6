"""The commands, run as a person runs them."""

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest


def helpdesk(*arguments: str, cwd: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "helpdesk", *arguments],
        cwd=cwd,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_counts_on_the_last_line(root: Path) -> None:
    """The shipped catalog has no errors, and the last line says how much it holds."""
    result = helpdesk("check", cwd=root)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("0 errors: ")


def test_check_without_a_catalog(tmp_path: Path) -> None:
    """A folder that is not there is an error with its path, and no traceback."""
    result = helpdesk("check", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout.startswith("docs/catalog:1:1: ")
    assert result.stderr == ""


def test_next_prints_one_turn(root: Path) -> None:
    """The turn is one line of JSON with the contract's keys; probabilities sum to 1."""
    result = helpdesk("next", cwd=root)
    turn = json.loads(result.stdout)
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 1
    assert {"step", "expected_minutes", "causes", "ignored", "catalog"} <= set(turn)
    assert turn["step"] == {"kind": "ask", "question": turn["step"]["question"]}
    assert sum(cause["probability"] for cause in turn["causes"]) == pytest.approx(1)


def test_next_reads_evidence_from_standard_input(root: Path) -> None:
    """`--evidence -` and `--evidence JSON` give the same turn."""
    evidence = json.dumps([{"question": "q-signal", "answer": "weak"}])
    given = helpdesk("next", "--evidence", evidence, cwd=root)
    piped = helpdesk("next", "--evidence", "-", cwd=root, typed=evidence)
    assert given.stdout == piped.stdout
    assert given.returncode == 0


@pytest.mark.parametrize(
    "evidence",
    ["", "{", "{}", "null", "7", '"yes"', "[" * 20_000, "[1e999]", "[NaN]", "x" * 1_000_000],
    ids=lambda text: text[:8] or "empty",
)
def test_next_refuses_what_is_not_evidence(root: Path, evidence: str) -> None:
    """Malformed evidence is one clear line on standard error, exit 1, never a traceback."""
    result = helpdesk("next", "--evidence", "-", cwd=root, typed=evidence)
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_next_reports_what_it_left_out(root: Path) -> None:
    """Entries that make no sense are reported as given, the others count."""
    bad = [{"question": "q-none", "answer": "yes"}, {"fix": "nothing"}, 7]
    good = [{"question": "q-signal", "answer": "weak"}]
    mixed = helpdesk("next", "--evidence", json.dumps(bad + good), cwd=root)
    clean = helpdesk("next", "--evidence", json.dumps(good), cwd=root)
    turn = json.loads(mixed.stdout)
    assert turn["ignored"] == bad
    assert turn["causes"] == json.loads(clean.stdout)["causes"]


def test_a_basement_leads_to_the_window(root: Path) -> None:
    """One bar of signal in a basement: weak signal is first, and going to a window comes next."""
    evidence = [
        {"question": "q-signal", "answer": "weak"},
        {"question": "q-location", "answer": "shielded"},
    ]
    turn = json.loads(helpdesk("next", "--evidence", json.dumps(evidence), cwd=root).stdout)
    assert turn["causes"][0]["cause"] == "u-weak-signal"
    assert turn["step"] == {"kind": "try", "fix": "go-to-a-window"}


@pytest.mark.parametrize(
    "arguments", [["next", "--audience", "nobody"], ["nothing"], ["check", "x"]]
)
def test_wrong_usage_exits_with_two(root: Path, arguments: list[str]) -> None:
    """Unknown commands, options and values are wrong usage."""
    result = helpdesk(*arguments, cwd=root)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_ask_walks_to_an_end(root: Path) -> None:
    """Always choosing the first answer ends, with a summary to copy."""
    result = helpdesk("ask", cwd=root, typed="1\n" * 50)
    assert result.returncode == 0
    assert result.stderr == ""


def test_ask_goes_back_explains_and_stops(root: Path) -> None:
    """Back returns to the question before, why explains, a wrong key is told, q stops."""
    first = helpdesk("ask", cwd=root, typed="q\n")
    question = first.stdout.splitlines()[2]
    result = helpdesk("ask", cwd=root, typed="w\nzzz\n1\nb\nq\n")
    assert result.returncode == 0
    assert result.stdout.count(question) == 2


def test_ask_survives_the_end_of_input(root: Path) -> None:
    """Closing the input is a way to stop, not a crash."""
    result = helpdesk("ask", "--audience", "agent", cwd=root, typed="")
    assert (result.returncode, result.stderr) == (0, "")


def test_ask_finds_a_code_in_two_steps(root: Path) -> None:
    """Staff type a part of the provider's name, then the code; the summary names the pair."""
    typed = "2\ntwil\nb\n2\nzzz\ntwilio mess\nw\n30003\nq\n"
    result = helpdesk("ask", "--audience", "agent", cwd=root, typed=typed)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Twilio Messaging/30003" in result.stdout.split("\n- ", 1)[1]


def test_ask_takes_not_sure_for_a_code(root: Path) -> None:
    """Whoever has no code goes on, from either step."""
    for typed in ("2\n?\nq\n", "2\nkpn\n?\nq\n"):
        result = helpdesk("ask", "--audience", "agent", cwd=root, typed=typed)
        assert (result.returncode, result.stderr) == (0, "")
        assert "KPN SMS/" not in result.stdout


def test_help_of_every_command_has_an_example(root: Path) -> None:
    """Each command's help shows how it is called."""
    listed = helpdesk("--help", cwd=root).stdout.split("Commands:")[1].split("\n\n")[0]
    commands = [line.split()[0] for line in listed.splitlines() if line.startswith("  ")]
    assert {"check", "diff", "next", "ask", "codes", "new"} <= set(commands)
    for command in commands:
        assert (
            f"helpdesk {command}"
            in helpdesk(command, "--help", cwd=root).stdout.split("Example")[1]
        )


def test_match_prints_what_words_point_to(root: Path) -> None:
    """As JSON it is the contract's object; from standard input it is the same."""
    text = "It says sent but nothing came since yesterday"
    given = helpdesk("match", "--json", text, cwd=root)
    found = json.loads(given.stdout)
    assert given.returncode == 0
    assert {"question": "q-page-says", "answer": "sent"}.items() <= found["answers"][0].items()
    assert helpdesk("match", "--json", "-", cwd=root, typed=text).stdout == given.stdout
    assert len(helpdesk("match", text, cwd=root).stdout.splitlines()) == sum(
        map(len, found.values())
    )


def test_match_of_text_that_says_nothing(root: Path) -> None:
    """It says so, and is no error."""
    assert json.loads(helpdesk("match", "--json", "hello", cwd=root).stdout) == {
        "answers": [],
        "causes": [],
    }
    assert helpdesk("match", "hello", cwd=root).returncode == 0


def test_simulate_prints_figures(root: Path) -> None:
    """As JSON and as tables, the same every time."""
    few = ("simulate", "--cases", "10", "--catalog", "tests/catalog/valid")
    figures = json.loads(helpdesk(*few, "--json", cwd=root).stdout)
    assert figures["cases"] == 10
    assert helpdesk(*few, "--json", cwd=root).stdout == helpdesk(*few, "--json", cwd=root).stdout
    assert all(name in helpdesk(*few, cwd=root).stdout for name in figures["policies"])


def test_open_goes_on_where_a_code_was_made(root: Path) -> None:
    """The code that one terminal prints opens the same state in another."""
    stopped = helpdesk("ask", cwd=root, typed="1\n1\nq\n").stdout
    code = stopped.splitlines()[-1].rpartition(" ")[2]
    opened = helpdesk("open", code, "--json", cwd=root)
    said = json.loads(opened.stdout)
    turn = helpdesk("next", "--evidence", json.dumps(said["evidence"]), cwd=root).stdout
    assert (len(said["evidence"]), said["exact"], said["missing"]) == (2, True, [])
    assert said["turn"] == json.loads(turn)
    assert code in helpdesk("open", "-", cwd=root, typed=code).stdout


def test_open_names_what_the_catalog_does_not_have(root: Path, tmp_path: Path) -> None:
    """Another catalog opens what it can, and says what it cannot."""
    code = helpdesk("ask", cwd=root, typed="1\nq\n").stdout.splitlines()[-1].rpartition(" ")[2]
    assert helpdesk("new", "site", cwd=tmp_path).returncode == 0
    opened = helpdesk("open", code, cwd=tmp_path / "site", typed="")
    assert (opened.returncode, opened.stderr) == (0, "")
    assert "1" in opened.stdout.splitlines()[0]


@pytest.mark.parametrize("code", ["hello", "1", "\u202e", "10ZPY-T5", "x" * 100_000])
def test_open_refuses_what_is_no_code(root: Path, code: str) -> None:
    """One line says what is wrong, and nothing of it is acted on."""
    result = helpdesk("open", code, cwd=root)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def on_a_terminal(*arguments: str, cwd: Path, **settings: str) -> str:
    """Run the command on a terminal of its own and return all that is shown."""
    ours, theirs = pty.openpty()
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "helpdesk", *arguments]
    environment = {**plain, "TERM": "xterm", **settings}
    with subprocess.Popen(command, cwd=cwd, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        shown = b""
        # The end of a terminal is an error where others have an end of file.
        with contextlib.suppress(OSError):
            while more := os.read(ours, 65536):
                shown += more
    os.close(ours)
    return shown.decode()


def test_colors_stay_out_where_they_are_not_wanted(root: Path) -> None:
    """On a terminal there is a bar, and findings are colored; NO_COLOR turns that off."""
    check = ("check", "--catalog", "tests/catalog/valid")
    for settings, colored in (({}, True), ({"NO_COLOR": "1"}, False)):
        shown = on_a_terminal(*check, cwd=root, **settings)
        assert "dead-bulb" in shown
        assert "100%" in shown
        assert ("\x1b[3" in shown) == colored


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_commands(root: Path, shell: str) -> None:
    """Each shell gets a script, and the names of commands that begin so."""
    command = [sys.executable, "-m", "helpdesk"]
    asked = {**os.environ, "_HELPDESK_COMPLETE": f"{shell}_source"}
    script = subprocess.run(command, env=asked, capture_output=True, text=True, check=False)
    assert "_HELPDESK_COMPLETE" in script.stdout
    typed = {"COMP_WORDS": "helpdesk ch", "COMP_CWORD": "ch" if shell == "fish" else "1"}
    asked = {**os.environ, **typed, "_HELPDESK_COMPLETE": f"{shell}_complete"}
    found = subprocess.run(command, env=asked, capture_output=True, text=True, check=False)
    assert "check" in found.stdout
    assert root.is_dir()
