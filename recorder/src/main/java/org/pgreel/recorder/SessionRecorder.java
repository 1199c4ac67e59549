package org.pgreel.recorder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.ConnectionClosed;
import org.pgreel.recorder.event.ConnectionOpened;
import org.pgreel.recorder.event.EventFormat;
import org.pgreel.recorder.event.EventWriter;
import org.pgreel.recorder.event.Marker;
import org.pgreel.recorder.event.MaskedSpans;
import org.pgreel.recorder.event.RecordingDamaged;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.event.SessionTotals;
import org.pgreel.recorder.event.TlsEstablished;
import org.pgreel.recorder.event.TlsFailed;
import org.pgreel.recorder.event.TlsRequested;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.journal.SessionEnd;
import org.pgreel.recorder.masking.CancelKey;
import org.pgreel.recorder.masking.SecretMasker;
import org.pgreel.recorder.masking.SecretParameters;
import org.pgreel.tap.By;
import org.pgreel.tap.CallbackKind;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.TapFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one session. Callbacks and operations ride with the session's next chunk, so that a socket read costs one
 * append; all else is appended at once. Used by one thread at a time.
 */
public final class SessionRecorder implements SessionTap {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);

    /** Events that wait for a chunk are appended by themselves when they reach this size. */
    private static final int WAITING_BYTES_MAX = 16 * 1024;

    private final Journal journal;
    private final RecordingClock clock;
    private final OnJournalFailure policy;
    private final Supplier<String> chapters;
    private final EventWriter events;
    private final MaskedSpans spans = new MaskedSpans();
    private final Map<Integer, SecretMasker> maskers = new LinkedHashMap<>(2);

    private long previousRecord = Journal.NO_RECORD;
    private long lastNanos;
    private long bytesWritten;
    private long bytesRead;
    private String chapter = "";
    private boolean closed;
    private boolean over;

    /** Whether the last event told that an operation completed. */
    private boolean completed;

    private @Nullable JournalException failure;
    private @Nullable SessionOpened beginning;

    // One connection is the rule; it is kept at hand so that a chunk costs no look-up.
    private int currentConnection;
    private SecretMasker currentMasker = new SecretMasker();

    SessionRecorder(
            Journal journal, long session, RecordingClock clock, OnJournalFailure policy, Supplier<String> chapters) {
        this.journal = journal;
        this.clock = clock;
        this.policy = policy;
        this.chapters = chapters;
        this.events = new EventWriter(session);
    }

    void opened(SessionOpening opening) {
        Map<String, String> startup = SecretParameters.withoutSecrets(opening.startup());
        Instant wallClock = clock.wallClock().truncatedTo(ChronoUnit.MICROS);
        SessionOpened event = new SessionOpened(
                events.session(),
                events.nextSequence(),
                now(),
                wallClock,
                journal.run(),
                opening.role(),
                opening.clientAddress(),
                opening.serverAddress(),
                startup);
        beginning = event;
        write(event);
        append();
    }

    /** Returns the id under which the journal knows this session. */
    public long session() {
        return events.session();
    }

    /**
     * Returns the key by which this session can be cancelled; it must never be stored.
     *
     * @param connection the ordinal of the connection
     * @return null as long as the backend did not say it
     */
    public @Nullable CancelKey backendKey(int connection) {
        return masker(connection).backendKey();
    }

    /** Returns how many messages of one direction of a connection were recorded completely. */
    public long messages(int connection, Direction direction) {
        return masker(connection).messages(direction);
    }

    /** Returns whether the recorded bytes of one direction of a connection end where a message ends. */
    public boolean atBoundary(int connection, Direction direction) {
        return masker(connection).atBoundary(direction);
    }

    /** Returns whether recording ended before the session, because the journal could not be written. */
    public boolean isDamaged() {
        return failure != null;
    }

    @Override
    public void connectionOpened(int connection) {
        if (recording()) {
            write(new ConnectionOpened(events.session(), events.nextSequence(), now(), connection));
            append();
        }
    }

    @Override
    public void written(int connection, byte[] buffer, int from, int to) {
        String now = chapters.get();
        if (!now.equals(chapter)) {
            chapter = now;
            marker(Chapters.marker(now));
        }
        chunk(Direction.FRONTEND, connection, buffer, from, to);
    }

    @Override
    public void read(int connection, byte[] buffer, int from, int to) {
        chunk(Direction.BACKEND, connection, buffer, from, to);
    }

    private void chunk(Direction direction, int connection, byte[] buffer, int from, int to) {
        if (!recording()) {
            return;
        }
        SecretMasker masker = masker(connection);
        long nanos = now();
        completed = false;
        for (int at = from; at < to && failure == null; at += EventFormat.CHUNK_BYTES_MAX) {
            int end = Math.min(to, at + EventFormat.CHUNK_BYTES_MAX);
            long messagesBefore = masker.messages(direction);
            spans.clear();
            int start = events.beginChunk(direction, nanos, connection, buffer, at, end);
            masker.mask(direction, events.buffer(), start, start + end - at, spans);
            events.endChunk(messagesBefore, masker.firstBoundary(direction), spans);
            append();
        }
        if (direction == Direction.FRONTEND) {
            bytesWritten += to - from;
        } else {
            bytesRead += to - from;
        }
    }

    @Override
    public void tlsRequested(int connection) {
        if (recording()) {
            write(new TlsRequested(events.session(), events.nextSequence(), now(), connection));
        }
    }

    @Override
    public void tlsEstablished(int connection, String protocol, String cipher) {
        if (recording()) {
            write(new TlsEstablished(events.session(), events.nextSequence(), now(), connection, protocol, cipher));
            append();
        }
    }

    @Override
    public void tlsFailed(int connection, String kind) {
        if (recording()) {
            write(new TlsFailed(events.session(), events.nextSequence(), now(), connection, kind));
            append();
        }
    }

    @Override
    public void callback(CallbackKind kind, String detail) {
        if (recording()) {
            // The transaction's status is told with the completion that brings it: the clock need not be read again.
            boolean withCompletion = completed && kind == CallbackKind.TRANSACTION_STATUS;
            events.callbackFired(withCompletion ? lastNanos : now(), kind, detail);
            completed = false;
            appendIfMuchWaits();
        }
    }

    @Override
    public void operationSubmitted(long id, String kind) {
        if (recording()) {
            events.operationSubmitted(now(), id, kind);
            completed = false;
            appendIfMuchWaits();
        }
    }

    @Override
    public void operationCompleted(long id, String outcome) {
        if (recording()) {
            events.operationCompleted(now(), id, outcome);
            completed = true;
            appendIfMuchWaits();
        }
    }

    @Override
    public void marker(String note) {
        if (recording()) {
            write(new Marker(events.session(), events.nextSequence(), now(), note));
            append();
        }
    }

    @Override
    public void connectionClosed(int connection, EndKind how, By by) {
        if (failure == null && !closed) {
            write(new ConnectionClosed(events.session(), events.nextSequence(), now(), connection, how, by));
            appendLast();
        }
    }

    @Override
    public void closed(By by, @Nullable EndKind how) {
        if (failure == null && !closed) {
            SessionTotals totals = new SessionTotals(
                    bytesWritten, bytesRead, messages(Direction.FRONTEND), messages(Direction.BACKEND));
            SessionClosed event = new SessionClosed(events.session(), events.nextSequence(), now(), by, how, totals);
            write(event);
            appendLast();
            closed = true;
            over(failure == null ? end(event) : null);
        }
    }

    /** Says once that nothing more comes. */
    private void over(@Nullable SessionEnd end) {
        if (!over) {
            over = true;
            journal.ended(events.session(), end);
        }
    }

    private @Nullable SessionEnd end(SessionClosed event) {
        SessionOpened first = beginning;
        if (first == null) {
            return null;
        }
        long statements = 0;
        boolean counted = true;
        SecretMasker login = null;
        for (SecretMasker masker : maskers.values()) {
            statements += masker.statements();
            counted &= masker.atBoundary(Direction.FRONTEND) && masker.atBoundary(Direction.BACKEND);
            login = login == null && !masker.user().isEmpty() ? masker : login;
        }
        return new SessionEnd(
                first,
                event,
                events.chain(),
                login == null ? "" : login.user(),
                login == null ? "" : login.database(),
                statements,
                counted);
    }

    /**
     * Ends the recording, as one that does not hold the whole session: it can be shown, and is never replayed.
     *
     * @param reason what is missing, in a sentence
     */
    public void damaged(String reason) {
        if (failure == null && !closed) {
            write(new RecordingDamaged(events.session(), events.nextSequence(), now(), reason));
            appendLast();
            closed = true;
            over(null);
        }
    }

    private long messages(Direction direction) {
        long messages = 0;
        for (SecretMasker masker : maskers.values()) {
            messages += masker.messages(direction);
        }
        return messages;
    }

    private SecretMasker masker(int connection) {
        if (connection != currentConnection) {
            currentMasker = maskers.computeIfAbsent(connection, ordinal -> new SecretMasker());
            currentConnection = connection;
        }
        return currentMasker;
    }

    private long now() {
        lastNanos = Math.max(lastNanos, clock.nanos());
        return lastNanos;
    }

    private boolean recording() {
        if (closed) {
            return false;
        }
        JournalException before = failure;
        if (before != null && policy == OnJournalFailure.FAIL_SESSION) {
            throw failed(before);
        }
        return before == null;
    }

    private void write(SessionEvent event) {
        events.write(event);
    }

    private void appendIfMuchWaits() {
        if (events.length() > WAITING_BYTES_MAX) {
            append();
        }
    }

    private void append() {
        try {
            previousRecord = journal.append(events.session(), previousRecord, events.buffer(), 0, events.length());
            events.commit();
        } catch (JournalException e) {
            stop(e);
        }
    }

    private void appendLast() {
        try {
            previousRecord = journal.appendLast(events.session(), previousRecord, events.buffer(), 0, events.length());
            events.commit();
        } catch (JournalException e) {
            stop(e);
        }
    }

    private void stop(JournalException cause) {
        failure = cause;
        events.rollback();
        try {
            String reason = "Recording stopped: " + cause.getMessage();
            write(new RecordingDamaged(events.session(), events.nextSequence(), now(), reason));
            journal.appendLast(events.session(), previousRecord, events.buffer(), 0, events.length());
            events.commit();
        } catch (JournalException e) {
            events.rollback();
            LOG.warn("Session {} cannot be marked as damaged in the journal: {}", events.session(), e.getMessage());
        }
        over(null);
        if (policy == OnJournalFailure.FAIL_SESSION) {
            throw failed(cause);
        }
        LOG.warn("Session {} goes on unrecorded: {}", events.session(), cause.getMessage());
    }

    private static TapFailedException failed(JournalException cause) {
        return new TapFailedException(
                "The session ends because it can no longer be recorded: " + cause.getMessage(), cause);
    }
}
