import pytest

from smmlib.campaign import Account
from smmlib.draft import Draft, Variant, Version
from smmlib.drafting import find

ACCOUNTS = [Account(id="a", network="mastodon", handle="@radwerk@social.example", brand="Radwerk")]
DRAFTS = [
    Draft(id="1", title="Herbstaktion", text="Grüße aus der Hauptstraße"),
    Draft(id="2", text="Neues Licht", labels={"Themensäule": "Tipps"}, versions=(Version(account="a"),)),
    Draft(
        id="3",
        text="Alt",
        versions=(Version(account="x", text="Eigener Text", fields={"title": "Blogtitel"}),),
    ),
    Draft(id="4", text="Neu", variants=(Variant(name="A", text="Kommt ihr mit?"),)),
]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "1234"),
        ("  ", "1234"),
        ("herbst", "1"),
        ("GRÜSSE", "1"),
        ("gruesse", "1"),
        ("grusse", "1"),
        ("hauptstrasse", "1"),
        ("gru\u0308sse", "1"),
        ("themensaeule tipps", "2"),
        ("radwerk", "2"),
        ("mastodon licht", "2"),
        ("licht herbst", ""),
        ("eigener", "3"),
        ("blogtitel", "3"),
        ("ihr mit", "4"),
        ("neu", "24"),
    ],
)
def test_every_word_must_occur_somewhere(query, ids):
    assert "".join(draft.id for draft in find(DRAFTS, query, accounts=ACCOUNTS)) == ids
