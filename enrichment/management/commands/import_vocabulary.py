"""`manage.py import_vocabulary FILE.csv`: concepts with their words and codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from enrichment.vocabulary import importing
from enrichment.vocabulary.editing import VocabularyError


class Command(BaseCommand):
    help = (
        "Import skills, roles and perks from a CSV file with the columns kind, name, aliases "
        "(with ; between them), scheme (esco, onet, other) and code. All of it is written, or "
        "nothing. What is there already keeps its words and gets the new ones."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tell what would happen, and change nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: str = options["file"]
        dry_run: bool = options["dry_run"]
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as file:
                lines = importing.read(file)
            counts = importing.write(lines, dry_run=dry_run)
        except importing.BadFileError as error:
            raise CommandError(_told(path, error.problems)) from error
        except VocabularyError as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error
        except IntegrityError as error:
            text = "somebody took one of its words meanwhile. Nothing was changed."
            raise CommandError(f"{path}: {text} Run the command again.") from error
        except UnicodeDecodeError as error:
            text = f"{path}: not UTF-8 (byte {error.start}). Nothing was changed."
            raise CommandError(text) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise CommandError(f"{path}: {reason}. Nothing was changed.") from error
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")
        self.stdout.write(
            f"{counts.created} created, {counts.changed} changed, "
            f"{counts.unchanged} unchanged; {counts.words} more words"
        )


def _told(path: str, problems: list[str]) -> str:
    most = importing.MOST_PROBLEMS
    told = [f"{path}: {problem}" for problem in problems[:most]]
    if len(problems) > most:
        told.append(f"{path}: and {len(problems) - most} more")
    return "\n".join([*told, "Nothing was changed."])
