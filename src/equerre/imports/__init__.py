"""The world comes in: one outside source per file. ``parse()`` is pure, ``load()`` writes facts through ``registry.record``.

A file is read whole or not at all, says where it is wrong, and never erases what an earlier one said. What contradicts the
registry from another publisher is proposed, for somebody to settle.
"""
