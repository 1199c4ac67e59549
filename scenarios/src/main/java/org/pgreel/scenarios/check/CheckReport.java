package org.pgreel.scenarios.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param client the command
 * @param seed what passwords, keys and nonces were made of
 * @param controls the healthy servers that it was run against
 * @param cases the scenarios, in the order in which they were given
 * @param seconds how long the check took
 */
public record CheckReport(String client, long seed, List<Control> controls, List<CheckCase> cases, double seconds) {
    /** Copies the lists. */
    public CheckReport {
        controls = List.copyOf(controls);
        cases = List.copyOf(cases);
    }

    /** Returns how many cases have each grade, grades that none has left out. */
    public Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        for (Grade grade : Grade.values()) {
            long count = cases.stream().filter(it -> it.grade() == grade).count();
            if (count > 0) {
                counts.put(grade.word(), count);
            }
        }
        return counts;
    }

    /** Tells whether nothing speaks against the client. */
    public boolean good() {
        return cases.stream().noneMatch(CheckCase::bad);
    }
}
