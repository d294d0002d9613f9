"""What the tests of stage 02 expect, computed anew, and how they tell what is wrong.

Most test programs of this stage (grading/guest/02-tasks/) write down all that they ask of the
kernel and what comes of it. Each module here reads one kind of such a history and goes through it
with a model of its own: frames with frames_model, queues with queue_model, the rest in themselves.
"""
