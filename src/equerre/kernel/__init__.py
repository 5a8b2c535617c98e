"""The grammar: periods, facts, sources, citations, findings, measures, money, identifiers, the clock. No law here."""
