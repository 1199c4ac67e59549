package org.pgreel.cli;

import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.engine.Timing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** When the answers of a replay leave. */
final class TimingOptions {

    @Option(
            names = "--timing",
            paramLabel = "HOW",
            converter = TimingConverter.class,
            description = "When answers leave: none (at once), recorded (as long after what they answer as in the "
                    + "recording) or xN (that time N times, such as x0.5). Default: none.")
    private Timing timing = Timing.NONE;

    @Option(
            names = "--jitter",
            paramLabel = "MILLIS",
            description = "Each answer is late by up to so many milliseconds more, drawn by --seed.")
    private int jitter;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "From which the jitter is drawn. Default: another each time.")
    private @Nullable Long seed;

    /** Tells whether anything else is asked for than answers at once. */
    boolean any() {
        return jitter != 0 || !timing.equals(Timing.NONE);
    }

    /**
     * Returns what is asked for.
     *
     * @throws CommandFailedException wrong usage: a jitter that is none
     */
    Timing timing() {
        if (jitter == 0) {
            return timing;
        }
        long chosen = seed == null ? new SecureRandom().nextInt() & 0xFFFFFFFFL : seed;
        seed = chosen;
        try {
            return timing.withJitter(Duration.ofMillis(jitter), chosen);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }

    /** Returns what is said of it behind the address; empty if there is no jitter. */
    String remark() {
        return jitter == 0 ? "" : ", jitter up to " + jitter + " ms, seed " + seed;
    }

    /** Reads how times are kept. */
    static final class TimingConverter implements ITypeConverter<Timing> {

        @Override
        public Timing convert(String word) {
            try {
                return Timing.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failures.what(e));
            }
        }
    }
}
