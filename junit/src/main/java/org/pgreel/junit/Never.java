package org.pgreel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Says what the client of a test with {@link Replay} must never send: the test fails, and the client is told so at once. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ExtendWith(RecordingExtension.class)
@Repeatable(Never.All.class)
public @interface Never {
    /** Returns the label of the fault after which it must not come; "" if it must not come at all. */
    String after() default "";

    /** Returns a regular expression, which the whole statement must not match. */
    String statement();

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ExtendWith(RecordingExtension.class)
    @interface All {
        /** Returns them, in order. */
        Never[] value();
    }
}
