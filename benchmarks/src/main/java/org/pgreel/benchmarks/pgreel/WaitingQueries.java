package org.pgreel.benchmarks.pgreel;

import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.Session;

/** One row by its key, again and again; the program's thread waits for each. */
final class WaitingQueries implements Work {

    private final Session session;

    WaitingQueries(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            long begun = System.nanoTime();
            sum += Columns.points(PgReelPeer.await(session.query(PointQueries.point(round.key()))));
            round.took(System.nanoTime() - begun);
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }
}
