/**
 * @file
 * The system's version, on the host.
 */
#pragma once

#define MICROK_VERSION "host"
