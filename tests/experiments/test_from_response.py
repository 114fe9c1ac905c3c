import narwhals as nw
import pandas as pd
import pytest

from smmlib.experiments import counts_by_variant


def rows(*posts):
    """One post each: id, campaign, variant, hook, impressions, link clicks (None: not known)."""
    made = []
    for post, campaign, variant, hook, shown, clicked in posts:
        for metric, value in (("impressions", shown), ("link_clicks", clicked)):
            if value is not None:
                made.append((post, campaign, variant, f'{{"hook": "{hook}"}}', metric, float(value)))
    columns = ["entity_id", "campaign", "variant", "labels", "metric", "value"]
    frame = pd.DataFrame(made, columns=columns)
    return frame.assign(network="x", account="a", entity="post", window="lifetime")


TABLE = rows(
    ("1", "spring", "A", "question", 100, 5),
    ("2", "spring", "A", "claim", 200, 6),
    ("3", "spring", "B", "claim", 400, 40),
    ("4", "spring", "B", "question", 999, None),
    ("5", "spring", "", "claim", 50, 1),
    ("6", "", "A", "claim", 50, 1),
    ("7", "autumn", "A", "claim", 10, 1),
)


@pytest.mark.parametrize("frame", [TABLE, nw.from_native(TABLE).lazy()], ids=["pandas", "lazy"])
def test_posts_are_summed_by_campaign_and_variant(frame):
    found = counts_by_variant(frame)
    assert found.to_numpy().tolist() == [
        ["autumn", "A", 10.0, 1.0, 1],
        ["spring", "A", 300.0, 11.0, 2],
        ["spring", "B", 400.0, 40.0, 1],
    ]


def test_or_by_a_label():
    found = counts_by_variant(TABLE, by="hook").set_index(["test", "variant"])
    assert found.loc[("spring", "claim")].tolist() == [650, 47, 3]
    assert found.loc[("spring", "question")].tolist() == [100, 5, 1]


def test_what_nobody_counted_gives_no_rows():
    assert len(counts_by_variant(TABLE, successes="shares")) == 0
    assert list(counts_by_variant(TABLE.head(0))) == ["test", "variant", "trials", "successes", "posts"]


def test_other_windows_do_not_count():
    daily = TABLE.assign(window="day", value=7.0)
    assert counts_by_variant(pd.concat([TABLE, daily])).equals(counts_by_variant(TABLE))
