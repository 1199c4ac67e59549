package org.pgreel.recorder.chronicle;

import java.util.Locale;

/** How a number of bytes is told in a sentence. */
final class ByteSize {

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    private ByteSize() {}

    static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit + 1 < UNITS.length) {
            size /= STEP;
            unit++;
        }
        boolean round = size == Math.rint(size);
        return (round ? Long.toString((long) size) : String.format(Locale.ROOT, "%.1f", size)) + " " + UNITS[unit];
    }
}
