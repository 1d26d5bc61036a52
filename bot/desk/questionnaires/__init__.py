"""What organisers do with questionnaires and lists."""
