package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pgreel.protocol.wire.Bytes;

/** Whatever bytes come, a decoder answers with a value or with its one exception, and takes little memory for it. */
class HostileValuesTest {
    private static final TypeRegistry TYPES = SampleTypes.REGISTRY;
    private static final List<Integer> OIDS = SampleTypes.oids();

    /** Objects are larger than the bytes that they are made of, a list of Booleans or of empty ranges most of all. */
    private static final long BYTES_PER_BYTE = 200;

    /** Classes that are loaded at their first use take most of it. */
    private static final long BYTES_FLAT = 1_000_000;

    /** A numeric of ten bytes may have 147,455 digits, and its scale says how many of them there are. */
    private static final long BYTES_FLAT_NUMERIC = 40_000_000;

    private static final Set<String> NUMERIC = Set.of(
            "numeric", "_numeric", "numrange", "_numrange", "nummultirange", "_nummultirange", "person", "_person");

    private record Attempt(int oid, boolean binary, byte[] bytes) {
        @Override
        public String toString() {
            String hex = Bytes.wrap(bytes).hex();
            return TYPES.nameOf(oid)
                    + (binary ? " in binary " : " in text ")
                    + hex.substring(0, Math.min(200, hex.length()));
        }
    }

    @Provide
    Arbitrary<Attempt> random() {
        Arbitrary<byte[]> bytes = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                // Counts and lengths are small numbers, or near the limits.
                Arbitraries.of(
                                "00",
                                "01",
                                "02",
                                "7f",
                                "80",
                                "ff",
                                "00000000",
                                "00000001",
                                "00000004",
                                "ffffffff",
                                "7fffffff")
                        .list()
                        .ofMaxSize(16)
                        .map(parts -> Bytes.ofHex(String.join("", parts)).toArray()));
        return Combinators.combine(Arbitraries.of(OIDS), Arbitraries.of(true, false), bytes)
                .as(Attempt::new);
    }

    @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
    void randomBytesGiveAValueOrTheOneException(@ForAll("random") Attempt attempt) {
        check(attempt);
    }

    @Provide
    Arbitrary<Attempt> texts() {
        Arbitrary<byte[]> text = Arbitraries.strings()
                .withChars("0123456789+-.:,;/ eE()[]{}<>\"'\\ptTPYMDHSBCNUL&|!*=@x\u00e9\ud83d\udc18")
                .ofMaxLength(40)
                .map(each -> each.getBytes(StandardCharsets.UTF_8));
        return Combinators.combine(Arbitraries.of(OIDS), text).as((oid, bytes) -> new Attempt(oid, false, bytes));
    }

    @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
    void randomTextGivesAValueOrTheOneException(@ForAll("texts") Attempt attempt) {
        check(attempt);
    }

    @Provide
    Arbitrary<Attempt> mutated() {
        return Combinators.combine(
                        Arbitraries.of(SampleTypes.encodings()),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.of(0, 1, 2, 0x10, 0x22, 0x28, 0x5c, 0x7b, 0x7d, 0x7f, 0x80, 0xff))
                .as((sample, kind, place, value) -> new Attempt(
                        sample.oid(), sample.binary(), mutated(sample.bytes().toArray(), kind, place, value)));
    }

    @Provide
    Arbitrary<List<String>> rows() {
        return Arbitraries.of(
                        "0",
                        "1",
                        "70000",
                        "4294967295",
                        "-1",
                        "a",
                        "b",
                        "c",
                        "d",
                        "e",
                        "r",
                        "m",
                        "p",
                        "",
                        ",",
                        ";",
                        "{}",
                        "{1}",
                        "{1,2}",
                        "{a,b}",
                        "{NULL}",
                        "{",
                        "hstore",
                        "vector",
                        "pg_catalog",
                        "x")
                .list()
                .ofMinSize(8)
                .ofMaxSize(10);
    }

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void aRowOfTheCatalogueGivesATypeOrTheOneException(@ForAll("rows") List<String> row) {
        try {
            TypeRegistry folded = TypeCatalogue.fold(TypeRegistry.builtIn(), List.of(row, row));
            assertThat(folded.types().size()).isBetween(1, OIDS.size());
        } catch (MalformedValueException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    private static byte[] mutated(byte[] bytes, int kind, int place, int value) {
        if (bytes.length == 0) {
            return new byte[] {(byte) value};
        }
        int at = place % bytes.length;
        return switch (kind) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + value);
            case 2 -> Arrays.copyOfRange(bytes, at, bytes.length);
            default -> {
                byte[] changed = bytes.clone();
                changed[at] = (byte) (kind == 3 ? value : changed[at] ^ 1 << value % 8);
                yield changed;
            }
        };
    }

    @Property(tries = 60_000, edgeCases = EdgeCasesMode.NONE)
    void aMutatedValueGivesAValueOrTheOneException(@ForAll("mutated") Attempt attempt) {
        check(attempt);
    }

    @net.jqwik.api.Example
    void everyProperPrefixIsDecodedOrRefused() {
        for (SampleTypes.Encoding sample : SampleTypes.encodings()) {
            byte[] bytes = sample.bytes().toArray();
            for (int length = 0; length <= bytes.length; length++) {
                check(new Attempt(sample.oid(), sample.binary(), Arrays.copyOf(bytes, length)));
            }
        }
    }

    @net.jqwik.api.Example
    void deepAndLongValuesAreDecodedOrRefusedInLittleTime() {
        List<String> texts = new ArrayList<>();
        for (String part :
                List.of("{", "(", "[", "\"", "\\", "!", "'", "1", "1:", "{1,", "(1,2),", "'a' & ", "( ", "1 ")) {
            texts.add(part.repeat(100_000));
        }
        texts.add("1e" + "9".repeat(30));
        texts.add("1e131073");
        texts.add("9".repeat(131_072));
        texts.add("'a'" + " & 'a'".repeat(50_000));
        for (int oid : OIDS) {
            for (String text : texts) {
                check(new Attempt(oid, false, text.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    /** A record may hold anything. */
    private static long flat(int oid) {
        String name = TYPES.required(oid).name();
        return NUMERIC.contains(name) || name.endsWith("record") ? BYTES_FLAT_NUMERIC : BYTES_FLAT;
    }

    private static void check(Attempt attempt) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bytes = attempt.bytes();
        Codec<?> codec = TYPES.codec(attempt.oid());
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Object value = TypeRegistry.decode(codec, attempt.binary(), bytes, 0, bytes.length);
            assertThat(value).as("%s", attempt).isNotNull();
        } catch (MalformedValueException e) {
            assertThat(e.reason()).as("%s", attempt).doesNotContain("its codec failed");
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("%s", attempt).isLessThan(flat(attempt.oid()) + bytes.length * BYTES_PER_BYTE);
    }
}
