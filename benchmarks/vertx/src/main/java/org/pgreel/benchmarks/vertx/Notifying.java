package org.pgreel.benchmarks.vertx;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.InFlight;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;

/** Notifications from one connection to another, on the event loop. */
final class Notifying implements Work {

    private final Vertx vertx;
    private final PgConnection sender;
    private final PgConnection listener;
    private final PreparedQuery<RowSet<Row>> notify;
    private volatile @Nullable Notifications listening;

    Notifying(Vertx vertx, PgConnection sender, PgConnection listener) throws Exception {
        this.vertx = vertx;
        this.sender = sender;
        this.listener = listener;
        this.notify = VertxPeer.prepare(sender, Items.NOTIFY).query();
        listener.notificationHandler(this::heard);
        VertxPeer.await(listener.query("LISTEN " + Items.CHANNEL).execute());
    }

    private void heard(PgNotification notification) {
        Notifications open = listening;
        if (open != null) {
            open.heard(Long.parseLong(notification.getPayload()));
        }
    }

    @Override
    public long run(Round round) throws Exception {
        Notifications all = new Notifications(round);
        listening = all;
        vertx.runOnContext(ignored -> all.begin());
        return all.await();
    }

    @Override
    public void close() throws Exception {
        VertxPeer.await(sender.close());
        VertxPeer.await(listener.close());
    }

    /** One notification is sent when the one before it was heard. */
    private final class Notifications extends InFlight {
        private int sent;

        Notifications(Round round) {
            super(round, 1);
        }

        @Override
        protected void ask(int key) {
            notify.execute(Tuple.of(Integer.toString(sent++))).onFailure(this::failed);
        }

        void heard(long payload) {
            answered(payload);
        }
    }
}
