/*
 * exercise: notification
 * test: signal-waiters
 * says: thread \d's state is wrong
 * mistake: Only adds the bits up. Who waits for them already never hears of them.
 */
void notification_send(struct notification *notification, uint64_t bits)
{
    notification->bits |= bits;
}
