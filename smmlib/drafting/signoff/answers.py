"""Answered review sheets, read as they are: what each row says, whether or not it can be used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smmlib.drafting.signoff.review_xlsx import ANSWERS, HIDDEN, SHOWN, TOLD
from smmlib.errors import UnreadableFileError
from smmlib.language import LANGUAGES, Language, mark, say
from smmlib.sheets import read_sheets

LARGEST = 50 << 20
"""Bytes an answer may unpack to; a sheet of a thousand posts has two million."""

_NEEDED = (*ANSWERS, *HIDDEN, "fingerprint")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of an answered sheet, as it was typed.

    Attributes:
        row: Row of the spreadsheet, or number of the answer in the file.
        draft: Id of the draft.
        account: Id of the account.
        fingerprint: What was decided on.
        planned: When it was planned for on the sheet, ISO, or "".
        workspace: Where the sheet was made.
        log: State of the log then.
        decision: What was decided, in the sheet's words.
        role: In which role, in the sheet's words.
        name: By whom.
        comment: What was said about it.
        language: Language of the sheet.
        shown: Account, time and content of the post as they came back, by column; empty where the sheet
            does not send them back.
    """

    row: int
    draft: str = ""
    account: str = ""
    fingerprint: str = ""
    planned: str = ""
    workspace: str = ""
    log: str = ""
    decision: str = ""
    role: str = ""
    name: str = ""
    comment: str = ""
    language: Language = "en"
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """True when nothing was decided and nothing said."""
        return not self.decision.strip() and not self.comment.strip()


def read_answers(data: bytes, name: str) -> tuple[Answer, ...]:
    """Read an answered sheet: the XLSX, the file that the HTML sheet saves, or its text out of a mail.

    Args:
        data: Content of the file.
        name: Its name, for errors.

    Raises:
        UnreadableFileError: It is no answered review sheet, or is too large.
    """
    if len(data) > LARGEST:
        raise UnreadableFileError(
            mark("{name} is too large for a review sheet; at most {most} MB are read."),
            name=name,
            most=LARGEST >> 20,
        )
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _from_sheets(read_sheets(data, name, largest=LARGEST), name)
    return _from_text(data.decode("utf-8-sig", "replace"), name)


def _from_sheets(sheets: Sequence[tuple[str, list[list[Any]]]], name: str) -> tuple[Answer, ...]:
    for _, rows in sheets:
        for start, row in enumerate(rows[:20]):
            places = _places([_text(cell) for cell in row])
            if set(HIDDEN) <= set(places):
                missing = [say(SHOWN[column], "en") for column in _NEEDED if column not in places]
                if missing:
                    raise UnreadableFileError(
                        mark("{name} lacks the column(s) {columns}; use the sheet as it was sent."),
                        name=name,
                        columns=", ".join(missing),
                    )
                told = [{c: _text(r[i]) for c, i in places.items() if i < len(r)} for r in rows[start + 1 :]]
                return tuple(
                    _answer(n, cells) for n, cells in enumerate(told, start + 2) if any(cells.values())
                )
    raise _no_sheet(name)


def _places(headings: list[str]) -> dict[str, int]:
    """Column to its place, by headings in any language."""
    known = {say(text, language): name for language in LANGUAGES for name, text in SHOWN.items()}
    known |= {name: name for name in HIDDEN}
    return {
        known[heading.strip()]: place for place, heading in enumerate(headings) if heading.strip() in known
    }


def _answer(row: int, cells: dict[str, str]) -> Answer:
    hidden = {name.removeprefix("smm_"): cells.get(name, "").strip() for name in HIDDEN}
    language = hidden.pop("language")
    typed = {name: cells.get(name, "") for name in (*ANSWERS, "fingerprint")}
    shown = {name: cells.get(name, "") for name in TOLD}
    return Answer(
        row=row,
        language="de" if language == "de" else "en",
        shown=shown,
        **hidden,
        **typed,
    )


def _from_text(text: str, name: str) -> tuple[Answer, ...]:
    """The JSON in a file or a mail, also where the mail quotes it."""
    plain = re.sub(r"^[> ]*>[ ]?", "", text, flags=re.MULTILINE).replace("\u00a0", " ")
    start, end = plain.find("{"), plain.rfind("}")
    try:
        told = json.loads(plain[start : end + 1], strict=False) if 0 <= start < end else None
    except (ValueError, RecursionError):
        told = None
    rows = told.get("answers") if isinstance(told, dict) and told.get("smm_review") == 1 else None
    if not isinstance(told, dict) or not isinstance(rows, list):
        raise _no_sheet(name)
    common = {key: _text(told.get(key)) for key in ("workspace", "log", "name", "role")}
    fields = ("draft", "account", "fingerprint", "planned", "decision", "comment")
    found = []
    for number, row in enumerate(rows, start=1):
        own = {key: _text(row.get(key)) for key in fields} if isinstance(row, dict) else {}
        told_here: dict[str, Any] = {"row": number, **common, **own}
        found.append(Answer(**told_here))
    return tuple(found)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else "" if value is None else str(value)


def _no_sheet(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark(
            "{name} is no answered review sheet; choose the XLSX that was sent out, the file that the "
            "page saved, or a text file with the answer out of the mail."
        ),
        name=name,
    )
