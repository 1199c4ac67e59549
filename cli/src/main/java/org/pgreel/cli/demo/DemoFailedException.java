package org.pgreel.cli.demo;

import org.jspecify.annotations.Nullable;

/** A step of the demo could not be taken; the message says which and why. */
public final class DemoFailedException extends Exception {

    private static final long serialVersionUID = 1;

    DemoFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
