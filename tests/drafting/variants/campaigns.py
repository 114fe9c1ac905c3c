"""Made-up campaigns whose phrases are masculine, feminine, neuter and plural."""

from smmlib.campaign import Campaign
from smmlib.message_house import (
    KeyDate,
    NounPhrase,
    Offer,
    Percentage,
    Price,
    SupportingMessage,
    Wording,
)


def noun(nominative: str, accusative: str = "", dative: str = "", *, plural: bool = False) -> NounPhrase:
    return NounPhrase(nominative=nominative, accusative=accusative, dative=dative, plural=plural)


def wording(offer: NounPhrase, benefit: NounPhrase, problem: NounPhrase, audience: NounPhrase) -> Wording:
    return Wording(offer=offer, benefit=benefit, problem=problem, audience=audience)


BIKE = Campaign(
    id="bike",
    name="Lastenrad",
    link="https://example.com/rad",
    core_message="In der Stadt ist ein Lastenrad oft schneller als das Auto.",
    supporting=(
        SupportingMessage(
            text="Der Motor hilft auch am Berg",
            proof="Im Test schaffte das Rad 80 Kilometer mit einer Ladung.",
            source="Radtest 3/2026",
        ),
    ),
    offer=Offer(
        prices=(Price(label="Monatsrate", amount="89"),),
        dates=(KeyDate(label="Verkaufsstart", day="2026-10-01"),),
    ),
    wording={
        "de": wording(
            noun("das neue Lastenrad", dative="dem neuen Lastenrad"),
            noun("mehr Zeit am Morgen"),
            noun("der Stau am Morgen", "den Stau am Morgen", "dem Stau am Morgen"),
            noun("alle, die in der Stadt Rad fahren"),
        ),
        "en": wording(
            noun("the new cargo bike"),
            noun("more time in the morning"),
            noun("the morning traffic jam"),
            noun("everybody who cycles in the city"),
        ),
    },
)
BANK = Campaign(
    id="bank",
    name="Girokonto",
    link="https://example.com/konto",
    core_message="Ein Konto soll einfach funktionieren.",
    wording={
        "de": wording(
            noun("das kostenlose Girokonto", dative="dem kostenlosen Girokonto"),
            noun("der volle Überblick", "den vollen Überblick", "dem vollen Überblick"),
            noun("versteckte Gebühren", dative="versteckten Gebühren", plural=True),
            noun("junge Leute im ersten Job", plural=True),
        ),
        "en": wording(
            noun("the free current account"),
            noun("full control of your money"),
            noun("hidden fees", plural=True),
            noun("young people in their first job", plural=True),
        ),
    },
)
MUSEUM = Campaign(
    id="museum",
    name="Licht",
    link="https://example.com/licht",
    core_message="Kunst ist für alle da.",
    wording={
        "de": wording(
            noun("die Sonderausstellung „Licht“", dative="der Sonderausstellung „Licht“"),
            noun(
                "ein Nachmittag voller Entdeckungen",
                "einen Nachmittag voller Entdeckungen",
                "einem Nachmittag voller Entdeckungen",
            ),
            noun("graue Sonntage", dative="grauen Sonntagen", plural=True),
            noun("Familien mit Kindern", plural=True),
        ),
        "en": wording(
            noun("the exhibition “Light”"),
            noun("an afternoon full of discoveries"),
            noun("grey Sundays", plural=True),
            noun("families with children", plural=True),
        ),
    },
)
BAKERY = Campaign(
    id="bakery",
    name="Dinkel",
    link="https://example.com/brot",
    core_message="Gutes Brot braucht Zeit.",
    offer=Offer(percentages=(Percentage(label="Vollkorn", value="100"),)),
    wording={
        "de": wording(
            noun("unsere Dinkelbrötchen", dative="unseren Dinkelbrötchen", plural=True),
            noun("ein ehrliches Frühstück", dative="einem ehrlichen Frühstück"),
            noun("das Schlangestehen am Samstag", dative="dem Schlangestehen am Samstag"),
            noun("alle Frühaufsteher", plural=True),
        ),
        "en": wording(
            noun("our spelt rolls", plural=True),
            noun("an honest breakfast"),
            noun("queueing on Saturdays"),
            noun("all early birds", plural=True),
        ),
    },
)
CITY = Campaign(
    id="city",
    name="Ökostrom",
    link="https://example.com/strom",
    core_message="Energie von hier, für alle hier.",
    wording={
        "de": wording(
            noun(
                "der neue Tarif für Ökostrom", "den neuen Tarif für Ökostrom", "dem neuen Tarif für Ökostrom"
            ),
            noun("planbare Kosten", dative="planbaren Kosten", plural=True),
            noun("die hohen Abschläge", dative="den hohen Abschlägen", plural=True),
            noun("alle Haushalte in der Stadt", plural=True),
        ),
        "en": wording(
            noun("the new green tariff"),
            noun("predictable costs", plural=True),
            noun("high advance payments", plural=True),
            noun("all households in town", plural=True),
        ),
    },
)
CAMPAIGNS = (BIKE, BANK, MUSEUM, BAKERY, CITY)
