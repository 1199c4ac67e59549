package org.pgreel.cli.demo;

import org.jspecify.annotations.Nullable;

/** The foreign client of the demo could not do its work. */
final class ForeignProgramException extends Exception {

    private static final long serialVersionUID = 1;

    ForeignProgramException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
