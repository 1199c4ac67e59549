package org.pgreel.benchmarks.pgjdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.pgreel.benchmarks.peer.Items;
import org.pgreel.benchmarks.peer.Round;
import org.pgreel.benchmarks.peer.Work;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Notifications from one connection to another, on which a thread waits for them: pgjdbc does not push. */
final class Notifying implements Work {

    private static final int LIMIT_SECONDS = 10;

    private final Connection sender;
    private final Connection listener;
    private final PreparedStatement notify;

    Notifying(Connection sender, Connection listener) throws SQLException {
        this.sender = sender;
        this.listener = listener;
        this.notify = sender.prepareStatement(Items.NOTIFY.replace("$1", "?"));
        try (Statement listen = listener.createStatement()) {
            listen.execute("LISTEN " + Items.CHANNEL);
        }
    }

    @Override
    public long run(Round round) throws Exception {
        BlockingQueue<Long> heard = new LinkedTransferQueue<>();
        Thread listening = new Thread(() -> listen(round.repeats(), heard), "listener");
        listening.start();
        long sum = 0;
        for (int i = 0; i < round.repeats(); i++) {
            notify.setString(1, Integer.toString(i));
            long begun = System.nanoTime();
            notify.execute();
            Long at = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            Long payload = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (at == null || payload == null) {
                throw new IllegalStateException("notification " + i + " was not heard");
            }
            round.took(at - begun);
            sum += payload;
        }
        listening.join();
        return sum;
    }

    private void listen(int count, BlockingQueue<Long> heard) {
        try {
            int got = 0;
            while (got < count) {
                PGNotification[] notifications =
                        listener.unwrap(PGConnection.class).getNotifications(LIMIT_SECONDS * 1_000);
                long at = System.nanoTime();
                if (notifications.length == 0) {
                    return;
                }
                for (PGNotification notification : notifications) {
                    heard.add(at);
                    heard.add(Long.parseLong(notification.getParameter()));
                    got++;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        sender.close();
        listener.close();
    }
}
