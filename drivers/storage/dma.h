/**
 * @file
 * Data by the bus master, which reads and writes memory itself (PCI IDE Bus Master Programming
 * Interface 1.0; Intel 82371FB/SB data sheet).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "storage/proto.h"

#define DMA_FIRST_PORT 0xF000u /**< where the driver puts it: see storage.needs */

/** How a transfer stands. */
enum dma_state {
    DMA_UNDER_WAY, /**< and the interrupt was not its */
    DMA_DONE,
    DMA_FAILED
};

bool dma_init(void);
void dma_clear(void);
bool dma_add(uint64_t address, uint32_t bytes);
void dma_prepare(enum storage_operation operation);
void dma_start(enum storage_operation operation);
enum dma_state dma_finish(void);
void dma_stop(void);
