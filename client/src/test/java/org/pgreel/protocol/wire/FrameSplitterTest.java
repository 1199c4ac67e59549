package org.pgreel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.FrameSplitter.Mode;

class FrameSplitterTest {
    private final Frames frames = new Frames();

    @Test
    void framesInTheChunkAreNotCopied() {
        byte[] chunk = Bytes.ofHex("5a 00000005 49 31 00000004").toArray();
        FrameSplitter splitter = running(WireLimits.DEFAULTS);

        assertThat(splitter.feed(chunk, 0, chunk.length, frames)).isEqualTo(chunk.length);

        assertThat(frames.seen).containsExactly("Z49", "1");
        assertThat(frames.buffers).allMatch(buffer -> buffer == chunk);
        assertThat(splitter.position()).isEqualTo(chunk.length);
        assertThat(splitter.frameStart()).isEqualTo(6);
    }

    @Property
    void anyCutGivesTheSameFrames(
            @ForAll @Size(max = 12) List<@IntRange(max = 70) Integer> bodyLengths,
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 20) Integer> cuts) {
        WireLimits limits = WireLimits.DEFAULTS.withMessage(40);
        byte[] stream = stream(bodyLengths);
        Frames whole = new Frames();
        running(limits).feed(stream, 0, stream.length, whole);

        Frames cut = new Frames();
        FrameSplitter splitter = running(limits);
        int at = 0;
        for (int i = 0; at < stream.length; i++) {
            int to = Math.min(stream.length, at + (cuts.isEmpty() ? 1 : cuts.get(i % cuts.size())));
            byte[] chunk = Bytes.copyOf(stream, at, to).toArray();
            splitter.feed(chunk, 0, chunk.length, cut);
            at = to;
        }

        assertThat(cut.seen).isEqualTo(whole.seen).hasSize(bodyLengths.size());
        assertThat(splitter.atBoundary()).isTrue();
        assertThat(splitter.position()).isEqualTo(stream.length);
    }

    private static byte[] stream(List<Integer> bodyLengths) {
        MessageWriter out = new MessageWriter();
        byte value = 0;
        for (int length : bodyLengths) {
            out.begin((byte) 'd');
            for (int i = 0; i < length; i++) {
                out.writeByte(value++);
            }
            out.end();
        }
        return out.toBytes().toArray();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "-1", "-2147483648", "2147483647", "1073741824"})
    void aLengthThatCannotBeIsRefusedWithTheHeader(int length) {
        byte[] header = header('D', length);
        FrameSplitter splitter = running(WireLimits.DEFAULTS);

        assertThatThrownBy(() -> splitter.feed(header, 0, header.length, frames))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("message 'D' at byte 1: a length of " + length);
        assertThatThrownBy(() -> splitter.feed(header, 0, 1, frames)).isInstanceOf(MalformedMessageException.class);
        assertThat(frames.seen).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BACKEND, TYPED, C, 30000, 30001",
        "BACKEND, AUTHENTICATING, R, 2000, 2001",
        "BACKEND, AUTHENTICATING, v, 2000, 2001",
        "BACKEND, AUTHENTICATING, E, 30000, 30001",
        "BACKEND, TYPED, E, 30001, 1073741823",
        "FRONTEND, TYPED, p, 65535, 65536",
        "FRONTEND, TYPED, D, 30000, 30001",
        "FRONTEND, TYPED, Q, 1073741822, 1073741823"
    })
    void eachTypeHasItsLimit(Direction direction, Mode mode, char type, int believed, int refused) {
        byte[] good = header(type, believed);
        byte[] bad = header(type, refused);

        assertThat(new FrameSplitter(direction, WireLimits.DEFAULTS, mode).feed(good, 0, 5, frames))
                .isEqualTo(5);
        FrameSplitter splitter = new FrameSplitter(direction, WireLimits.DEFAULTS, mode);
        assertThatThrownBy(() -> splitter.feed(bad, 0, 5, frames)).isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 7, -1, 65_537})
    void aFirstMessageOfAnImpossibleLengthIsRefused(int length) {
        byte[] packet = Bytes.ofHex("%08x 00030000 00".formatted(length)).toArray();
        FrameSplitter splitter = new FrameSplitter(Direction.FRONTEND, WireLimits.DEFAULTS);

        assertThatThrownBy(() -> splitter.feed(packet, 0, packet.length, frames))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("the first message announces " + length + " bytes");
    }

    @Test
    void theHeaderOfAGibibyteAllocatesLessThan64KiB() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        WireLimits everythingWhole = WireLimits.DEFAULTS.withMessage(Integer.MAX_VALUE);
        byte[] header = header('D', 0x3FFF_FFFE);
        running(everythingWhole).feed(header, 0, header.length, frames);
        FrameSplitter splitter = running(everythingWhole);

        long before = threads.getCurrentThreadAllocatedBytes();
        splitter.feed(header, 0, header.length, frames);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(64 << 10);
        assertThat(frames.seen).isEmpty();
    }

    @Test
    void aLargeFrameStreamsWithoutBeingHeld() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] header = header('d', 600 << 20);
        byte[] fragment = new byte[64 << 10];
        Counting counting = new Counting();
        FrameSplitter splitter = running(WireLimits.DEFAULTS);
        splitter.feed(header, 0, header.length, counting);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (long left = (600L << 20) - 4; left > 0; left -= fragment.length) {
            splitter.feed(fragment, 0, (int) Math.min(left, fragment.length), counting);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 10);
        assertThat(counting.announced).isEqualTo((600L << 20) - 4);
        assertThat(counting.bytes).isEqualTo(counting.announced);
        assertThat(counting.ended).isEqualTo(1);
        assertThat(splitter.atBoundary()).isTrue();
    }

    @Test
    void aFrameThatComesInPiecesIsHeldInAtMostTwiceItsBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] header = header('d', 8 << 20);
        byte[] piece = new byte[64 << 10];
        FrameSplitter splitter = running(WireLimits.DEFAULTS);
        splitter.feed(header, 0, header.length, frames);

        long before = threads.getCurrentThreadAllocatedBytes();
        splitter.feed(piece, 0, piece.length, frames);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3L * piece.length);
    }

    @Test
    void theSinkMayStopAndChangeWhatComesNext() {
        byte[] chunk = Bytes.ofHex("53 4e 5a 00000005 49").toArray();
        FrameSplitter splitter = new FrameSplitter(Direction.BACKEND, WireLimits.DEFAULTS, Mode.NEGOTIATION);
        List<String> answers = new ArrayList<>();
        FrameSink sink = new Frames() {
            @Override
            public void negotiationByte(byte answer) {
                answers.add(String.valueOf((char) answer));
                splitter.expect(answer == 'N' ? Mode.TYPED : Mode.NEGOTIATION);
                splitter.stop();
            }
        };

        int first = splitter.feed(chunk, 0, chunk.length, sink);
        int second = splitter.feed(chunk, first, chunk.length, sink);

        assertThat(first).isEqualTo(1);
        assertThat(second).isEqualTo(2);
        assertThat(answers).containsExactly("S", "N");
        assertThat(splitter.feed(chunk, second, chunk.length, frames)).isEqualTo(chunk.length);
        assertThat(frames.seen).containsExactly("Z49");
    }

    private static FrameSplitter running(WireLimits limits) {
        return new FrameSplitter(Direction.BACKEND, limits, Mode.TYPED);
    }

    private static byte[] header(char type, int length) {
        return Bytes.ofHex("%02x %08x".formatted((int) type, length)).toArray();
    }

    /** Writes down what comes. */
    private static class Frames implements FrameSink {
        final List<String> seen = new ArrayList<>();
        final List<byte[]> buffers = new ArrayList<>();

        @Override
        public void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
            seen.add((char) type + Bytes.copyOf(buffer, bodyFrom, bodyTo).hex());
            buffers.add(buffer);
        }

        @Override
        public void negotiationByte(byte answer) {
            seen.add("answer " + answer);
        }

        @Override
        public void oversized(byte type, long bodyLength) {
            seen.add((char) type + "/" + bodyLength + " ");
        }

        @Override
        public void fragment(byte[] buffer, int from, int to) {
            seen.set(
                    seen.size() - 1,
                    seen.get(seen.size() - 1) + Bytes.copyOf(buffer, from, to).hex());
        }

        @Override
        public void oversizedEnd() {
            seen.set(seen.size() - 1, seen.get(seen.size() - 1) + " end");
        }
    }

    /** Counts what comes. */
    private static final class Counting extends Frames {
        private long announced;
        private long bytes;
        private int ended;

        @Override
        public void oversized(byte type, long bodyLength) {
            announced = bodyLength;
        }

        @Override
        public void fragment(byte[] buffer, int from, int to) {
            bytes += to - from;
        }

        @Override
        public void oversizedEnd() {
            ended++;
        }
    }
}
