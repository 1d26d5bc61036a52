"""Acts of organisers on workshops: new days, room codes, code sheets, programmes."""
