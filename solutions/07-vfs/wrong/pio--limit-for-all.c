/*
 * exercise: pio
 * test: pio-transfer
 * says: reads the status the wrong number of times
 * mistake: Counts the reads of all sectors together: a slow device fails at the second one.
 */
int pio_transfer(enum storage_operation operation, uint16_t *words, unsigned sectors)
{
    unsigned poll = 0;

    for (; sectors > 0; sectors--) {
        unsigned status = ATA_BSY;

        for (; poll < ATA_POLL_LIMIT && (status & ATA_BSY); poll++) {
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
