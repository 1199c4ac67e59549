package org.pgreel.replay.play;

import java.util.List;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;

/** Compares the fields of a told line with what our client was told. */
public final class ToldFields {
    private ToldFields() {}

    /**
     * Tells whether what came is what a line says; fields that it leaves out at its end are free.
     *
     * @param expected the fields of a {@code <} or {@code @} line, which may hold wildcards; a label binds nothing
     * @param came what came, in the same order
     */
    public static boolean fit(List<Field> expected, List<Value> came) {
        for (int i = 0; i < expected.size(); i++) {
            Field field = expected.get(i);
            if (field instanceof Field.Rest) {
                return true;
            }
            if (i >= came.size() || !(field instanceof Field.Plain plain) || !fit(plain.value(), came.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fit(Value expected, Value came) {
        return new ValuePattern(new Bindings()).matches(expected, came);
    }
}
