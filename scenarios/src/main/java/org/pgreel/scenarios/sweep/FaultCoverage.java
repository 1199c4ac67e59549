package org.pgreel.scenarios.sweep;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.scenarios.coverage.Edge;
import org.pgreel.scenarios.coverage.EdgeCounts;
import org.pgreel.scenarios.coverage.MatrixMessages;

/**
 * Counts which edges of the conversation matrix a sweep exercises: those of the session, those of the messages that are put
 * in, and the faults on all of them. Confined to one thread.
 */
final class FaultCoverage {
    private final EdgeCounts counts;
    private final Map<Tamper, String> inserted = new HashMap<>();

    FaultCoverage(EdgeCounts counts) {
        this.counts = counts;
    }

    /** A session has run in which nothing went wrong. */
    void calm(Subject subject) {
        subject.streams().forEach(stream -> stream.edges().forEach(counts::exercised));
    }

    /** A session has run with that fault, and all invariants held. */
    void passed(Fault fault) {
        SweptStream stream = fault.stream();
        if (stream.edges().isEmpty()) {
            return;
        }
        Tamper.Kind kind = fault.tamper().kind();
        boolean behind =
                kind == Tamper.Kind.APPEND || fault.offset() >= stream.bytes().length();
        int message = stream.messageAt(behind ? fault.offset() - 1 : fault.offset());
        Edge edge = stream.edges().get(message);
        counts.struck(edge, kind.name().toLowerCase(Locale.ROOT));
        String name = fault.tamper().message().length() == 0
                ? ""
                : inserted.computeIfAbsent(fault.tamper(), tamper -> name(stream.direction(), tamper));
        if (!name.isEmpty()) {
            String state = behind ? stream.behind().get(message) : edge.state();
            counts.exercised(new Edge(state, stream.direction(), name));
        }
    }

    /** Returns what the matrix calls the message that is put in; empty if it is none. */
    private static String name(Direction direction, Tamper tamper) {
        var name = new Name();
        byte[] bytes = tamper.message().toArray();
        if (direction == Direction.FRONTEND) {
            byte[] before = MatrixMessages.bytes(direction, "StartupMessage").toArray();
            var decoder = new WireDecoder(WireLimits.DEFAULTS);
            decoder.feed(direction, before, 0, before.length, name);
            decoder.feed(direction, bytes, 0, bytes.length, name);
        } else {
            new WireDecoder(WireLimits.DEFAULTS).feed(direction, bytes, 0, bytes.length, name);
        }
        return name.last;
    }

    /** Hears the message. */
    private static final class Name implements WireSink {
        private String last = "";

        @Override
        public void message(Direction direction, Message message, long start, long end) {
            last = MatrixMessages.name(message);
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            last = "";
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            last = "";
        }
    }
}
