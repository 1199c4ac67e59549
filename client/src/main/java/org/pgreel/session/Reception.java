package org.pgreel.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Notification;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.wire.FrameSink;
import org.pgreel.protocol.wire.FrameSplitter;

/**
 * What comes from the server: makes messages of bytes and takes each to whom it concerns, in wire order.
 *
 * <p>Asynchronous messages go to the application at once, whatever is under way.
 */
final class Reception implements FrameSink {

    /** How long the server has to close after it announced the end; then the client does. */
    private static final Duration END_OF_STREAM_WAIT = Duration.ofSeconds(1);

    private static final Set<String> FATAL = Set.of("FATAL", "PANIC");
    private static final Set<String> UTF_8 = Set.of("UTF8", "UTF-8", "UNICODE");

    private final FrameSplitter splitter;
    private final Dialogue dialogue;
    private final Greeting greeting;
    private final Operations operations;
    private final Statements statements;
    private final Notifier notifier;
    private final LiveSession session;
    private final Cancels cancels;
    private final Channels channels;
    private final Effects effects;
    private final Observers observers;
    private final Outbound outbound;
    private final TargetCheck target;
    private final ConnectOptions options;
    private final Route route;
    private final int messageLimit;
    private final StallWatch stall;
    private boolean tlsBegins;
    private boolean tlsRefused;
    private @Nullable SessionEnd soon;
    private @Nullable ShutdownReason ending;
    private final Deque<Chunk> held = new ArrayDeque<>();
    private @Nullable SessionEnd heldEnd;
    private boolean readPaused;

    /** Bytes that came and wait for the application. */
    private record Chunk(byte[] buffer, int from, int to) {}

    Reception(Parts parts, LiveSession session) {
        this.splitter = parts.splitter();
        this.dialogue = parts.dialogue();
        this.greeting = parts.greeting();
        this.operations = parts.operations();
        this.statements = parts.statements();
        this.notifier = parts.notifier();
        this.effects = parts.effects();
        this.observers = parts.observers();
        this.outbound = parts.outbound();
        this.target = parts.target();
        this.options = parts.options();
        this.route = parts.route();
        this.messageLimit = parts.options().limits().message();
        this.stall = new StallWatch(parts.options(), parts.effects());
        this.cancels = parts.cancels();
        this.channels = parts.channels();
        this.session = session;
    }

    /** Another connection begins. */
    void restart() {
        tlsBegins = false;
        tlsRefused = false;
        ending = null;
    }

    /** Takes a chunk. */
    void received(byte[] buffer, int from, int to) {
        if (greeting.stage() == Stage.IN_TLS_HANDSHAKE) {
            throw Greeting.bytesBeforeTls();
        }
        if (operations.holdBack() || !held.isEmpty()) {
            held.add(new Chunk(buffer, from, to));
        } else {
            feed(buffer, from, to);
        }
    }

    /** The peer ended the stream: at once, or behind what the application holds back. */
    void ended(SessionEnd end) {
        if (!operations.holdBack() && held.isEmpty()) {
            throw end;
        }
        if (heldEnd == null) {
            heldEnd = end;
        }
    }

    /** Returns how many bytes wait: the beginning of a message, and what the application holds back. */
    long held() {
        long bytes = splitter.held();
        for (Chunk chunk : held) {
            bytes += chunk.to - chunk.from;
        }
        return bytes;
    }

    /** Goes on with what was held back, as far as the application wants it. */
    void goOn() {
        while (!held.isEmpty() && !operations.holdBack()) {
            Chunk next = held.remove();
            feed(next.buffer, next.from, next.to);
        }
        if (heldEnd != null && !operations.holdBack()) {
            throw heldEnd;
        }
    }

    /** Stops the transport from reading what nobody wants, and lets it go on; called at the end of each input. */
    void regulate() {
        boolean pause = operations.holdBack();
        if (pause == readPaused) {
            return;
        }
        readPaused = pause;
        if (pause) {
            stall.paused();
            effects.pauseRead();
        } else {
            stall.resumed();
            effects.resumeRead();
        }
    }

    private void feed(byte[] buffer, int from, int to) {
        int at = splitter.feed(buffer, from, to, this);
        stall.progressed(greeting.stage() == Stage.READY && !splitter.atBoundary());
        if (tlsBegins) {
            tlsBegins = false;
            if (at < to) {
                throw Greeting.bytesBeforeTls();
            }
            effects.startTls();
        } else if (tlsRefused) {
            tlsRefused = false;
            if (at < to) {
                throw SessionEnd.violation("bytes follow the server's N, which does not know yet who connects");
            }
        } else if (at < to) {
            held.addFirst(new Chunk(buffer, at, to));
        }
    }

    @Override
    public void negotiationByte(byte answer) {
        splitter.stop();
        tlsBegins = greeting.answered(answer);
        tlsRefused = !tlsBegins;
    }

    @Override
    public void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
        if (!tookAsItIs(type, buffer, bodyFrom, bodyTo)) {
            heard(BackendMessageDecoder.decode(type, buffer, bodyFrom, bodyTo));
        }
        requireOpen();
        if (operations.holdBack()) {
            splitter.stop();
        }
    }

    /** What may come a million times over goes to a receiver without a message being made of it. */
    private boolean tookAsItIs(byte type, byte[] buffer, int from, int to) {
        if (greeting.stage() != Stage.READY) {
            return false;
        }
        return type == 'D'
                ? operations.tookRow(buffer, from, to)
                : type == 'd' && operations.tookCopyData(buffer, from, to);
    }

    @Override
    public void oversized(byte type, long bodyLength) {
        if (greeting.stage() != Stage.READY) {
            throw SessionEnd.violation("a message of " + bodyLength + " bytes before the session is ready");
        }
        operations.heardOversized(type, bodyLength, messageLimit);
    }

    private void heard(BackendMessage message) {
        if (message instanceof NoticeResponse notice) {
            dialogue.heard(message);
            notifier.notice(notice);
        } else if (message instanceof NotificationResponse notification) {
            dialogue.heard(message);
            notified(notification);
        } else if (message instanceof ParameterStatus status) {
            dialogue.heard(message);
            reported(status);
        } else if (greeting.stage() == Stage.READY) {
            answered(message);
        } else if (greeting.stage() == Stage.CHECKING && message instanceof DataRow row) {
            dialogue.heard(message);
            target.answered(row);
        } else if (greeting.heard(message)) {
            advanced(message);
        } else if (message instanceof BackendKeyData key) {
            session.facts().servedBy(key.processId());
            cancels.keyed(key);
        }
    }

    private void notified(NotificationResponse message) {
        notifier.notification(message);
        if (channels.any()) {
            requireOpen();
            channels.deliver(new Notification(message.channel(), message.payload(), message.processId()));
        }
    }

    private void reported(ParameterStatus status) {
        session.facts().reported(status.parameter(), status.value());
        statements.reported(status);
        notifier.parameterStatus(status);
        boolean otherEncoding = status.parameter().equals("client_encoding")
                && !UTF_8.contains(status.value().toUpperCase(Locale.ROOT));
        if (otherEncoding) {
            throw SessionEnd.local(new ShutdownReason.ClientEncodingChanged(status.value()));
        }
    }

    /** AuthenticationOk or the first ReadyForQuery. */
    private void advanced(BackendMessage message) {
        if (message instanceof AuthenticationRequest) {
            notifier.authenticated();
        } else if (message instanceof ReadyForQuery ready && isTheOneThatWasAskedFor(ready)) {
            effects.disarm(Timer.CONNECT);
            effects.disarm(Timer.ATTEMPT);
            notifier.release(this::requireOpen);
            session.facts().types = options.typesOf(route.current());
            operations.ready(ready.transactionStatus(), session.facts().types);
            observers.ready();
            session.facts().reported(ready.transactionStatus());
            notifier.transactionStatus(ready.transactionStatus());
            session.facts().ready.complete(session);
        }
    }

    /** Tells whether the session is ready; if not, the server has been asked what it is, or is of the wrong kind. */
    private boolean isTheOneThatWasAskedFor(ReadyForQuery ready) {
        if (greeting.stage() == Stage.READY) {
            return true;
        }
        Query question = target.question(session.parameters());
        if (question != null) {
            notifier.transactionStatus(ready.transactionStatus());
            outbound.send(question);
            return false;
        }
        target.requireMet(session.parameters());
        greeting.accepted();
        return true;
    }

    private void answered(BackendMessage message) {
        if (message instanceof ReadyForQuery ready) {
            dialogue.heard(message);
            session.facts().reported(ready.transactionStatus());
            operations.answered(message);
            requireOpen();
            notifier.transactionStatus(ready.transactionStatus());
        } else if (message instanceof ErrorResponse error) {
            boolean unasked = operations.idle();
            if (unasked) {
                dialogue.heard(message);
            } else {
                operations.heard(message);
            }
            if (unasked || FATAL.contains(error.severity())) {
                announced(error);
            }
        } else {
            operations.heard(message);
            if (channels.any()
                    && message instanceof CommandComplete complete
                    && complete.tag().equals("DISCARD ALL")) {
                channels.discarded();
            }
        }
    }

    /** The server announced the end of the session: nothing more is sent, and its end of stream is awaited. */
    private void announced(ErrorResponse error) {
        if (ending == null) {
            ending = new ShutdownReason.ServerError(error);
            effects.armTimer(Timer.END_OF_STREAM, END_OF_STREAM_WAIT);
        }
    }

    /** Returns the watch over silences in the middle of a message. */
    StallWatch stall() {
        return stall;
    }

    /** Something inside a callback ends the session: it does so before the next message or callback. */
    void endSoon(SessionEnd end) {
        if (soon == null) {
            soon = end;
        }
    }

    void requireOpen() {
        if (soon != null) {
            throw soon;
        }
    }

    /** Returns why the session is about to end; null if it is not. */
    @Nullable
    ShutdownReason ending() {
        return ending;
    }

    /** Returns the reason that the server gave before, or this one. */
    ShutdownReason firstCause(ShutdownReason reason) {
        return ending == null ? reason : ending;
    }
}
