"""Questionnaires as XLSForm: read from .xlsx, .xls, .csv and .md, marked for their author, written.

Bytes in, values out. Libraries for office files are imported when a file is read or written.
"""
