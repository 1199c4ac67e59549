package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.ExchangeReport;
import org.pgreel.replay.report.LeftOverRun;
import org.pgreel.replay.report.RecordedNow;
import org.pgreel.replay.report.Resend;

/** Counts what became of questions and of recorded runs. Confined to the thread of its library. */
final class ExchangeTally {

    /** A run that a client left in its midst: the one that was probably meant, and the one that was followed. */
    private record Broken(RecordedRun nearest, RecordedRun followed) {}

    private final List<ExchangeMiss> misses = new ArrayList<>();
    private final List<RecordedNow> recordedNow = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private long answered;
    private long repeated;
    private long housekeeping;

    void clear() {
        misses.clear();
        recordedNow.clear();
        broken.clear();
        answered = 0;
        repeated = 0;
        housekeeping = 0;
    }

    void answered(RecordedExchange found, boolean again) {
        if (found.housekeeping) {
            housekeeping++;
        } else if (again) {
            repeated++;
        } else {
            answered++;
        }
    }

    void keptHouse() {
        housekeeping++;
    }

    void missed(ExchangeMiss miss) {
        misses.add(miss);
    }

    void recordedNow(RecordedNow question) {
        recordedNow.add(question);
    }

    void abandoned(RecordedRun nearest, RecordedRun followed) {
        broken.add(new Broken(nearest, followed));
    }

    /** That the rest of a run is not asked for that a client left in its midst goes without saying. */
    private Set<RecordedRun> excused() {
        Set<RecordedRun> excused = new HashSet<>();
        for (Broken run : broken) {
            excused.add(run.nearest().over() ? run.followed() : run.nearest());
        }
        return excused;
    }

    /** Returns what these runs have come to so far. */
    ExchangeReport report(List<RecordedRun> runs, List<Resend> resent) {
        long recorded = 0;
        List<LeftOverRun> left = new ArrayList<>();
        Set<RecordedRun> excused = excused();
        for (RecordedRun run : runs) {
            List<RecordedExchange> rest = new ArrayList<>();
            for (int i = 0; i < run.exchanges.size(); i++) {
                RecordedExchange exchange = run.exchanges.get(i);
                boolean counts = !exchange.housekeeping;
                recorded += counts ? 1 : 0;
                if (counts && i >= run.played && !excused.contains(run)) {
                    rest.add(exchange);
                }
            }
            if (!rest.isEmpty()) {
                RecordedExchange first = rest.get(0);
                left.add(new LeftOverRun(first.place(), first.key.sql(), rest.size()));
            }
        }
        return new ExchangeReport(recorded, answered, repeated, housekeeping, misses, left, resent, recordedNow);
    }
}
