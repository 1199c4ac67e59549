package org.pgreel.replay.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.report.RecordedConnectionId;

/**
 * A recorded connection whose bytes were read to the end, before it is joined to the others.
 *
 * @param id where it was recorded
 * @param run the run of the recorder that it belongs to: times are compared within one run only
 * @param decoder what was read
 * @param ending how it ended
 * @param endNanos when it ended
 * @param chapters where chapters begin in its session
 */
record DecodedConnection(
        RecordedConnectionId id,
        String run,
        ConnectionDecoder decoder,
        Ending.Kind ending,
        long endNanos,
        List<Chapter> chapters) {
    /** Larger answers are kept in several arrays, so that no array is larger than what a buffer of a socket may be. */
    private static final int PART_BYTES = 1 << 20;

    /** Returns the connection as it is played. */
    PlayableConnection playable(GateLinker gates, RecordedTimes times) {
        List<ExpectedMessage> frontend = expected(times);
        int endsAfter = endsAfter(frontend.size());
        List<Release> releases = releases(gates, times);
        addTruncated(releases, endsAfter);
        return new PlayableConnection(
                id,
                decoder.startup(),
                decoder.greeting(),
                decoder.ready(),
                decoder.processId(),
                frontend,
                releases,
                new Ending(terminated() ? Ending.Kind.CLIENT : ending, endsAfter),
                chapters);
    }

    /** A server that closes because it was told so has not ended the connection. */
    private boolean terminated() {
        List<ConnectionDecoder.Kept> kept = decoder.kept();
        return !kept.isEmpty() && kept.get(kept.size() - 1).type() == 'X';
    }

    /** The frontend's messages, but for a Terminate at the end and a last message that was cut off. */
    private List<ExpectedMessage> expected(RecordedTimes times) {
        var expected = new ArrayList<ExpectedMessage>();
        List<ConnectionDecoder.Kept> kept = decoder.kept();
        for (int i = 0; i < kept.size(); i++) {
            ConnectionDecoder.Kept message = kept.get(i);
            boolean last = i == kept.size() - 1;
            if (!(last && message.type() == 'X')) {
                expected.add(new ExpectedMessage(
                        message.number(),
                        times.at(run, message.nanos()),
                        decoder.frontendBytes().cut(message.start(), message.end())));
            }
        }
        return expected;
    }

    private List<Release> releases(GateLinker gates, RecordedTimes times) {
        var releases = new ArrayList<Release>();
        int i = 0;
        List<Stretch> stretches = decoder.stretches();
        long before = Long.MIN_VALUE;
        while (i < stretches.size()) {
            Stretch first = stretches.get(i++);
            long end = first.end();
            long ended = first.lastNanos();
            @Nullable Gate gate = gates.gate(first);
            while (i < stretches.size()
                    && stretches.get(i).after() == first.after()
                    && gates.gate(stretches.get(i)) == null) {
                ended = Math.max(ended, stretches.get(i).lastNanos());
                end = stretches.get(i++).end();
            }
            StoredBytes stored = end - first.start() < PART_BYTES
                    ? null
                    : decoder.backendBytes().stored(first.start(), end);
            List<byte[]> parts = stored == null ? parts(first.start(), end) : List.of();
            long delay = gate == null ? delay(first, before) : 0;
            releases.add(new Release(first.after(), gate, parts, stored, delay, times.at(run, ended)));
            before = first.nanos();
        }
        return releases;
    }

    /** An answer's time counts from what it answers, or from the answer before it if that came later. */
    private long delay(Stretch answer, long before) {
        if (answer.after() == 0) {
            return 0;
        }
        long asked = decoder.kept().get(answer.after() - 1).nanos();
        return Math.max(0, answer.nanos() - Math.max(asked, before));
    }

    private List<byte[]> parts(long start, long end) {
        var parts = new ArrayList<byte[]>();
        for (long at = start; at < end; at += PART_BYTES) {
            byte[] part = decoder.backendBytes().cut(at, Math.min(end, at + PART_BYTES));
            if (part.length > 0) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** A server that died in the middle of a message is played so. */
    private void addTruncated(List<Release> releases, int after) {
        long whole = decoder.backendDecoded();
        if (ending.byServer()
                && !terminated()
                && decoder.ready()
                && whole < decoder.backendBytes().length()) {
            releases.add(
                    new Release(after, null, parts(whole, decoder.backendBytes().length())));
        }
    }

    /**
     * The server's end waits for the cycle that it left unanswered, if there is one: a client that did not pipeline
     * would not send a second before the first is answered.
     */
    private int endsAfter(int messages) {
        List<Stretch> stretches = decoder.stretches();
        int answered =
                stretches.isEmpty() ? 0 : stretches.get(stretches.size() - 1).after();
        List<ConnectionDecoder.Kept> kept = decoder.kept();
        for (int i = answered; i < messages; i++) {
            if (endsCycle(kept.get(i).type())) {
                return i + 1;
            }
        }
        return messages;
    }

    private static boolean endsCycle(byte type) {
        return switch (type) {
            case 'Q', 'S', 'H', 'F', 'c', 'f' -> true;
            default -> false;
        };
    }
}
