"""What the tests of stage 03 expect, worked out anew, and how they tell what is wrong.

The test programs inside the kernel (grading/guest/03-syscalls/) write down what they ask of one
exercise and what comes of it; calls, dispatch, checks, segments and faults judge these notes. The
test programs in user mode report what the kernel gave back to them; programs judges that.
"""
