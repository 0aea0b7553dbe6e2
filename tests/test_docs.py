"""What the documents promise is there: variables, commands, kinds of error, targets, links."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

from enrichment.kinds import EXPLANATIONS
from enrichment.llm.errors import ErrorKind
from enrichment.management.commands.enrich_batch import Command as EnrichBatch

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def variables_read() -> set[str]:
    """Names that the settings ask the environment for."""
    settings = "".join(
        (ROOT / "jobsite" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "security.py")
    )
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))


def test_readme_has_every_variable() -> None:
    assert len(variables_read()) > 20
    missing = {n for n in variables_read() if f"`{n}`" not in README}
    assert missing == {"JOBSITE_DOTENV"}


def test_env_example_has_every_variable_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#([A-Z_]+)=", example, re.M))

    assert named == variables_read()


def test_commands_of_the_readme_exist() -> None:
    named = set(re.findall(r"manage\.py (\w+)", README))

    assert named
    assert named - set(get_commands()) == set()


def test_options_of_enrich_batch_are_in_the_readme() -> None:
    parser = EnrichBatch().create_parser("manage.py", "enrich_batch")
    own = set(re.findall(r"--(?:ids|size|all|force|wait|json)\b", parser.format_help()))

    assert len(own) == 6
    assert {option for option in own if f"[{option}" not in README} == set()


def test_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    named = set(re.findall(r"`?make ([a-z]+)", README))

    assert named
    assert named - targets == set()


def test_errors_page_has_each_kind_with_its_words() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")

    for kind in ErrorKind:
        words = EXPLANATIONS[kind]
        row = f"| `{kind}` | {words.label} | {words.meaning} | {words.advice} |"
        assert row in page, f"docs/errors.md lacks: {row}"


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
