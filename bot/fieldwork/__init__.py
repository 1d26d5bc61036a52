"""The rules of the fieldwork: opening, updating and closing waves, languages, notices to the staff."""
