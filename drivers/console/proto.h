/**
 * @file
 * What /dev/console can be told by FILE_CONTROL.
 *
 * The console is a resource manager (servers/vfs/manager_proto.h). A read takes a line that has
 * been edited, or what is there of it; 0 bytes: the end (Ctrl-D). Ctrl-C discards the line and all
 * that has been typed and not been read, ends a read that waits with EINTR and interrupts whoever
 * waits for a process that can be interrupted (INIT_INTERRUPT in user/init/session_proto.h).
 * Ctrl-\ does so in both modes, and sets that of lines; and all programs end that the shell has
 * started, which is the way back from whatever they do.
 *
 * A write returns when the console has taken the bytes; they may still be on their way. The mode is
 * the console's, not the open file's: whoever wants raw bytes asks for lines again afterwards, and
 * a shell does so before it reads a line.
 */
#pragma once

/** Commands. Others: ENOTTY. */
enum console_command {
    CONSOLE_SET_MODE = 1, /**< argument: enum console_mode; EINVAL for another one */
    CONSOLE_GET_SIZE,     /**< result: columns << 16 | rows */
    CONSOLE_DRAIN,        /**< answered when all that was written has left for the serial line */
};

/** How lines are read. */
enum console_mode {
    CONSOLE_LINES, /**< edited, shown as they are typed, with a history */
    CONSOLE_RAW,   /**< each byte as it comes, and not shown; Ctrl-C is a byte, too */
};
