"""What the tests of stage 05 expect, computed anew, and how they tell what is wrong.

The tests of single exercises (grading/guest/05-paging/*.c) call one function of the kernel again
and again, and leave all page tables in memory: `tables` walks them. The other modules belong to
test programs in user mode (grading/guest/05-paging/programs/).
"""
