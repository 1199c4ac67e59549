package org.pgreel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lays a fault over what was recorded for this test ({@link Replay}), as {@code lost: swallow, reset @ B CommandComplete
 * "COMMIT"}. A test with a fault need not ask all that was recorded, and fails if the fault does not fire. While the
 * recording is made no fault is laid, and the test counts as aborted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ExtendWith(RecordingExtension.class)
@Repeatable(Fault.All.class)
public @interface Fault {
    /** Returns the fault as a {@code !} line of the notation, without the {@code !}. */
    String value();

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ExtendWith(RecordingExtension.class)
    @interface All {
        /** Returns them, in order. */
        Fault[] value();
    }
}
