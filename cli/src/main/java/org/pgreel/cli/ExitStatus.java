package org.pgreel.cli;

/** What the exit status of every command means. */
final class ExitStatus {

    /** Done, and every verdict is good. */
    static final int DONE = 0;

    /** A check or verdict failed, or the command that was run failed. */
    static final int CHECK_FAILED = 1;

    /** The command line is wrong. */
    static final int WRONG_USAGE = 2;

    /** Input or output failed: a file, a socket, a journal. */
    static final int INPUT_OUTPUT = 3;

    private ExitStatus() {}
}
