package org.pgreel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pgreel.replay.engine.AuthenticationMethod;

/**
 * Gives a test a server that plays this script; beside {@code @Test}, {@code @ParameterizedTest} or
 * {@link EveryFragmentation}.
 *
 * <p>On a method the server is that test's own. On a class one server, with one address, serves all its tests: each of
 * them is a run of its own, and they never run at the same time. A method's script or scenario wins over its class's.
 * The test asks for the server by a parameter of type {@link ReplayServer}.
 *
 * <p>A test fails if the script was not played to its end, if a fault did not fire, or if the client did what the script
 * does not say.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(ReplayExtension.class)
@ResourceLock(providers = SharedServerLocks.class)
public @interface Script {
    /** Returns the script, in the notation of {@code docs/notation.md}; a text block. */
    String value();

    /** Returns how {@code use login} lets the client in. */
    AuthenticationMethod auth() default AuthenticationMethod.TRUST;

    /** Returns whether the server offers TLS, with a certificate that it has signed itself. */
    boolean tls() default false;

    /** Returns the labels that the test signals ({@link ReplayServer#signal}), for which the script may {@code await}. */
    String[] signals() default {};
}
