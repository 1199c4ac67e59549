package org.pgreel.cli;

import java.time.Duration;
import org.pgreel.replay.script.Durations;

/** Reads how long something may run. */
final class Budget {
    private Budget() {}

    /**
     * Returns the time.
     *
     * @param word as {@code 500ms}, {@code 60s}, {@code 5m} or {@code 2h}
     * @throws CommandFailedException wrong usage: it is none
     */
    static Duration of(String word) {
        boolean longer = word.endsWith("m") || word.endsWith("h");
        String seconds = longer ? word.substring(0, word.length() - 1) + "s" : word;
        int times = !longer ? 1 : word.endsWith("m") ? 60 : 3600;
        return Durations.of(seconds)
                .filter(time -> !time.isZero())
                .map(time -> time.multipliedBy(times))
                .orElseThrow(() ->
                        CommandFailedException.usage("--budget: \"" + word + "\" is no time, as 500ms, 60s, 5m or 2h"));
    }
}
