package org.pgreel.replay.play;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Values;

/** A portal that a client bound. */
final class Portal {
    /**
     * A statement that a client prepared.
     *
     * @param types as Parse gave them; those it left out are 0 or missing
     */
    record Prepared(String sql, List<Integer> types) {}

    final Prepared prepared;
    final Values parameters;
    final List<Integer> parameterFormats;
    final List<Integer> resultFormats;

    /** The answer, when an Execute asked for fewer rows than there are. */
    @Nullable
    Frame suspended;

    Portal(Prepared prepared, Values parameters, List<Integer> parameterFormats, List<Integer> resultFormats) {
        this.prepared = prepared;
        this.parameters = parameters;
        this.parameterFormats = parameterFormats;
        this.resultFormats = resultFormats;
    }

    /** Returns the format of the result's column. */
    int resultFormat(int column) {
        return format(resultFormats, column);
    }

    /** Returns the format of the parameter. */
    int parameterFormat(int index) {
        return format(parameterFormats, index);
    }

    private static int format(List<Integer> formats, int index) {
        if (formats.isEmpty()) {
            return 0;
        }
        return formats.size() == 1 ? formats.get(0) : index < formats.size() ? formats.get(index) : 0;
    }
}
