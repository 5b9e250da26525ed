"""Why a row, or a value of it, was not used, and what to do about it: a stable code and two sentences each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs


@attrs.frozen
class Reason:
    """What is wrong with a row in a sentence, and what would mend it in another."""

    sentence: str
    remedy: str


_OF_ANY_TABLE = {
    "no-case": Reason("The row does not say whose case it is.", "Put the child's identifier in the row."),
    "bad-case": Reason(
        "The identifier of the case is not one that can be used.",
        "Use 1 to 80 letters, digits, spaces or . _ : / + -, starting with a letter or a digit.",
    ),
    "rounded-case": Reason(
        "The identifier is a number that a spreadsheet has rounded, so that several children may have the same one.",
        "Write the file anew from the system, with the identifier as text.",
    ),
    "empty-row": Reason("Nothing stands in the row.", "Nothing needs doing."),
    "no-date": Reason("The row has no date.", "Put in the date, or take the row out."),
    "bad-date": Reason(
        "This is not a date that can be read, or not a day that exists.",
        "Write dates as the table's page says: 2026-03-02, or 02/03/2026 in a return.",
    ),
    "time-without-offset": Reason(
        "This is a time of day without an offset, so hours cannot be counted from it.",
        "Write the offset, as in 2026-03-02T16:30:00+00:00, or only the date.",
    ),
    "beyond-calendar": Reason(
        "The date lies outside the calendar of working days that is known.", "Check the year of the date."
    ),
    "future-date": Reason(
        "The date is later than the last day this record can know about.",
        "Correct the date; record something arranged as planned, not as done.",
    ),
    "duplicate": Reason("The row says what an earlier row says already.", "Take one of the two rows out."),
    "unknown-code": Reason("The code is not in the list for this column.", "Use a code of the list."),
    "ragged-row": Reason(
        "The row has more values than there are columns.", "Put quotes around values that hold commas."
    ),
    "damaged-text": Reason(
        "The row has bytes that are not UTF-8, so it cannot be told what they say.", "Save the file as UTF-8."
    ),
}
_OF_EVENTS = {
    "no-case-row": Reason(
        "The table of cases has no row for this case, so it is not known what its record covers.",
        "Add the case to the table of cases.",
    ),
    "bad-json": Reason(
        "The line is not a JSON object of plain values.", "Write one object of text and numbers a line."
    ),
    "case-twice": Reason("The case has an earlier row in the table of cases.", "Keep one row for each case."),
    "no-kind": Reason("The row does not say what kind of fact it is.", "Put in one of the kinds of facts."),
    "unknown-kind": Reason("There is no such kind of fact.", "Use one of the kinds on the page of event tables."),
    "bad-id": Reason(
        "The identifier of the fact is not one that can be used.",
        "Use 1 to 80 letters, digits or . _ : + -, or leave the column empty.",
    ),
    "same-id": Reason(
        "An earlier row of the same case has this identifier and says something else.", "Give each fact its own."
    ),
    "missing-value": Reason("This kind of fact needs a value here.", "Fill in the column."),
    "not-of-this-kind": Reason(
        "This kind of fact has no such field, so it is not clear what the row says.",
        "Leave the column empty, or use the kind that has the field.",
    ),
    "bad-key": Reason(
        "This is not a name by which facts can be joined.",
        "Use 1 to 80 letters, digits, spaces or . _ : / + -, from a letter or digit on.",
    ),
    "bad-number": Reason("This is not a whole number from 0 to 10000.", "Write digits only."),
    "long-text": Reason("The text is longer than 10000 characters.", "Shorten it."),
    "wrong-subject": Reason(
        "The fact is about a service and the case about a child, or the other way round.",
        "Put facts about a service into a case whose subject is authority.",
    ),
    "bad-coverage": Reason(
        "What the case's record covers is not said in kinds of facts.",
        "Write `everything`, or kinds of facts with spaces between them; from a day on as review_held>=2025-04-01.",
    ),
    "bad-subject": Reason("The subject of the case is unknown.", "Write child or authority."),
    "unknown-period": Reason(
        "The row names a period of care that no source begins, while a source named before this one names others.",
        "Leave the column empty, or name the period as that source does: a return calls it by the day it began.",
    ),
    "told-before": Reason(
        "A source named before this one says the same already, so the fact was taken from there.",
        "Nothing needs doing.",
    ),
}
_OF_CARE = {
    "no-episode": Reason(
        "The child has no usable episode in these files, so it is not known when the child was looked after.",
        "Add the child's episodes, or last year's files.",
    ),
    "outside-care": Reason(
        "The date lies outside every period in which the child was looked after.",
        "Correct the date, or the start and end of the period of care.",
    ),
    "on-or-before-start": Reason(
        "The date is on or before the day the period of care started.", "Correct the date, or the start of the period."
    ),
    "ends-before-start": Reason("The end is on or before the start.", "Correct one of the two dates."),
    "no-code": Reason("The column needs a code, and has none.", "Put in the code."),
    "end-without-reason": Reason(
        "Of the end and the reason for it only one is given.", "Fill in both, or neither where it has not ended."
    ),
    "same-day": Reason(
        "Another episode of the child starts on the same day and says something else.",
        "Keep the row that is right.",
    ),
    "not-ended": Reason(
        "The child's care or episode before this one has no end.", "Put in the day on which that one ended."
    ),
    "other-child": Reason(
        "The period of care that the row names is another child's.", "Correct the child, or the period of care."
    ),
    "overlap": Reason("The episode starts before the one before it has ended.", "Correct the dates of the two."),
    "unmapped-code": Reason(
        "The code or text is not in the map that says what it means.", "Add it to the council's map of codes."
    ),
    "continued": Reason("This year's files have the same row, which was used instead.", "Nothing needs doing."),
    "no-next-episode": Reason(
        "The episode ends with the code for another that begins the same day, and none does.",
        "Add the next episode, or correct the reason.",
    ),
    "cancelled": Reason("The review was cancelled, so it is none that was held.", "Nothing needs doing."),
    "no-review": Reason("The row names no review: it has neither a day nor a code.", "Nothing needs doing."),
    "not-held": Reason(
        "The review has no day on which it was held; the day it was due is never taken for one.",
        "Put in the day once the review has been held.",
    ),
    "not-about-care": Reason(
        "The council's map says that this is no legal status of a looked-after child.", "Nothing needs doing."
    ),
    "born-after": Reason(
        "The date of birth lies after the day on which the child came into care.", "Correct one of the two dates."
    ),
    "birth-differs": Reason(
        "The date of birth differs from the one read first for this child.", "Give the same one everywhere."
    ),
    "short-breaks": Reason(
        "The child is only in short breaks, for whom a return holds no reviews.", "Leave the review out of the return."
    ),
}

REASONS: Mapping[str, Reason] = MappingProxyType({**_OF_ANY_TABLE, **_OF_EVENTS, **_OF_CARE})
"""Every reason there is, by its code."""

UNREAD = frozenset(
    {
        "bad-date",
        "bad-id",
        "bad-json",
        "bad-key",
        "bad-number",
        "beyond-calendar",
        "damaged-text",
        "ends-before-start",
        "future-date",
        "long-text",
        "missing-value",
        "no-date",
        "no-kind",
        "not-of-this-kind",
        "ragged-row",
        "same-day",
        "same-id",
        "time-without-offset",
        "unknown-code",
        "unknown-kind",
    }
)
"""With a row that is set aside for one of these something that happened may be lost: its absence is no evidence."""
