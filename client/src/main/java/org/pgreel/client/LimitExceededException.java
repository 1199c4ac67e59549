package org.pgreel.client;

/** The operation's answer held a message above a limit; its bytes were skipped and the session goes on. */
public final class LimitExceededException extends PgException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long length;

    /**
     * Creates the failure.
     *
     * @param limit the limit's name, such as {@code limits.message}
     * @param messageName which message was too long
     * @param length the length that it announced, in bytes
     * @param allowed what the limit allows, in bytes
     * @param effect what the operation may have left behind
     */
    public LimitExceededException(String limit, String messageName, long length, long allowed, ServerEffect effect) {
        super(
                "a " + messageName + " of " + length + " bytes exceeds " + limit + " (" + allowed
                        + " bytes): ask for less, or raise the limit",
                null,
                effect);
        this.limit = limit;
        this.length = length;
    }

    /** Returns the limit's name, such as {@code limits.message}. */
    public String limit() {
        return limit;
    }

    /** Returns the length that the message announced, in bytes. */
    public long length() {
        return length;
    }

    @Override
    public String kind() {
        return "LimitExceeded";
    }
}
