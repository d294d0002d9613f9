/**
 * @file
 * The two 8259A interrupt controllers (Intel 8259A data sheet, order number 231468-003).
 *
 * Lines 0 to 7 come from the first controller, 8 to 15 from the second, which hangs on line 2 of
 * the first. At power-on they use vectors that the CPU has for exceptions; interrupt_init moves
 * them.
 */
#include "arch/interrupt.h"
#include "arch/x86_64/interrupt.h"
#include "arch/x86_64/io.h"

#define PIC1_COMMAND 0x20
#define PIC2_COMMAND 0xA0

#define ICW1_INIT_WITH_ICW4 0x11 /* edge triggered, cascaded */
#define ICW4_8086 0x01           /* 8086 mode, end of interrupt by command */
#define OCW2_END_OF_INTERRUPT 0x20
#define OCW3_READ_IN_SERVICE 0x0B

static void pic_start(uint16_t command, uint16_t data, uint8_t vector, uint8_t cascade)
{
    port_out8(command, ICW1_INIT_WITH_ICW4);
    port_out8(data, vector);  /* ICW2 */
    port_out8(data, cascade); /* ICW3 */
    port_out8(data, ICW4_8086);
    port_out8(data, 0xFF); /* OCW1: all lines masked */
}

/**
 * Moves the interrupt lines to vectors 32 to 47, all of them masked but the second controller's.
 */
void interrupt_init(void)
{
    pic_start(PIC1_COMMAND, PIC1_DATA, INTERRUPT_VECTOR, 1u << INTERRUPT_CASCADE);
    pic_start(PIC2_COMMAND, PIC2_DATA, INTERRUPT_VECTOR + LINES_PER_PIC, INTERRUPT_CASCADE);
    interrupt_enable(INTERRUPT_CASCADE);
}

/**
 * Lets an interrupt line through.
 *
 * @param line  0 to 15
 */
void interrupt_enable(unsigned line)
{
    uint16_t data = line < LINES_PER_PIC ? PIC1_DATA : PIC2_DATA;

    port_out8(data, port_in8(data) & (uint8_t) ~(1u << line % LINES_PER_PIC));
}

/** A line that falls before the CPU asks which it was is reported as the controller's last one. */
static bool is_spurious(uint16_t command, unsigned line)
{
    if (line % LINES_PER_PIC != LINES_PER_PIC - 1) {
        return false;
    }
    port_out8(command, OCW3_READ_IN_SERVICE);
    return (port_in8(command) & 1u << (LINES_PER_PIC - 1)) == 0;
}

/**
 * Tells the controller that an interrupt has been taken: until then it holds back this line and all
 * of lower priority.
 *
 * @param line  0 to 15
 * @return false for a spurious interrupt, which no device has raised (8259A data sheet, page 18)
 */
bool interrupt_acknowledge(unsigned line)
{
    bool spurious = is_spurious(line < LINES_PER_PIC ? PIC1_COMMAND : PIC2_COMMAND, line);

    if (line >= LINES_PER_PIC && !spurious) {
        port_out8(PIC2_COMMAND, OCW2_END_OF_INTERRUPT);
    }
    if (line >= LINES_PER_PIC || !spurious) {
        port_out8(PIC1_COMMAND, OCW2_END_OF_INTERRUPT);
    }
    return !spurious;
}
