package org.pgreel.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command cannot do what it was asked for, and its message is the one sentence that the user reads: the cause and the
 * remedy.
 */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitStatus;

    private CommandFailedException(int exitStatus, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitStatus = exitStatus;
    }

    /** Returns the failure of a check; the sentence says which. */
    static CommandFailedException check(String sentence) {
        return new CommandFailedException(ExitStatus.CHECK_FAILED, sentence, null);
    }

    /** Returns a wrong use of the command line that the parser could not see. */
    static CommandFailedException usage(String sentence) {
        return new CommandFailedException(ExitStatus.WRONG_USAGE, sentence, null);
    }

    /** Returns a failure of a file, a socket or a journal. */
    static CommandFailedException inputOutput(String sentence, @Nullable Throwable cause) {
        return new CommandFailedException(ExitStatus.INPUT_OUTPUT, sentence, cause);
    }

    /** Returns the exit status that says what kind of failure this is. */
    int exitStatus() {
        return exitStatus;
    }
}
