"""Two people at the vocabulary at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enrichment.models import Alias, Concept
from enrichment.models.vocabulary import VocabularyState
from enrichment.vocabulary import editing
from enrichment.vocabulary.editing import VocabularyError
from enrichment.vocabulary.lookup import Entry
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_words() -> None:
    """A vocabulary of three, in place of the built-in one."""
    VocabularyState.objects.update_or_create(pk=1, defaults={"mark": "own"})
    Concept.objects.all().delete()
    for name in ("Docker", "Podman", "Helm"):
        editing.add(Entry(kind="skill", name=name))


def told(action: Callable[[], object]) -> Callable[[], str]:
    """The refusal, if it is one."""

    def act() -> str:
        try:
            action()
        except VocabularyError as error:
            return str(error)
        return ""

    return act


def test_two_that_add_one_word_at_once_get_one_clear_error() -> None:
    def add(name: str) -> Callable[[], object]:
        return lambda: editing.add(Entry(kind="skill", name=name, words=("zither",)))

    results = together(told(add("Cithare")), told(add("Citer")))

    assert sorted(map(bool, results)) == [False, True]
    assert "“zither” leads to Cit" in "".join(results)
    assert Alias.objects.filter(kind="skill", folded="zither").count() == 1
    assert Concept.objects.filter(name__in=["Cithare", "Citer"]).count() == 1


def test_of_two_merges_of_one_concept_the_second_is_refused() -> None:
    docker, podman, helm = (
        Concept.objects.get(kind="skill", name=name).pk
        for name in ("Docker", "Podman", "Helm")
    )

    results = together(
        told(lambda: editing.merge([podman], into=docker)),
        told(lambda: editing.merge([podman], into=helm)),
    )

    assert sorted(map(bool, results)) == [False, True]
    assert not Concept.objects.filter(pk=podman).exists()
    assert Alias.objects.get(kind="skill", folded="podman").concept_id in (docker, helm)
