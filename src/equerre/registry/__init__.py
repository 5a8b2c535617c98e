"""Facts at rest: bodies, schools, sites, courses, certifications, acts, campaign dates, in two times.

``record`` is the only writer, ``selectors`` the only reader that gives plain facts to the rules; ``facts`` says what is public.
Rows are typed, dated and sourced; nothing is ever updated in place but the end of a knowledge.
"""
