package org.pgreel.junit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Whether tests meet what was recorded, or PostgreSQL itself, which is then recorded. */
public enum ReplayMode {
    /** Only what was recorded; a tape that is missing fails the tests. */
    REPLAY,
    /** What was recorded; where there is no tape, PostgreSQL itself. */
    RECORD_MISSING,
    /** PostgreSQL itself; a tape that is there is replaced. */
    RECORD;

    /** Returns the mode as it is spelled, {@code record-missing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a mode; {@code where} names what holds it. */
    static ReplayMode of(String where, String word) {
        for (ReplayMode mode : values()) {
            if (mode.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        String words = Arrays.stream(values()).map(ReplayMode::word).collect(Collectors.joining(", "));
        throw new ExtensionConfigurationException(where + ": \"" + word + "\" is not one of " + words);
    }
}
