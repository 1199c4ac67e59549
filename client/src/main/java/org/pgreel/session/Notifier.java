package org.pgreel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.Notification;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.SessionTap;

/** Delivers the callbacks: each is told to the tap first, and what it throws is reported and changes nothing. */
final class Notifier {

    /** Of the callbacks of an attempt that may be given up; a server reports some fifteen parameters. */
    private static final int WITHHELD_MAX = 10_000;

    private final Session session;
    private final SessionStatusNotify notify;
    private final Effects effects;
    private final Deque<Runnable> withheld = new ArrayDeque<>();
    private @Nullable SessionTap tap;
    private boolean withholding;

    Notifier(Session session, SessionStatusNotify notify, Effects effects) {
        this.session = session;
        this.notify = notify;
        this.effects = effects;
    }

    /** Withholds what follows, or not; what was withheld before is discarded. */
    void withhold(boolean on) {
        discard();
        withholding = on;
    }

    /** Forgets what was withheld: the attempt was given up. */
    void discard() {
        withheld.clear();
        withholding = false;
    }

    /**
     * The attempt is accepted: delivers what was withheld.
     *
     * @param between called behind each callback
     */
    void release(Runnable between) {
        withholding = false;
        for (Runnable next = withheld.poll(); next != null; next = withheld.poll()) {
            next.run();
            between.run();
        }
    }

    private void inTurn(Runnable callback) {
        if (!withholding) {
            callback.run();
        } else if (withheld.size() < WITHHELD_MAX) {
            withheld.add(callback);
        } else {
            throw SessionEnd.violation("more than " + WITHHELD_MAX + " messages before the server was ready");
        }
    }

    void tapWith(SessionTap sessionTap) {
        tap = sessionTap;
    }

    void connected() {
        tell(CallbackKind.CONNECTED, "");
        deliver(CallbackKind.CONNECTED, to -> to.pgSessionConnected(session));
    }

    void connectionFailed(ConnectionFailureReason reason) {
        tellAtTheEnd(CallbackKind.CONNECTION_FAILED, reason.name());
        deliver(CallbackKind.CONNECTION_FAILED, to -> to.pgSessionConnectionFailed(session, reason));
    }

    void authenticated() {
        inTurn(() -> {
            tell(CallbackKind.AUTHENTICATED, "");
            deliver(CallbackKind.AUTHENTICATED, to -> to.pgSessionAuthenticated(session));
        });
    }

    void transactionStatus(TransactionStatus status) {
        if (withholding) {
            inTurn(() -> deliverStatus(status));
        } else {
            deliverStatus(status);
        }
    }

    /** Comes behind each operation, so it does without the objects that the others make. */
    private void deliverStatus(TransactionStatus status) {
        if (tap != null) {
            tap.callback(CallbackKind.TRANSACTION_STATUS, status.text());
        }
        try {
            notify.pgTransactionStatus(session, status);
        } catch (Throwable thrown) {
            threw(CallbackKind.TRANSACTION_STATUS, thrown);
        }
    }

    void notification(NotificationResponse message) {
        inTurn(() -> {
            tell(CallbackKind.NOTIFICATION, message.channel());
            Notification notification = new Notification(message.channel(), message.payload(), message.processId());
            deliver(CallbackKind.NOTIFICATION, to -> to.pgNotification(session, notification));
        });
    }

    void notice(NoticeResponse notice) {
        inTurn(() -> {
            tell(CallbackKind.NOTICE, notice.severity() + " " + notice.sqlState());
            deliver(CallbackKind.NOTICE, to -> to.pgNotice(session, notice));
        });
    }

    void parameterStatus(ParameterStatus status) {
        inTurn(() -> {
            tell(CallbackKind.PARAMETER_STATUS, status.parameter());
            deliver(CallbackKind.PARAMETER_STATUS, to -> to.pgParameterStatus(session, status));
        });
    }

    void shutdown(ShutdownReason reason) {
        String detail = reason instanceof ShutdownReason.ServerError error
                ? reason.name() + " " + error.response().sqlState()
                : reason.name();
        tellAtTheEnd(CallbackKind.SHUTDOWN, detail);
        deliver(CallbackKind.SHUTDOWN, to -> to.pgSessionShutdown(session));
    }

    private void tell(CallbackKind kind, String detail) {
        if (tap != null) {
            tap.callback(kind, detail);
        }
    }

    /** A tap that fails while the session ends anyway must not keep the application from hearing of it. */
    private void tellAtTheEnd(CallbackKind kind, String detail) {
        try {
            tell(kind, detail);
        } catch (RuntimeException e) {
            tap = null;
        }
    }

    private void deliver(CallbackKind kind, Consumer<SessionStatusNotify> call) {
        call(kind, () -> call.accept(notify));
    }

    /** Calls the application; what it throws is reported and changes nothing. */
    void call(CallbackKind kind, Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            threw(kind, thrown);
        }
    }

    private void threw(CallbackKind kind, Throwable thrown) {
        // By now the stack of a callback that recursed without end has room again.
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        effects.callbackFailed(kind, thrown);
    }
}
