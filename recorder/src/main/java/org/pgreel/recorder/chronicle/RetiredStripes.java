package org.pgreel.recorder.chronicle;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The stripes of a run that were retired, as its properties tell them: {@code 0-5,7}. */
final class RetiredStripes {

    static final String PROPERTY = "retired";

    private RetiredStripes() {}

    static BitSet parse(@Nullable String text) {
        BitSet retired = new BitSet();
        if (text == null || text.isEmpty()) {
            return retired;
        }
        try {
            for (String range : text.split(",", -1)) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
                if (first > last || last >= RunDirectory.STRIPES_MAX) {
                    return new BitSet();
                }
                retired.set(first, last + 1);
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // The checksum of the properties says that they were changed; nothing is passed over for it.
            return new BitSet();
        }
        return retired;
    }

    static String text(BitSet retired) {
        StringBuilder text = new StringBuilder();
        for (int first = retired.nextSetBit(0); first >= 0; ) {
            int last = retired.nextClearBit(first) - 1;
            text.append(text.length() == 0 ? "" : ",").append(first);
            if (last > first) {
                text.append('-').append(last);
            }
            first = retired.nextSetBit(last + 1);
        }
        return text.toString();
    }
}
