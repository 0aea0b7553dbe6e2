"""One file in two passes: chunks, rejections, repeats, and a file that changes meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jobs.importing.file_import import FileChangedError, FileImport
from jobs.importing.files import open_source
from jobs.importing.upsert import Counts
from jobs.models import JobPosting

pytestmark = pytest.mark.django_db
CHUNK = 1000


@dataclass
class Listener:
    """Keeps what is told; `on_import` is called while the second pass is running."""

    notices: list[str] = field(default_factory=list)
    on_import: Callable[[], object] = lambda: None

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def progress(self, *, stage: str, done: int, size: int) -> None:
        assert 0 <= done <= size
        if stage == "importing":
            self.on_import()


def line(external_id: object = "a", **values: object) -> str:
    texts = {"title": "Baker", "description": "Bakes bread"}
    return json.dumps({"external_id": external_id, **texts, **values}) + "\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


def run(path: Path, *, dry_run: bool = False) -> tuple[Counts, list[str]]:
    listener = Listener()
    with open_source(str(path)) as source:
        running = FileImport(source, report=listener, dry_run=dry_run)
        running.run()
    return running.counts, [n.removeprefix(f"{path}: ") for n in listener.notices]


def test_rows_of_many_chunks_come_in(path: Path) -> None:
    path.write_text("".join(line(n) for n in range(2 * CHUNK + 5)))

    assert run(path) == (Counts(created=2005), [])
    assert run(path) == (Counts(unchanged=2005), [])


def test_long_rows_end_a_chunk_early(path: Path) -> None:
    path.write_text("".join(line(n, description="x" * 3_000_000) for n in range(4)))

    assert run(path) == (Counts(created=4), [])


def test_bad_rows_are_rejected_by_number_and_the_others_come_in(path: Path) -> None:
    path.write_text(line("a") + line("b", title="") + "\n" + line("c", description=1))

    assert run(path) == (
        Counts(created=1, rejected=2),
        [
            "row 2: no title",
            "row 3 (line 4): description is not a text (it is a number)",
        ],
    )


def test_many_rejections_are_summed_up(path: Path) -> None:
    bad = [line(n, title="") for n in range(22)] + ["7\n"] * 3
    path.write_text("".join([*bad, line()]))

    counts, notices = run(path)

    assert counts == Counts(created=1, rejected=25)
    assert len(notices) == 21
    assert notices[-1] == "5 more rows rejected: 3 not an object, 2 no title"


@pytest.mark.parametrize("dry_run", [True, False])
def test_repeats_over_chunks_count_as_updates_and_are_told(
    path: Path, *, dry_run: bool
) -> None:
    rows = [line(n) for n in range(CHUNK)]
    rows += [line(0, title="Chef"), line(1), line(5000), line(5000, title="Chef")]
    path.write_text("".join(rows))

    counts, notices = run(path, dry_run=dry_run)

    assert counts == Counts(created=1001, updated=2, unchanged=1)
    assert notices == [
        "3 rows have the source and external_id of an earlier row, and the last one "
        "wins; the first is row 1001, which repeats row 1"
    ]
    assert JobPosting.objects.count() == (0 if dry_run else 1001)


def test_shortened_titles_are_told(path: Path) -> None:
    path.write_text(
        line("a") + line("b", title="x" * 501) + line("c", company="y" * 999)
    )

    counts, notices = run(path)

    assert counts == Counts(created=3)
    assert notices == [
        "2 rows have a longer title, company or location than fits; it is shortened, "
        "and stands in full above the description; the first is row 2"
    ]


def test_fields_that_mean_nothing_are_told_safely(path: Path) -> None:
    path.write_text(line(salary=1, **{"\x1b[31m": 2}))

    assert run(path)[1] == ["ignored fields: \\x1b[31m, salary"]


def test_only_some_of_many_ignored_fields_are_told(path: Path) -> None:
    path.write_text(line(**{f"field-{n:02}": 1 for n in range(50)}))

    (notice,) = run(path)[1]

    assert notice.endswith("field-18, field-19, ...")


def test_file_without_rows_says_so(path: Path) -> None:
    path.write_text("\n")

    assert run(path) == (Counts(), ["no rows"])


def test_dry_run_changes_nothing_and_counts_as_the_real_one(path: Path) -> None:
    path.write_text(line("a") + line("b"))
    run(path)
    path.write_text(
        line("a", title="Chef") + line("b") + line("c") + line("d", title="")
    )
    before = list(JobPosting.objects.values())

    imagined, _notices = run(path, dry_run=True)

    assert list(JobPosting.objects.values()) == before
    assert imagined == run(path)[0]
    assert imagined == Counts(created=1, updated=1, unchanged=1, rejected=1)


def test_file_that_breaks_between_the_passes_tells_what_came_in(path: Path) -> None:
    path.write_text("".join(line(n) for n in range(CHUNK + 500)))

    def spoil() -> None:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - 5)

    listener = Listener(on_import=spoil)
    with open_source(str(path)) as source:
        running = FileImport(source, report=listener, dry_run=False)
        with pytest.raises(
            FileChangedError, match="changed while it was being imported"
        ):
            running.run()

    assert running.counts == Counts(created=CHUNK)
    assert JobPosting.objects.count() == CHUNK
