"""What the tests of stage 06 expect, computed anew, and how they tell what is wrong.

The tests of single exercises (grading/guest/06-capabilities/*.c) call one function of the kernel
again and again. What they write down of each call is judged here, one module for each subject:
`lookup`, `place` (untyped_place()), `mint`, `derivation`, `revoke`, `messages` (transfer_slot() and
fault_deliver()). `names` has the words for what stands in slots, `forest` the model of the tree.

The modules `whole...` belong to test programs in user mode
(grading/guest/06-capabilities/programs/).
"""
