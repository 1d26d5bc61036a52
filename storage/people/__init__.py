"""People, their enrolments, addresses, codes and links."""
