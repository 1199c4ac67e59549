package org.pgreel.recorder.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A reusable list of masked spans, filled by the masker while it works through a chunk; spans that touch and are of one
 * kind become one. Confined to the thread that records the session.
 */
public final class MaskedSpans {

    private int[] offsets = new int[4];
    private int[] lengths = new int[4];
    private MaskKind[] kinds = new MaskKind[4];
    private int count;

    /** Forgets all spans. */
    public void clear() {
        count = 0;
    }

    /** Returns how many spans there are. */
    public int count() {
        return count;
    }

    /**
     * Adds a span behind the last one.
     *
     * @param offset where it begins in the chunk; not before the end of the last span
     * @param length how many bytes it covers
     * @param kind what was there
     */
    public void add(int offset, int length, MaskKind kind) {
        int last = count - 1;
        if (last >= 0 && kinds[last] == kind && offsets[last] + lengths[last] == offset) {
            lengths[last] += length;
            return;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
        }
        offsets[count] = offset;
        lengths[count] = length;
        kinds[count] = kind;
        count++;
    }

    /** Returns the offset of a span. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Returns the length of a span. */
    public int length(int index) {
        return lengths[index];
    }

    /** Returns the kind of a span. */
    public MaskKind kind(int index) {
        return kinds[index];
    }

    /** Returns the spans as a list of their own. */
    public List<MaskedSpan> toList() {
        List<MaskedSpan> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(new MaskedSpan(offsets[i], lengths[i], kinds[i]));
        }
        return list;
    }
}
