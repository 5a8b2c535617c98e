"""The article, run: one module per word, facts and a day in, findings out. Pure: no clock, no file, no framework."""
