package org.pgreel.protocol.conversation;

/**
 * How many ReadyForQuery the backend still owes for what it was sent.
 *
 * <p>It is a range, because the frontend cannot know everything: a Sync that the server reads during copy-in is
 * swallowed and one that it reads a moment later, behind the failure of the COPY, is answered; a Query or FunctionCall
 * behind extended-query messages is discarded when one of those fails.
 *
 * <p>Both figures suppose that the session goes on (no FATAL error) and that nothing still to be begun turns out to be a
 * {@code COPY FROM STDIN}.
 *
 * @param least those that come in any case
 * @param most those that may come
 */
public record ReadyOwed(int least, int most) {
    /** Nothing is owed. */
    public static final ReadyOwed NONE = new ReadyOwed(0, 0);

    /** Refuses a range that is none. */
    public ReadyOwed {
        if (least < 0 || least > most) {
            throw new IllegalArgumentException("From " + least + " to " + most + " is no range");
        }
    }
}
