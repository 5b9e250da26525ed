"""Charts that can be read in black and white: a case in time, a matter on its ladder, duties by team, a variant.

Every chart is an Altair chart whose data are in it, so that it asks the network for nothing; it tells what it shows by
shape, position and words before colour, and has a `description` for those who cannot see it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from iro_rules.assessment import Assessment, Finding
from iro_rules.assessment.words import plain, tell
from iro_rules.errors import CaseError, needs
from iro_rules.facts.fields import to_date
from iro_rules.lab.ahead import Findings
from iro_rules.lab.frames import SEPARATOR, due_day, findings_frame
from iro_rules.lab.positions import ladder_positions
from iro_rules.lab.simulating import Simulation, Variant
from iro_rules.rulebook import Duty

if TYPE_CHECKING:
    import altair

DARK, MIDDLE, LIGHT = "#1a1a1a", "#767676", "#d9d9d9"
LATE = ("overdue", "met_late")
LONGEST = 60


def timeline_frame(made: Assessment) -> pl.DataFrame:
    """One row for each deadline of an assessment: `began`, `due`, `done` (the day it was discharged, or null).

    Also `finding`, `act`, `standing` and `late` (calendar days after the deadline, up to the day asked about where it
    is not done; null where it is not late). In order of deadline.
    """
    schema = {
        "finding": pl.String, "act": pl.String, "standing": pl.String, "began": pl.Date, "due": pl.Date,
        "done": pl.Date, "late": pl.Int64,
    }  # fmt: skip
    asked = to_date(made.as_of[:10], name="as_of")
    rows = []
    for finding in made:
        due = due_day(finding)
        if due is None:
            continue
        began, done = _days(finding)
        end = done or date(asked.year, asked.month, asked.day)
        late = max((end - due).days, 0) if finding.standing in LATE else None
        rows.append((finding.id, finding.act, str(finding.standing), began, due, done, late))
    return pl.DataFrame(rows, schema=schema, orient="row").sort("due", "finding")


def happenings_frame(made: Assessment) -> pl.DataFrame:
    """What happened in a case, for its timeline: `day`, `lane` and `words`, one row a fact and a stage reached.

    A stage of a ladder that a matter reached has the lane "stages", a fact the lane "facts". In order of day.
    """
    subject = next((finding.subject for finding in made if finding.subject is not None), None)
    if subject is None:
        return pl.DataFrame(schema={"day": pl.Date, "lane": pl.String, "words": pl.String})
    asked = to_date(made.as_of[:10], name="as_of")
    say = partial(subject.title, rule="")
    rows = [(_plain_day(f.on), "facts", tell(f, say)) for f in subject.case.facts if f.on <= asked]
    for ladder in subject.rulebook.ladders:
        reached = ladder_positions(made, ladder.id).drop_nulls("reached")
        words = [f"{row['matter']}: {row['title']}" for row in reached.iter_rows(named=True)]
        rows += zip(reached["reached"].to_list(), ["stages"] * len(words), words, strict=True)
    return pl.DataFrame(rows, schema=["day", "lane", "words"], orient="row").sort("day", "lane", "words")


def _plain_day(day: date) -> date:
    return date(day.year, day.month, day.day)


def _days(finding: Finding) -> tuple[date | None, date | None]:
    """The day it arose, and the day it was discharged."""
    rule = finding.subject.rules[finding.rule] if finding.subject is not None else None
    acts = {lookup.name for lookup in rule.met_by} if isinstance(rule, Duty) else set()
    found: dict[bool, list[date]] = {True: [], False: []}
    for deciding in finding.decided_by:
        if deciding.when is not None and (deciding.part == "trigger" or deciding.part in acts):
            day = date(deciding.when.year, deciding.when.month, deciding.when.day)
            found[deciding.part == "trigger"].append(day)
    done = max(found[False], default=None) if finding.standing in ("met", "met_late") else None
    return min(found[True], default=None), done


def timeline(made: Assessment) -> altair.LayerChart:
    """A case in time: what happened, and for each deadline a line from what brought it about, and when it was done.

    The two lanes at the top have a diamond for each fact and a square for each stage of a ladder that was reached.

    A tick is the deadline, a filled circle what was done in time, a filled triangle what was done late, an open
    triangle what is overdue (on the day asked about). Raises MissingExtra where altair is not installed, CaseError for
    an assessment without deadlines.
    """
    alt = _altair("a timeline")
    frame = timeline_frame(made)
    if frame.is_empty():
        raise CaseError("nothing in this case has a deadline", where=f"case {made.case}", right="a case that has one")
    asked = to_date(made.as_of[:10], name="as_of")
    day = pl.lit(date(asked.year, asked.month, asked.day))
    shown = frame.with_columns(
        label=_brief("act"),
        start=pl.min_horizontal("began", "due"),
        stop=pl.max_horizontal("began", "due"),
        mark=pl.when(pl.col("standing") == "overdue").then(day).otherwise(pl.col("done")),
        how=pl.col("standing").str.replace_all("_", " "),
    )
    order = ["#facts", "#stages", *shown["finding"].to_list()]
    y = alt.Y("finding:N", sort=order, title=None, axis=alt.Axis(labelExpr=_labels(shown), labelLimit=380))
    tips = ["act", "how", "began", "due", "done", "late"]
    base = alt.Chart(shown)
    lines = base.mark_rule(color=MIDDLE).encode(x=alt.X("start:T", title=None), x2="stop:T", y=y)
    overrun = (
        base.transform_filter("datum.late > 0")
        .mark_rule(color=DARK, strokeWidth=3, strokeDash=[2, 2])
        .encode(x="due:T", x2="mark:T", y=y)
    )
    dues = base.mark_tick(color=DARK, thickness=3, size=14).encode(x="due:T", y=y, tooltip=tips)
    shapes = alt.Scale(domain=["met", "met late", "overdue"], range=["circle", "triangle-up", "triangle-up"])
    fills = alt.Scale(domain=["met", "met late", "overdue"], range=[DARK, DARK, "white"])
    marks = (
        base.transform_filter("datum.mark != null")
        .mark_point(size=70, stroke=DARK, filled=True)
        .encode(
            x="mark:T",
            y=y,
            shape=alt.Shape("how:N", scale=shapes, title="Done"),
            fill=alt.Fill("how:N", scale=fills, title="Done"),
            tooltip=tips,
        )
    )
    today = alt.Chart(pl.DataFrame({"day": [date(asked.year, asked.month, asked.day)]})).mark_rule(
        strokeDash=[6, 4], color=DARK
    )
    late = frame.filter(pl.col("standing").is_in(LATE))
    told = (
        f"Case {made.case}: {frame.height} deadlines, {late.height} of them late or overdue on {made.as_of}"
        + "".join(f"; {row['act']}: {plain(row['standing'])}, due {row['due']}" for row in late.iter_rows(named=True))
        + "."
    )
    # A birth years ago would leave no room for the rest.
    first = shown.select(pl.min_horizontal("start", "due").min() - timedelta(days=31)).item()
    every = happenings_frame(made)
    lanes = every.filter(pl.col("day") >= first).with_columns(finding=pl.concat_str(pl.lit("#"), "lane"))
    earlier = every.height - lanes.height
    happened = [
        alt.Chart(lanes.filter(lane=lane))
        .mark_point(size=45, shape=shape, stroke=DARK, fill=LIGHT, filled=True)
        .encode(x="day:T", y=y, tooltip=["day", "words"])
        for lane, shape in (("facts", "diamond"), ("stages", "square"))
    ]
    chart = alt.layer(lines, overrun, dues, marks, *happened, today.encode(x="day:T"))
    told += f" {earlier} earlier facts are not drawn." if earlier else ""
    return _finished(chart, f"Deadlines of case {made.case}, as of {made.as_of}", told, width=520, step=18)


def ladder_chart(made: Assessment, ladder: str) -> altair.LayerChart:
    """Each matter of a case on a ladder: the stages it reached, when, and where it stands.

    A filled square is a stage reached, an empty one a stage not reached; a heavy frame marks where an open matter
    stands. Errors as for `ladder_positions`; CaseError where nothing was ever on the ladder.
    """
    alt = _altair("a picture of a ladder")
    frame = ladder_positions(made, ladder)
    if frame.is_empty():
        raise CaseError("nothing in this case is on this ladder", where=f"case {made.case}", value=ladder)
    shown = frame.with_columns(
        words=pl.col("reached").dt.strftime("%d %b %Y").fill_null("not reached"),
        state=pl.when(pl.col("here") & pl.col("open"))
        .then(pl.lit("stands here"))
        .when(pl.col("reached").is_not_null())
        .then(pl.lit("reached"))
        .otherwise(pl.lit("not reached")),
    )
    titles = frame["title"].unique(maintain_order=True).to_list()
    states = ["reached", "stands here", "not reached"]
    y = alt.Y("title:N", sort=titles, title=None, axis=alt.Axis(labelLimit=300))
    x = alt.X("matter:N", title=None, axis=alt.Axis(orient="top", labelAngle=0))
    base = alt.Chart(shown)
    boxes = base.mark_rect(stroke=DARK).encode(
        x=x,
        y=y,
        color=alt.Color("state:N", scale=alt.Scale(domain=states, range=[LIGHT, "white", "white"]), title=None),
        strokeWidth=alt.condition("datum.state == 'stands here'", alt.value(4), alt.value(1)),
        tooltip=["matter", "title", "words", "state"],
    )
    words = base.mark_text(color=DARK).encode(x=x, y=y, text="words:N")
    told = "; ".join(
        f"{row['matter']} reached {row['title']} on {row['reached']}" + (" and stands there" if row["open"] else "")
        for row in frame.filter(pl.col("here")).iter_rows(named=True)
    )
    matters = frame["matter"].n_unique()
    chart = alt.layer(boxes, words)
    return _finished(chart, f"{ladder}, as of {made.as_of}", f"{told}.", width=max(160 * matters, 220), step=34)


def heat_map(findings: Findings, *, standing: str = "overdue", by: str = "bearer") -> altair.LayerChart:
    """How many findings of each rule stand so, by team: `by` is a column of the frame, such as `bearer`.

    Where a finding has several bearers it counts for each of them. Each cell also has its number. Raises CaseError for
    a column that the frame does not have, and where nothing stands so.
    """
    alt = _altair("a heat map")
    frame = findings if isinstance(findings, pl.DataFrame) else findings_frame(findings)
    if by not in frame.columns:
        raise CaseError("the frame has no such column", value=by, right=", ".join(frame.columns))
    counts = (
        frame.filter(pl.col("standing").cast(pl.String) == standing)
        .with_columns(pl.col(by).cast(pl.String).str.split(SEPARATOR))
        .explode(by, empty_as_null=True)
        .group_by("rule", by)
        .agg(findings=pl.len())
        .sort("rule", by)
    )
    if counts.is_empty():
        raise CaseError("no finding stands so", value=standing, right="a standing that some finding has")
    most = int(counts.select(pl.col("findings").max()).item())
    y = alt.Y("rule:N", title=None, axis=alt.Axis(labelLimit=320))
    x = alt.X(f"{by}:N", title=plain(by), axis=alt.Axis(orient="top", labelAngle=-30))
    base = alt.Chart(counts.with_columns(ink=pl.when(pl.col("findings") > most / 2).then(pl.lit("w")).otherwise(None)))
    cells = base.mark_rect(stroke=LIGHT).encode(
        x=x,
        y=y,
        color=alt.Color("findings:Q", scale=alt.Scale(range=["#f4f4f2", DARK], domainMin=0), title="findings"),
        tooltip=["rule", by, "findings"],
    )
    ink = alt.condition("datum.ink == 'w'", alt.value("white"), alt.value(DARK))
    numbers = base.mark_text().encode(x=x, y=y, text="findings:Q", color=ink)
    top = counts.sort("findings", descending=True).row(0, named=True)
    told = (
        f"{counts['findings'].sum()} findings are {plain(standing)}, of {counts['rule'].n_unique()} rules; the most, "
        f"{top['findings']}, are {top['rule']} with {top[by]}."
    )
    chart = alt.layer(cells, numbers)
    width = max(70 * counts[by].n_unique(), 140)
    return _finished(chart, f"{plain(standing).capitalize()}, by rule and {plain(by)}", told, width=width, step=24)


def before_and_after(result: Simulation, variant: Variant | str) -> altair.LayerChart:
    """What a variant of the rules would change: how many findings leave each standing, and how many come to it.

    `variant` is the variant, or its name. An outlined bar is how things are, a filled one how they would be. Raises
    CaseError for a variant that was not tried, and for one that changes no standing.
    """
    alt = _altair("a before-and-after")
    variant = variant if isinstance(variant, str) else variant.name
    if variant not in result.variants:
        raise CaseError("no such variant was tried", value=variant, right=", ".join(result.variants))
    moved = result.changed.filter(
        (pl.col("variant") == variant) & pl.col("standing_before").ne_missing(pl.col("standing_after"))
    )
    if moved.is_empty():
        raise CaseError("this variant changes no standing", value=variant, right="a variant that changes one")
    sides = [("before", "as it is"), ("after", "as it would be")]
    counts = pl.concat(
        moved.group_by(standing=pl.col(f"standing_{side}").fill_null("does not arise"))
        .agg(findings=pl.len())
        .with_columns(side=pl.lit(words))
        for side, words in sides
    ).with_columns(pl.col("standing").str.replace_all("_", " "))
    names = [words for _, words in sides]
    y = alt.Y("standing:N", title=None)
    offset = alt.YOffset("side:N", sort=names)
    x = alt.X("findings:Q", title="findings whose standing changes")
    base = alt.Chart(counts)
    bars = base.mark_bar(stroke=DARK).encode(
        x=x,
        y=y,
        yOffset=offset,
        fill=alt.Fill("side:N", scale=alt.Scale(domain=names, range=["white", DARK]), title=None),
    )
    numbers = base.mark_text(align="left", dx=4, color=DARK).encode(x=x, y=y, yOffset=offset, text="findings:Q")
    told = f"{variant}: " + "; ".join(
        f"{row['findings']} {row['standing']} {row['side']}" for row in counts.sort("standing").iter_rows(named=True)
    )
    return _finished(alt.layer(bars, numbers), variant, f"{told}.", width=420, step=22)


def draw_here() -> None:
    """Let notebooks draw charts as pictures on this machine: a chart would else ask the network for what draws it.

    Where altair is not installed there is nothing to draw.
    """
    try:
        import altair
    except ModuleNotFoundError:
        return
    altair.renderers.enable("svg")


def _altair(what: str) -> Any:
    try:
        import altair
    except ModuleNotFoundError as error:
        raise needs("altair", extra="charts", what=what) from error
    return altair


def _brief(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.when(text.str.len_chars() > LONGEST).then(text.str.slice(0, LONGEST - 1) + "…").otherwise(text)


def _labels(shown: pl.DataFrame) -> str:
    """Each finding's act in place of its id, as a Vega expression over a fixed table."""
    import json

    table = {
        "#facts": "What happened",
        "#stages": "Stages reached",
        **dict(shown.select("finding", "label").iter_rows()),
    }
    return f"({json.dumps(table)})[datum.value]"


def _finished(chart: Any, title: str, told: str, *, width: int, step: int) -> altair.LayerChart:
    import altair as alt

    made: altair.LayerChart = (
        chart.properties(title=title, description=told, width=width, height=alt.Step(step))
        .configure_view(stroke=None)
        .configure_axis(labelColor=DARK, titleColor=DARK, labelFontSize=12, gridColor="#eeeeee")
        .configure_legend(labelColor=DARK, titleColor=DARK, labelFontSize=12)
        .configure_title(color=DARK, anchor="start", fontSize=15)
    )
    return made
