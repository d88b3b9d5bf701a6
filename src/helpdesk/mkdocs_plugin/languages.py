"""One build, several languages: navigation, switch and search for each."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.utils import meta

from helpdesk.articles import with_reports, wording
from helpdesk.browser.texts import direction
from helpdesk.catalog import Catalog, CatalogError, CatalogErrors, Position
from helpdesk.hosting.addresses import absolute

Names = Mapping[str, Mapping[str, Any]]
"""Language to its `name` in the switch and `nav`, the labels of the navigation."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a site, the original first."""

    catalog: Catalog
    names: Names

    def told(self, markdown: str, uri: str) -> str:
        """Return the Markdown of a page; that about privacy says what is reported."""
        return with_reports(markdown, uri, self.of(uri))

    def of(self, uri: str) -> Catalog:
        """Return the catalog in the language of a page."""
        prefixed = (t for t in self.catalog.translations.values() if uri.startswith(t.prefix))
        return next(prefixed, self.catalog)

    def own(self, catalog: Catalog, key: str, default: str) -> str:
        """Return what the site's settings say for a language, such as its `copyright`."""
        return str(self.names.get(catalog.language, {}).get(key, default))

    def check(self) -> None:
        """Raise CatalogErrors where the settings name a language that has no texts."""
        known = {catalog.language for catalog in self.all()}
        place = Position("mkdocs.yml", 1, 1)
        raise_any(
            CatalogError(place, f'The language "{name}" has no .yml files in the catalog.')
            for name, settings in self.names.items()
            if name not in known or not isinstance(settings, dict)
        )

    def all(self) -> tuple[Catalog, ...]:
        """Return the catalog in every language."""
        return (self.catalog, *self.catalog.translations.values())

    @property
    def newest(self) -> str:
        """The day on which something was last reviewed, or nothing."""
        return max((cause.reviewed for cause in self.catalog.causes.values()), default="")

    def alternates(self, uri: str, files: Files, address: str = "") -> list[dict[str, str]]:
        """Return where a page stands in each language, as the theme's switch takes it."""
        bare = uri.removeprefix(self.of(uri).prefix)
        found = [(other, files.get_file_from_path(other.prefix + bare)) for other in self.all()]
        return [
            {
                "name": self.names.get(other.language, {}).get("name", other.language),
                "link": file.url.removeprefix("./"),
                "lang": other.language,
                "address": absolute(address, file.url) if address else "",
            }
            for other, file in found
            if file
        ]

    def speak(self, config: MkDocsConfig, uri: str, files: Files, copyright_: str) -> None:
        """Let the theme speak the language of a page; `copyright_` is what the settings say."""
        if self.catalog.translations:
            language = self.of(uri)
            config.theme["language"] = theme_language(config, language.language)
            config.copyright = self.own(language, "copyright", copyright_)
            config.extra["alternate"] = True  # show the switch, which is ours
            config.extra["languages"] = self.alternates(uri, files, config.site_url or "")

    def not_found(self) -> list[dict[str, Any]]:
        """Return, for each language, what stands where a page is not: the ways on."""
        return [_ways_on(catalog, wording.of(catalog)) for catalog in self.all()]

    def complete(self, files: Files, config: MkDocsConfig) -> None:
        """Give every hand-written page to every language, with a note where it is missing."""
        by_hand = [file for file in files.documentation_pages() if file.generated_by is None]
        for translation in self.catalog.translations.values():
            for file in by_hand:
                if file.src_uri.startswith(translation.prefix):
                    file.inclusion = InclusionLevel.NOT_IN_NAV
                elif self.of(file.src_uri) is self.catalog:
                    self._copy(file, translation, files, config)

    def _copy(self, file: File, translation: Catalog, files: Files, config: MkDocsConfig) -> None:
        uri = translation.prefix + file.src_uri
        if files.get_file_from_path(uri):
            return
        note = wording.load(translation.language)["article.untranslated"]
        body, front = meta.get_data(file.content_string)
        content = f"---\n{json.dumps(front)}\n---\n\n*{note}*\n\n{body}"
        inclusion = InclusionLevel.NOT_IN_NAV
        copy = File.generated(config, uri, content=content, inclusion=inclusion)
        copy.edit_uri = file.edit_uri
        files.append(copy)

    def navigations(
        self, nav: Navigation, files: Files, config: MkDocsConfig
    ) -> dict[str, Navigation]:
        """Return the navigation of each language, those of translations made from the original."""
        original, found = config.nav, {self.catalog.language: nav}
        if not original:
            return found
        for translation in self.catalog.translations.values():
            for file in files.documentation_pages():
                if file.src_uri.startswith(translation.prefix):
                    file.page = None  # else MkDocs takes it over, without its label
            labels = self.names.get(translation.language, {}).get("nav", {})
            config.nav = list(_moved(original, translation.prefix, labels, files))
            found[translation.language] = get_navigation(files, config)
            home = files.get_file_from_path(f"{translation.prefix}index.md")
            found[translation.language].homepage = home.page if home else None
        config.nav = original
        return found


def raise_any(errors: Iterable[CatalogError]) -> None:
    """Raise CatalogErrors if there is any."""
    if found := list(errors):
        raise CatalogErrors(found)


def theme_language(config: MkDocsConfig, language: str) -> str:
    """Return the language if the theme has words for it, else English."""
    words = Path("partials/languages") / f"{language}.html"
    return language if any((Path(d) / words).is_file() for d in config.theme.dirs) else "en"


def _ways_on(catalog: Catalog, words: Mapping[str, str]) -> dict[str, Any]:
    ways = (("wizard/", "wizard"), ("causes/", "causes"), ("?q=", "search"), ("", "home"))
    return {
        "language": catalog.language,
        "direction": direction(catalog.language),
        "title": words["not_found.title"],
        "text": words["not_found.text"],
        "links": [
            {"uri": f"{catalog.prefix}{uri}" or ".", "label": words[f"not_found.{name}"]}
            for uri, name in ways
        ],
    }


def _moved(items: Any, prefix: str, labels: Mapping[str, str], files: Files) -> Iterator[Any]:  # noqa: ANN401 - as nested as MkDocs allows
    """Yield the items of a navigation with paths and labels of another language."""
    for item in items:
        if isinstance(item, dict):
            for label, value in item.items():
                inner = value if isinstance(value, list) else [value]
                moved = list(_moved(inner, prefix, labels, files))
                if moved:
                    name = labels.get(label, label)
                    yield {name: moved if isinstance(value, list) else moved[0]}
        elif files.get_file_from_path(prefix + item):
            yield prefix + item
