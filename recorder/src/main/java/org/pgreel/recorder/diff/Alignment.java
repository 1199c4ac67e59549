package org.pgreel.recorder.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Pairs the elements of two lists so that as many equal ones as possible face each other, in order (Myers, "An O(ND)
 * Difference Algorithm and Its Variations", 1986). Lists that differ in more than a thousand places are paired from
 * both ends only.
 */
final class Alignment {

    /** The element has no counterpart. */
    static final int NONE = -1;

    private static final int DIFFERENCES_MAX = 1000;

    /**
     * Two elements that face each other.
     *
     * @param left index in the first list, or {@link #NONE}
     * @param right index in the second list, or {@link #NONE}
     */
    record Pair(int left, int right) {}

    private Alignment() {}

    /**
     * Pairs the elements of two lists.
     *
     * @param equal whether two elements may face each other
     */
    static <T> List<Pair> of(List<T> left, List<T> right, BiPredicate<T, T> equal) {
        int from = 0;
        int leftTo = left.size();
        int rightTo = right.size();
        List<Pair> pairs = new ArrayList<>();
        while (from < leftTo && from < rightTo && equal.test(left.get(from), right.get(from))) {
            pairs.add(new Pair(from, from));
            from++;
        }
        List<Pair> tail = new ArrayList<>();
        while (leftTo > from && rightTo > from && equal.test(left.get(leftTo - 1), right.get(rightTo - 1))) {
            tail.add(0, new Pair(--leftTo, --rightTo));
        }
        pairs.addAll(middle(left.subList(from, leftTo), right.subList(from, rightTo), from, equal));
        pairs.addAll(tail);
        return pairs;
    }

    private static <T> List<Pair> middle(List<T> left, List<T> right, int from, BiPredicate<T, T> equal) {
        int most = Math.min(left.size() + right.size(), DIFFERENCES_MAX);
        int[] furthest = new int[2 * most + 2];
        List<int[]> history = new ArrayList<>();
        for (int d = 0; d <= most; d++) {
            history.add(furthest.clone());
            for (int k = -d; k <= d; k += 2) {
                int x = down(furthest, most, d, k) ? furthest[most + k + 1] : furthest[most + k - 1] + 1;
                while (x < left.size() && x - k < right.size() && equal.test(left.get(x), right.get(x - k))) {
                    x++;
                }
                furthest[most + k] = x;
                if (x >= left.size() && x - k >= right.size()) {
                    return path(history, most, new Pair(left.size(), right.size()), from);
                }
            }
        }
        List<Pair> apart = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            apart.add(new Pair(from + i, NONE));
        }
        for (int i = 0; i < right.size(); i++) {
            apart.add(new Pair(NONE, from + i));
        }
        return apart;
    }

    private static boolean down(int[] furthest, int zero, int d, int k) {
        return k == -d || k != d && furthest[zero + k - 1] < furthest[zero + k + 1];
    }

    /** Walks back from the end through what was furthest before each difference. */
    private static List<Pair> path(List<int[]> history, int zero, Pair end, int from) {
        List<Pair> pairs = new ArrayList<>();
        int x = end.left();
        int y = end.right();
        for (int d = history.size() - 1; d >= 0; d--) {
            int k = x - y;
            int before = down(history.get(d), zero, d, k) ? k + 1 : k - 1;
            int beforeX = history.get(d)[zero + before];
            int beforeY = beforeX - before;
            while (x > beforeX && y > beforeY) {
                x--;
                y--;
                pairs.add(new Pair(from + x, from + y));
            }
            if (d > 0) {
                pairs.add(x == beforeX ? new Pair(NONE, from + y - 1) : new Pair(from + x - 1, NONE));
            }
            x = beforeX;
            y = beforeY;
        }
        Collections.reverse(pairs);
        return pairs;
    }
}
