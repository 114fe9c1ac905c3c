"""Title, teaser, subject and what else a network takes beside the text: how long, and is it there at all."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.draft import POST_FIELDS
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.versions import FieldMeasure, field_rules, measure_fields
from smmlib.language import Message, mark
from smmlib.networks import Finding

_NEEDED = ("title", "subject")


def _fields(subject: Subject) -> Iterator[Finding]:
    version = subject.version
    for measure in measure_fields(version.fields, subject.network, version.format):
        if not measure.text.strip():
            if measure.field in _NEEDED and subject.text.strip():
                yield _missing(subject, measure)
        elif measure.limit is not None and measure.count > measure.limit:
            yield _too_long(subject, measure)
        elif measure.shown is not None and measure.count > measure.shown:
            yield _cut(subject, measure)


def _missing(subject: Subject, measure: FieldMeasure) -> Finding:
    template = mark("{network} takes a field “{field}”, and it is still empty.")
    return Finding("field_missing", "notice", values=_values(subject, measure), template=template)


def _too_long(subject: Subject, measure: FieldMeasure) -> Finding:
    rule, _ = field_rules(subject.network, measure.field, subject.version.format)
    unsure = rule is not None and (rule.uncertain or rule.old(subject.today))
    template = mark("“{field}” is {over} too long: {count} of {limit} on {network}. Shorten it.")
    return Finding(
        "field_length",
        "notice" if unsure else "error",
        values=_values(subject, measure)
        | {"limit": measure.limit, "over": measure.count - (measure.limit or 0)},
        source=rule.source if rule else "",
        checked_on=rule.checked_on if rule else None,
        template=template,
    )


def _cut(subject: Subject, measure: FieldMeasure) -> Finding:
    _, rule = field_rules(subject.network, measure.field, subject.version.format)
    template = mark(
        "Of “{field}” about {shown} characters are seen on {network}, it has {count}. "
        "Put what matters in front."
    )
    return Finding(
        "field_shown",
        "notice",
        values=_values(subject, measure) | {"shown": measure.shown},
        source=rule.source if rule else "",
        checked_on=rule.checked_on if rule else None,
        template=template,
    )


def _values(subject: Subject, measure: FieldMeasure) -> dict[str, object]:
    field = Message(POST_FIELDS[measure.field])
    return {"field": field, "network": subject.network.name, "count": measure.count}


CHECKS = (
    Check(
        "fields",
        mark("Title, subject and other fields"),
        mark("Whether they are filled in, and how much of them readers see."),
        "network",
        _fields,
        rules=("field_missing", "field_length", "field_shown"),
    ),
)
