"""Pages: one view module per page. What is public comes from ``opendata``, words from ``documents``; addresses are made here."""
