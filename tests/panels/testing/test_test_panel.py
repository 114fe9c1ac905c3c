"""The test panel: what it shows is what `compare` returns; what is typed is stored."""

from pathlib import Path

import pandas as pd
import pytest

from smmlib import panels
from smmlib.errors import InvalidValueError
from smmlib.experiments import Arm, CopyTest
from smmlib.panels.testing.test_batch import ORDERS
from smmlib.panels.testing.test_editor import read_count
from smmlib.panels.testing.test_model import PAGE
from smmlib.panels.testing.test_model import TestModel as Model

UPWORTHY = Path(__file__).parents[4] / "shared" / "data" / "upworthy_dev.csv.gz"
HEADLINES = CopyTest(
    id="head",
    name="Headlines <b>",
    arms=(
        Arm(variant="A", text="Ride home", trials=10000, successes=300),
        Arm(variant="B", text="<script>alert(1)</script>", trials=10100, successes=400),
    ),
)


@pytest.fixture
def tested(workspace):
    workspace.tests.add(HEADLINES)
    return workspace


@pytest.fixture
def counts(tmp_path):
    """60 tests; the second of each three is clear, the third has a broken split."""
    rows = [
        (f"T{i:02}", f"{word} {i}", trials, clicks, 202601 + i // 20)
        for i in range(60)
        for word, trials, clicks in (
            ("Dog", 1000, 30),
            ("Cat", 1000 + (500 if i % 3 == 2 else 0), 30 + (60 if i % 3 == 1 else 0)),
        )
    ]
    path = tmp_path / "counts.csv"
    pd.DataFrame(rows, columns=["test", "headline", "impressions", "clicks", "week"]).to_csv(
        path, index=False
    )
    return str(path)


def left_by(code):
    names: dict[str, object] = {}
    exec(code, names)
    return names["result"]


def same(model):
    pd.testing.assert_frame_equal(left_by(model.code).to_frame(), model.result.to_frame())


def test_it_opens_on_the_tests_of_the_workspace(tested):
    panel = panels.TestPanel(tested, language="en")
    assert panel._list._list.options == (("Headlines <b>", "head"),)
    assert "B wins" in panel._result._verdict.value
    assert "winner" in panel._result._head.value
    assert panel._result._forest._image.value[:4] == b"\x89PNG"
    same(panel.model)
    assert panel.data()["decision"].tolist() == ["winner", "winner"]


def test_what_was_typed_is_text(tested):
    panel = panels.TestPanel(tested, language="en")
    shown = panel._result._table.value + panel._result._head.value + panel._result._code.value
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "Headlines <b>" not in shown


def test_typed_counts_are_stored_at_once_and_can_be_undone(tested):
    panel = panels.TestPanel(tested, language="de")
    fields = panel._editor.children[1]._rows[0]._fields
    assert fields["trials"].value == "10.000"
    fields["successes"].value = "1.200"
    assert tested.tests.get("head").arms[0].successes == 1200
    assert "A ist Sieger" in panel._result._verdict.value
    again = panels.TestPanel(tested, language="de")  # as after a restart
    again.model.undo()
    assert tested.tests.get("head").arms[0].successes == 300
    assert again._editor.children[1]._rows[0]._fields["successes"].value == "300"


def test_what_is_no_count_is_refused_and_nothing_stored_changes(tested):
    panel = panels.TestPanel(tested, language="en")
    panel._editor.children[1]._rows[0]._fields["trials"].value = "12.5"
    assert "is not a count" in panel.status.value
    assert tested.tests.get("head") == HEADLINES
    panel._editor.children[1]._rows[0]._fields["successes"].value = "99999"
    assert "more successes than trials" in panel._result._verdict.value
    assert "Not usable" in panel._result._forest.chart.alt


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("1234", 1234),
        ("1.234", 1234),
        ("1,234,567", 1234567),
        ("1 234", 1234),
        ("", None),
        (" 7 ", 7),
        ("-3", -3),
    ],
)
def test_counts_are_read_as_people_type_them(typed, count):
    assert read_count(typed) == count


@pytest.mark.parametrize("typed", ["1.5", "12,34", "many", "1e3", "1.23.456"])
def test_what_is_no_whole_number_is_no_count(typed):
    with pytest.raises(InvalidValueError, match="is not a count"):
        read_count(typed)


def test_a_new_test_is_typed_from_nothing(workspace):
    panel = panels.TestPanel(workspace, language="en")
    assert "No test yet" in panel._empty.value
    model = panel.model
    model.new("Betreff")
    editor = panel._editor.children[1]
    for row, (shown, answered) in zip(editor._rows, [("900", "30"), ("910", "80")], strict=True):
        row._fields["trials"].value, row._fields["successes"].value = shown, answered
    assert "B wins" in panel._result._verdict.value
    model.add_arm()
    assert [arm.variant for arm in workspace.tests.list()[0].arms] == ["A", "B", "C"]
    assert "The trials are missing" in panel._result._verdict.value
    model.drop_arm(2)
    assert len(editor._rows) == 2
    model.remove()
    assert workspace.tests.list() == ()
    model.bring_back()
    assert model.test.name == "Betreff"


def test_a_test_without_figures_is_not_called_unusable(workspace):
    panel = panels.TestPanel(workspace, language="en")
    panel.model.new("Betreff")
    assert "smm-hidden" in panel._one._dom_classes
    assert "smm-hidden" not in panel._typed._dom_classes
    panel.model.edit_arm(0, trials=900)
    assert "smm-hidden" in panel._typed._dom_classes
    assert "The successes are missing" in panel._result._verdict.value


def test_the_listed_tests_are_had_as_a_table(tested, counts):
    panel = panels.TestPanel(tested, language="en")
    panel._source.value = "file"
    panel.model.read_file(counts)
    panel._list._decision.value = "winner"
    panel._list._order.value = "p"
    rows = panel._list._listed()
    assert set(rows["decision"]) == {"winner"}
    assert rows["p_adjusted"].is_monotonic_increasing


@pytest.mark.parametrize(("field", "typed"), [("looks", "0"), ("trials", "abc"), ("rate", "0"), ("runs", "")])
def test_peeking_says_at_the_field_what_does_not_fit(workspace, field, typed):
    page = panels.TestPanel(workspace, language="en").rooms.enter("smm-test-peeking")
    before = page._words.value
    page._fields[field].control.value = typed
    assert "smm-bad" in page._fields[field]._note.value
    assert page._words.value == before


def test_two_kernels_lose_nothing(tested):
    one, two = Model(tested), Model(tested)
    one.edit(name="One")
    two.edit(name="Two")
    assert [test.name for test in tested.tests.list()] == ["One", "Two (2)"]
    assert "changed elsewhere" in two.news


def test_design_changes_what_may_be_said(tested):
    panel = panels.TestPanel(tested, language="en")
    terms = panel._terms.children[1]
    terms._design.value = "history"
    assert tested.tests.get("head").design == "history"
    assert "association, not proof" in panel._result._verdict.value
    assert "no variant wins" in terms._meaning.value
    terms._design.value = "platform"
    assert "creative and delivery" in panel._result._verdict.value
    terms._control.value = "A"
    terms._dispersion.value = 1.8
    terms._confidence.value = 0.99
    kept = tested.tests.get("head")
    assert (kept.control, kept.dispersion, kept.confidence) == ("A", 1.8, 0.99)
    same(panel.model)


def test_a_file_is_listed_searched_filtered_and_sorted(tested, counts):
    panel = panels.TestPanel(tested, language="en")
    panel._source.value = "file"
    panel._file._path.value = counts
    panel._file._open.click()
    assert "60 tests read" in panel.status.value
    assert len(panel._list._list.options) == PAGE
    assert panel._list._list.options[0][0].startswith("★")
    panel._list._on.click()
    assert len(panel._list._list.options) == 10
    panel._list._query.value = "cat 17"
    assert [value for _, value in panel._list._list.options] == ["T17"]
    panel._list._query.value = ""
    panel._list._decision.value = "winner"
    panel._list._period.value = "202602"
    model = panel.model
    assert set(model.found()["decision"]) == {"winner"}
    assert set(model.found()["period"]) == {202602}
    panel._list._list.value = "T22"
    assert "Cat 22 wins" in panel._result._verdict.value
    same(model)
    assert "20 of 60 tests are not usable" in panel._summary._words.value


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_keeps_every_test(tested, counts, order):
    model = Model(tested)
    model.source = "file"
    model.read_file(counts)
    model.order = order
    found = model.found()
    assert sorted(found["test"]) == sorted(model.batch.overview["test"])
    if order in ("lead", "lift"):
        assert set(found["decision"].tail(20)) == {"invalid"}


def test_an_upload_has_code_without_a_path(tested, counts):
    model = Model(tested)
    model.source = "file"
    model.read_file(Path(counts).read_bytes(), "counts.csv")
    model.chosen = "T04"
    assert "counts.csv" not in model.code
    same(model)


def test_columns_that_cannot_be_guessed_are_asked_for(tested, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a;b;c;d\nT;x;1.000;30\nT;y;1.010;90\n", encoding="utf-8")
    panel = panels.TestPanel(tested, language="en")
    panel._source.value = "file"
    panel._file._path.value = str(path)
    panel._file._open.click()
    assert "Please choose the columns" in panel.status.value
    for role, column in zip(("test", "variant", "trials", "successes"), "abcd", strict=True):
        panel._file._columns[role].value = column
    assert "y wins" in panel._result._verdict.value
    same(panel.model)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x01", "is not a text table"),
        (b"test,variant,n,n\n1,2,3,4\n", "more than once"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_on_the_status_line(tested, tmp_path, content, words):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    panel = panels.TestPanel(tested, language="en")
    panel._source.value = "file"
    panel._file._path.value = str(path)
    panel._file._open.click()
    assert words in panel.status.value
    assert "smm-error" in panel.status.value
    panel._file._path.value = str(tmp_path / "gone.csv")
    panel._file._open.click()
    assert "cannot be read" in panel.status.value


def test_it_opens_as_it_was_left(tested, counts):
    model = Model(tested)
    model.source = "file"
    model.read_file(counts)
    model.chosen = "T22"
    again = panels.TestPanel(tested, language="en").model
    assert (again.source, again.chosen, again.path) == ("file", "T22", counts)
    Path(counts).unlink()
    assert Model(tested).source == "own"


def test_the_archive_is_opened_and_its_broken_weeks_are_shown(tested):
    if not UPWORTHY.exists():
        pytest.skip(f"the Upworthy archive is not at {UPWORTHY}")
    panel = panels.TestPanel(tested, language="en")
    panel._source.value = "file"
    panel._file._path.value = str(UPWORTHY)
    panel._file._open.click()
    assert "470 of 2,165 tests are not usable" in panel._summary._words.value
    assert "201325–201350" in panel._summary._words.value
    assert "1 to 50 of 2,165" in panel._list._count.value
    terms = panel._terms.children[1]
    terms._same.value = ("headline", "eyecatcher_id")
    terms._estimate()
    assert panel.model.terms.dispersion == pytest.approx(1.91, abs=0.02)
    same(panel.model)


def test_posts_of_the_response_are_compared_as_history(tested):
    from tests.panels.response.test_response_panel import imported
    from tests.response.made_up import six_weeks

    table, posts = six_weeks()
    labels = table["entity_id"].map(
        lambda post: '{"pillar": "%s"}' % ("How-to" if sum(map(ord, post)) % 2 else "People")
    )
    tested.response.add(imported(table.assign(campaign="spring", labels=labels), posts))
    panel = panels.TestPanel(tested, language="en")
    panel._source.value = "response"
    response = panel._response
    response._by.value = "pillar"
    response._read()
    model = panel.model
    assert model.terms.design == "history"
    assert set(model.batch.comparison.tests["decision"]) <= {"association", "no decision", "invalid"}
    same(model)
