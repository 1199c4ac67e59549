package org.pgreel.client;

/**
 * A NOTIFY that arrived on a channel the session listens to.
 *
 * @param channel the channel's name
 * @param payload what the sender attached; empty if nothing
 * @param processId the backend process of the session that sent it
 */
public record Notification(String channel, String payload, int processId) {}
