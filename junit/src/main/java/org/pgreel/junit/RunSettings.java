package org.pgreel.junit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pgreel.replay.play.Chunking;

/** What the person who runs the tests has set: JUnit's configuration parameters, so system properties too. */
final class RunSettings {
    static final String CHUNKING = "pgreel.chunking";
    static final String SEED = "pgreel.seed";
    static final String COVERAGE = "pgreel.coverage";
    private static final String COVERAGE_VARIABLE = "PGREEL_COVERAGE";
    private static final int SEEDS = 1_000_000;

    private RunSettings() {}

    /** Returns the one way to cut writes that is asked for; empty if none is. */
    static Optional<Chunking> chunking(ExtensionContext context) {
        return context.getConfigurationParameter(CHUNKING).map(RunSettings::chunking);
    }

    private static Chunking chunking(String word) {
        try {
            return Chunking.of(word);
        } catch (IllegalArgumentException unknown) {
            throw new ExtensionConfigurationException(CHUNKING + ": " + unknown.getMessage(), unknown);
        }
    }

    /** Returns the seed of all that is random in a run: the one asked for, or one that this JVM has drawn. */
    static long seed(ExtensionContext context) {
        return context.getConfigurationParameter(SEED).map(RunSettings::seed).orElse(Drawn.SEED);
    }

    private static long seed(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException notANumber) {
            throw new ExtensionConfigurationException(SEED + ": \"" + number + "\" is no number", notANumber);
        }
    }

    /** Returns the seed where JUnit cannot be asked: that of the system property, or the one that this JVM has drawn. */
    static long seed() {
        String number = System.getProperty(SEED);
        return number == null ? Drawn.SEED : seed(number);
    }

    /** Returns the file that what the tests exercise is added to; empty if nobody wants to know. */
    static Optional<Path> coverage() {
        return Optional.ofNullable(System.getProperty(COVERAGE))
                .or(() -> Optional.ofNullable(System.getenv(COVERAGE_VARIABLE)))
                .filter(file -> !file.isBlank())
                .map(Path::of);
    }

    /** Drawn when the first server is made. */
    private static final class Drawn {
        static final long SEED = new SecureRandom().nextInt(SEEDS);
    }
}
