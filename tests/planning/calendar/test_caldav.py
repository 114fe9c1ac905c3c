"""A round trip through a real calendar server: Radicale, started here, and the caldav client."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import caldav
import pytest
from icalendar import Calendar

from smmlib.planning.calendar import CalendarEntry, Known, moved, read_ics, write_ics
from tests.planning.calendar.test_ics import ENTRIES, NOW, event, file

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}"]
    command += ["--auth-type", "none", "--storage-filesystem-folder", str(tmp_path / "collections")]
    log = (tmp_path / "radicale.log").open("w")
    process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(200):
            if process.poll() is not None:
                break
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    yield f"http://127.0.0.1:{port}/"
                    return
            time.sleep(0.1)
        pytest.fail("Radicale did not start:\n" + (tmp_path / "radicale.log").read_text())
    finally:
        process.kill()  # asked to end, it may wait for connections that are kept open
        process.wait(10)
        log.close()


@pytest.fixture
def shared(server: str) -> Iterator[Any]:
    with caldav.DAVClient(server, username="team", password="none") as client:
        yield client.principal().make_calendar(name="Redaktionsplan")


def put(shared: Any, *entries: CalendarEntry, **how: Any) -> None:
    """Send one file for each entry, as calendar servers take them."""
    for entry in entries:
        shared.save_event(write_ics([entry], now=NOW, **how).decode())


def fetched(shared: Any, *entries: CalendarEntry, **known: Any) -> Any:
    """What the server has, as one file that is read back."""
    whole = Calendar()
    whole.add("prodid", "-//test//EN")
    whole.add("version", "2.0")
    for item in shared.events():
        for part in Calendar.from_ical(item.data).subcomponents:
            whole.add_component(part)
    return read_ics(whole.to_ical(), now=NOW, known=Known(entries, **known))


def fates(found: Any) -> dict[str, str]:
    return {read.entry.id: read.fate for read in found.events}


def test_entries_come_back_from_a_calendar_server_updated_not_doubled(shared: Any) -> None:
    put(shared, *ENTRIES)
    assert fates(fetched(shared, *ENTRIES)) == {entry.id: "unchanged" for entry in ENTRIES}

    later = [moved(entry, days=1) for entry in ENTRIES]
    put(shared, *later, revisions={entry.id: 2 for entry in ENTRIES})
    assert len(shared.events()) == len(ENTRIES)  # the same events at other times
    assert fates(fetched(shared, *later)) == {entry.id: "unchanged" for entry in ENTRIES}

    somebody = next(item for item in shared.events() if "Viertelseite" in item.data)
    inside = somebody.icalendar_instance.walk("VEVENT")[0]
    for name in ("dtstart", "dtend"):
        inside[name].dt += timedelta(hours=3)
    somebody.save()
    found = fetched(shared, *later, revisions={entry.id: 2 for entry in ENTRIES})
    assert fates(found) == {entry.id: "changed" if entry.id == "ad" else "unchanged" for entry in ENTRIES}
    (changed,) = found.entries
    assert changed == later[1].replace(
        start=later[1].start + timedelta(hours=3), end=datetime(2026, 10, 26, 5, 30, tzinfo=UTC)
    )


def test_what_somebody_else_enters_on_the_server_becomes_an_entry(shared: Any) -> None:
    shared.save_event(file(event("DTSTART:20260504T090000Z", "DURATION:PT1H", title="Call")).decode())
    (entry,) = fetched(shared).entries
    assert (entry.title, entry.local.hour, entry.kind) == ("Call", 11, "event")
    put(shared, entry)
    assert len(shared.events()) == 1  # under the UID it came with
