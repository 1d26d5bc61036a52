"""What the office keeps and decides: people, staff, questionnaires, programmes, proofs."""
