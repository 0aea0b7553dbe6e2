"""Where the kind of contract stands: as what is offered, not as a prospect."""

from __future__ import annotations

from collections.abc import Iterator

from enrichment.llm.schema import ContractType
from enrichment.offline.rules.contracts import CONTRACTS, PROSPECT, SOMEONE_ELSES
from enrichment.offline.rules.words import Hit, split
from enrichment.places import patterns
from enrichment.places.texts import Place, Text, Texts, first_of

# Beside the words of the extractor.
_MORE = {
    ContractType.INTERNSHIP: "internship; intern; stage; stagiair; stagiaire; traineeship; stageplaats; stageplek; stageopdracht",
    ContractType.APPRENTICESHIP: "apprenticeship programme; apprentissage; apprenti; leerjongen; leercontract; alternerend leren",
    ContractType.VOLUNTEER: "volunteer; volunteers; volunteering; vrijwilligers; benevoles; vrijwillige",
    ContractType.FREELANCE: "independant; zelfstandige; self-employed; contractor; freelancecontract; auto-entrepreneur; zelfstandig statuut; independante; en freelance; freelance-opdracht",
    ContractType.TEMPORARY_AGENCY: "interim; uitzend; uitzendwerk; interimair; interimaire; agency work; temp agency; agency worker; interimwerk; interimjob; interimopdracht; uitzenden",
    ContractType.FIXED_TERM: "temporary; tijdelijk; tijdelijke; temporaire; fixed period; limited contract; vervanging; contract bepaalde duur; contract van bepaalde duur; remplacement; a duree determinee; definite period; fixed duration; tijdelijke functie",
    ContractType.PERMANENT: "permanent; vast; open-ended; indefinite; indefinite period; indefinite duration; a duree indeterminee; contrat a duree indeterminee; contract van onbepaalde duur; unlimited duration; undetermined duration; contract bepaalde onbepaalde duur; onbepaald",
}
# Of one word, these are said of other things as well.
_NEEDS_CONTRACT = frozenset(
    (
        "permanent", "vast", "temporary", "tijdelijk", "tijdelijke", "temporaire", "stage",
        "onbepaald", "vervanging", "indefinite", "uitzenden", "contractor",
    )
)  # fmt: skip
_CONTRACT = (
    "contract", "contrat", "position", "role", "job", "employ", "dienst", "baan", "functie",
    "aanstelling", "poste", "emploi", "basis", "overeenkomst", "type", "werk", "full",
    "part", "voltijds", "deeltijds", "stage", "convention",
)  # fmt: skip


def contract(texts: Texts, kind: ContractType) -> tuple[Place, ...]:
    found = first_of(_places(texts, kind, split(CONTRACTS[kind])))
    found = found or first_of(_places(texts, kind, split(_MORE[kind])))
    if not found and kind is ContractType.FIXED_TERM:
        return patterns.term(texts.description)
    return found


def _places(texts: Texts, kind: ContractType, phrases: list[str]) -> Iterator[Place]:
    for text in texts.all:
        for phrase in phrases:
            for hit in text.hits(phrase, phrase):
                if _is_offered(text, hit, kind):
                    yield text.between(hit.first, hit.last)


def _is_offered(text: Text, hit: Hit[str], kind: ContractType) -> bool:
    words, folded = text.words, text.words.folded
    start, end = words.starts[hit.first], words.ends[hit.last]
    before = folded[max(0, start - 60) : start]
    before = before[max(before.rfind(mark) for mark in ("\n", ". ", ";")) + 1 :]
    near = before[-30:] + folded[start : end + 30].split("\n")[0]
    is_prospect = kind is ContractType.PERMANENT and PROSPECT.search(before)
    if is_prospect or SOMEONE_ELSES.search(near):
        return False
    if text.part == "company" and kind is not ContractType.TEMPORARY_AGENCY:
        return False
    if hit.value in _NEEDS_CONTRACT:
        return text.part == "title" or any(word in near for word in _CONTRACT)
    return True
