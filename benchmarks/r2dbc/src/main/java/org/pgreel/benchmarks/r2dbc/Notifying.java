package org.pgreel.benchmarks.r2dbc;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.InFlight;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import reactor.core.Disposable;

/** Notifications from one connection to another, on the event loop. */
final class Notifying implements Work {

    private final PostgresqlConnection sender;
    private final PostgresqlConnection listener;
    private final Disposable listening;
    private volatile @Nullable Notifications notifications;

    Notifying(PostgresqlConnection sender, PostgresqlConnection listener) {
        this.sender = sender;
        this.listener = listener;
        R2dbcPeer.done(listener.createStatement("LISTEN " + Items.CHANNEL)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .then());
        this.listening = listener.getNotifications().subscribe(this::heard);
    }

    private void heard(Notification notification) {
        Notifications open = notifications;
        if (open != null) {
            open.heard(Long.parseLong(Objects.requireNonNull(notification.getParameter())));
        }
    }

    @Override
    public long run(Round round) throws Exception {
        Notifications all = new Notifications(round);
        notifications = all;
        all.begin();
        return all.await();
    }

    @Override
    public void close() {
        listening.dispose();
        R2dbcPeer.done(sender.close());
        R2dbcPeer.done(listener.close());
    }

    /** One notification is sent when the one before it was heard. */
    private final class Notifications extends InFlight {
        private int sent;

        Notifications(Round round) {
            super(round, 1);
        }

        @Override
        protected void ask(int key) {
            Disposable unused = sender.createStatement(Items.NOTIFY)
                    .bind(0, Integer.toString(sent++))
                    .execute()
                    .flatMap(result -> result.map((row, metadata) -> true))
                    .subscribe(done -> {}, this::failed);
        }

        void heard(long payload) {
            answered(payload);
        }
    }
}
