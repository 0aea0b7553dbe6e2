"""When two names of a skill are one, and when two phrases overlap."""

from __future__ import annotations

import pytest

from enrichment.evaluation import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kubernetes", "k8s"),
        ("AWS", "amazon-web-services"),
        ("Spring Boot", "spring-boot"),
        ("PostgreSQL", "postgresql"),
        ("c#", "C#"),
    ],
)
def test_synonyms_and_spellings_are_one(one: str, other: str) -> None:
    assert names.is_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Java", "JavaScript"), ("C", "C++"), ("C#", "C"), ("SQL", "NoSQL"), ("Go", "R")],
)
def test_names_that_look_alike_are_two(one: str, other: str) -> None:
    assert not names.is_same(one, other)
    assert not names.overlaps(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agile", "agile methodologies"),
        ("microservices", "microservice architecture"),
        ("a degree in computer science", "degree of computer science"),
    ],
)
def test_phrase_overlaps_one_that_holds_it(one: str, other: str) -> None:
    assert names.overlaps(one, other)
    assert names.overlaps(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("the design of bridges", "the law of bakers"), ("", "agile"), ("of", "of the")],
)
def test_light_words_make_no_overlap(one: str, other: str) -> None:
    assert not names.overlaps(one, other)


def test_short_tags_are_sought_as_names() -> None:
    assert names.as_written("go") == "Go"
    assert names.as_written("amazon-web-services") == "amazon web services"
