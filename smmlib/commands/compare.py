"""`smm compare`: compare the copy tests of a file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmlib.commands.speech import asked_language
from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.language import LANGUAGES, Language, as_language, mark, number, percent, say, say_many

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.experiments import Comparison, CountColumns, Dispersion, SplitHealth

_DESIGNS = ("randomised", "platform", "slots", "history")
_LENGTHS = ("headline", "paragraph", "full")
_NAME = 44  # letters of a variant
_ARM = "variant_letter"


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--test", help="Column with the name of the test.")
@click.option("--variant", help="Column with the name of the variant.")
@click.option("--trials", help="Column with impressions, views or people.")
@click.option("--successes", help="Column with clicks or other responses.")
@click.option("--period", help="Column with the week or month of the test.")
@click.option(
    "--design", type=click.Choice(_DESIGNS), default="randomised", help="How readers got their variant."
)
@click.option("--control", help="Name of the control; without it the best other variant is the rival.")
@click.option("--confidence", type=float, default=0.95, help="Level of intervals and decisions.")
@click.option("--dispersion", type=float, default=1.0, help="Variance inflation, at least 1.")
@click.option(
    "--same",
    multiple=True,
    help="Column that agrees where two variants are identical; estimates the dispersion; repeatable.",
)
@click.option("--best", type=click.IntRange(0), default=5, help="How many of the clearest winners to show.")
@click.option(
    "--length",
    type=click.Choice(_LENGTHS),
    default="paragraph",
    help="Length of the verdict; full: with the design, what was set aside and what to do next.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Language; else $SMM_LANGUAGE, else English.")
def command(file: Path, best: int, language: str | None, same: tuple[str, ...], **said: Any) -> None:
    """Compare the copy tests of a CSV, XLSX or Parquet file, one row per variant.

    Columns that are not named are guessed from their headings. Where a variant's name occurs twice in
    a test, the variants are lettered A, B, C … in the order of the file.

    \b
    Examples:
      smm compare headlines.csv
      smm compare export.xlsx --test Versuch --variant Motiv --trials Impressionen --successes Klicks
      smm compare archive.csv.gz --best 10 --period week --language de
      smm compare archive.csv.gz --same headline --same image
    """
    from tqdm import tqdm

    from smmlib import experiments

    spoken = as_language(language) if language else asked_language(os.environ)
    with tqdm(total=2, desc=file.name, delay=1, leave=False) as bar:
        table = experiments.read_counts(file)
        bar.update()
        columns = _columns(table, said, file.name)
        table, arm = _lettered(table, columns)
        dispersion = _dispersion(table, columns, same, said["dispersion"])
        comparison = experiments.compare(
            table,
            test=columns.test,
            variant=arm,
            trials=columns.trials,
            successes=columns.successes,
            design=said["design"],
            control=said["control"],
            confidence=said["confidence"],
            dispersion=dispersion,
        )
        health = _health(comparison, table, columns)
        if health is not None:
            comparison = health.set_aside(comparison)
        bar.update()
    click.echo(_opening(file.name, table, columns, arm, spoken))
    if not isinstance(dispersion, float):
        click.echo(dispersion.text(spoken))
    click.echo(comparison.verdict(spoken, length=said["length"]))
    _print_best(comparison, _captions(table, columns, arm), best, spoken)
    if health is not None:
        click.echo("\n" + health.text(spoken))
    _print_problems(comparison, spoken)


def _columns(table: pd.DataFrame, said: dict[str, Any], source: str) -> CountColumns:
    """The columns named on the command line, the others guessed."""
    from smmlib.experiments import guess_columns

    roles = ("test", "variant", "trials", "successes", "period")
    named = {role: said[role] for role in roles if said[role]}
    missing = [name for name in named.values() if name not in table.columns]
    if missing:
        raise MissingColumnError(missing, map(str, table.columns), source=source)
    columns = replace(guess_columns(table), **named)
    if columns.missing:
        raise InvalidValueError(
            mark("{file}: say which columns to use with {options}. Columns found: {names}."),
            file=source,
            options=", ".join(f"--{role}" for role in columns.missing),
            names=", ".join(repr(str(name)) for name in table.columns[:40]),
        )
    return columns


def _lettered(table: pd.DataFrame, columns: CountColumns) -> tuple[pd.DataFrame, str]:
    """The table, and the column that tells its variants apart."""
    from smmlib.experiments import lettered, needs_letters

    if needs_letters(table, columns):
        return lettered(table, columns, _ARM), _ARM
    return table, columns.variant


def _dispersion(
    table: pd.DataFrame, columns: CountColumns, same: tuple[str, ...], given: float
) -> Dispersion | float:
    from smmlib.experiments import estimate_dispersion

    if not same:
        return given
    return estimate_dispersion(
        table, test=columns.test, trials=columns.trials, successes=columns.successes, same=same
    )


def _opening(name: str, table: pd.DataFrame, columns: CountColumns, arm: str, language: Language) -> str:
    lines = [
        f"{name}: {say_many('{count} row', '{count} rows', len(table), language)}, "
        f"{say_many('{count} test', '{count} tests', int(table[columns.test].nunique()), language)}.",
        say(
            "Columns: test {test}, variant {variant}, shown {trials}, responses {successes}.",
            language,
            test=columns.test,
            variant=columns.variant,
            trials=columns.trials,
            successes=columns.successes,
        ),
    ]
    if arm == _ARM:
        lines.append(say("Variants are lettered, because their names repeat within a test.", language))
    return "\n".join(lines)


def _captions(table: pd.DataFrame, columns: CountColumns, arm: str) -> pd.Series:
    """What to call a variant on paper: (test, variant) to its letter and words."""
    words = table[arm].astype(str)
    if arm != columns.variant:
        words = words + "  " + table[columns.variant].astype(str)
    words = words.map(lambda text: " ".join(text.split()))
    short = words.where(words.str.len() <= _NAME, words.str.slice(0, _NAME - 1).str.rstrip() + "…")
    return short.groupby([table[columns.test], table[arm]]).first()


def _print_best(comparison: Comparison, captions: pd.Series, best: int, language: Language) -> None:
    leaders = comparison.leaders()
    clear = leaders[leaders["decision"].isin(["winner", "association"]) & (leaders["diff"] > 0)].head(best)
    if clear.empty:
        return
    click.echo("\n" + say("The clearest leads (by the lower end of their interval):", language))
    heading = [
        say("test", language),
        say("variant", language),
        say("rate", language),
        say("lift", language),
        say("ahead by", language),
        say("{confidence:%0} interval", language, confidence=comparison.confidence),
        "p",
    ]
    rows = [heading]
    for lead in clear.to_dict("records"):
        limits = [number(100 * lead[name], language, 2) for name in ("low", "high")]
        rows.append(
            [
                str(lead["test"]),
                str(captions.get((lead["test"], lead["variant"]), lead["variant"])),
                percent(lead["rate"], language, 2),
                percent(lead["lift"], language, 0),
                say("{diff:.2} points", language, diff=100 * lead["diff"]),
                say("{low} to {high}", language, low=limits[0], high=limits[1]),
                f"{'<' if lead['p_adjusted'] < 0.001 else ''}"
                f"{number(max(lead['p_adjusted'], 0.001), language, 3)}",
            ]
        )
    click.echo("\n".join(_aligned(rows, left=2)))


def _aligned(rows: list[list[str]], left: int) -> list[str]:
    """Rows as lines; the first `left` columns flush left, the others flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _health(comparison: Comparison, table: pd.DataFrame, columns: CountColumns) -> SplitHealth | None:
    """In which periods splits are broken, or None where nothing says so."""
    from smmlib.experiments import srm_by_period

    if not columns.period or not comparison.tests["srm_p_value"].notna().any():
        return None
    return srm_by_period(comparison, table.groupby(columns.test, sort=False)[columns.period].first())


def _print_problems(comparison: Comparison, language: Language) -> None:
    problems = comparison.problems
    if problems.empty:
        return
    click.echo("\n" + say("Rows that cannot be used:", language))
    for problem in problems.head(10).to_dict("records"):
        fault = str(problem["problem"])
        click.echo(
            say(
                "  row {row:plain} ({test}, {variant}): {fault}",
                language,
                row=problem["row"] + 1,
                test=str(problem["test"]),
                variant=str(problem["variant"]),
                fault=say(fault, language),
            )
        )
    if len(problems) > 10:
        click.echo(say("  … and {count} more", language, count=len(problems) - 10))
