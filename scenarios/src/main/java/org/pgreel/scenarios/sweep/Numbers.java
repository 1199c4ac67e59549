package org.pgreel.scenarios.sweep;

import java.util.HashSet;
import java.util.Set;

/** Finds the numbers of seven digits by which golden statements and their answers are known. */
final class Numbers {
    private static final int DIGITS = 7;

    private Numbers() {}

    /** Returns the numbers of exactly seven digits. */
    static Set<String> in(CharSequence text) {
        Set<String> found = new HashSet<>();
        int begin = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean digit = i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
            if (digit && begin < 0) {
                begin = i;
            } else if (!digit && begin >= 0) {
                if (i - begin == DIGITS) {
                    found.add(text.subSequence(begin, i).toString());
                }
                begin = -1;
            }
        }
        return found;
    }
}
