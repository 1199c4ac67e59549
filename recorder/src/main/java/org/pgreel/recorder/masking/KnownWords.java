package org.pgreel.recorder.masking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compares bytes with a list of words as they come, so that they may pass as far as they begin one. */
final class KnownWords {

    private final byte[][] words;
    private byte[] sofar = new byte[0];

    KnownWords(String... words) {
        this.words = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Takes a byte if some word goes on with it. */
    boolean advance(byte b) {
        for (byte[] word : words) {
            if (word.length > sofar.length && word[sofar.length] == b && startsWithSofar(word)) {
                sofar = Arrays.copyOf(word, sofar.length + 1);
                return true;
            }
        }
        return false;
    }

    /** Returns whether what was taken is a word. */
    boolean complete() {
        for (byte[] word : words) {
            if (Arrays.equals(word, sofar)) {
                return true;
            }
        }
        return false;
    }

    String word() {
        return new String(sofar, StandardCharsets.US_ASCII);
    }

    private boolean startsWithSofar(byte[] word) {
        return Arrays.equals(word, 0, sofar.length, sofar, 0, sofar.length);
    }
}
