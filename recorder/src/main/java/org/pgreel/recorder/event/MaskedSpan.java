package org.pgreel.recorder.event;

/**
 * A stretch of a chunk whose bytes were overwritten because they are secret.
 *
 * @param offset where it begins, in bytes from the start of the chunk
 * @param length how many bytes it covers, at least 1
 * @param kind what was there
 */
public record MaskedSpan(int offset, int length, MaskKind kind) {

    /** Checks that the span is not empty or negative. */
    public MaskedSpan {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("span of " + length + " bytes at " + offset);
        }
    }
}
