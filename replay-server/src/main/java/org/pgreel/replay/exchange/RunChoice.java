package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the recorded run that a connection follows: the earliest that nobody follows and whose first question is the one
 * that is asked. Runs that begin alike cannot be told apart at first (a BEGIN, say), so a connection may change to another,
 * and two connections may change with each other, as long as what they were answered is the same. Confined to one thread.
 */
final class RunChoice {

    /** Runs whose first question is the same, the earliest first. */
    private static final class Queue {
        final List<RecordedRun> runs = new ArrayList<>();

        /** No run before it is free. */
        int firstFree;

        private @Nullable Boolean alike;

        /** Tells whether all of them may be answered again, and by the same. */
        boolean alike() {
            if (alike == null) {
                RecordedRun first = runs.get(0);
                alike = first.repeatable() && runs.stream().allMatch(run -> run == first || first.answersLike(run));
            }
            return alike;
        }
    }

    private final Questions questions;
    private final List<RecordedRun> runs;
    private final Map<String, List<RecordedRun>> byText = new HashMap<>();
    private final Map<ExchangeKey, Queue> byKey = new HashMap<>();
    private @Nullable String chapter;

    /** Takes all runs, in any order. */
    RunChoice(List<RecordedRun> recorded, Questions questions) {
        this.questions = questions;
        this.runs = new ArrayList<>(recorded);
        runs.sort(Comparator.comparingLong(run -> run.began));
        for (RecordedRun run : runs) {
            ExchangeKey first = run.exchanges.get(0).key;
            byText.computeIfAbsent(first.sql(), sql -> new ArrayList<>()).add(run);
            byKey.computeIfAbsent(first, key -> new Queue()).runs.add(run);
        }
    }

    /** Returns all runs, the earliest first. */
    List<RecordedRun> runs() {
        return runs;
    }

    /** From here on the runs of a chapter are chosen only, all of them once more; false if there are none. */
    boolean open(String name) {
        chapter = name;
        boolean any = false;
        for (RecordedRun run : runs) {
            if (open(run)) {
                run.rewind();
                any = true;
            }
        }
        byKey.values().forEach(queue -> queue.firstFree = 0);
        return any;
    }

    /** Tells whether the run belongs to the chapter that is open. */
    boolean open(RecordedRun run) {
        return chapter == null || run.chapter.equals(chapter);
    }

    private boolean allows(ConnectionScope scope, RecordedRun run) {
        return open(run) && scope.may(run.session);
    }

    /** Returns the exchange that is next for a connection that follows a run; null if the question is another. */
    @Nullable
    RecordedExchange followed(ConnectionScope scope, RecordedRun run, ExchangeKey key) {
        int at = scope.at;
        // Housekeeping of the recording may be left out.
        while (at < run.exchanges.size()
                && !questions.same(run.exchanges.get(at).key, key)
                && run.exchanges.get(at).housekeeping) {
            at++;
        }
        if (at < run.exchanges.size()
                && (questions.same(run.exchanges.get(at).key, key) || broughtForward(run, at, key))) {
            return step(scope, run, at, key);
        }
        for (RecordedRun other : candidates(run.exchanges.get(0).key.sql())) {
            if (other != run
                    && other.exchanges.size() > scope.at
                    && questions.same(other.exchanges.get(scope.at).key, key)
                    && changes(scope, run, other)) {
                return step(scope, other, scope.at, key);
            }
        }
        return null;
    }

    /** Changes from one run to another: a free one, or one whose follower may as well go on with this one's. */
    private boolean changes(ConnectionScope scope, RecordedRun run, RecordedRun other) {
        if (!allows(scope, other) || !run.beginsLike(other, scope.at)) {
            return false;
        }
        if (scope.repeating) {
            return other.oneCycle;
        }
        ConnectionScope rival = other.follower;
        if (!other.taken) {
            release(run);
        } else if (rival != null && allows(rival, run) && other.beginsLike(run, rival.at)) {
            run.follower = rival;
            run.played = rival.at;
            rival.run = run;
            rival.last = run;
            rival.use(run.session);
        } else {
            return false;
        }
        other.taken = true;
        return true;
    }

    private List<RecordedRun> candidates(String first) {
        return byText.getOrDefault(first, List.of());
    }

    /** Of statements that may come in any order the one that is asked for is taken first. */
    private boolean broughtForward(RecordedRun run, int at, ExchangeKey key) {
        for (int i = at; i < run.exchanges.size() && questions.unordered(run.exchanges.get(i).key); i++) {
            if (questions.same(run.exchanges.get(i).key, key)) {
                Collections.rotate(run.exchanges.subList(at, i + 1), 1);
                return true;
            }
        }
        return false;
    }

    private RecordedExchange step(ConnectionScope scope, RecordedRun run, int at, ExchangeKey key) {
        RecordedExchange exchange = run.exchanges.get(at);
        questions.answered(exchange.key, key, run.chapter);
        scope.last = run;
        scope.at = at + 1;
        boolean over = scope.at >= run.exchanges.size();
        scope.run = over ? null : run;
        scope.use(run.session);
        if (!scope.repeating) {
            run.playedBy = scope.processId;
            run.played = Math.max(run.played, at + 1);
            run.follower = over ? null : scope;
        }
        return exchange;
    }

    /** Returns the first exchange of the earliest run that is free and begins with the question; null if there is none. */
    @Nullable
    RecordedExchange begun(ConnectionScope scope, ExchangeKey key) {
        scope.repeating = false;
        if (questions.exactly(key)) {
            Queue queue = byKey.get(key);
            if (queue == null) {
                return null;
            }
            while (queue.firstFree < queue.runs.size() && queue.runs.get(queue.firstFree).taken) {
                queue.firstFree++;
            }
            return begun(scope, key, queue.runs.subList(queue.firstFree, queue.runs.size()));
        }
        return begun(scope, key, candidates(key.sql()));
    }

    private @Nullable RecordedExchange begun(ConnectionScope scope, ExchangeKey key, List<RecordedRun> among) {
        for (RecordedRun run : among) {
            if (!run.taken && questions.same(run.exchanges.get(0).key, key) && allows(scope, run)) {
                run.taken = true;
                return step(scope, run, 0, key);
            }
        }
        return null;
    }

    /** Begins a run of one cycle once more, if all runs that were recorded with this question are equal. */
    @Nullable
    RecordedExchange again(ConnectionScope scope, ExchangeKey key) {
        Queue queue = questions.exactly(key) ? byKey.get(key) : null;
        List<RecordedRun> among = queue == null ? candidates(key.sql()) : queue.runs;
        // Nothing is compared twice, unless a declaration lets runs change.
        boolean alike = queue != null && !questions.anyUnordered() && queue.alike();
        RecordedRun first = null;
        for (RecordedRun run : among) {
            if (!questions.same(run.exchanges.get(0).key, key) || !allows(scope, run)) {
                continue;
            }
            if (alike) {
                first = run;
                break;
            }
            if (first == null ? !run.repeatable() : !first.answersLike(run)) {
                return null;
            }
            first = first == null ? run : first;
        }
        if (first == null) {
            return null;
        }
        scope.repeating = true;
        return step(scope, first, 0, key);
    }

    /** Returns the first exchanges of the runs that begin with this statement and may be followed. */
    List<RecordedExchange> firsts(ConnectionScope scope, String sql) {
        return candidates(sql).stream()
                .filter(run -> allows(scope, run))
                .map(run -> run.exchanges.get(0))
                .toList();
    }

    /** Nobody follows the run any more, and it may be followed anew. */
    void release(RecordedRun run) {
        run.taken = false;
        run.played = 0;
        run.follower = null;
        Queue queue = byKey.get(run.exchanges.get(0).key);
        if (queue != null) {
            queue.firstFree = 0;
        }
    }
}
