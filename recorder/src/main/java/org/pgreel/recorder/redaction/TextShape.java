package org.pgreel.recorder.redaction;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of a text whose characters are exchanged, each within an alphabet of characters that are equally long in
 * UTF-8; all else stays, so that lengths and punctuation do.
 */
final class TextShape {

    /** First and last character of each alphabet. */
    private static final int[][] ALPHABETS = {
        {'0', '9'},
        {'a', 'z'},
        {'A', 'Z'},
        {0x00d8, 0x00f6},
        {0x00f8, 0x024f},
        {0x00c0, 0x00d6},
        {0x03b1, 0x03c9},
        {0x0410, 0x044f},
        {0x3041, 0x3094},
        {0x30a1, 0x30f6},
        {0x4e00, 0x9fa5},
        {0xac00, 0xd7a3},
    };

    /** Long texts are permuted in blocks of at most so many places, each by what stood before it. */
    private static final int BLOCK_PLACES_MAX = 64;

    static final BigInteger VALUES_MIN = BigInteger.valueOf(10_000);

    private final int[] characters;
    private final List<Integer> places = new ArrayList<>();
    private final List<int[]> alphabets = new ArrayList<>();
    private final StringBuilder shape = new StringBuilder();

    TextShape(String text) {
        characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int alphabet = alphabet(characters[i]);
            shape.append((char) ('!' + alphabet + 1));
            if (alphabet >= 0) {
                places.add(i);
                alphabets.add(ALPHABETS[alphabet]);
            } else {
                shape.appendCodePoint(characters[i]);
            }
        }
    }

    /** Keeps the first digit from becoming zero, so that a number keeps its length. */
    TextShape withoutLeadingZero() {
        if (!places.isEmpty() && characters[places.get(0)] != '0') {
            alphabets.set(0, new int[] {'1', '9'});
            shape.append('1');
        }
        return this;
    }

    private static int alphabet(int character) {
        for (int i = 0; i < ALPHABETS.length; i++) {
            if (character >= ALPHABETS[i][0] && character <= ALPHABETS[i][1]) {
                return i;
            }
        }
        return -1;
    }

    /** Returns how many texts have this shape, up to where that no longer matters. */
    BigInteger count() {
        BigInteger count = BigInteger.ONE;
        for (int i = 0; i < alphabets.size() && count.compareTo(VALUES_MIN) < 0; i++) {
            count = count.multiply(size(alphabets.get(i)));
        }
        return count;
    }

    private static BigInteger size(int[] alphabet) {
        return BigInteger.valueOf(alphabet[1] - alphabet[0] + 1L);
    }

    String permuted(KeyedPermutation permutation) {
        int[] result = characters.clone();
        int blocks = (places.size() + BLOCK_PLACES_MAX - 1) / BLOCK_PLACES_MAX;
        var before = new StringBuilder(shape);
        for (int block = 0; block < blocks; block++) {
            int from = places.size() * block / blocks;
            int to = places.size() * (block + 1) / blocks;
            BigInteger number = BigInteger.ZERO;
            BigInteger bound = BigInteger.ONE;
            for (int i = from; i < to; i++) {
                BigInteger size = size(alphabets.get(i));
                long digit = characters[places.get(i)] - (long) alphabets.get(i)[0];
                number = number.multiply(size).add(BigInteger.valueOf(digit));
                bound = bound.multiply(size);
            }
            BigInteger left = permutation.permuted(number, bound, block + " " + Digests.of(before));
            for (int i = to - 1; i >= from; i--) {
                BigInteger[] parts = left.divideAndRemainder(size(alphabets.get(i)));
                result[places.get(i)] = alphabets.get(i)[0] + parts[1].intValue();
                left = parts[0];
                before.appendCodePoint(characters[places.get(i)]);
            }
        }
        return new String(result, 0, result.length);
    }

    /** Returns hexadecimal digits permuted, as many as they are. */
    static String hexadecimal(String digits, KeyedPermutation permutation) {
        if (digits.length() <= BLOCK_PLACES_MAX) {
            return block(digits, "hex", permutation);
        }
        var result = new StringBuilder();
        int blocks = (digits.length() + BLOCK_PLACES_MAX - 1) / BLOCK_PLACES_MAX;
        for (int block = 0; block < blocks; block++) {
            int from = (int) ((long) digits.length() * block / blocks);
            int to = (int) ((long) digits.length() * (block + 1) / blocks);
            String tweak = block + " " + Digests.of(digits.length() + " " + digits.substring(0, from));
            result.append(block(digits.substring(from, to), tweak, permutation));
        }
        return result.toString();
    }

    private static String block(String digits, String tweak, KeyedPermutation permutation) {
        BigInteger bound = BigInteger.ONE.shiftLeft(4 * digits.length());
        String hex =
                permutation.permuted(new BigInteger(digits, 16), bound, tweak).toString(16);
        return "0".repeat(digits.length() - hex.length()) + hex;
    }
}
