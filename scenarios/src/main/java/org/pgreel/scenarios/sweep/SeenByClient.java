package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.message.WireSink;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;

/**
 * Spells what a client has seen of a fault, where the fault itself has no words: what is done to the client's bytes on their
 * way shows in what the server then says, or that it says nothing more. A script's own server can do the same.
 */
final class SeenByClient {
    private static final int CONNECTION = 1;

    /** The most messages of another answer that are worth a line each. */
    private static final int MESSAGES_MAX = 3;

    private static final List<String> ENDS = List.of("! eof @ ", "! reset @ ", "! stall @ ");

    private final SweptStream calm;
    private final List<String> otherwise = new ArrayList<>();
    private int asCalm;

    private SeenByClient(SweptStream calm) {
        this.calm = calm;
    }

    /**
     * Returns what may have the same effect, a list of {@code !} lines each.
     *
     * @param trace the run, the last one of its subject
     * @return empty if the client saw on its first connection what it sees when nothing goes wrong
     */
    static List<List<String>> wordings(Subject subject, Trace trace) {
        return subject.streams().stream()
                .filter(stream -> stream.direction() == Direction.BACKEND && stream.connection() == CONNECTION)
                .findFirst()
                .map(stream -> new SeenByClient(stream).wordings(trace.journal().entries()))
                .orElse(List.of());
    }

    private List<List<String>> wordings(List<RunJournal.Entry> entries) {
        asCalm = messagesInCommon(entries);
        if (asCalm == calm.names().size()) {
            return List.of();
        }
        decode(entries);
        String at = asCalm == 0 ? "before " + calm.place(0) : "after " + calm.place(asCalm - 1);
        List<String> inserted = new ArrayList<>();
        otherwise.forEach(line -> inserted.add("! insert " + line + " @ " + at));
        List<List<String>> wordings = new ArrayList<>();
        for (String end : ENDS) {
            List<String> lines = new ArrayList<>(inserted);
            lines.add(end + at);
            wordings.add(lines);
        }
        if (!inserted.isEmpty()) {
            wordings.add(inserted);
        }
        return wordings;
    }

    private int messagesInCommon(List<RunJournal.Entry> entries) {
        Bytes seen = backend(entries);
        int common = 0;
        int most = Math.min(seen.length(), calm.bytes().length());
        while (common < most && seen.byteAt(common) == calm.bytes().byteAt(common)) {
            common++;
        }
        int messages = 0;
        while (messages < calm.names().size() && calm.boundaries().get(messages + 1) <= common) {
            messages++;
        }
        return messages;
    }

    private static Bytes backend(List<RunJournal.Entry> entries) {
        var bytes = new MessageWriter();
        for (RunJournal.Entry entry : entries) {
            if (entry.connection() == CONNECTION && entry.direction() == Direction.BACKEND) {
                bytes.writeBytes(entry.bytes(), 0, entry.bytes().length);
            }
        }
        return bytes.toBytes();
    }

    private void decode(List<RunJournal.Entry> entries) {
        var decoder = new WireDecoder(WireLimits.DEFAULTS);
        var sink = new Otherwise();
        for (RunJournal.Entry entry : entries) {
            if (entry.connection() == CONNECTION) {
                decoder.feed(entry.direction(), entry.bytes(), 0, entry.bytes().length, sink);
            }
        }
    }

    /** Keeps the server's messages that are not those of the calm run. */
    private final class Otherwise implements WireSink {
        @Override
        public void message(Direction direction, Message message, long start, long end) {
            boolean other =
                    direction == Direction.BACKEND && start >= calm.boundaries().get(asCalm);
            if (other && otherwise.size() < MESSAGES_MAX) {
                otherwise.add(TranscriptWriter.line(Direction.BACKEND, message));
            }
        }

        @Override
        public void oversized(Direction direction, byte type, long length, long start) {
            // It has no words either; the end that follows it may do.
        }

        @Override
        public void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why) {
            // As above.
        }
    }
}
