"""Capabilities as they stand in a stopped kernel's memory: for the grader, and for gdb's commands.

Whoever looks gives a function that reads memory; nothing here knows where it comes from.
"""
