"""The public register for programs: one answer a resource, each with its day, its sources and its citations. Read only.

Everything is asked of ``opendata``: what a page does not show, the API does not say. ``v1`` holds the resources; the other
modules hold what every answer goes through: methods, origins and rate, what a request asks, problems, pages of a long answer.
"""
