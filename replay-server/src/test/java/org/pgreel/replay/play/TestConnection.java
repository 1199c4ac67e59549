package org.pgreel.replay.play;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.ClientConnection;
import org.pgreel.replay.engine.ReplayEffects;
import org.pgreel.replay.engine.ReplayTimer;

/** A client of a scripted server, without a socket and with a clock of its own: it writes and reads the notation. */
final class TestConnection implements ReplayEffects {
    private final Map<ReplayTimer, Long> timers = new EnumMap<>(ReplayTimer.class);
    private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
    private final List<byte[]> writes = new ArrayList<>();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private long now;
    private boolean full;
    boolean tls;
    boolean halfClosed;
    boolean closed;
    boolean aborted;
    boolean paused;

    @Nullable
    ClientConnection connection;

    /** Says the lines to the server. */
    TestConnection says(String... lines) {
        for (String line : lines) {
            byte[] bytes = bytes(line);
            input().received(bytes, 0, bytes.length);
        }
        return this;
    }

    /** Says the lines in one write. */
    TestConnection saysAtOnce(String... lines) {
        var all = new ByteArrayOutputStream();
        for (String line : lines) {
            all.writeBytes(bytes(line));
        }
        input().received(all.toByteArray(), 0, all.size());
        return this;
    }

    static byte[] bytes(String line) {
        Line parsed = TranscriptParser.parse(line + "\n").lines().get(0);
        var message = (FrontendMessage) MessageForms.read((Item.MessageItem) parsed.item(), 1);
        return message.toBytes().toArray();
    }

    ClientConnection input() {
        if (connection == null) {
            throw new AssertionError("The connection was not opened");
        }
        return connection;
    }

    /** Ends the client's side. */
    TestConnection ends() {
        input().endOfStream();
        return this;
    }

    /** Lets time pass, and the timers that end in it elapse in their order. */
    TestConnection waits(Duration time) {
        long until = now + time.toNanos();
        while (true) {
            var next = timers.entrySet().stream().min(Map.Entry.comparingByValue());
            if (next.isEmpty() || next.get().getValue() > until) {
                now = until;
                return this;
            }
            now = next.get().getValue();
            timers.remove(next.get().getKey());
            input().elapsed(next.get().getKey());
        }
    }

    /** Returns the messages that came since the last call, in the notation without {@code B}. */
    List<String> hears() {
        List<String> lines = new ArrayList<>();
        byte[] bytes = unread.toByteArray();
        int at = 0;
        while (at < bytes.length) {
            boolean single = bytes.length - at < 5;
            int end = single
                    ? at + 1
                    : at + 1 + Bytes.wrap(bytes, at + 1, at + 5).hex().transform(TestConnection::number);
            if (single || end > bytes.length) {
                lines.add("raw " + Bytes.wrap(bytes, at, bytes.length).hex());
                break;
            }
            var message = BackendMessageDecoder.decode(bytes[at], bytes, at + 5, end);
            lines.add(Line.of(MessageForms.write(Direction.BACKEND, message, true))
                    .toString()
                    .substring(2));
            at = end;
        }
        unread.reset();
        return lines;
    }

    private static int number(String hex) {
        return Integer.parseUnsignedInt(hex, 16);
    }

    /** Returns the bytes that came since the last call. */
    byte[] hearsBytes() {
        byte[] bytes = unread.toByteArray();
        unread.reset();
        return bytes;
    }

    /** Returns the sizes of the writes since the last call. */
    List<Integer> writes() {
        List<Integer> sizes = writes.stream().map(write -> write.length).toList();
        writes.clear();
        return sizes;
    }

    /** Logs in without a password and forgets what it heard. */
    TestConnection logsIn() {
        says("F StartupMessage 3.0 user=\"ada\" database=\"engine\"");
        hears();
        writes();
        return this;
    }

    void full(boolean isFull) {
        full = isFull;
        if (!isFull) {
            input().writable();
        }
    }

    boolean armed(ReplayTimer timer) {
        return timers.containsKey(timer);
    }

    @Override
    public void write(byte[] buffer, int from, int to) {
        unflushed.write(buffer, from, to - from);
    }

    @Override
    public void flush() {
        if (unflushed.size() > 0) {
            writes.add(unflushed.toByteArray());
            unread.writeBytes(unflushed.toByteArray());
            unflushed.reset();
        }
    }

    @Override
    public boolean writable() {
        return !full;
    }

    @Override
    public void startTls() {
        tls = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void halfClose() {
        halfClosed = true;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public void armTimer(ReplayTimer timer, Duration after) {
        timers.put(timer, now + after.toNanos());
    }

    @Override
    public void disarm(ReplayTimer timer) {
        timers.remove(timer);
    }
}
