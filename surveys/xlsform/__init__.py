"""Questionnaires as XLSForm: read from .xlsx, .xls, .csv and .md, marked for their author, written.

Bytes in, values out. Libraries for office files are imported when a file is read or written.
"""

from surveys.xlsform.lists import read_choice_lists
from surveys.xlsform.marking import marked_workbook
from surveys.xlsform.reading import is_form, read_xlsform
from surveys.xlsform.writing import write_xlsform

__all__ = ["is_form", "marked_workbook", "read_choice_lists", "read_xlsform", "write_xlsform"]
