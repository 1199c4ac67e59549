package org.pgreel.scenarios.drive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ConnectionFailureReason.RejectedByServer;
import org.pgreel.client.Notification;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.tap.CallbackKind;

/** A session of our client that a scenario drives, and all that it says to its application. Guarded by its driver. */
final class DrivenSession implements SessionStatusNotify {
    private final Driver driver;
    private final String name;
    private final Ledger ledger;
    private final Contract contract = new Contract();
    private final Transfers transfers;
    private final List<String> words = new ArrayList<>();
    private @Nullable Session session;
    private @Nullable ConnectionFailureReason failure;
    private int connection;
    private int outstanding;
    private boolean ready;
    private boolean over;

    DrivenSession(Driver driver, String name, Ledger ledger) {
        this.driver = driver;
        this.name = name;
        this.ledger = ledger;
        this.transfers = new Transfers(name, heard -> driver.heard(this, heard, () -> {}));
    }

    /** The session has begun. */
    void began(Session newSession) {
        session = newSession;
    }

    Session session() {
        if (session == null) {
            throw new IllegalStateException("The session " + name + " has not begun");
        }
        return session;
    }

    String name() {
        return name;
    }

    /** Returns its streams and COPY operations. */
    Transfers transfers() {
        return transfers;
    }

    Ledger ledger() {
        return ledger;
    }

    Contract contract() {
        return contract;
    }

    /** Returns the number of its connection at the server; 0 as long as it has none. */
    int connection() {
        return connection;
    }

    void assigned(int number) {
        connection = number;
    }

    /** Tells whether nothing is known yet of whether it comes up. */
    boolean connecting() {
        return !ready && !over;
    }

    boolean over() {
        return over;
    }

    int outstanding() {
        return outstanding;
    }

    void submitted() {
        outstanding++;
    }

    void completed() {
        outstanding--;
    }

    /** Returns why it never got ready; null if it did, or may. */
    @Nullable
    ConnectionFailureReason failure() {
        return failure;
    }

    /** Returns the sentences that the application could print. */
    List<String> words() {
        return words;
    }

    @Nullable
    ShutdownReason reason() {
        return session == null ? null : session.shutdownReason().orElse(null);
    }

    private void told(CallbackKind kind, Runnable seen, String... fields) {
        contract.enter(kind.callbackName());
        try {
            driver.heard(this, Heard.callback(name, kind.callbackName(), fields), seen);
        } finally {
            contract.leave();
        }
    }

    @Override
    public void pgSessionConnected(Session of) {
        told(CallbackKind.CONNECTED, contract::connected);
    }

    @Override
    public void pgSessionConnectionFailed(Session of, ConnectionFailureReason reason) {
        Runnable seen = () -> {
            contract.connectionFailed(reason);
            failure = reason;
            words.add(reason.sentence());
        };
        if (reason instanceof RejectedByServer rejected) {
            told(
                    CallbackKind.CONNECTION_FAILED,
                    seen,
                    reason.name(),
                    rejected.response().sqlState());
        } else {
            told(CallbackKind.CONNECTION_FAILED, seen, reason.name());
        }
    }

    @Override
    public void pgSessionAuthenticated(Session of) {
        told(CallbackKind.AUTHENTICATED, contract::authenticated);
    }

    @Override
    public void pgTransactionStatus(Session of, TransactionStatus status) {
        Runnable seen = () -> {
            contract.status();
            ready = true;
        };
        told(CallbackKind.TRANSACTION_STATUS, seen, String.valueOf(status.indicator()));
    }

    @Override
    public void pgNotification(Session of, Notification notification) {
        told(
                CallbackKind.NOTIFICATION,
                () -> contract.asynchronous("pgNotification"),
                notification.channel(),
                notification.payload(),
                String.valueOf(notification.processId()));
    }

    @Override
    public void pgNotice(Session of, NoticeResponse notice) {
        told(
                CallbackKind.NOTICE,
                () -> contract.asynchronous("pgNotice"),
                notice.severity(),
                notice.sqlState(),
                notice.message());
    }

    @Override
    public void pgParameterStatus(Session of, ParameterStatus status) {
        told(
                CallbackKind.PARAMETER_STATUS,
                () -> contract.asynchronous("pgParameterStatus"),
                status.parameter(),
                status.value());
    }

    @Override
    public void pgSessionShutdown(Session of) {
        ShutdownReason reason = of.shutdownReason().orElse(null);
        Runnable seen = () -> {
            contract.shutdown(of.shutdownReason(), outstanding);
            over = true;
            words.add(reason == null ? "" : reason.sentence());
        };
        if (reason instanceof ShutdownReason.ServerError error) {
            told(CallbackKind.SHUTDOWN, seen, reason.name(), error.response().sqlState());
        } else {
            told(CallbackKind.SHUTDOWN, seen, reason == null ? "" : reason.name());
        }
    }
}
