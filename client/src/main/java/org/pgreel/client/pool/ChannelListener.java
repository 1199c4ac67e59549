package org.pgreel.client.pool;

import org.pgreel.client.Notification;

/**
 * Hears what is notified on a channel, and when something may have been missed. Called on an event loop, one call at a
 * time, in wire order; it may not block. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface ChannelListener {

    /**
     * A notification came.
     *
     * @param notification channel, payload and sender
     */
    void notified(Notification notification);

    /**
     * The session that listened was lost, and another listens now: what was notified in between has not been heard, and
     * never will be. Called before anything that the new session hears. An application that must not miss anything reads
     * its tables again.
     *
     * @param gap from when to when, and why
     */
    default void gap(NotificationGap gap) {}
}
