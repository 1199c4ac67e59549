package org.pgreel.scenarios.sweep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Session;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.scenarios.drive.Application;
import org.pgreel.scenarios.drive.Heard;
import org.pgreel.tap.CallbackKind;

/** All that a run has shown: what the application was told, in order, and what was left at its end. */
public final class Trace implements Application.Log {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry.Callback> callbacks = new ArrayList<>();
    private final Map<Integer, Integer> parts = new LinkedHashMap<>();
    private final List<SweptStream> streams = new ArrayList<>();
    private final RunJournal journal;
    private @Nullable Session session;
    private @Nullable String mismatch;
    private @Nullable String endless;
    private boolean askedAsSaid = true;
    private boolean errorsSeparate = true;
    private int serverChanges;
    private int faults;
    private boolean fired;
    private int timersLeft;
    private int connectionsLeft;
    private int outstanding;
    private long held;
    private long engineHeld;
    private boolean serverOpen;
    private boolean serverTimers;
    private Duration elapsed = Duration.ZERO;

    /** One thing that happened to the application. */
    public sealed interface Entry {
        /** A callback. */
        record Callback(CallbackKind kind, List<String> fields) implements Entry {
            /** Returns it as scripts spell it. */
            @Override
            public String toString() {
                return Heard.callback("", kind.callbackName(), fields.toArray(String[]::new))
                        .toString();
            }
        }

        /** An operation was asked for. */
        record Submitted(int line) implements Entry {}

        /** Something of an operation's result came. */
        record Answer(Answered to, List<Heard> results, String words) implements Entry {}

        /** An operation completed. */
        record Completed(int line) implements Entry {}
    }

    Trace(RunJournal journal) {
        this.journal = journal;
    }

    @Override
    public void callback(CallbackKind kind, List<String> fields) {
        var callback = new Entry.Callback(kind, fields);
        entries.add(callback);
        callbacks.add(callback);
    }

    @Override
    public void heard(Heard heard) {
        entries.add(new Entry.Answer(part(heard.asked()), List.of(heard), ""));
    }

    @Override
    public void part(int line, List<Heard> results, String words) {
        entries.add(new Entry.Answer(part(line), results, words));
        parts.merge(line, 1, Integer::sum);
    }

    @Override
    public void submitted(int line) {
        entries.add(new Entry.Submitted(line));
    }

    @Override
    public void completed(int line, List<Heard> results, String words) {
        if (!results.isEmpty()) {
            entries.add(new Entry.Answer(part(line), results, words));
        }
        entries.add(new Entry.Completed(line));
    }

    private Answered part(int line) {
        return new Answered(line, parts.getOrDefault(line, 0));
    }

    /** Returns what happened, in order. */
    public List<Entry> entries() {
        return entries;
    }

    /** Returns the callbacks, in order. */
    public List<Entry.Callback> callbacks() {
        return callbacks;
    }

    /** Returns what was said in answer to each part of each line. */
    Map<Answered, String> answers() {
        var answers = new LinkedHashMap<Answered, String>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Answer answer) {
                answers.merge(answer.to(), words(answer), String::concat);
            }
        }
        return answers;
    }

    /** Returns all that an answer says, as text in which numbers can be found. */
    static String words(Entry.Answer answer) {
        var text = new StringBuilder(answer.words());
        for (Heard heard : answer.results()) {
            text.append(heard.words());
        }
        return text.append('\n').toString();
    }

    /** Returns the application's end of the session. */
    public Session session() {
        if (session == null) {
            throw new IllegalStateException("The run has no session");
        }
        return session;
    }

    void session(Session begun) {
        session = begun;
    }

    /** Returns why the session ended; null if it did not. */
    public @Nullable ShutdownReason reason() {
        return session().shutdownReason().orElse(null);
    }

    RunJournal journal() {
        return journal;
    }

    /** Returns what each connection said, if the run was watched. */
    List<SweptStream> streams() {
        return streams;
    }

    /** Tells whether the server has heard nothing but what its script awaits. */
    public boolean wellPlayed() {
        return mismatch == null && endless == null;
    }

    /** Returns what the server has not awaited, or why the run does not end; "nothing" if neither. */
    String mismatch() {
        return mismatch != null ? mismatch : endless != null ? endless : "nothing";
    }

    void mismatch(String sentence) {
        mismatch = sentence;
    }

    /** Returns why the run did not end; null if it did. */
    public @Nullable String endless() {
        return endless;
    }

    void endless(String sentence) {
        endless = sentence;
    }

    /** Tells whether the server was asked what the client has asked. */
    boolean askedAsSaid() {
        return askedAsSaid;
    }

    /** A fault is in what the client says. */
    void alters(Fault fault) {
        boolean content = fault.tamper().kind() == Tamper.Kind.CORRUPT
                || fault.tamper().kind().ofMessages();
        if (fault.stream().direction() == Direction.FRONTEND) {
            askedAsSaid &= !content;
        } else {
            boolean second = faults > 0; // Its points are those of the stream before the first.
            errorsSeparate &= !fault.joinsAnswers() && !(second && content);
            serverChanges += content ? 1 : 0;
        }
        faults++;
    }

    /**
     * Tells whether a wrong answer can be known as wrong: two messages that a server makes up can be a whole answer, which
     * no client can tell from the right one.
     */
    boolean answersKnowable() {
        return serverChanges < 2;
    }

    /** Tells whether the ReadyForQuery behind each completion came where it belongs. */
    boolean errorsSeparate() {
        return errorsSeparate;
    }

    /** Tells whether the fault happened. */
    public boolean fired() {
        return fired;
    }

    void left(boolean faultFired, int timers, int connections, int operations, Duration time) {
        fired = faultFired;
        timersLeft = timers;
        connectionsLeft = connections;
        outstanding = operations;
        elapsed = time;
    }

    /** Returns how many timers of the client were armed at the end. */
    public int timersLeft() {
        return timersLeft;
    }

    /** Returns how many connections of the client were open at the end. */
    public int connectionsLeft() {
        return connectionsLeft;
    }

    /** Returns how many operations had not completed at the end. */
    public int outstanding() {
        return outstanding;
    }

    /** Returns how long the run took by its own clock. */
    public Duration elapsed() {
        return elapsed;
    }

    void holds(long bytes) {
        held = Math.max(held, bytes);
    }

    void engineHolds(long bytes) {
        engineHeld = Math.max(engineHeld, bytes);
    }

    /** Returns the most bytes that the server's engine has held at any time: not read yet, or not sent yet. */
    public long engineHeld() {
        return engineHeld;
    }

    /** The client is gone, and the server has had time to notice. */
    void serverLeft(boolean open, boolean timers) {
        serverOpen = open;
        serverTimers = timers;
    }

    /** Tells whether the server had a connection open behind the end of all of the client's. */
    public boolean serverOpen() {
        return serverOpen;
    }

    /** Tells whether the server had a timer armed behind the end of its connections. */
    public boolean serverTimers() {
        return serverTimers;
    }

    /** Returns the most bytes that the client's core has held back at any time. */
    public long held() {
        return held;
    }

    /** Returns a hash over all that happened: what each side wrote and read, in order, what was told, and the time. */
    public String hash() {
        MessageDigest digest = sha256();
        for (RunJournal.Entry entry : journal.entries()) {
            digest.update((byte) entry.direction().letter());
            digest.update((byte) entry.connection());
            digest.update(entry.bytes());
        }
        digest.update(text().getBytes(StandardCharsets.UTF_8));
        digest.update(elapsed.toString().getBytes(StandardCharsets.UTF_8));
        return Bytes.wrap(digest.digest()).hex();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns what the application was told, a line each; equal runs give equal text. */
    public String text() {
        var text = new StringBuilder();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Callback callback) {
                text.append(callback).append('\n');
            } else if (entry instanceof Entry.Submitted submitted) {
                text.append("submitted ").append(submitted.line()).append('\n');
            } else if (entry instanceof Entry.Answer answer) {
                answer.results()
                        .forEach(heard -> text.append(answer.to())
                                .append(' ')
                                .append(heard)
                                .append('\n'));
            } else if (entry instanceof Entry.Completed completed) {
                text.append("completed ").append(completed.line()).append('\n');
            }
        }
        return text.toString();
    }
}
