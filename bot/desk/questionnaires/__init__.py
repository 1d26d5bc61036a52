"""Acts of organisers on questionnaires and on the own lists of workshops: reading files, publishing."""
