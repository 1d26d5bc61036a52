"""The page in every bundle that describes its content and how to read it."""

from analysis.exports.audience import Audience

_FILES = """\
What is in this bundle

manifest.json    What was exported: workshops, questionnaire versions, counts, a checksum of each
                 file. The counts agree with the database up to the times named there.
export.xlsx      All tables as a workbook. Begin with the sheet Index.
csv/             The tables as CSV files in UTF-8 with a mark, for Excel.
csv_plain/       The same without a mark, for programs.
codebook.json    The questionnaires in all languages, and what the columns mean.
spss/            SPSS files, if the program for them is installed (see manifest.json).

The tables

long             One answer in each row. `value` holds the code, `value_label` what it means.
cases            {cases}
wide_...         One row for each case of a questionnaire, one column for each question. A question
                 with several answers has a column for each option: item/option, 1 or 0.
codebook         What the columns and codes mean, with the full texts.
spss_names       The names of the columns in the SPSS files, where names have to be short.

People have codes that hold within this bundle only: {codes}

Cells without an answer in the wide tables

(not asked)            The interview is complete, and this question was not for this person.
(not reached)          The interview is not complete: the question was not reached, or not asked.
(skipped)              The person saw the question and passed it over.
(not in this version)  The questionnaire of this case did not have the question or the option.
{left_out}
An empty cell in a column of own words: the text was deleted after its time.
In SPSS these are numbers that are left out of calculations; text and date columns are empty.
"Do not know" and the like are answers with codes of their own; the codebook marks them.
"""
_STAFF_TABLES = {
    "cases": """\
One row for each person asked, also for those who never answered. Where staff typed
                 the answers, entered_mode says from what and entered_by is the code of who did;
                 imported answers come from tables of earlier surveys.
help_asked       What people asked the office for, by administration, and how far it is; only if
                 the office has taken something up.""",
    "codes": """\
the same person has the same code in all
tables and workshops. No names or addresses are in it. Times are in UTC.""",
    "left_out": "",
}
_VIEWER_TABLES = {
    "cases": """\
One row for each wave of each participant who answered at least once.""",
    "codes": """\
the same person has the same code in all
tables of a workshop, and another in each workshop. No names or addresses are in it.""",
    "left_out": """\
(left out)             It would tell something about single people; see "For viewers" below.
""",
}
_STAFF = """
For staff only: this bundle holds what people wrote in their own words.
"""
_VIEWER = """
For viewers

What people wrote stands in the table texts, in no order and apart from all other answers: only
texts that the office has read and released, whole or shortened. "…" and "[name]" stand for what was
left out. Texts are held back where those of fewer than five people were released.

The other tables hold participants who answered. Workshop and level are what a reader may know of a
person, so every group of one workshop and level has five people or more:

- The level has two classes. Where a group would be smaller, levels are left out: those of the group,
  and as many others that nobody knows whose they are.
- What all of a group answered in a wave is left out, asked or not, and so is a question that is
  asked only after such an answer. A question with several answers is judged option by option; in
  the table long it has only the options that are told.
- A workshop or wave with fewer than five people is left out.

Not in the bundle: supervisors and contact points, people without an answer, administrations,
function and time in the job, languages, channels and times. The manifest counts what is left out;
a number that rests on fewer than five people, and the sum that would tell it, is not given.

Do not ask for a second bundle of the same people: two of them can be compared.
"""
_SAFE = """
Texts that begin with = + - @, a tab or a new line have an apostrophe (') in front in the CSV files,
so that no spreadsheet runs them as a formula. The office can export all texts as they are, for
programs.
"""
_RAW = """
The CSV files are as they were written. A text such as =1+1 may run as a formula: do not open them in
a spreadsheet. Use export.xlsx there.
"""


def readme(audience: Audience, raw: bool) -> bytes:
    """Return the page for a bundle."""
    viewer = audience is Audience.VIEWER
    files = _FILES.format(**(_VIEWER_TABLES if viewer else _STAFF_TABLES))
    return (files + (_VIEWER if viewer else _STAFF) + (_RAW if raw else _SAFE)).encode()
