"""The response panel: what it shows is what the functions return; what is typed or confirmed is stored."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from smmlib import Account, Campaign, Draft, Variant, Version, open_workspace
from smmlib.errors import InvalidValueError, SmmError
from smmlib.panels import ResponsePanel
from smmlib.panels.response.import_model import ImportModel
from smmlib.panels.response.matching_model import MatchingModel
from smmlib.panels.response.response_model import VIEWS, ResponseModel
from smmlib.panels.response.typing_model import TypingModel
from smmlib.response.report import Import, ReadingReport
from smmlib.response.table import as_posts
from tests.response.made_up import six_weeks

OWN_TABLE = (
    "Kanal;Beitrag;Datum;Impressionen;Gefällt mir\n"
    "facebook;https://fb.example/1;2026-09-01 18:00;1.234,0;12\n"
    "facebook;https://fb.example/2;2026-09-02 18:00;2.345;\n"
).encode()


def imported(table, posts, sha256="0" * 64):
    report = ReadingReport(
        format="test", format_name="Test", rows_read=len(posts), rows_kept=len(posts), values=len(table)
    )
    return Import(table, posts, "test", report, "test.csv", sha256, b"test")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workspace with six weeks of posts; tests that use it only read."""
    with open_workspace(tmp_path_factory.mktemp("filled") / "workspace") as made:
        made.campaigns.add(Campaign(id="spring", name="Frühling <b>"))
        made.response.add(imported(*six_weeks()))
        yield made


@pytest.fixture(scope="module")
def shown(filled):
    """One panel on it, in English; `panel` gives it with nothing set."""
    return ResponsePanel(filled, language="en")


@pytest.fixture
def panel(shown):
    shown.model.clear()
    shown.model.by, shown.model.view = "network", "kpis"
    return shown


@pytest.fixture
def empty(tmp_path):
    with open_workspace(tmp_path / "workspace") as made:
        yield made


@pytest.mark.parametrize("view", VIEWS)
def test_code_leaves_what_the_panel_shows(filled, view):
    model = ResponseModel(filled)
    model.networks, model.start, model.view = ("facebook",), date(2026, 6, 8), view
    names: dict[str, object] = {}
    exec(model.code, names)
    result = names["result"]
    frame = result if isinstance(result, pd.DataFrame) else result.to_frame()
    pd.testing.assert_frame_equal(frame, model.data())
    assert len(frame)


def test_every_view_shows_in_german_without_an_error(filled):
    panel = ResponsePanel(filled, language="de")
    panel.model.clear()
    page = panel._tabs.children[0]
    for view in VIEWS:
        panel.model.view = view
        assert panel.status.value == ""
        assert len(panel.data()) > 0
    assert [page._charts[kind].chart.language for kind in page._charts] == ["de"] * 3


def test_a_filter_changes_figures_and_chart(panel):
    panel.model.view = "timeline"
    page = panel._tabs.children[0]
    chart = page._charts["timeline"]
    before, tiles = chart.chart.png(), page._tiles.value
    page._filters["networks"].value = "mastodon"
    assert panel.model.networks == ("mastodon",)
    assert chart.chart.png() != before
    assert page._tiles.value != tiles
    page._filters["networks"].value = ""
    assert page._tiles.value == tiles
    assert chart.chart.png() == before


def test_what_was_set_is_there_again(empty):
    empty.response.add(imported(*six_weeks()))
    first = ResponseModel(empty)
    first.networks, first.start, first.view, first.metric = ("facebook",), date(2026, 6, 9), "heatmap", "ctr"
    first.labels = {"pillar": "How-to"}
    second = ResponseModel(empty)
    assert second.filters == first.filters
    assert (second.view, second.metric) == ("heatmap", "ctr")


def test_filters_that_fit_nothing_any_more_are_dropped(empty):
    report = empty.response.add(imported(*six_weeks()))
    model = ResponseModel(empty)
    model.networks = ("mastodon",)
    empty.response.undo(report.import_id)
    model.refresh()
    assert (model.networks, model.metric, model.empty) == ((), "", True)


def test_an_empty_workspace_says_what_to_do(empty):
    page = ResponsePanel(empty, language="de")._tabs.children[0]
    assert "smm-hidden" not in page._empty._dom_classes
    assert "smm-hidden" in page._work._dom_classes


def test_dates_in_the_wrong_order_end_on_the_status_line(panel):
    page = panel._tabs.children[0]
    page._filters["start"].value, page._filters["end"].value = date(2026, 7, 1), date(2026, 6, 1)
    assert "swap the two days" in panel.status.value
    page._filters["start"].value, page._filters["end"].value = None, None
    assert panel.status.value == ""


def test_names_from_elsewhere_are_escaped(panel):
    panel.model.by = "campaign"
    markup = panel._tabs.children[0]._table.value
    assert "Frühling &lt;b&gt;" in markup
    assert "Frühling <b>" not in markup


def test_a_name_opens_its_passport_and_a_range_says_what_it_is(panel):
    markup = panel._tabs.children[0]._table.value
    assert "<details" in markup
    assert "Formula: engagements ÷ impressions." in markup
    assert "largest value to sum" in markup


def test_only_web_links_become_links(filled):
    from smmlib.panels.response.response_page import _anchor

    assert _anchor('https://a.example/"x', "open").startswith('<a href="https://a.example/&quot;x"')
    assert _anchor("javascript:alert(1)", "open") == "javascript:alert(1)"
    assert _anchor("<script>", "open") == "&lt;script&gt;"


# --- importing
def test_a_table_of_ones_own_is_confirmed_once_and_remembered(empty):
    model = ImportModel(empty)
    model.look("eigene.csv", OWN_TABLE)
    assert model.recognised == ""
    assert not model.remembered
    assert model.locale == "de"
    model.columns = {
        "Kanal": "network",
        "Beitrag": "link",
        "Datum": "published_at",
        "Impressionen": "impressions",
        "Gefällt mir": "likes",
    }
    report = model.store()
    assert report.added == 3
    values = empty.response.to_pandas().query("metric == 'impressions'")["value"]
    assert sorted(values) == [1234, 2345]
    again = ImportModel(empty)
    again.look("eigene.csv", OWN_TABLE)
    assert again.remembered
    assert again.columns == model.columns
    assert not again.store().stored


def test_an_import_can_be_taken_back(empty):
    panel = ResponsePanel(empty, language="de")
    panel.imports.look("eigene.csv", OWN_TABLE)
    panel.imports.columns = {"Kanal": "network", "Beitrag": "link", "Impressionen": "impressions"}
    panel._tabs.children[1]._import()
    assert not panel.model.empty
    assert "Werte neu" in panel.status.value
    panel._tabs.children[1]._take_back()
    assert panel.model.empty
    assert panel.imports.standing("de") == []
    assert len(panel.imports.imports()) == 1


@pytest.mark.parametrize(
    ("name", "data"), [("leer.csv", b""), ("bild.csv", bytes(range(256)) * 40), ("", None)]
)
def test_bad_files_are_said_and_nothing_is_stored(empty, name, data):
    model = ImportModel(empty)
    with pytest.raises(SmmError, match=r"."):
        model.look(name, data)
    assert len(empty.response.imports()) == 0


def test_an_upload_shows_the_columns_to_confirm(empty):
    panel = ResponsePanel(empty, language="en")
    page = panel._tabs.children[1]
    page._uploaded({"new": ({"name": "eigene.csv", "content": memoryview(OWN_TABLE)},)})
    assert "not known yet" in page._found.value
    assert len(page._meanings.children[0].children) == 5


# --- typing
@pytest.fixture
def typing(empty):
    model = TypingModel(empty, "de", clock=lambda: datetime(2026, 10, 1, 12, tzinfo=UTC))
    model.network, model.author = "xing", "Ada"
    return model


def test_typed_figures_are_marked_with_author(typing):
    rows = typing.read_cells(
        ["link", "published_at", "impressions"],
        [["https://xing.example/1", "2026-09-15 18:00", "1.234"], ["", "", ""]],
    )
    typing.store(rows)
    stored = typing.workspace.response.to_pandas()
    assert stored[["network", "entity", "metric", "value", "source"]].values.tolist() == [
        ["xing", "post", "impressions", 1234.0, "typed"]
    ]
    assert typing.workspace.response.imports()["author"].tolist() == ["Ada"]


def test_figures_of_a_month_belong_to_the_account(typing):
    typing.month = date(2026, 9, 20)
    typing.store(typing.read_cells(["link", "published_at", "followers"], [["", "", "512"]]))
    stored = typing.workspace.response.to_pandas()
    assert stored[["entity", "value"]].values.tolist() == [["account", 512.0]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"network": " "}, "which network"),
        ({"author": ""}, "author"),
    ],
)
def test_who_and_where_must_be_said(typing, change, words):
    rows = typing.read_cells(["link", "published_at", "likes"], [["a post", "", "3"]])
    for name, value in change.items():
        setattr(typing, name, value)
    with pytest.raises(InvalidValueError, match=words):
        typing.store(rows)
    assert len(typing.workspace.response.imports()) == 0


@pytest.mark.parametrize(
    ("columns", "cell", "words"),
    [
        (["link", "published_at", "likes"], "viele", "not a number"),
        (["link", "likes", "likes"], "3", "same metric"),
    ],
)
def test_cells_that_do_not_fit_are_said(typing, columns, cell, words):
    with pytest.raises(InvalidValueError, match=words):
        typing.read_cells(columns, [["a post", "3", cell]])


def test_the_grid_stores_and_clears_itself(empty):
    panel = ResponsePanel(empty, language="en")
    page = panel._tabs.children[2]
    page._head[0].value, page._head[2].value = "print", "Ada"
    for cell, text in zip(
        page._rows[0], ("Advert in the Sunday paper", "2026-09-15", "80,000"), strict=False
    ):
        cell.value = text
    page._store_grid()
    assert page._rows[0][0].value == ""
    assert empty.response.to_pandas()["value"].tolist() == [80000.0]
    assert not panel.model.empty


# --- matching
TEXT = "Unser neues Lastenrad ist da: 80 Kilo Zuladung, bis zu 120 Kilometer weit"


@pytest.fixture
def matching(empty):
    empty.campaigns.add(Campaign(id="herbst", name="Herbst"))
    empty.accounts.add(Account(id="fb", network="facebook", handle="brand"))
    variants = (
        Variant(name="A", text=TEXT),
        Variant(name="B", text="Transportiert alles: Kinder, Kisten, Klaviere"),
    )
    empty.drafts.add(
        Draft(
            id="d1",
            campaign="herbst",
            text=TEXT,
            variants=variants,
            versions=(Version(account="fb"),),
            labels={"pillar": "Neu"},
        )
    )
    table, posts = six_weeks(posts=3)
    words = ["anders", TEXT, "Zeitungsente"]
    empty.response.add(imported(table, as_posts(posts.assign(text=words))))
    return MatchingModel(empty, clock=lambda: datetime(2026, 10, 1, tzinfo=UTC))


def test_a_confirmed_match_fills_campaign_variant_and_labels(matching):
    assert matching.proposals[["entity_id", "draft", "variant"]].values.tolist() == [["p1", "d1", "A"]]
    assert matching.confirm([0]) == 1
    rows = matching.workspace.response.to_pandas().query("entity_id == 'p1'")
    assert set(rows["campaign"]) == {"herbst"}
    assert set(rows["variant"]) == {"A"}
    assert set(rows["labels"]) == {'{"pillar": "Neu"}'}
    assert matching.proposals.empty
    assert len(matching.unmatched) == 2


def test_a_proposal_turned_down_does_not_come_back(matching):
    matching.refuse([0])
    assert matching.proposals.empty
    assert MatchingModel(matching.workspace).proposals.empty


def test_a_match_by_hand_and_its_release(matching):
    matching.match(("facebook", "brand", "p2"), "d1")
    (match,) = matching.confirmed()
    assert (match.entity_id, match.version, match.confirmed_at) == (
        "p2",
        "fb",
        datetime(2026, 10, 1, tzinfo=UTC),
    )
    matching.release(match.id)
    assert matching.confirmed() == ()


def test_matching_page_confirms_what_is_ticked(matching):
    panel = ResponsePanel(matching.workspace, language="de")
    panel.go_to(3)
    page = panel._matching.children[0]
    page._confirm_ticked()
    assert "1 Zuordnung bestätigt" in panel.status.value
    assert panel.model.choices.campaigns == ("herbst", "spring")


def test_accounts_are_called_by_the_name_of_their_network(panel):
    page = panel._tabs.children[1]
    assert all("·" in text and text[0].isupper() for text, id in page._account.options if id)
