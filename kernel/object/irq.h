/**
 * @file
 * Interrupt lines as objects.
 */
#pragma once

#include "object/object.h"

enum error irq_bind(unsigned line, struct slot *notification);
enum error irq_acknowledge(unsigned line);
