package org.pgreel.scenarios.drive;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.scenarios.simulation.LinkWatch;

/**
 * Looks on at one connection as the client sees it: where messages and writes end, and which states the conversation
 * goes through.
 */
final class WireWatch implements LinkWatch {
    private final WireDecoder decoder = new WireDecoder(WireLimits.DEFAULTS);
    private final Set<String> states = new LinkedHashSet<>();
    private final TreeSet<Long> messageEnds = new TreeSet<>();
    private final Set<Long> writeEnds = new LinkedHashSet<>();
    private final boolean decodes;
    private Conversation conversation = Conversation.begin();
    private long received;

    /**
     * @param decodes whether anyone asks for more than the count of bytes
     */
    WireWatch(boolean decodes) {
        this.decodes = decodes;
        states.add(conversation.stateName());
    }

    @Override
    public void frontend(byte[] bytes) {
        if (decodes) {
            decoder.feed(Direction.FRONTEND, bytes, 0, bytes.length, new Sink());
        }
    }

    @Override
    public void backend(byte[] bytes) {
        received += bytes.length;
        if (decodes) {
            writeEnds.add(received);
            decoder.feed(Direction.BACKEND, bytes, 0, bytes.length, new Sink());
        }
    }

    /** Returns the states of the conversation that were observed. */
    Set<String> states() {
        return states;
    }

    /** Returns where in the server's stream a single cut divides what otherwise arrives whole, beside message ends. */
    Set<Long> cuts() {
        var cuts = new TreeSet<Long>();
        for (long end : messageEnds) {
            for (long at = end - 1; at <= end + 1; at++) {
                if (at > 0 && at < received && !writeEnds.contains(at)) {
                    cuts.add(at);
                }
            }
        }
        return cuts;
    }

    long received() {
        return received;
    }

    private final class Sink implements WireSink {
        @Override
        public void message(Direction direction, Message message, long start, long end) {
            if (direction == Direction.BACKEND) {
                messageEnds.add(end);
            }
            conversation = conversation.after(direction, message);
            states.add(conversation.stateName());
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            conversation = conversation.afterOversized(direction, type);
            states.add(conversation.stateName());
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            if (direction == Direction.BACKEND) {
                messageEnds.add(start);
                messageEnds.add(start + raw.length());
                states.add("Violated");
            }
        }
    }
}
