/*
 * exercise: pio
 * test: pio-transfer
 * says: reads the status the wrong number of times
 * mistake: Waits for a device that stays busy.
 */
int pio_transfer(enum storage_operation operation, uint16_t *words, unsigned sectors)
{
    for (; sectors > 0; sectors--) {
        unsigned status = ATA_BSY;

        for (unsigned poll = 0; poll < UINT32_MAX && (status & ATA_BSY); poll++) {
            status = ata_read(ATA_ALTERNATE_STATUS);
        }
        if ((status & (ATA_BSY | ATA_DRQ | ATA_DF | ATA_ERR)) != ATA_DRQ) {
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
