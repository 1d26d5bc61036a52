"""Acts of organisers on people: listing, calling, data entry, erasing, merging, relinking, handover."""
