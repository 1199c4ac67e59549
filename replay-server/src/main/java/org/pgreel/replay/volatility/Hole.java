package org.pgreel.replay.volatility;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that may differ between two runs.
 *
 * @param type what it is in each of them, a wildcard of the notation: {@code uuid}, {@code timestamp}, {@code date}, {@code time},
 *     {@code int}, {@code digits}, {@code text} or {@code any}
 * @param label the family of values to which it belongs: a value of the recording stands for one of the live run
 *     wherever the family is met; null if each value stands for itself
 */
public record Hole(String type, @Nullable String label) {
    /** The types that a declaration may name. */
    public static final Set<String> TYPES = Set.of("uuid", "timestamp", "date", "time", "int", "digits", "text", "any");

    /** Values of these types are often equal by chance, so that a cell with the same value means nothing. */
    private static final Set<String> COMMON = Set.of("int", "digits", "date", "time");

    /** Tells whether it can stand for the value. */
    public boolean accepts(String value) {
        return Pattern.compile(WildcardTypes.regex(type), Pattern.DOTALL)
                .matcher(value)
                .matches();
    }

    /** Tells whether the values of its family are recognised in cells too. */
    public boolean inCells() {
        return label != null && !COMMON.contains(type);
    }

    /** Returns it as the notation spells it, {@code <uuid:id>}. */
    @Override
    public String toString() {
        return "<" + type + (label == null ? "" : ":" + label) + ">";
    }
}
