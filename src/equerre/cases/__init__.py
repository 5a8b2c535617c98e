"""Procedures and decisions. Today: what those who keep the register do with a fact, *Corriger* and *Trancher*, and their pages.

What is done stands in ``actions``, one verb a file; a page, the API or a command only says what somebody typed.
"""
