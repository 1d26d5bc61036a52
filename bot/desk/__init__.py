"""What the staff do, one function per act: waves, workshops, people, questionnaires, reports, staff."""
