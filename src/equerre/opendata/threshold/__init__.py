"""What pages, API and command share at the door: who asks, how many times, for which moment; what did not change; the database
that is away; what a process remembers.
"""
