"""Files of any table format as sheets of cells: text coding, headings, days, telephone numbers."""
