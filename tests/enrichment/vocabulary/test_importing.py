"""`manage.py import_vocabulary`: a file is written whole, or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from enrichment.models import Concept
from enrichment.models.vocabulary import VocabularyChange
from tests.enrichment.vocabulary.test_editing import SeededTestCase, concept, words

HEAD = "kind,name,aliases,scheme,code\n"
GOOD = (
    HEAD
    + "skill,Zither,cithare; citer,esco,S1.2\n"
    + "skill,k8s,kuber netes; kube,,\n"
    + "role,Zookeeper,,onet,39-2021.00\n"
)


class ImportTests(SeededTestCase):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.path = tmp_path / "words.csv"

    def run_import(self, text: str | bytes, *options: str) -> str:
        data = text.encode() if isinstance(text, str) else text
        self.path.write_bytes(data)
        out = io.StringIO()
        call_command("import_vocabulary", str(self.path), *options, stdout=out)
        return out.getvalue()

    def refusal(self, text: str | bytes) -> str:
        before = Concept.objects.count()
        with pytest.raises(CommandError) as caught:
            self.run_import(text)
        assert Concept.objects.count() == before
        return str(caught.value)

    def test_new_concepts_are_made_and_known_ones_get_more_words(self) -> None:
        out = self.run_import("\ufeff" + GOOD)

        assert "2 created, 1 changed, 0 unchanged; 3 more words" in out
        assert words(concept("Zither")) == {"Zither", "cithare", "citer"}
        assert (concept("Zither").scheme, concept("Zither").code) == ("esco", "S1.2")
        assert {"k8s", "kube"} <= words(concept("Kubernetes"))
        # However many lines there are, the terms' index is walked along once for a kind.
        assert VocabularyChange.objects.count() == 2

    def test_second_import_changes_nothing(self) -> None:
        self.run_import(GOOD)
        assert "0 created, 0 changed, 3 unchanged" in self.run_import(GOOD)

    def test_dry_run_tells_and_changes_nothing(self) -> None:
        out = self.run_import(GOOD, "--dry-run")
        assert "Dry run: nothing was changed.\n2 created" in out
        assert not Concept.objects.filter(name="Zither").exists()

    def test_bad_lines_are_named_with_their_fields_and_nothing_is_written(self) -> None:
        text = self.refusal(
            HEAD
            + "skill,Zither,,,\n"
            + "tool,Hammer,,,\n"
            + "skill,???,,,\n"
            + "skill,,,,\n"
            + "skill,Oboe,hautbois; ...,,S1\n"
            + "skill,Tuba,docker,iso,\n"
            + "skill,Harp\n"
        )
        for problem in (
            "line 3, kind: 'tool' is none of skill, role, perk",
            "line 4, name: '???' has no letter",
            "line 5, name: missing",
            "line 6, aliases: '...' has no letter",
            "line 6, scheme: missing, with a code",
            "line 7, scheme: 'iso' is none of esco, onet, other",
            "line 8: not as many fields as the head has",
        ):
            assert f"{self.path}: {problem}" in text
        assert text.endswith("Nothing was changed.")

    def test_word_that_leads_elsewhere_is_refused(self) -> None:
        text = self.refusal(HEAD + "skill,Zither,JS,,\n")
        assert "line 2, aliases: 'JS' leads to JavaScript already" in text

    def test_word_in_two_lines_is_refused(self) -> None:
        text = self.refusal(HEAD + "skill,Zither,citer,,\nskill,Citer,,,\n")
        assert "line 3, name: 'Citer' is in line 2 too" in text

    def test_head_without_its_columns_is_refused(self) -> None:
        text = self.refusal("name,color\nZither,red\n")
        assert "line 1: no column 'kind'" in text
        assert "line 1: unknown column 'color'" in text

    def test_file_that_is_no_text_or_not_there_is_refused(self) -> None:
        assert "not UTF-8" in self.refusal(b"kind,name\nskill,\xff\n")
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_vocabulary", "/nowhere.csv")
