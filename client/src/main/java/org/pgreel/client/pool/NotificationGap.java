package org.pgreel.client.pool;

import java.time.Instant;

/**
 * A time in which notifications of a channel may have been missed.
 *
 * @param channel the channel
 * @param from when the lost session was last known to listen: its last notification or answer, not the moment at which the
 *     loss was noticed
 * @param to when the server confirmed the LISTEN of the new session
 * @param reason how the lost session ended: a sentence without a full stop
 */
public record NotificationGap(String channel, Instant from, Instant to, String reason) {}
