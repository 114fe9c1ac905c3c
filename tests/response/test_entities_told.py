"""What a row of a table is about: a post, an advertisement, a day of a post."""

from smmlib.response import read_export

FILE = "Anzeige;Kampagne;Beginn;Impressionen;Ausgaben (EUR)\n7001;herbst;05.10.2026 07:15;1.500;12,50\n"


def test_a_column_of_advertisement_ids_makes_advertisements() -> None:
    columns = {
        "Anzeige": "ad_id",
        "Kampagne": "campaign",
        "Beginn": "published_at",
        "Impressionen": "impressions",
        "Ausgaben (EUR)": "spend",
    }
    read = read_export("a.csv", data=FILE.encode(), columns=columns, network="facebook", locale="de")
    assert set(read.table["entity"]) == {"ad"}
    assert set(read.table["entity_id"]) == {"7001"}
    assert set(read.table["campaign"]) == {"herbst"}
    assert len(read.posts) == 0


def test_texts_with_commas_do_not_hide_the_semicolon() -> None:
    rows = [f'{i};"Eins, zwei, drei\n\nvier, {i}, fünf";3' for i in range(5)]
    content = "\r\n".join(["Nummer;Text;Impressionen", *rows]).encode()
    columns = {"Nummer": "entity_id", "Text": "text", "Impressionen": "impressions"}
    read = read_export("b.csv", data=content, columns=columns, network="facebook", locale="de")
    assert len(read.posts) == 5


def test_days_of_posts_do_not_blank_their_texts() -> None:
    columns = {"Tag": "day", "Nummer": "entity_id", "Impressionen": "impressions"}
    content = b"Tag;Nummer;Impressionen\n05.10.2026;7;10\n06.10.2026;7;4\n"
    read = read_export("c.csv", data=content, columns=columns, network="facebook", locale="de")
    assert len(read.table) == 2
    assert set(read.table["entity"]) == {"post"}
    assert len(read.posts) == 0
