package org.pgreel.client;

/**
 * The valve of what an operation brings to the application: its rows, or the data of a COPY.
 *
 * <p>While it is paused nothing of the operation is delivered, and the session reads no more than it has already read: the
 * server is held back by its own socket. That is so for the whole session: notifications, an end of the stream and whatever
 * else the server says behind the operation's rows are not heard of before {@link #resume}. What the application does itself
 * works at once: {@link Session#close} ends the session also while it is paused, and so does a limit of time.
 *
 * <p>A call from inside the receiver takes effect before the next row; one from elsewhere when the session comes to it. All are legal at any
 * time and as often as one likes; behind the end of the operation they do nothing. Thread-safe.
 */
public interface Inflow {

    /** Delivers nothing more until {@link #resume}. */
    void pause();

    /** Goes on with what was held back. */
    void resume();

    /**
     * Delivers nothing more at all. What the server still sends is read and thrown away, also if the valve was paused, and
     * the operation ends as the server ends it.
     */
    void stop();
}
