/**
 * @file
 * PCI's configuration space, as far as the bus master needs it.
 */
#pragma once

#include <stdbool.h>

bool pci_find_bus_master(void);
