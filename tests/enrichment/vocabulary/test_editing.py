"""Changes of the vocabulary, and the terms that follow them without a call."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase

from enrichment import sweeper, term_counts, terms
from enrichment.models import Alias, Concept, Enrichment, LlmCall, Term
from enrichment.models.vocabulary import SeededWord, VocabularyChange, VocabularyState
from enrichment.vocabulary import current as vocabulary
from enrichment.vocabulary import editing, following, seeding
from enrichment.vocabulary.editing import VocabularyError
from enrichment.vocabulary.lookup import Entry
from jobs.models import JobPosting
from tests.builders import make_posting, words_settle
from tests.enrichment.test_terms import enrich


def posting_with(**facts: Any) -> JobPosting:
    """Enriched and indexed by the vocabulary as it is."""
    posting = enrich(make_posting(), {"title": "Baker", **facts})
    with transaction.atomic():
        terms.refresh([posting.pk])
    return posting


def values(posting: JobPosting, kind: str = "skill") -> set[str]:
    rows = Term.objects.filter(posting=posting.pk, kind=kind)
    return set(rows.values_list("value", flat=True))


def follow() -> int:
    """All that is to be followed, at once."""
    words_settle()
    return following.follow(seconds=60)


def concept(name: str, kind: str = "skill") -> Concept:
    return Concept.objects.get(kind=kind, name=name)


def words(one: Concept) -> set[str]:
    return set(one.aliases.values_list("word", flat=True))


def entry_of(one: Concept, *more: str, **changes: Any) -> Entry:
    """What its form would send."""
    known = tuple(sorted(words(one) - {one.name}))
    return Entry(
        **{"kind": one.kind, "name": one.name, "words": known + more, **changes}
    )


class SeededTestCase(TestCase):
    """The mark of the seed, whichever database tests before this one left."""

    @classmethod
    def setUpTestData(cls) -> None:
        seeding.ensure()

    def setUp(self) -> None:
        vocabulary.expire()
        self.addCleanup(vocabulary.expire)


class SeedTests(SeededTestCase):
    def test_second_seed_changes_nothing(self) -> None:
        mark = VocabularyState.objects.get().mark
        before = (Concept.objects.count(), Alias.objects.count())

        assert seeding.seed() == 0

        assert (Concept.objects.count(), Alias.objects.count()) == before
        assert VocabularyState.objects.get().mark == mark

    def test_what_people_changed_is_not_brought_back(self) -> None:
        editing.delete([concept("COBOL").pk])
        kubernetes = concept("Kubernetes")
        editing.save(
            kubernetes, Entry(kind="skill", name="Kube"), seen=kubernetes.edit_number
        )

        assert seeding.seed() == 0

        assert not Concept.objects.filter(name__in=["COBOL", "Kubernetes"]).exists()
        assert words(concept("Kube")) == {"Kube"}

    def test_new_words_of_a_release_join_what_people_made_of_the_old_ones(self) -> None:
        """As if k8s were new: its line's name was renamed since."""
        SeededWord.objects.filter(kind="skill", folded="k8s").delete()
        Alias.objects.filter(kind="skill", folded="k8s").delete()
        kubernetes = concept("Kubernetes")
        renamed = entry_of(kubernetes, "Kubernetes", name="Kube")
        editing.save(kubernetes, renamed, seen=kubernetes.edit_number)
        posting = posting_with(tools=["K8S"])
        assert values(posting) == {"k8s"}

        assert seeding.seed() == 1

        assert "k8s" in words(concept("Kube"))
        follow()
        assert values(posting) == {"kube"}

    def test_terms_and_words_are_those_of_the_built_in_vocabulary(self) -> None:
        from enrichment.vocabulary.seeds import builtin

        assert vocabulary.current().keys == builtin().keys
        assert vocabulary.current().names == builtin().names


class ChangeTests(SeededTestCase):
    def test_new_word_brings_its_postings_along_without_a_call(self) -> None:
        posting = posting_with(tools=["Kuber Netes", "Docker"])
        other = posting_with(tools=["kuber-netes!"])
        stranger = posting_with(tools=["Zither"])
        editing.adopt("skill", "kubernétes X", into=concept("Kubernetes"))
        assert follow() == 0

        word = Entry(kind="skill", name="Kuber Netes")
        assert [one.concept.name for one in editing.taken(word)] == ["Kubernetes"]
        editing.adopt("skill", "Zithers", into=concept("Docker"))
        editing.adopt("skill", "ZITHER", into=concept("Docker"))

        assert follow() == 1
        assert values(stranger) == {"docker"}
        assert values(posting) == {"kubernetes", "docker"}
        assert values(other) == {"kubernetes"}
        assert not LlmCall.objects.exists()
        assert not VocabularyChange.objects.exists()

    def test_every_spelling_follows_a_new_concept(self) -> None:
        postings = [
            posting_with(tools=[word]) for word in ("Zi-ther", "zi ther", "ZITHER")
        ]
        editing.add(Entry(kind="skill", name="Zither", words=("cithare",)))

        assert vocabulary.current().name("skill", "zither") == "Zither"
        assert follow() == 2  # the third one has the name already
        assert all(values(one) == {"zither"} for one in postings)

    def test_merged_concepts_are_one_term(self) -> None:
        posting = posting_with(tools=["React", "Vue"])
        react, vue = concept("React"), concept("Vue.js")

        editing.merge([react.pk, vue.pk], into=react.pk)
        follow()

        assert values(posting) == {"react"}
        assert {"Vue.js", "Vue 3"} <= words(react)

    def test_renamed_concept_takes_its_terms_along(self) -> None:
        posting = posting_with(tools=["JS"])
        js = concept("JavaScript")

        editing.save(js, entry_of(js, "JavaScript", name="ECMA"), seen=js.edit_number)
        follow()

        assert values(posting) == {"ecma"}
        vocabulary.expire()
        assert vocabulary.current().find("skill", "javascript") == "ecma"

    def test_word_taken_away_is_itself_again_and_can_be_split_off(self) -> None:
        posting, other = posting_with(tools=["ECMAScript"]), posting_with(tools=["JS"])
        js = concept("JavaScript")
        kept = tuple(words(js) - {"ECMAScript"})

        editing.save(js, entry_of(js, words=kept), seen=js.edit_number)
        follow()
        assert values(posting) == {"ecmascript"}
        assert values(other) == {"javascript"}

        editing.add(Entry(kind="skill", name="ECMAScript"))
        vocabulary.expire()
        assert vocabulary.current().name("skill", "ecmascript") == "ECMAScript"

    def test_deleted_concept_leaves_the_words_of_the_postings(self) -> None:
        posting = posting_with(tools=["K8s"])

        editing.delete([concept("Kubernetes").pk])
        follow()

        assert values(posting) == {"k8s"}

    def test_new_role_finds_its_postings_by_their_titles(self) -> None:
        bakers = [
            posting_with(title="Night zookeeper (m/f)"),
            posting_with(title="Zoo-keeper & Data Analyst"),
        ]
        other = posting_with(title="Zoologist")
        assert [values(one, "role") for one in bakers] == [set(), {"data analyst"}]

        editing.add(
            Entry(kind="role", name="Zookeeper", words=("zoo keeper assistant",))
        )
        assert follow() == 2

        assert values(bakers[0], "role") == {"zookeeper"}
        assert values(bakers[1], "role") == {"data analyst"}  # the longer one
        assert values(other, "role") == set()

    def test_role_by_its_field_follows_too(self) -> None:
        posting = posting_with(title="Wizard", role_family="software")

        editing.add(Entry(kind="role", name="Software Wizard"))
        follow()

        assert values(posting, "role") == {"software wizard"}

    def test_postings_in_somebodys_hands_follow_later(self) -> None:
        postings = [posting_with(tools=["zither"]) for _ in range(5)]
        editing.add(Entry(kind="skill", name="Cithare", words=("zither",)))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(following, "POSTINGS", 2)
            patch.setattr(following, "VALUES", 1)
            words_settle()
            assert following.follow(seconds=0) == 0  # one step: it looks for the word
            assert VocabularyChange.objects.count() == 1
            follow()

        assert all(values(one) == {"cithare"} for one in postings)

    def test_workers_follow_by_themselves(self) -> None:
        posting = posting_with(tools=["zither"])
        sweeper.keep_terms()
        editing.add(Entry(kind="skill", name="Cithare", words=("zither",)))
        sweeper.keep_terms()
        assert values(posting) == {
            "zither"
        }  # who writes by the old words may end first

        words_settle()
        sweeper.keep_terms()

        assert values(posting) == {"cithare"}

    def test_how_many_will_follow_is_told_by_the_counts(self) -> None:
        posting_with(tools=["Zi-ther"], title="Zither Tuner")
        posting_with(tools=["zither"])
        term_counts.refresh()
        editing.add(Entry(kind="skill", name="Cithare", words=("zither",)))

        assert following.concerned("skill", keys=set(), words={"zither"}) == 2
        assert following.concerned("role", keys=set(), words={"zithertuner"}) == 1
        assert following.concerned("skill", keys={"python"}, words=set()) == 0

    def test_terms_are_written_by_the_newest_words(self) -> None:
        posting = posting_with(tools=["zither"])
        editing.add(Entry(kind="skill", name="Cithare", words=("zither",)))

        with transaction.atomic():
            terms.refresh([posting.pk])

        assert values(posting) == {"cithare"}


class RefusalTests(SeededTestCase):
    def test_word_of_another_concept_is_refused_by_name(self) -> None:
        with pytest.raises(VocabularyError, match="“k8s” leads to Kubernetes already"):
            editing.add(Entry(kind="skill", name="Kates", words=("k8s",)))

        assert not Concept.objects.filter(name="Kates").exists()
        assert not VocabularyChange.objects.exists()

    def test_the_database_holds_one_concept_for_a_word(self) -> None:
        docker = concept("Docker")
        with pytest.raises(IntegrityError), transaction.atomic():
            Alias.objects.create(concept=docker, kind="skill", word="K8S", folded="k8s")

    def test_code_needs_its_scheme(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Concept.objects.create(kind="skill", name="x", key="x", code="1")

    def test_change_of_what_somebody_else_changed_is_refused(self) -> None:
        docker = concept("Docker")
        seen = docker.edit_number
        editing.save(docker, entry_of(docker, "dockeur"), seen=seen)

        with pytest.raises(VocabularyError, match="Somebody else"):
            editing.save(docker, entry_of(docker, "dokker"), seen=seen)

        assert "dokker" not in words(docker)

    def test_merge_of_what_is_gone_or_of_another_kind_changes_nothing(self) -> None:
        docker, baker = concept("Docker"), concept("Baker", "role")
        for others, text in (([999_999_999], "gone"), ([baker.pk], "different kinds")):
            with pytest.raises(VocabularyError, match=text):
                editing.merge(others, into=docker.pk)

        assert Concept.objects.filter(pk=baker.pk).exists()
        assert Enrichment.objects.count() == 0
