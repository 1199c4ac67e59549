package org.pgreel.tap;

/**
 * Hears sessions from their first byte to their end; what a recorder implements.
 *
 * <p>One tap serves many sessions and is called from many threads, so implementations are thread-safe. The calls for
 * one session, made on the {@link SessionTap} that {@link #sessionOpened} returns, come from one thread at a time.
 */
@FunctionalInterface
public interface WireTap {

    /**
     * Called when a session begins, before its first connection is tried.
     *
     * @param opening who talks to whom; it never holds a password
     * @return the tap of this session
     * @throws TapFailedException if the session cannot be recorded and must not go on unrecorded
     */
    SessionTap sessionOpened(SessionOpening opening);
}
