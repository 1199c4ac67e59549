package org.pgreel.client;

import org.jspecify.annotations.Nullable;

/**
 * The application's receiver could not take what the server sent: it threw, or it is not made for what came. Nothing more was
 * delivered to it; the rest was read and thrown away, and the session goes on.
 */
public final class ReceiverFailedException extends PgException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param sentence what happened, and the remedy if there is one
     * @param cause what the receiver threw; null if it did not throw
     * @param effect what the operation may have left behind
     */
    public ReceiverFailedException(String sentence, @Nullable Throwable cause, ServerEffect effect) {
        super(sentence, cause, effect);
    }

    @Override
    public String kind() {
        return "ReceiverFailed";
    }
}
