package org.pgreel.replay.rerun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Notification;
import org.pgreel.client.Relay;
import org.pgreel.client.RelayReceiver;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Phase;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyFail;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Direction;

/** A session with the live server: what was said to it, and how far it has answered. Thread-safe. */
final class LiveScript implements RelayReceiver, SessionStatusNotify {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Conversation conversation;
    private final long login;
    private long answered;
    private int notifications;
    private boolean over;
    private @Nullable Relay relay;
    private final RecordedScript script;
    private final BoundValues values;
    private final Map<String, String> statements = new HashMap<>();
    private final Map<Long, Integer> rows = new HashMap<>();

    LiveScript(RecordedScript script, BoundValues values) {
        this.script = script;
        this.values = values;
        Conversation begun = Conversation.begin()
                .after(StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "any")))
                .after(new AuthenticationOk())
                .after(new ReadyForQuery(TransactionStatus.IDLE));
        this.conversation = begun;
        this.login = begun.frontendMessages();
    }

    void relay(Relay begun) {
        relay = begun;
    }

    Session session() {
        return relay().session();
    }

    private Relay relay() {
        Relay begun = relay;
        if (begun == null) {
            throw new IllegalStateException("the session has not begun");
        }
        return begun;
    }

    /**
     * Says something.
     *
     * @return false if the server's answers make it illegal here: nothing is said then
     */
    boolean send(List<FrontendMessage> messages) {
        lock.lock();
        try {
            var said = new ArrayList<FrontendMessage>();
            Conversation then = conversation;
            for (FrontendMessage message : messages) {
                if (then.phase() == Phase.COPY_IN && !belongsToCopy(message)) {
                    // The recorded server did not ask for data, so there is none.
                    var failed = new CopyFail("the recording holds no data for this COPY");
                    said.add(failed);
                    then = then.after(failed);
                }
                said.add(values.bound(message, statements));
                then = then.after(message);
            }
            if (then.isViolated()) {
                return false;
            }
            conversation = then;
            relay().send(said);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static boolean belongsToCopy(FrontendMessage message) {
        return message instanceof CopyData
                || message instanceof CopyDone
                || message instanceof CopyFail
                || message instanceof Flush
                || message instanceof Sync;
    }

    @Override
    public void heard(BackendMessage message) {
        change(() -> {
            long answers = conversation.answers(message) - login;
            if (message instanceof DataRow row && values.declared()) {
                came(answers, row);
            }
            answered = Math.max(answered, progress(answers, message));
            conversation = conversation.after(message);
            if (message instanceof ReadyForQuery ready && conversation instanceof Violated violated) {
                conversation = violated.resumedAt(ready);
            }
        });
    }

    /** Returns how far the server is that answers that message; its ReadyForQuery is further than all else that it says. */
    static long progress(long answers, @Nullable BackendMessage message) {
        return 2 * answers + (message instanceof ReadyForQuery ? 1 : 0);
    }

    private void came(long answers, DataRow row) {
        int at = rows.merge(answers, 1, Integer::sum) - 1;
        List<DataRow> recorded = script.rows(answers);
        if (at < recorded.size()) {
            values.came(recorded.get(at), row);
        }
    }

    @Override
    public void oversized(byte type) {
        change(() -> {
            answered = Math.max(answered, progress(conversation.answersOversized(type) - login, null));
            conversation = conversation.afterOversized(Direction.BACKEND, type);
        });
    }

    @Override
    public void pgNotification(Session session, Notification notification) {
        change(() -> notifications++);
    }

    @Override
    public void pgSessionShutdown(Session session) {
        change(() -> over = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the server is so far ({@link #progress}), or says nothing more; false if it takes too long. */
    boolean awaitAnswers(long wanted, Duration patience) throws InterruptedException {
        return await(() -> over || answered >= wanted || conversation.owed() == null, patience);
    }

    /** Waits until so many notifications have come; false if it takes too long. */
    boolean awaitNotifications(int wanted, Duration patience) throws InterruptedException {
        return await(() -> over || notifications >= wanted, patience);
    }

    private boolean await(BooleanSupplier met, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(patience);
            while (!met.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }
}
