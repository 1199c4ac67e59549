package org.pgreel.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * <p>Two runs are equal if these lines are, so their order depends on the session alone and on no thread: callbacks are
 * written as they come, on its event loop, except for a transaction status. With it an answer ends, so it is handed to who
 * asked, who writes what the answer was, then the status, then what is asked next.
 */
final class SeenByClient implements SessionStatusNotify {

    private final List<String> lines = new ArrayList<>();
    private final BlockingQueue<TransactionStatus> statuses = new LinkedBlockingQueue<>();

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
     * @return it, or null if none came
     */
    @Nullable
    TransactionStatus awaitStatus(Duration limit) throws InterruptedException {
        return statuses.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
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
        statuses.add(status);
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
