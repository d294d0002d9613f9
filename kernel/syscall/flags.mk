# The dispatcher goes on to the call's function by a jump: it has nothing to do afterwards, and every
# system call saves four instructions. A backtrace does not show it.
$(BUILD)/kernel/syscall/dispatch.c.o: CFLAGS += -foptimize-sibling-calls
