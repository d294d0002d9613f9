/**
 * @file
 * The kernel's and the root task's errors as error numbers.
 */
#include "error_number.h"

#include <errno.h>

/** @return the number of errno.h that comes nearest to an error; 0 for none. What says that the
 * other side has done something wrong, or is gone, is EIO */
int error_number(enum error error)
{
    switch (error) {
    case ERROR_NONE:
        return 0;
    case ERROR_INVALID_ARGUMENT:
        return EINVAL;
    case ERROR_NO_MEMORY:
        return ENOMEM;
    case ERROR_NO_THREAD:
        return ESRCH;
    case ERROR_TOO_MANY_THREADS:
        return EAGAIN;
    case ERROR_BUSY:
        return EBUSY;
    case ERROR_UNKNOWN_CALL:
        return ENOSYS;
    case ERROR_BAD_ADDRESS:
        return EFAULT;
    case ERROR_NO_PROGRAM:
        return ENOENT;
    case ERROR_BAD_PROGRAM:
        return ENOEXEC;
    case ERROR_TIMEOUT:
        return ETIMEDOUT;
    case ERROR_NO_RIGHT:
        return EPERM;
    case ERROR_STOPPED:
        return EINTR;
    default:
        return EIO;
    }
}
