from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def upworthy_path():
    """Headline tests of a news site, 2013-2015 (CC BY 4.0, doi 10.1038/s41597-021-00934-7)."""
    path = DATA / "upworthy_dev.csv.gz"
    if not path.exists():
        pytest.skip(f"the Upworthy archive is not at {path}")
    return path


@pytest.fixture(scope="session")
def upworthy(upworthy_path):
    from smmlib.experiments import guess_columns, lettered, read_counts

    table = read_counts(upworthy_path)
    return lettered(table, guess_columns(table))
