/**
 * @file
 * Interrupt lines that are held back (8259A data sheet, OCW1).
 */
#include "arch/devices.h"

#include "arch/x86_64/gdt.h"
#include "arch/x86_64/interrupt.h"
#include "arch/x86_64/io.h"

/**
 * Holds an interrupt line back. What comes meanwhile is remembered, once.
 *
 * @param line  0 to 15
 */
void interrupt_disable(unsigned line)
{
    uint16_t data = line < LINES_PER_PIC ? PIC1_DATA : PIC2_DATA;

    port_out8(data, port_in8(data) | (uint8_t)(1u << line % LINES_PER_PIC));
}

/**
 * Takes an interrupt that has come meanwhile: then this does not return. What the interrupt saves
 * is of no use to anybody.
 */
void interrupt_window(void)
{
    gdt_set_save_area(&boot_context);
    __asm__ volatile("sti; nop; cli" : : : "memory");
}
