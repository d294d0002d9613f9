/**
 * @file
 * The system's name (IEEE 1003.1, sys/utsname.h).
 */
#pragma once

/** Names, each ends with NUL. */
struct utsname {
    char sysname[16];  /**< "MicroK" */
    char nodename[64]; /**< from /etc/hostname; "microk" without */
    char release[16];  /**< "0.7" */
    char version[16];  /**< "v0.7" */
    char machine[16];  /**< "x86_64" */
};

/** @return 0 */
int uname(struct utsname *name);
