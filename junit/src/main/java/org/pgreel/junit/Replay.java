package org.pgreel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test, or all tests of a class, a server that answers what was recorded of PostgreSQL; where nothing was recorded
 * yet, PostgreSQL itself, and records it.
 *
 * <p>The tape is {@code src/test/resources/tapes/NAME.pgreel} ({@code .tape} if it is large). It has a chapter for each
 * test method, and one for what happens outside of them, such as the start of an application context. Statements are matched by their
 * text, their parameters and the state of the session, over any number of connections; what drivers and pools ask of
 * their own accord is never missed and never left over. A test fails if it asks what was not recorded in its chapter, or does not
 * ask what was, even if it catches what the server said of it.
 *
 * <p>Classes with the same name share one server and one address, which stay until the run of all tests is over.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(RecordingExtension.class)
@ExtendWith(ReplayExtension.class)
@ResourceLock(providers = SharedServerLocks.class)
public @interface Replay {
    /** Returns the recording's name: letters, digits, {@code .}, {@code _} and {@code -}. */
    String value();

    /**
     * Returns what to do unless the environment variable {@code PGREEL_MODE}, or JUnit's parameter {@code pgreel.mode}, says
     * it. Where {@code CI=true}, nothing is recorded that is not asked for there.
     */
    ReplayMode replayMode() default ReplayMode.RECORD_MISSING;
}
