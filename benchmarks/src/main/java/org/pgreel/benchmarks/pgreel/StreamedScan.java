package org.pgreel.benchmarks.pgreel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.benchmarks.peer.Workload;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.RowReceiver;
import org.pgreel.client.RowStream;
import org.pgreel.client.RowView;
import org.pgreel.client.Session;

/** All rows of the large table, so many a fetch, read on the event loop. */
final class StreamedScan implements Work {

    private static final ParameterizedQuery ALL =
            ParameterizedQuery.of(Items.SCAN, List.of()).withBinaryResults();

    private final Session session;

    StreamedScan(Session session) {
        this.session = session;
    }

    @Override
    public long run(Round round) throws Exception {
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            Summing rows = new Summing();
            RowStream stream = session.stream(ALL, Workload.FETCH, rows);
            rows.stream.complete(stream);
            PgReelPeer.await(stream.done());
            sum += rows.sum;
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        PgReelPeer.close(session);
    }

    /** Asks for the next window when the one at hand is through. */
    private static final class Summing implements RowReceiver {
        private final CompletableFuture<RowStream> stream = new CompletableFuture<>();
        private long sum;

        @Override
        public void row(RowView row) {
            sum += Columns.item(row);
        }

        @Override
        public void suspended() {
            Future<?> unused = stream.thenAccept(RowStream::fetch);
        }
    }
}
