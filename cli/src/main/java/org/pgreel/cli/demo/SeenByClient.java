package org.pgreel.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.Notification;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;

/**
 * Writes down, line by line, all that our client was told: every callback and every result.
 *
 * <p>Two runs are equal if these lines are, so they stand in the order of the session: callbacks and results are written
 * on its event loop, and what the application asks next is written when the transaction status has been told that ends the
 * answer before it.
 */
final class SeenByClient implements SessionStatusNotify {

    private final List<String> lines = new ArrayList<>();
    private final Semaphore statuses = new Semaphore(0);

    /** Returns what was seen so far, in order. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Writes a line down. */
    synchronized void add(String line) {
        lines.add(line);
    }

    /**
     * Waits for the transaction status that ends an answer.
     *
     * @param limit how long to wait at most
     * @return whether it came
     */
    boolean awaitStatus(Duration limit) throws InterruptedException {
        return statuses.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void pgSessionConnected(Session session) {
        add("@ connected");
    }

    @Override
    public void pgSessionConnectionFailed(Session session, ConnectionFailureReason reason) {
        add("@ connection failed: " + reason.name());
    }

    @Override
    public void pgSessionAuthenticated(Session session) {
        add("@ authenticated");
    }

    @Override
    public void pgTransactionStatus(Session session, TransactionStatus status) {
        add("@ transaction status " + status.indicator());
        statuses.release();
    }

    @Override
    public void pgNotification(Session session, Notification notification) {
        add("@ notification " + notification.channel() + " '" + notification.payload() + "' from process "
                + notification.processId());
    }

    @Override
    public void pgNotice(Session session, NoticeResponse notice) {
        add("@ notice " + notice.fields().message());
    }

    @Override
    public void pgParameterStatus(Session session, ParameterStatus status) {
        add("@ parameter " + status.parameter() + " = " + status.value());
    }

    @Override
    public void pgSessionShutdown(Session session) {
        add("@ shutdown");
    }
}
