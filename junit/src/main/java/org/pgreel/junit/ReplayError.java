package org.pgreel.junit;

import java.lang.reflect.Method;

/**
 * A test whose server's run did not go as its script says: the verdict, the transcript, and how to repeat it.
 *
 * <p>It is the test's failure, with what the test itself threw as suppressed, if the client departed from the script.
 * If the test failed for a reason of its own, it is suppressed in that.
 */
public final class ReplayError extends AssertionError {
    private static final long serialVersionUID = 1L;

    ReplayError(String message, Method test) {
        super(message);
        // Where in JUnit it was found out helps nobody.
        setStackTrace(new StackTraceElement[] {
            new StackTraceElement(test.getDeclaringClass().getName(), test.getName(), null, -1)
        });
    }
}
