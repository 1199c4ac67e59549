package org.pgreel.benchmarks.protocol;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pgreel.protocol.message.BackendMessageDecoder;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.FrameSink;
import org.pgreel.protocol.wire.FrameSplitter;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;

/**
 * A stream of rows of three columns in chunks of 8 KiB: how long a row takes to be framed, and to be decoded as well.
 *
 * <p>Run with {@code -prof gc}: framing allocates for the rows that a chunk's end cuts only; decoding allocates the record,
 * its values and their offsets.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    private static final int ROWS = 10_000;
    private static final int CHUNK = 8192;

    /** Bytes of the text column. */
    @Param({"10", "200"})
    private int textBytes;

    private byte[] stream = new byte[0];

    /** Makes the rows. */
    @Setup
    public void rows() {
        MessageWriter out = new MessageWriter();
        String text = "x".repeat(textBytes);
        for (int i = 0; i < ROWS; i++) {
            new DataRow(Values.ofText(Integer.toString(i), text, null)).encode(out);
        }
        stream = out.toBytes().toArray();
    }

    /** Framing only. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void frame(Blackhole taken) {
        feed(new Frames(taken, false));
    }

    /** Framing and decoding. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void decode(Blackhole taken) {
        feed(new Frames(taken, true));
    }

    /** The row count of a command tag. */
    @Benchmark
    public long rowCount() {
        return new CommandComplete("INSERT 0 1234567").rowCount().orElse(0);
    }

    private void feed(Frames sink) {
        FrameSplitter splitter = new FrameSplitter(Direction.BACKEND, WireLimits.DEFAULTS, FrameSplitter.Mode.TYPED);
        for (int at = 0; at < stream.length; at += CHUNK) {
            splitter.feed(stream, at, Math.min(stream.length, at + CHUNK), sink);
        }
    }

    /** Takes frames, and decodes them or not. */
    private static final class Frames implements FrameSink {
        private final Blackhole taken;
        private final boolean decoding;

        Frames(Blackhole taken, boolean decoding) {
            this.taken = taken;
            this.decoding = decoding;
        }

        @Override
        public void frame(byte type, byte[] buffer, int bodyFrom, int bodyTo) {
            if (decoding) {
                taken.consume(BackendMessageDecoder.decode(type, buffer, bodyFrom, bodyTo));
            } else {
                taken.consume(bodyTo);
            }
        }

        @Override
        public void negotiationByte(byte answer) {
            taken.consume(answer);
        }

        @Override
        public void oversized(byte type, long bodyLength) {
            taken.consume(bodyLength);
        }
    }
}
