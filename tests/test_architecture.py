"""Rules about the code as a whole: who imports whom, and how large a module grows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).parents[1]
PACKAGES = ("enrichment", "jobs", "jobsite", "tests", "bench")
MAX_LINES = 300
OUTER = {"views", "admin", "management", "urls"}
# Of the engine: what only people look at.
PAGES = ROOT / "enrichment" / "pages"


def modules(*packages: str) -> list[Path]:
    found = (path for name in packages for path in (ROOT / name).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(paths: list[Path], *of: str) -> set[str]:
    return {
        name_of(path)
        for path in paths
        for name in imports(path)
        if any(name == prefix or name.startswith(f"{prefix}.") for prefix in of)
    }


def is_outer(path: Path) -> bool:
    """Whether it is the side that people see, which nothing else may lean on."""
    return any(part.split(".")[0].split("_")[0] in OUTER for part in path.parts)


def bare_assertions(path: Path) -> Iterator[int]:
    """Lines with an `assertNumQueries(n)` outside a `with`: it asserts nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    held = {
        id(item.context_expr)
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "assertNumQueries"
            and len(node.args) < 2  # the second would be a callable
            and id(node) not in held
        ):
            yield node.lineno


def test_walk_finds_the_code() -> None:
    assert len(modules("enrichment")) > 20
    assert importers(modules("enrichment"), "django")
    assert any(map(is_outer, modules("enrichment", "jobs")))


def test_llm_imports_nothing_of_django() -> None:
    assert importers(modules("enrichment/llm"), "django", "django_q") == set()
    inner = {
        name
        for path in modules("enrichment/llm")
        for name in imports(path)
        if name.split(".")[0] in {"enrichment", "jobs", "jobsite"}
    }
    assert all(name.startswith("enrichment.llm") for name in inner)


def test_client_is_the_only_importer_of_the_sdk() -> None:
    sources = modules("enrichment", "jobs", "jobsite")

    assert importers(sources, "openai") == {"enrichment/llm/client.py"}


def test_engine_imports_nothing_of_the_site() -> None:
    assert importers(modules("enrichment"), "jobs") == set()


def test_offline_provider_needs_neither_django_nor_database() -> None:
    assert importers(modules("enrichment/offline"), "django", "enrichment.models") == (
        set()
    )


def test_engine_needs_none_of_its_pages() -> None:
    engine = [
        path
        for path in modules("enrichment")
        if not is_outer(path) and PAGES not in path.parents
    ]

    assert importers(engine, "enrichment.pages") == set()


def test_core_never_imports_views_admin_or_commands() -> None:
    inner = [path for path in modules("enrichment", "jobs") if not is_outer(path)]

    outside = {
        f"{name_of(path)}: {name}"
        for path in inner
        for name in imports(path)
        if name.split(".")[0] in {"enrichment", "jobs"}
        and OUTER & set(name.split(".")[:3])
    }
    assert outside == set()


def test_only_the_settings_read_the_environment() -> None:
    readers = importers(modules("enrichment", "jobs"), "os.environ", "os.getenv")

    assert readers == set()


@pytest.mark.parametrize(
    "path",
    modules(*PACKAGES),
    ids=name_of,
)
def test_module_is_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= MAX_LINES


def test_every_count_of_queries_is_asserted() -> None:
    bare = {
        f"{name_of(path)}:{line}"
        for path in modules("tests")
        for line in bare_assertions(path)
    }

    assert bare == set()


def test_bare_count_of_queries_would_be_found(tmp_path: Path) -> None:
    source = tmp_path / "test_x.py"
    source.write_text(
        "self.assertNumQueries(1)\nwith self.assertNumQueries(2):\n    pass\n"
    )

    assert list(bare_assertions(source)) == [1]
