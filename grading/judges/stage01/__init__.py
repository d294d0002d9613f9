"""What the tests of stage 01 expect, worked out anew, and how they tell what is wrong.

The test programs of this stage (grading/guest/01-boot/) keep inputs and results in memory. Inputs
are read before the exercise has run, results afterwards; each module here knows one exercise's
right answers.
"""
