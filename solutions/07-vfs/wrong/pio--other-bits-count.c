/*
 * exercise: pio
 * test: pio-transfer
 * says: wrong error|wrong number of words|reads the status
 * mistake: Compares the whole status with that of the one drive that it was tried with.
 */
int pio_transfer(enum storage_operation operation, uint16_t *words, unsigned sectors)
{
    for (; sectors > 0; sectors--) {
        unsigned status = ATA_BSY;

        for (unsigned poll = 0; poll < ATA_POLL_LIMIT && (status & ATA_BSY); poll++) {
            status = ata_read(ATA_ALTERNATE_STATUS);
        }
        if (status != (ATA_DRDY | 0x10 | ATA_DRQ)) {
            return EIO;
        }
        for (unsigned i = 0; i < ATA_SECTOR_WORDS; i++, words++) {
            if (operation == STORAGE_READ) {
                *words = ata_read_data();
            } else {
                ata_write_data(*words);
            }
        }
    }
    return 0;
}
