package org.pgreel.scenarios.check;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a client is checked. Immutable.
 *
 * @param timeout how long it may take from its first connection on
 * @param parallel how many clients are busy at a time, at least 1
 * @param repeat how often each scenario is played, at least 1
 * @param crash what the standard error of a client looks like that has crashed
 * @param seed what passwords, keys and nonces are made of
 */
public record CheckOptions(Duration timeout, int parallel, int repeat, Pattern crash, long seed) {
    /** A panic, a trace back, a segmentation fault, an uncaught exception of those that speak of a bug. */
    public static final Pattern CRASH = Pattern.compile("(?m)^panic: |^fatal error: |panicked at|^Traceback |"
            + "(?i:segmentation fault)|core dumped|"
            + "(?:Exception in thread |Unhandled exception|Uncaught ).*|"
            + "\\b(?:NullPointerException|[A-Za-z]*IndexOutOfBoundsException|NegativeArraySizeException"
            + "|ClassCastException|BufferUnderflowException|StackOverflowError|OutOfMemoryError)\\b");

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Five seconds, four clients a processor, once. */
    public static CheckOptions defaults(long seed) {
        return new CheckOptions(TIMEOUT, 4 * Runtime.getRuntime().availableProcessors(), 1, CRASH, seed);
    }
}
