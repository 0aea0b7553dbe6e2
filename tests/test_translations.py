"""Dutch and French are complete: every text of the sources, in words, compiled as written."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nl", "fr")
PLAIN = {"_", "gettext", "gettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\({STRING}(?:, {STRING})?")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

Entry = dict[str, str]
Key = tuple[str, str]


def folder(language: str) -> Path:
    return ROOT / "jobsite" / "locale" / language / "LC_MESSAGES"


def entries(language: str) -> Iterator[Entry]:
    """Of the .po file, without its header: msgctxt, msgid, msgid_plural, msgstr..., flags."""
    text = (folder(language) / "django.po").read_text(encoding="utf-8")
    for block in text.split("\n\n")[1:]:
        entry: Entry = {"flags": ""}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                entry["flags"] += line
                continue
            word, _space, rest = line.partition(" ")
            name, value = (name, line) if line.startswith('"') else (word, rest)
            entry[name] = entry.get(name, "") + ast.literal_eval(value)
        yield entry


def key(entry: Entry) -> Key:
    return entry.get("msgctxt", ""), entry["msgid"]


def translations(entry: Entry) -> list[str]:
    return [text for name, text in entry.items() if name.startswith("msgstr")]


def used_in_python(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        words = [text for text in texts if isinstance(text, str)]
        if node.func.id in PLAIN | PLURAL and words:
            yield "", words[0]
        elif node.func.id in CONTEXT:
            yield words[0], words[1]


def used_in_template(path: Path) -> Iterator[Key]:
    for name, first, second in CALL.findall(templatize(path.read_text("utf-8"))):
        words = [ast.literal_eval(word) for word in (first, second) if word]
        yield (words[0], words[1]) if "p" in name else ("", words[0])


def used() -> set[Key]:
    found: set[Key] = set()
    for package in ("enrichment", "jobs", "jobsite"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                found.update(used_in_python(path))
    for path in (ROOT / "templates").rglob("*.html"):
        found.update(used_in_template(path))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_sources_is_in_the_file_and_no_other(language: str) -> None:
    assert {key(entry) for entry in entries(language)} == used()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_in_doubt(language: str) -> None:
    for entry in entries(language):
        assert all(translations(entry)), entry
        assert "fuzzy" not in entry["flags"], entry
        assert len(translations(entry)) == (2 if "msgid_plural" in entry else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    for entry in entries(language):
        wanted = set(PLACEHOLDER.findall(entry.get("msgid_plural", entry["msgid"])))
        for text in translations(entry):
            assert set(PLACEHOLDER.findall(text)) == wanted, entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_says_what_the_written_one_says(language: str) -> None:
    with (folder(language) / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    catalog = dict(compiled._catalog)  # type: ignore[attr-defined]
    del catalog[""]
    written: dict[str | tuple[str, int], str] = {}
    for entry in entries(language):
        context, text = key(entry)
        name = f"{context}\x04{text}" if context else text
        texts = translations(entry)
        if "msgid_plural" in entry:
            written |= {(name, number): one for number, one in enumerate(texts)}
        else:
            written[name] = texts[0]

    assert catalog == written
