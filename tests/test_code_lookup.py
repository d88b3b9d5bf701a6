"""Codes on the command line: by provider and code, with what is near where there is none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpdesk.catalog import Catalog
from helpdesk.cli import main


@pytest.fixture(autouse=True)
def _here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run where the shipped catalog is."""
    monkeypatch.chdir(root)


def codes(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["codes", *arguments])


def test_every_code_is_found(shipped: Catalog) -> None:
    """Each pair gives its meaning and its causes with titles, whatever the code looks like."""
    for code in shipped.codes[::20]:
        result = codes(code.provider, code.code)
        assert result.exit_code == 0, result.output
        assert result.output.splitlines()[:2] == [f"{code.provider} {code.code}", code.meaning]
        for cause in code.causes:
            assert f"- {shipped.causes[cause].title} ({cause})" in result.output


@pytest.mark.parametrize("code", ["-106", "002", "1002"])
def test_codes_that_look_like_options_or_numbers(code: str) -> None:
    """A sign or leading zeros are part of the code."""
    found = json.loads(codes("Tencent Cloud SMS legacy", code, "--json").output)
    assert found["code"] == code


def test_json_holds_all_that_is_known() -> None:
    """One object: the pair, its meaning, causes with first fixes, source, and who else has it."""
    result = codes("kpn sms", "002", "--json")
    assert len(result.output.splitlines()) == 1
    found = json.loads(result.output)
    assert (found["provider"], found["code"]) == ("KPN SMS", "002")
    assert [cause["cause"] for cause in found["causes"]] == ["u-number-dead", "u-wrong-number"]
    assert all(cause["title"] and cause["fixes"] for cause in found["causes"])
    assert found["source"]
    assert {other["provider"] for other in found["elsewhere"]} == {
        "Twilio SMPP",
        "Tencent Cloud SMS legacy",
    }


@pytest.mark.parametrize(
    "provider", ["Twilio Messaging", "TWILIO messaging", "twilio", "twil mess"]
)
def test_a_provider_is_known_by_its_words(provider: str) -> None:
    """Capital letters make no difference; a part is enough where only one provider has the code."""
    assert codes(provider, "30003").output.startswith("Twilio Messaging 30003\n")


def test_a_provider_alone_is_listed(shipped: Catalog) -> None:
    """Without a code all codes of the provider are printed."""
    own = [code for code in shipped.codes if code.provider == "KPN SMS"]
    result = codes("KPN SMS")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 1 + len(own)
    listed = json.loads(codes("KPN SMS", "--json").output)
    assert [code["code"] for code in listed["codes"]] == [code.code for code in own]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["Twillio Mesaging", "30003"], ["Twilio Messaging"]),
        (["nobody", "30003"], ["Twilio Messaging"]),
        (["Twilio Messaging", "300003"], ["30003"]),
        (["KPN SMS", "2"], ["002", "Infobip status"]),
        (["vonage", "1"], ["Vonage SMS API", "Vonage delivery receipt err-code"]),
        (["vonage"], ["Vonage SMS API", "Vonage Verify"]),
        (["1"], ["Vonage SMS API", "Qiniu SMS receipt"]),
        (["30003"], ["Twilio Messaging"]),
        (["", "1"], ["Vonage SMS API"]),
        (["Twilio Messaging", ""], []),
    ],
)
def test_what_is_not_clear_is_said_with_what_there_is(
    arguments: list[str], named: list[str]
) -> None:
    """An unknown or ambiguous code exits with 1 and one line that names the nearest."""
    result = codes(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert [name for name in named if name not in result.stderr] == []


def test_a_catalog_without_codes_says_so(root: Path) -> None:
    """Where there are no codes, none is found, and no traceback is shown."""
    result = codes("--catalog", str(root / "tests/catalog/valid"), "Twilio", "1")
    assert result.exit_code == 1
    assert "codes.csv" in result.stderr
