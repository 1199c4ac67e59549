package org.pgreel.scenarios.drive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ConnectionFailureReason.RejectedByServer;
import org.pgreel.client.Notification;
import org.pgreel.client.PipelineOutcome;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.tap.CallbackKind;

/**
 * An application with one session that asks what a script's {@code >} lines say, one group after the other, whatever
 * became of those before, and keeps all that it is told. It closes nothing by itself. Its calls come from one thread at a
 * time.
 */
public final class Application implements SessionStatusNotify {
    private final List<List<ScriptLine>> groups;
    private final Log log;
    private final Transfers transfers;
    private final Deque<ScriptLine> fetches = new ArrayDeque<>();
    private @Nullable Session session;
    private volatile int next;
    private final AtomicInteger outstanding = new AtomicInteger();
    private volatile boolean ready;
    private boolean asking;

    /** Keeps what an application is told. */
    public interface Log {
        /** A callback came. */
        void callback(CallbackKind kind, List<String> fields);

        /** Something of the result of a line's operation came before it is done. */
        void heard(Heard heard);

        /**
         * A part of an operation has come out.
         *
         * @param line the operation's
         * @param results what is told
         * @param words what its failure says; empty if it has not failed
         */
        void part(int line, List<Heard> results, String words);

        /** That line's operation was asked for. */
        void submitted(int line);

        /**
         * The operation of that line has completed.
         *
         * @param line the operation's
         * @param results what is told
         * @param words what its failure says; empty if it has not failed
         */
        void completed(int line, List<Heard> results, String words);
    }

    /**
     * Makes an application that has not connected.
     *
     * @param asked what it asks
     * @param log keeps what it is told
     */
    public Application(Asked asked, Log log) {
        this.groups = asked.groups();
        this.log = log;
        this.transfers = new Transfers("", this::heard);
    }

    /** A window of a stream is at its end: the next is fetched, if the script has a line for it. */
    private void heard(Heard heard) {
        log.heard(heard);
        ScriptLine fetch = heard.word().equals("suspended") ? fetches.poll() : null;
        if (fetch != null) {
            transfers.goOn(fetch);
        }
    }

    /** The session has begun. */
    public void began(Session begun) {
        session = begun;
        CompletableFuture<Session> unused = begun.ready().whenComplete((is, thrown) -> {
            ready = true;
            ask();
        });
    }

    /** Tells whether everything was asked and came out. */
    public boolean finished() {
        return ready && next == groups.size() && outstanding.get() == 0;
    }

    /** Returns how many operations have not completed. */
    public int outstanding() {
        return outstanding.get();
    }

    /** Tells whether nothing is known yet of whether the session comes up. */
    public boolean connecting() {
        return !ready;
    }

    private void ask() {
        if (asking) {
            return;
        }
        asking = true;
        while (ready && outstanding.get() == 0 && next < groups.size()) {
            int at = next;
            List<ScriptLine> group = groups.get(at);
            next = at + 1;
            outstanding.incrementAndGet(); // The group is not over before all of it was asked.
            group.forEach(this::ask);
            outstanding.decrementAndGet();
        }
        asking = false;
    }

    private void ask(ScriptLine line) {
        Session of = session;
        if (of == null) {
            return;
        }
        String word = ToldScript.told(line).word();
        if (word.equals("close")) {
            of.close();
        } else if (word.equals("fetch")) {
            fetches.add(line);
        } else if (Transfers.goesOn(word)) {
            transfers.goOn(line);
        } else {
            submit(of, line, word);
        }
    }

    private void submit(Session of, ScriptLine line, String word) {
        outstanding.incrementAndGet();
        log.submitted(line.number());
        CompletableFuture<List<Heard>> begun = Transfers.begins(word)
                ? transfers.begin(Operations.limited(of, line), line)
                : Operations.ask(of, "", line, outcome -> meanwhile(line, outcome));
        CompletableFuture<List<Heard>> unused = begun.whenComplete((results, thrown) -> {
            log.completed(
                    line.number(),
                    thrown == null ? results : List.of(Operations.failed("", line.number(), thrown)),
                    thrown == null
                            ? ""
                            : String.valueOf(Operations.cause(thrown).getMessage()));
            outstanding.decrementAndGet();
            ask();
        });
    }

    private void meanwhile(ScriptLine line, PipelineOutcome outcome) {
        String words = outcome instanceof PipelineOutcome.Failed failed
                ? String.valueOf(failed.failure().getMessage())
                : "";
        log.part(line.number(), Operations.heard("", line.number(), outcome), words);
    }

    private void told(CallbackKind kind, String... fields) {
        log.callback(kind, List.of(fields));
    }

    @Override
    public void pgSessionConnected(Session of) {
        told(CallbackKind.CONNECTED);
    }

    @Override
    public void pgSessionConnectionFailed(Session of, ConnectionFailureReason reason) {
        if (reason instanceof RejectedByServer rejected) {
            told(
                    CallbackKind.CONNECTION_FAILED,
                    reason.name(),
                    rejected.response().sqlState());
        } else {
            told(CallbackKind.CONNECTION_FAILED, reason.name());
        }
    }

    @Override
    public void pgSessionAuthenticated(Session of) {
        told(CallbackKind.AUTHENTICATED);
    }

    @Override
    public void pgTransactionStatus(Session of, TransactionStatus status) {
        told(CallbackKind.TRANSACTION_STATUS, String.valueOf(status.indicator()));
    }

    @Override
    public void pgNotification(Session of, Notification notification) {
        told(
                CallbackKind.NOTIFICATION,
                notification.channel(),
                notification.payload(),
                String.valueOf(notification.processId()));
    }

    @Override
    public void pgNotice(Session of, NoticeResponse notice) {
        told(CallbackKind.NOTICE, notice.severity(), notice.sqlState(), notice.message());
    }

    @Override
    public void pgParameterStatus(Session of, ParameterStatus status) {
        told(CallbackKind.PARAMETER_STATUS, status.parameter(), status.value());
    }

    @Override
    public void pgSessionShutdown(Session of) {
        ShutdownReason reason = of.shutdownReason().orElse(null);
        var fields = new ArrayList<String>();
        fields.add(reason == null ? "" : reason.name());
        if (reason instanceof ShutdownReason.ServerError error) {
            fields.add(error.response().sqlState());
        }
        told(CallbackKind.SHUTDOWN, fields.toArray(String[]::new));
    }
}
