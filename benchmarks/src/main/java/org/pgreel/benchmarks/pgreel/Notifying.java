package org.pgreel.benchmarks.pgreel;

import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.pgreel.benchmarks.peer.InFlight;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.pgreel.client.Notification;
import org.pgreel.client.Parameter;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/** Notifications from one connection to another, on the event loop. */
final class Notifying implements Work {

    private final Session sender;
    private final Session listener;
    private volatile @Nullable Notifications notifications;

    /** Connects the one that listens. */
    @FunctionalInterface
    interface Listening {
        Session connect(SessionStatusNotify notify) throws Exception;
    }

    Notifying(Session sender, Listening listening) throws Exception {
        this.sender = sender;
        this.listener = listening.connect(new SessionStatusNotify() {
            @Override
            public void pgNotification(Session session, Notification notification) {
                heard(notification);
            }
        });
        PgReelPeer.await(listener.query("LISTEN " + Items.CHANNEL));
    }

    private void heard(Notification notification) {
        Notifications open = notifications;
        if (open != null) {
            open.heard(Long.parseLong(notification.payload()));
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
    public void close() throws Exception {
        PgReelPeer.close(sender);
        PgReelPeer.close(listener);
    }

    /** One notification is sent when the one before it was heard. */
    private final class Notifications extends InFlight {
        private int sent;

        Notifications(Round round) {
            super(round, 1);
        }

        @Override
        protected void ask(int key) {
            Future<?> unused = sender.query(Items.NOTIFY, List.of(Parameter.text(Integer.toString(sent++))))
                    .exceptionally(failure -> {
                        failed(failure);
                        return null;
                    });
        }

        void heard(long payload) {
            answered(payload);
        }
    }
}
