"""Certifications of the RNCP, in the three forms in which they are published: the kit, the CSV tables, the XML export.

``kit``, ``tables`` and ``xml_export`` each read one form into a ``sheet``; ``deliveries`` knows which form it was given; ``load``
writes the sheets, the same way for the three.
"""

# Who speaks of these sheets in the year of trial: a few real figures under a name of its own, to which no real
# delivery gives way.
TRIAL_PUBLISHER = "Certif Info (année d'essai)"
