"""`smm compare` on real files."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from smmlib.commands.compare import command
from smmlib.errors import InvalidValueError, MissingColumnError, UnreadableFileError

UPWORTHY = Path(__file__).parents[3] / "shared" / "data" / "upworthy_dev.csv.gz"
COUNTS = """test,variant,impressions,clicks,week
Headline,Ride home,10000,300,1
Headline,"Leave the car, today",10100,600,1
Button,Blue,1000,30,2
Button,Green,1010,31,2
Picture,Dog,1000,3000,2
Picture,Cat,1000,30,2
"""


@pytest.fixture
def counts(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(COUNTS, encoding="utf-8")
    return str(path)


def run(*arguments):
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


def test_columns_are_guessed_and_every_test_is_accounted_for(counts):
    lines = run(counts).stdout.splitlines()
    assert lines[0] == "counts.csv: 6 rows, 3 tests."
    assert lines[2].startswith(
        "3 tests compared. 1 has a winner. 1 is undecided. 1 is not usable because its counts"
    )
    winner = next(line for line in lines if line.startswith("Headline"))
    assert (
        " ".join(winner.split()) == "Headline Leave the car, today 5.94% 98% 2.94 points 2.37 to 3.51 <0.001"
    )
    assert "  row 5 (Picture, Dog): There are more successes than trials." in lines
    assert not any("\x1b" in line for line in lines)


def test_german_and_other_designs(counts):
    output = run(counts, "--language", "de", "--design", "history", "--best", "1").output
    assert "1 zeigt einen Zusammenhang (nichts wurde zugelost)" in output
    assert "2,94 Punkte" in output
    assert "Zeile 5 (Picture, Dog): Es gibt mehr Reaktionen als Ausspielungen." in output


def test_columns_can_be_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a;b;c;d\nT;x;1.000;30\nT;y;1.010;90\n", encoding="cp1252")
    with pytest.raises(InvalidValueError, match=r"own.csv: say which columns to use with --test, --variant"):
        run(str(path))
    named = ["--test", "a", "--variant", "b", "--trials", "c", "--successes", "d"]
    assert "1 has a winner" not in run(str(path), *named).output
    assert "y wins. y had 8.9%" in run(str(path), *named).output
    with pytest.raises(MissingColumnError, match=r"own.csv: missing column\(s\) 'aa'"):
        run(str(path), "--test", "aa")


def test_a_file_that_is_not_a_table(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\x00\x01")
    with pytest.raises(UnreadableFileError, match=r"a.csv is not a text table"):
        run(str(tmp_path / "a.csv"))


def test_the_archive_shows_its_best_five_and_where_it_is_broken():
    if not UPWORTHY.exists():
        pytest.skip(f"the Upworthy archive is not at {UPWORTHY}")
    output = run(str(UPWORTHY)).output
    assert "2,165 tests compared. 166 have a winner. 1,418 are undecided. 470 are not usable" in output
    assert "111 more are set aside: they ran while the randomisation was broken." in output
    assert "This Mother And Father Are Smiling. But W…  5.07%  163%" in output
    assert "They pile up in 201325–201350, 201352, 201401" in output
    assert max(map(len, output.splitlines())) < 200


def test_one_test_is_one_test(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("test,variant,shown,clicked\nButton,Blue,1000,30\nButton,Green,1010,31\n")
    assert run(str(path)).output.splitlines()[0] == "one.csv: 2 rows, 1 test."
    assert run(str(path), "--language", "de").output.splitlines()[0] == "one.csv: 2 Zeilen, 1 Test."
