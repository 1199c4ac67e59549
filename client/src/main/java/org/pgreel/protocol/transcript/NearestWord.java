package org.pgreel.protocol.transcript;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that was probably meant. */
public final class NearestWord {
    private NearestWord() {}

    /** Returns the known word at the least distance, or "" when none is near (a third of its letters). */
    public static String of(String word, Collection<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return least <= Math.max(1, nearest.length() / 3) ? nearest : "";
    }

    /** The number of letters to add, drop or replace, and of neighbours to exchange. */
    private static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : changed(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int changed(int[][] rows, String a, String b, int i, int j) {
        boolean equal = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(rows[i - 1][j - 1] + (equal ? 0 : 1), Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
