"""The notice about texts that are hard to read."""

from __future__ import annotations

from smmlib import drafting
from smmlib.draft import Draft
from smmlib.networks import load_networks

NETWORK = load_networks()["linkedin"]
HARD = (
    "Die Inanspruchnahme der Förderungsmöglichkeiten unterliegt den Zuwendungsvoraussetzungen der "
    "Landesverwaltungsvorschrift. Die Antragstellung erfordert vollständige Bewilligungsunterlagen "
    "einschließlich "
    "Wirtschaftlichkeitsberechnung, Genehmigungsbescheid, Finanzierungsnachweis und "
    "Verwendungsnachweisverpflichtungserklärung. Nachreichungen nach Fristablauf bleiben grundsätzlich "
    "unberücksichtigt. Rechtsbehelfsbelehrungen enthalten die Bewilligungsbescheide."
)


def found(text: str) -> list[drafting.Finding]:
    said = drafting.check(Draft(text=text), campaign=None, network=NETWORK)
    return [finding for finding in said if finding.rule == "readability"]


def test_a_hard_text_is_a_notice_with_its_longest_sentence() -> None:
    (finding,) = found(HARD)
    assert finding.severity == "notice"
    assert finding.span is not None
    assert HARD[slice(*finding.span)].startswith("Die Antragstellung")
    assert finding.text("de").startswith("Schwer zu lesen: -")


def test_a_very_long_sentence_is_a_notice() -> None:
    text = "Wir " + "und du und er und sie " * 6 + "gehen. Das war es."
    (finding,) = found(text)
    assert finding.span == (0, text.index(".") + 1)
    assert "38 words" in finding.text()


def test_of_short_texts_nothing_is_said() -> None:
    assert found("Bewilligungsunterlagen einschließlich Wirtschaftlichkeitsberechnung. " * 3) == []
