package org.pgreel.recorder.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.recorder.diff.Alignment.Pair;
import org.pgreel.recorder.diff.Difference.Kind;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;

/**
 * How two sessions differ: their exchanges are laid beside each other by what was asked, however it was prepared, and the
 * messages of those that face each other are compared. Both sessions' messages are held in memory.
 *
 * @param left the one session; null if only the other recording has it
 * @param right the other session; null if only the one recording has it
 * @param differences the differences, behaviour and benign, in the order of the one session
 * @param damage where a session is damaged, so that what lies behind was not compared; empty if none is
 */
public record SessionDiff(
        @Nullable RecordedSession left,
        @Nullable RecordedSession right,
        List<Difference> differences,
        List<String> damage) {

    private static final double MILLI = 1e6;

    /** Keeps its own copies of the lists. */
    public SessionDiff {
        differences = List.copyOf(differences);
        damage = List.copyOf(damage);
    }

    /**
     * Compares two sessions.
     *
     * @param left the one
     * @param right the other
     */
    public static SessionDiff of(RecordedSession left, RecordedSession right) {
        return of(left, Exchanges.of(left), right, Exchanges.of(right));
    }

    /**
     * Compares what two sessions said once they were logged in: logins, cancel requests and Terminate aside.
     *
     * @param left the one
     * @param right the other
     */
    public static SessionDiff afterLogin(RecordedSession left, RecordedSession right) {
        return of(left, Exchanges.afterLogin(left), right, Exchanges.afterLogin(right));
    }

    private static SessionDiff of(RecordedSession left, Exchanges one, RecordedSession right, Exchanges other) {
        Comparison comparison = new Comparison();
        comparison.exchanges(one.all(), other.all());
        comparison.notifications(one.notifications(), other.notifications());
        List<String> damage = new ArrayList<>();
        for (Exchanges exchanges : List.of(one, other)) {
            if (!exchanges.damage().isEmpty()) {
                damage.add(exchanges.damage());
            }
        }
        return new SessionDiff(left, right, comparison.found, damage);
    }

    /** Returns the differences in behaviour. */
    public List<Difference> behaviour() {
        return differences.stream()
                .filter(difference -> !difference.kind().benign())
                .toList();
    }

    /** Compares and gathers. */
    private static final class Comparison {

        private final List<Difference> found = new ArrayList<>();
        private final MessageComparison messages = new MessageComparison(found);

        void exchanges(List<Exchange> left, List<Exchange> right) {
            List<Pair> pairs =
                    Alignment.of(left, right, (one, other) -> one.key().equals(other.key()));
            long leftNanos = 0;
            long rightNanos = 0;
            for (Pair pair : likened(pairs)) {
                if (pair.left() == Alignment.NONE) {
                    apart(right.get(pair.right()), false);
                } else if (pair.right() == Alignment.NONE) {
                    apart(left.get(pair.left()), true);
                } else {
                    Exchange one = left.get(pair.left());
                    Exchange other = right.get(pair.right());
                    leftNanos += one.nanos();
                    rightNanos += other.nanos();
                    messages(one.frontend(), other.frontend());
                    answers(one.backend(), other.backend());
                }
            }
            if (leftNanos != rightNanos) {
                String what = String.format(
                        Locale.ROOT, "what both did took %.1f ms and %.1f ms", leftNanos / MILLI, rightNanos / MILLI);
                messages.add(Kind.TIMING, what, null, null);
            }
        }

        /** Where as many exchanges of one stand as of the other, and none faces another, they are taken to be changed. */
        private static List<Pair> likened(List<Pair> pairs) {
            List<Pair> result = new ArrayList<>();
            List<Pair> gap = new ArrayList<>();
            for (Pair pair : pairs) {
                if (pair.left() == Alignment.NONE || pair.right() == Alignment.NONE) {
                    gap.add(pair);
                } else {
                    result.addAll(changed(gap));
                    gap.clear();
                    result.add(pair);
                }
            }
            result.addAll(changed(gap));
            return result;
        }

        private static List<Pair> changed(List<Pair> gap) {
            List<Pair> lefts =
                    gap.stream().filter(pair -> pair.right() == Alignment.NONE).toList();
            List<Pair> rights =
                    gap.stream().filter(pair -> pair.left() == Alignment.NONE).toList();
            if (lefts.size() != rights.size()) {
                return List.copyOf(gap);
            }
            List<Pair> facing = new ArrayList<>();
            for (int i = 0; i < lefts.size(); i++) {
                facing.add(new Pair(lefts.get(i).left(), rights.get(i).right()));
            }
            return facing;
        }

        private void apart(Exchange exchange, boolean left) {
            RecordedMessage first = exchange.first();
            int count = exchange.frontend().size() + exchange.backend().size();
            String what = exchange.frontend().isEmpty()
                    ? "the server says more by itself: " + messages(count)
                    : "a round trip more: " + messages(count);
            messages.add(Kind.ROUND_TRIP, what, left ? first : null, left ? null : first);
        }

        private static String messages(int count) {
            return count == 1 ? "1 message" : count + " messages";
        }

        /** An answer that became an error, or the reverse, is one difference, however many messages it had. */
        private void answers(List<RecordedMessage> left, List<RecordedMessage> right) {
            int one = error(left);
            int other = error(right);
            boolean broke = other >= 0;
            List<RecordedMessage> whole = broke ? left : right;
            List<RecordedMessage> failed = broke ? right : left;
            int at = Math.max(one, other);
            if (one >= 0 == broke || !sameNames(whole, failed, at)) {
                messages(left, right);
                return;
            }
            messages(left.subList(0, at), right.subList(0, at));
            RecordedMessage instead = at < whole.size() ? whole.get(at) : null;
            String what = words(failed.get(at));
            messages.add(
                    Kind.MESSAGE,
                    broke ? "the answer became an error: " + what : "the error became an answer; it was " + what,
                    broke ? instead : failed.get(at),
                    broke ? failed.get(at) : instead);
        }

        private static int error(List<RecordedMessage> messages) {
            for (int i = 0; i < messages.size(); i++) {
                if (name(messages.get(i)).equals("ErrorResponse")) {
                    return i;
                }
            }
            return Alignment.NONE;
        }

        private static boolean sameNames(List<RecordedMessage> left, List<RecordedMessage> right, int count) {
            boolean same = count <= left.size() && count <= right.size();
            for (int i = 0; same && i < count; i++) {
                same = name(left.get(i)).equals(name(right.get(i)));
            }
            return same;
        }

        private static String words(RecordedMessage message) {
            return message.content() instanceof RecordedMessage.Decoded decoded
                            && decoded.message() instanceof ErrorResponse error
                    ? error.fields().severity() + " " + error.fields().sqlState() + " "
                            + error.fields().message()
                    : "";
        }

        private void messages(List<RecordedMessage> left, List<RecordedMessage> right) {
            for (Pair pair : likened(Alignment.of(left, right, Comparison::alike))) {
                RecordedMessage one = pair.left() == Alignment.NONE ? null : left.get(pair.left());
                RecordedMessage other = pair.right() == Alignment.NONE ? null : right.get(pair.right());
                if (one == null || other == null) {
                    String name = name(one == null ? other : one);
                    messages.add(Kind.MESSAGE, one == null ? name + " was added" : name + " is missing", one, other);
                } else if (name(one).equals(name(other))) {
                    messages.compare(one, other);
                } else {
                    messages.add(Kind.MESSAGE, name(one) + " became " + name(other), one, other);
                }
            }
        }

        void notifications(List<RecordedMessage> left, List<RecordedMessage> right) {
            messages(left, right);
        }

        /** Equal rows face each other rather than different ones; of other messages the name decides. */
        private static boolean alike(RecordedMessage one, RecordedMessage other) {
            return name(one).equals(name(other))
                    && (!name(one).equals("DataRow") || one.content().equals(other.content()));
        }

        private static String name(@Nullable RecordedMessage message) {
            if (message == null) {
                return "";
            }
            return message.content() instanceof RecordedMessage.Decoded decoded
                    ? decoded.message().name()
                    : message.content() instanceof RecordedMessage.Oversized oversized
                            ? "oversized " + (char) oversized.type()
                            : "undecodable";
        }
    }
}
