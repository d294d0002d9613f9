/**
 * @file
 * Commands to devices. What they are stands in the protocol of each driver, e.g.
 * drivers/console/proto.h.
 */
#pragma once

/** @return the device's answer; -1: ENOTTY when the file takes no commands, or not this one */
int ioctl(int descriptor, unsigned long command, unsigned long argument);
