"""What the tests know of their stages: models of the exercises, and failures in a student's words.

A folder a stage. They stand on the grader's machinery; nothing in it knows of them.
"""
