package org.pgreel.recorder.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.pgreel.recorder.diff.Alignment.Pair;

/** Each element is there once and in order, only equal ones face each other, and as many as possible do. */
class AlignmentTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void asManyAsPossibleFaceEachOther(
            @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> left,
            @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> right) {
        List<Pair> pairs = Alignment.of(left, right, Integer::equals);

        List<Integer> lefts = new ArrayList<>();
        List<Integer> rights = new ArrayList<>();
        int facing = 0;
        for (Pair pair : pairs) {
            if (pair.left() != Alignment.NONE) {
                assertThat(pair.left()).isEqualTo(lefts.size());
                lefts.add(left.get(pair.left()));
            }
            if (pair.right() != Alignment.NONE) {
                assertThat(pair.right()).isEqualTo(rights.size());
                rights.add(right.get(pair.right()));
            }
            if (pair.left() != Alignment.NONE && pair.right() != Alignment.NONE) {
                assertThat(left.get(pair.left())).isEqualTo(right.get(pair.right()));
                facing++;
            }
        }
        assertThat(lefts).isEqualTo(left);
        assertThat(rights).isEqualTo(right);
        assertThat(facing).isEqualTo(longestCommon(left, right));
    }

    private static int longestCommon(List<Integer> left, List<Integer> right) {
        int[][] best = new int[left.size() + 1][right.size() + 1];
        for (int i = 1; i <= left.size(); i++) {
            for (int j = 1; j <= right.size(); j++) {
                best[i][j] = left.get(i - 1).equals(right.get(j - 1))
                        ? best[i - 1][j - 1] + 1
                        : Math.max(best[i - 1][j], best[i][j - 1]);
            }
        }
        return best[left.size()][right.size()];
    }
}
