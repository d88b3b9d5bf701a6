"""What a provider's code means, for the terminal: by provider and code, never by code alone."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from helpdesk.articles import wording
from helpdesk.articles.codes import first_fixes
from helpdesk.catalog.model import Catalog, Code

NEAR_AT_MOST = 3


class NotFoundError(Exception):
    """There is no such code, or more than one; says what there is instead."""


def describe(catalog: Catalog, provider: str, code: str | None, *, as_json: bool) -> str:
    """Return what a code means, or without a code the list of the provider's codes.

    Raises NotFoundError where it cannot be said which code is meant.
    """
    if code is None:
        codes = provider_codes(catalog, provider)
        return _list_json(codes) if as_json else _list_text(codes)
    found = find(catalog, provider, code)
    return _code_json(catalog, found) if as_json else _code_text(catalog, found)


def provider_codes(catalog: Catalog, provider: str) -> list[Code]:
    """Return the codes of the one provider that is meant."""
    found = _same_code(catalog.codes, provider)
    if found:
        at = _listed(code.provider for code in found)
        raise NotFoundError(f'"{provider}" is a code of: {at}. Say the provider first.')
    names = matching_providers(catalog, provider)
    if len(names) > 1:
        raise NotFoundError(f'"{provider}" may be: {_listed(names)}. Say which.')
    if not names:
        raise NotFoundError(_no_provider(catalog, provider))
    return [code for code in catalog.codes if code.provider == names[0]]


def find(catalog: Catalog, provider: str, code: str) -> Code:
    """Return the code that is meant. Small and capital letters make no difference."""
    names = matching_providers(catalog, provider)
    if not names:
        message = _no_provider(catalog, provider)
        raise NotFoundError(message + _elsewhere(catalog.codes, code, names))
    here = [known for known in catalog.codes if known.provider in names]
    found = _same_code(here, code)
    if len(found) > 1:
        at = _listed(known.provider for known in found)
        raise NotFoundError(f'"{provider}" may be: {at}. Each has a code {code}. Say which.')
    if not found:
        near = _near(code, (known.code for known in here))
        message = f'{_listed(names)}: there is no code "{code}".{near}'
        raise NotFoundError(message + _elsewhere(catalog.codes, code, names))
    return found[0]


def matching_providers(catalog: Catalog, typed: str) -> list[str]:
    """Return the provider of this name; else those with words that start like the typed ones."""
    names = list(dict.fromkeys(code.provider for code in catalog.codes))
    exact = [name for name in names if name.casefold() == typed.strip().casefold()]
    return exact or [name for name in names if fits(typed, name)]


def fits(typed: str, text: str) -> bool:
    """Tell whether each typed word is the start of a word of the text."""
    words = text.casefold().replace("(", " ").split()
    parts = typed.casefold().split()
    return bool(parts) and all(any(word.startswith(part) for word in words) for part in parts)


def _same_code(codes: Iterable[Code], code: str) -> list[Code]:
    """Return the codes written like this; else those that differ in capital letters only."""
    alike = [known for known in codes if known.code.casefold() == code.strip().casefold()]
    return [known for known in alike if known.code == code.strip()] or alike


def _no_provider(catalog: Catalog, provider: str) -> str:
    known = list(dict.fromkeys(code.provider for code in catalog.codes))
    if not known:
        return "The catalog has no codes. They stand in codes.csv."
    return f'There is no provider "{provider}".{_near(provider, known)}'


def _near(typed: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" with what is written nearly like this."""
    folded = {text.casefold(): text for text in known}
    bare = typed.casefold().lstrip("0")
    near = [text for text in folded if bare and text.lstrip("0") == bare]  # 2 for 002
    near += get_close_matches(typed.casefold(), folded, n=NEAR_AT_MOST, cutoff=0.5)
    names = dict.fromkeys(folded[text] for text in near[:NEAR_AT_MOST])
    return f" Did you mean: {_listed(names)}?" if names else ""


def _elsewhere(codes: Iterable[Code], code: str, names: list[str]) -> str:
    others = [known.provider for known in _same_code(codes, code) if known.provider not in names]
    return f" The code {code} exists at: {_listed(others)}." if others else ""


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _others(catalog: Catalog, code: Code) -> list[Code]:
    return [other for other in catalog.codes if other.code == code.code and other != code]


def _code_text(catalog: Catalog, code: Code) -> str:
    words = wording.of(catalog)
    lines = [f"{code.provider} {code.code}", code.meaning, "", words["codes.points_to"]]
    for name in code.causes:
        cause = catalog.causes[name]
        lines.append(f"- {cause.title} ({name})")
        for fix in first_fixes(catalog, cause):
            own = fix.by == "recipient"
            who = words["codes.first"] if own else catalog.parties[fix.by].title
            lines.append(f"    {who}: {fix.title}")
    others = _others(catalog, code)
    if others:
        lines += ["", words["codes.elsewhere"]]
        lines += [f"- {other.provider}: {other.meaning}" for other in others]
    return "\n".join([*lines, "", f"{words['article.sources']}: {code.source}"])


def _list_text(codes: list[Code]) -> str:
    width = max(len(code.code) for code in codes)
    return "\n".join(
        [codes[0].provider, *(f"  {code.code:<{width}}  {code.meaning}" for code in codes)]
    )


def _code_json(catalog: Catalog, code: Code) -> str:
    return _json(
        {
            "provider": code.provider,
            "code": code.code,
            "meaning": code.meaning,
            "causes": [
                {
                    "cause": name,
                    "title": catalog.causes[name].title,
                    "fixes": [
                        {"fix": fix.id, "title": fix.title, "by": fix.by}
                        for fix in first_fixes(catalog, catalog.causes[name])
                    ],
                }
                for name in code.causes
            ],
            "source": code.source,
            "elsewhere": [
                {"provider": other.provider, "meaning": other.meaning}
                for other in _others(catalog, code)
            ],
        }
    )


def _list_json(codes: list[Code]) -> str:
    listed = [
        {"code": code.code, "meaning": code.meaning, "causes": list(code.causes)} for code in codes
    ]
    return _json({"provider": codes[0].provider, "codes": listed})


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False)
