package org.pgreel.recorder.tape;

/**
 * Takes numbers out of bytes: a run of up to nine decimal digits that does not begin with 0 and stands alone or among
 * digits is replaced by one octet, and the number is written apart. What remains is alike where only numbers differ, and compresses to nearly nothing. It does
 * not matter what the bytes mean: the same ones come back, see {@link FilledTemplates}. Confined to one thread.
 */
final class NumberTemplates {

    /** Stands where a number was, and for itself when it was there before. */
    static final int PLACE = 0x11;

    /** The octets of {@link BlockColumn#NUMBERS}; from the last one on they are a place among recent numbers. */
    static final int ITSELF = 0;

    static final int NEW = 1;
    static final int RECENT = 2;

    static final int DIGITS_MAX = 9;

    private final GrowingBytes numbers;
    private final ScatteredNumbers fresh;
    private final RecentNumbers recent = new RecentNumbers();

    NumberTemplates(GrowingBytes numbers, ScatteredNumbers fresh) {
        this.numbers = numbers;
        this.fresh = fresh;
    }

    /** Writes what remains of bytes. */
    void add(byte[] bytes, int from, int to, GrowingBytes out) {
        int at = from;
        while (at < to) {
            if (isWord(bytes[at])) {
                int end = at;
                boolean digits = true;
                while (end < to && isWord(bytes[end])) {
                    digits &= bytes[end] <= '9';
                    end++;
                }
                if (digits) {
                    number(bytes, at, end, out);
                } else {
                    out.bytes(bytes, at, end);
                }
                at = end;
            } else {
                if (bytes[at] == PLACE) {
                    numbers.octet(ITSELF);
                }
                out.octet(bytes[at++]);
            }
        }
    }

    /** Digits within words, such as hexadecimal ones, are like any other letters and stay. */
    private static boolean isWord(byte octet) {
        return octet >= '0' && octet <= '9'
                || octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet == '_';
    }

    private void number(byte[] bytes, int from, int to, GrowingBytes out) {
        int at = from;
        while (at < to) {
            if (bytes[at] == '0') {
                out.octet(bytes[at++]);
            } else {
                int end = Math.min(to, at + DIGITS_MAX);
                int number = 0;
                while (at < end) {
                    number = number * 10 + bytes[at++] - '0';
                }
                number(number);
                out.octet(PLACE);
            }
        }
    }

    private void number(int number) {
        int place = recent.met(number);
        if (place >= 0) {
            numbers.octet(RECENT + place);
        } else {
            numbers.octet(NEW);
            fresh.add(number);
        }
    }

    /** The next bytes will be read without those before. */
    void clear() {
        recent.clear();
    }
}
