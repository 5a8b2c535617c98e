"""Pages: one view module per page. Facts come from the registry's selectors, findings from the rules, words from documents."""
