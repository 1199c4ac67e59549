package org.pgreel.replay.engine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.report.ConnectionReport;
import org.pgreel.replay.report.Departure;
import org.pgreel.replay.source.Ending;
import org.pgreel.replay.source.ExpectedMessage;
import org.pgreel.replay.source.Gate;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.Release;

/**
 * A client that is logged in and follows a recorded connection, message by message.
 *
 * <p>Its bytes are compared with the recorded ones as they come, so a message need not fit into memory twice. Answers
 * leave when the messages have come that they answer, not in the order of the recording: a client may pipeline what was
 * recorded without, and the reverse.
 */
final class Following implements Stage {
    private final ReplayConnection connection;
    private final @Nullable PlayableConnection recorded;
    private final List<ExpectedMessage> frontend;
    private final List<Release> releases;
    private final Ending ending;
    private final String surplus;
    private final Outbox outbox;
    private final PlayedLines lines;
    private final Timing.@Nullable Pace pace;
    private final List<RecordedOrder.Edge> edges;

    private int message;
    private int offset;
    private int release;
    private int cancels;
    private int edge;
    private boolean senderOverdue;
    private boolean edgeOverdue;
    private boolean clientEnded;
    private @Nullable MessageBuffer departing;
    private @Nullable ErrorResponse farewell;

    private Following(ReplayConnection connection, @Nullable PlayableConnection recorded, String surplus) {
        this.connection = connection;
        this.recorded = recorded;
        this.surplus = surplus;
        this.frontend = recorded == null ? List.of() : recorded.frontend();
        this.releases = recorded == null ? List.of() : recorded.releases();
        this.ending = recorded == null ? new Ending(Ending.Kind.CLIENT, 0) : recorded.ending();
        this.outbox = new Outbox(connection.effects());
        this.pace = connection.pace();
        this.edges = recorded == null ? List.of() : connection.engine().order().of(recorded.id());
        this.lines = new PlayedLines(frontend, releases);
    }

    /** Follows a recorded connection. */
    static Following of(ReplayConnection connection, PlayableConnection recorded) {
        return new Following(connection, recorded, "");
    }

    /** Follows nothing: there is no recorded connection, for the reason given, and the first message is too much. */
    static Following surplus(ReplayConnection connection, String reason) {
        return new Following(connection, null, reason);
    }

    @Override
    public void received(byte[] buffer, int from, int to) {
        int before = message;
        int at = from;
        while (at < to && farewell == null && !clientEnded) {
            at = departing == null ? follow(buffer, at, to) : depart(departing, buffer, at, to);
        }
        play();
        if (message > before) {
            connection.engine().progressed();
        }
    }

    private int follow(byte[] buffer, int from, int to) {
        if (message == frontend.size()) {
            departing = MessageBuffer.typed(DepartingMessage.BYTES_MAX);
            return from;
        }
        ExpectedMessage expected = frontend.get(message);
        int equal = expected.equalBytes(offset, buffer, from, to);
        offset += equal;
        if (offset == expected.length()) {
            advance();
        } else if (from + equal < to) {
            departing = MessageBuffer.typed(DepartingMessage.BYTES_MAX);
            departing.collect(expected.bytes(), 0, offset);
        }
        return from + equal;
    }

    private void advance() {
        lines.arrived(message);
        message++;
        offset = 0;
    }

    private int depart(MessageBuffer came, byte[] buffer, int from, int to) {
        int at = came.collect(buffer, from, to);
        if (came.complete() && DepartingMessage.isTerminate(came)) {
            departing = null;
            clientEnded = true;
        } else if (came.complete() || came.refused()) {
            departing = null;
            Departure departure = departure(came);
            if (departure == null) {
                advance();
            } else {
                connection.log().departed(departure);
                farewell = Refusals.departed(
                        recorded == null ? surplus + "; got " + departure.got() : departure.sentence());
            }
        }
        return at;
    }

    private @Nullable Departure departure(MessageBuffer came) {
        ExpectedMessage expected = message < frontend.size() ? frontend.get(message) : null;
        MessageDifference difference = DepartingMessage.difference(expected, came);
        return difference == null
                ? null
                : new Departure(
                        message + 1L,
                        place(expected),
                        difference.field(),
                        difference.expected(),
                        difference.got(),
                        lines.soFar());
    }

    private String place(@Nullable ExpectedMessage expected) {
        return recorded == null || expected == null ? "" : "#" + recorded.id().session() + "@" + expected.number();
    }

    /** Sends what may be sent now; the connection ends only behind that. */
    void play() {
        int before = release;
        leave();
        if (release > before && connection.engine().settings().gates()) {
            connection.engine().progressed();
        }
    }

    private void leave() {
        while (!connection.ended() && outbox.drain()) {
            if (release < releases.size() && open(releases.get(release))) {
                lines.left(release);
                pace(releases.get(release));
                outbox.add(releases.get(release++));
            } else {
                outbox.flush();
                endIfOver();
                return;
            }
        }
    }

    private void pace(Release next) {
        if (pace != null && next.gate() == null) {
            outbox.pause(pace.after(next.delayNanos()));
        }
    }

    private void endIfOver() {
        if (farewell != null) {
            connection.send(List.of(farewell));
            connection.end();
        } else if (clientEnded) {
            outcome("");
            connection.end();
        } else if (release == releases.size() && ending.byServer() && message >= ending.after()) {
            outcome("");
            if (ending.kind() == Ending.Kind.SERVER_RESET) {
                connection.abort();
            } else {
                connection.end();
            }
        }
    }

    private boolean open(Release next) {
        if (message < next.after() || !inOrder(next)) {
            return false;
        }
        if (next.gate() instanceof Gate.Cancelled cancelled) {
            return cancels >= cancelled.cancels();
        }
        return !(next.gate() instanceof Gate.Notified notified) || notified(notified, next);
    }

    /** An answer waits for what other connections were answered before its question was sent. */
    private boolean inOrder(Release next) {
        while (edge < edges.size() && edges.get(edge).message() < next.after()) {
            RecordedOrder.Edge waits = edges.get(edge);
            Following other = connection.engine().playing(waits.other());
            boolean passed = other != null && (other.release >= waits.releases() || other.connection.ended());
            if (!passed && !edgeOverdue) {
                connection
                        .effects()
                        .armTimer(
                                ReplayTimer.SENDER,
                                connection.engine().settings().gateLimit());
                connection.engine().waits(this);
                return false;
            }
            edgeOverdue = false;
            edge++;
        }
        return true;
    }

    /** A notification waits for who sent it; not for one who does not come, nor longer than the client does. */
    private boolean notified(Gate.Notified notified, Release next) {
        Following sender = connection.engine().playing(notified.sender());
        if (sender != null) {
            if (sender.message >= notified.messages() || sender.connection.ended()) {
                return true;
            }
        } else if (senderOverdue || message > next.after()) {
            return true;
        } else {
            Duration limit = connection.engine().settings().senderLimit();
            connection.effects().armTimer(ReplayTimer.SENDER, limit);
        }
        connection.engine().waits(this);
        return false;
    }

    /** Tells whether the recording holds a cancel request that has not come yet. */
    boolean cancelRecorded() {
        return releases.stream()
                .anyMatch(next -> next.gate() instanceof Gate.Cancelled cancelled && cancelled.cancels() > cancels);
    }

    /** A cancel request for this connection came. */
    void canceled() {
        cancels++;
        play();
    }

    @Override
    public void writable() {
        play();
    }

    @Override
    public void elapsed(ReplayTimer timer) {
        if (timer == ReplayTimer.PACE) {
            outbox.resumed();
        } else {
            senderOverdue = true;
            edgeOverdue = true;
        }
        play();
    }

    /** What the client sent before it ended is still answered: it may have ended only its own side. */
    @Override
    public void endOfStream() {
        clientEnded = true;
        play();
    }

    @Override
    public void reset() {
        if (release < releases.size() || !outbox.isEmpty()) {
            outcome("the connection broke before the client had all answers");
        } else if (ending.kind() == Ending.Kind.CLIENT_LOST) {
            outcome("");
        } else {
            outcome("the connection broke where the recorded client ended in order");
        }
        connection.abort();
    }

    /**
     * Notes how the connection came out.
     *
     * @param broken what is wrong with its end if all messages came; empty if nothing is
     */
    private void outcome(String broken) {
        ConnectionLog log = connection.log();
        if (recorded == null) {
            log.outcome(ConnectionOutcome.SURPLUS, surplus);
        } else if (message == frontend.size() && departing == null) {
            log.outcome(broken.isEmpty() ? ConnectionOutcome.PLAYED_TO_END : ConnectionOutcome.LEFT_OVER, broken);
        } else if (offset > 0 || departing != null) {
            log.outcome(ConnectionOutcome.LEFT_OVER, "the client ended in the middle of a message");
        } else {
            int left = frontend.size() - message;
            log.outcome(ConnectionOutcome.LEFT_OVER, left + (left == 1 ? " message" : " messages") + " not played");
        }
    }

    ConnectionReport report() {
        return connection.log().report(recorded == null ? null : recorded.id(), message, frontend.size());
    }
}
