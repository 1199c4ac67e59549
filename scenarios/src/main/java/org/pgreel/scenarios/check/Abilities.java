package org.pgreel.scenarios.check;

/**
 * What a client can be told, beside where and as whom it connects.
 *
 * @param sql what it asks
 * @param sslMode how much it asks of TLS
 * @param channelBinding whether its login must be bound to the TLS channel
 * @param requireAuth by which methods it lets itself be authenticated
 */
public record Abilities(boolean sql, boolean sslMode, boolean channelBinding, boolean requireAuth) {}
