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
 * Gives a test a server that plays a scenario of the catalogue, which {@code pgreel scenarios} lists; otherwise as
 * {@link Script}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(ReplayExtension.class)
@ResourceLock(providers = SharedServerLocks.class)
public @interface Scenario {
    /**
     * Returns the scenario's name, as {@code scram-forged-signature}; or the name of a resource on the class path that
     * ends in {@code .pgreel.yaml}, for a scenario of your own.
     */
    String value();
}
