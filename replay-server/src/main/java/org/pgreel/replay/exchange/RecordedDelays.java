package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pgreel.replay.source.ExpectedMessage;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.Release;

/** Finds how long each recorded exchange took to answer. */
final class RecordedDelays {
    private RecordedDelays() {}

    /** Notes it in the exchanges: what the answers took up to that of its last message. */
    static void note(PlayableConnection connection, List<RecordedRun> runs) {
        var exchanges = new ArrayList<RecordedExchange>();
        runs.forEach(run -> exchanges.addAll(run.exchanges));
        exchanges.sort(Comparator.comparingLong(exchange -> exchange.message));
        List<ExpectedMessage> asked = connection.frontend();
        int at = 0;
        for (Release release : connection.releases()) {
            long number = release.after() == 0 || release.after() > asked.size()
                    ? 0
                    : asked.get(release.after() - 1).number();
            while (at < exchanges.size() && exchanges.get(at).message < number) {
                at++;
            }
            if (at < exchanges.size() && number > 0) {
                exchanges.get(at).delayNanos += release.delayNanos();
            }
        }
    }
}
