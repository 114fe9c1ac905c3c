import gzip
import io

import pandas as pd
import pytest

from smmlib.errors import UnreadableFileError
from smmlib.experiments import compare, guess_columns, lettered, needs_letters, read_counts

ENGLISH = 'test,variant,impressions,clicks\nT1,"A, long","1,234",12\nT1,B,"1,300",15\n'
GERMAN = "Test;Variante;Impressionen;Klicks;Rate\nT1;Größer;1.234;12;0,97\nT1;Kleiner;1.300;15;1,15\n"


def test_english_and_german_numbers_are_told_by_the_text():
    english = read_counts(ENGLISH.encode(), name="a.csv")
    assert english["impressions"].tolist() == [1234, 1300]
    assert english["variant"].tolist() == ["A, long", "B"]
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        german = read_counts(GERMAN.encode(encoding), name="a.csv")
        assert german["Impressionen"].tolist() == [1234, 1300]
        assert german["Rate"].tolist() == [0.97, 1.15]
        assert german["Variante"].tolist() == ["Größer", "Kleiner"]


def test_points_and_semicolons_may_go_together():
    table = read_counts(b"test;variant;n;rate\n1;A;1000;0.125\n1;B;1100;0.5\n")
    assert table["rate"].tolist() == [0.125, 0.5]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "xlsx", "parquet", "tsv"])
def test_every_kind_of_file_gives_the_same_table(kind, tmp_path):
    table = pd.DataFrame(
        {"test": ["T1", "T1"], "variant": ["A", "B"], "trials": [100, 120], "successes": [5, 9]}
    )
    path = tmp_path / f"counts.{kind}"
    {
        "csv": lambda: table.to_csv(path, index=False),
        "csv.gz": lambda: table.to_csv(path, index=False),
        "tsv": lambda: table.to_csv(path, index=False, sep="\t"),
        "xlsx": lambda: table.to_excel(path, index=False),
        "parquet": lambda: table.to_parquet(path),
    }[kind]()
    for source in (path, str(path), path.read_bytes()):
        read = read_counts(source, name=path.name)
        pd.testing.assert_frame_equal(read, table, check_dtype=False)


def _xlsx_without_rows():
    stream = io.BytesIO()
    pd.DataFrame({"a": []}).to_excel(stream, index=False)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.csv", b"", r"a.csv is empty"),
        ("a.csv", b" \n\n", r"a.csv is empty"),
        ("a.csv", b"test,variant,n,x\n", r"a.csv has column names but no rows"),
        ("a.csv", b"test,n,n\n1,2,3\n", r"a.csv has the column 'n' more than once"),
        ("a.csv", b"a,b\n1,2,3\n4,5,6\n", r"a.csv has rows with more cells than column names"),
        ("a.csv", b"a,b\n" + b"1,2\n" * 3000 + b"1,2,3,4\n", r"a.csv is not a table"),
        ("a.csv", bytes(range(256)) * 50, r"a.csv is not a text table"),
        ("a.csv", b"a,b\n\x81\x8d,\x90\n", r"letters of a.csv are in an unknown encoding"),
        ("a.csv.gz", b"test,variant\n1,2\n", r"a.csv.gz is not a whole gzip file"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 99, mtime=0)[:-12], r"a.csv.gz is not a whole gzip file"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), r"a.csv is empty"),
        ("a.xlsx", b"PK\x03\x04 not a workbook", r"a.xlsx is not a spreadsheet"),
        ("a.xlsx", _xlsx_without_rows(), r"a.xlsx has column names but no rows"),
        ("a.parquet", b"PAR1 broken PAR1", r"a.parquet is a damaged Parquet file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, match):
    with pytest.raises(UnreadableFileError, match=match):
        read_counts(content, name=name)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"no\.csv cannot be read: No such file"):
        read_counts(tmp_path / "no.csv")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["clickability_test_id", "headline", "impressions", "clicks", "test_week"], None),
        (["Test", "Variante", "Impressionen", "Klicks", "Woche"], None),
        (["Experiment Name", "Version", "Reach", "Link clicks", "Month"], None),
        (["Öffnungen", "Versendet", "Anzeige", "Test-ID", "KW"], [3, 2, 1, 0, 4]),
        (["test", "variant", "shown", "clicked", "week"], None),
        (["Test", "Variante", "Ausgespielt", "Geklickt", "Monat"], None),
        (["test", "variant", "a", "b", "c"], [0, 1, None, None, None]),
    ],
)
def test_columns_are_guessed_in_english_and_german(names, found):
    guess = guess_columns(pd.DataFrame(columns=names))
    places = found or [0, 1, 2, 3, 4]
    expected = ["" if place is None else names[place] for place in places]
    assert [guess.test, guess.variant, guess.trials, guess.successes, guess.period] == expected
    assert guess.missing == (() if None not in places[:4] else ("trials", "successes"))


def test_repeated_headlines_get_letters_and_keep_their_text():
    table = pd.DataFrame({"test": [1, 1, 2, 1], "headline": ["x", "x", "y", "z"], "n": 10, "clicks": 1})
    columns = guess_columns(table)
    assert needs_letters(table, columns)
    marked = lettered(table, columns)
    assert marked["arm"].tolist() == ["A", "B", "A", "C"]
    assert marked["headline"].tolist() == ["x", "x", "y", "z"]
    assert "arm" not in table
    many = lettered(pd.DataFrame({"test": [1] * 703}), columns)
    assert many["arm"].iloc[[25, 26, 51, 52, 702]].tolist() == ["Z", "AA", "AZ", "BA", "AAA"]


@pytest.mark.slow
def test_a_million_rows(tmp_path):
    rows = 1_000_000
    table = pd.DataFrame({"test": pd.RangeIndex(rows) // 2, "variant": ["A", "B"] * (rows // 2)})
    table["trials"], table["successes"] = 3500, 60
    table.to_csv(tmp_path / "big.csv", index=False)
    read = read_counts(tmp_path / "big.csv")
    result = compare(read, test="test", variant="variant", trials="trials", successes="successes")
    assert len(result.tests) == rows // 2
