package org.pgreel;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.Notification;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;

/** Writes down a session's callbacks, one line each, and that each came on an event loop. */
class RecordedLife implements SessionStatusNotify {
    private static final long PATIENCE_SECONDS = 30;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    volatile ConnectionFailureReason reason = new ConnectionFailureReason.SslServerRefused();

    private void note(String line) {
        String thread = Thread.currentThread().getName();
        if (!thread.matches("pgreel-client-\\d+")) {
            elsewhere.add(line + " on " + thread);
        }
        lines.add(line);
        arriving.add(line);
    }

    /** Returns all lines so far but those of parameters, of which each server version has its own. */
    List<String> withoutParameters() {
        return lines.stream().filter(line -> !line.startsWith("parameter ")).toList();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the callbacks that did not come on an event loop. */
    List<String> elsewhere() {
        return List.copyOf(elsewhere);
    }

    /** Waits for a line that begins so, and returns it. */
    String await(String beginning) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String line = arriving.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no '" + beginning + "' within " + PATIENCE_SECONDS + " s but " + lines);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    @Override
    public void pgSessionConnected(Session session) {
        note("connected");
    }

    @Override
    public void pgSessionConnectionFailed(Session session, ConnectionFailureReason why) {
        reason = why;
        note("connection-failed " + why.name());
    }

    @Override
    public void pgSessionAuthenticated(Session session) {
        note("authenticated");
    }

    @Override
    public void pgTransactionStatus(Session session, TransactionStatus status) {
        note("status " + status);
    }

    @Override
    public void pgNotification(Session session, Notification notification) {
        note("notification " + notification.channel() + " " + notification.payload());
    }

    @Override
    public void pgNotice(Session session, NoticeResponse notice) {
        note("notice " + notice.message());
    }

    @Override
    public void pgParameterStatus(Session session, ParameterStatus status) {
        note("parameter " + status.parameter() + "=" + status.value());
    }

    @Override
    public void pgSessionShutdown(Session session) {
        note("shutdown " + session.shutdownReason().orElseThrow().name());
    }
}
