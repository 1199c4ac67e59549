package org.pgreel.benchmarks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pgreel.client.Row;
import org.pgreel.client.RowMapper;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.type.EncodedValue;
import org.pgreel.type.TypeRegistry;

/**
 * What it costs to read the columns of a row. Run with {@code -prof gc}: primitives allocate nothing, other values nothing
 * but themselves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class RowDecodingBenchmark {

    /** The format of the columns. */
    @Param({"binary", "text"})
    public String format = "binary";

    private Row row = row(List.of(), true);
    private RowMapper<Item> items = RowMapper.of(Item.class);

    /** A row as a record. */
    public record Item(int id, long big, boolean flag, String name, double ratio, Instant at, BigDecimal price) {}

    /** Encodes a row once. */
    @Setup
    public void encode() {
        row = row(
                List.of(
                        42,
                        1L << 40,
                        true,
                        "a name of twenty-six bytes",
                        0.1,
                        Instant.EPOCH,
                        new BigDecimal("1234.50")),
                format.equals("binary"));
        items = RowMapper.of(Item.class);
    }

    private static Row row(List<Object> values, boolean binary) {
        TypeRegistry types = TypeRegistry.builtIn();
        List<String> names = List.of("id", "big", "flag", "name", "ratio", "at", "price");
        List<FieldDescription> columns = new ArrayList<>();
        List<Bytes> encoded = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            EncodedValue value = types.encode(values.get(i));
            // A String has no type of its own.
            int oid = value.typeOid() == 0 ? 25 : value.typeOid();
            byte[] bytes = value.bytes().toArray();
            Bytes text = value.binary()
                    ? Bytes.utf8(String.valueOf(
                            TypeRegistry.decode(types.codec(oid, String.class), true, bytes, 0, bytes.length)))
                    : value.bytes();
            encoded.add(binary ? value.bytes() : text);
            columns.add(new FieldDescription(names.get(i), 0, 0, oid, -1, -1, binary ? 1 : 0));
        }
        return new Row(Values.of(encoded), new RowDescription(columns));
    }

    /** An int4, an int8, a bool and a float8, without objects. */
    @Benchmark
    public double primitives() {
        return row.getInt(0) + row.getLong(1) + (row.getBoolean(2) ? 1 : 0) + row.getDouble(4);
    }

    /** The same as objects. */
    @Benchmark
    public void objects(Blackhole hole) {
        hole.consume(row.get(0, Integer.class));
        hole.consume(row.get(1, Long.class));
        hole.consume(row.get(2, Boolean.class));
        hole.consume(row.get(4, Double.class));
    }

    /** A text. */
    @Benchmark
    public void text(Blackhole hole) {
        hole.consume(row.get(3, String.class));
    }

    /** A timestamptz. */
    @Benchmark
    public void instant(Blackhole hole) {
        hole.consume(row.get(5, Instant.class));
    }

    /** A numeric. */
    @Benchmark
    public void numeric(Blackhole hole) {
        hole.consume(row.get(6, BigDecimal.class));
    }

    /** All of it, as a record. */
    @Benchmark
    public Item mapped() {
        return items.map(row);
    }
}
