package org.pgreel.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgreel.protocol.wire.Bytes;

/** The built-in types and some made of them, and encodings of values of each. */
final class SampleTypes {
    /** A value of a type as it travels. */
    record Encoding(int oid, boolean binary, Bytes bytes) {}

    private static final int HSTORE = 70_000;
    private static final int LTREE = 70_002;
    private static final int VECTOR = 70_003;
    private static final int HALFVEC = 70_004;
    private static final int SPARSEVEC = 70_005;
    private static final int MOOD = 70_006;
    private static final int ADDRESS = 70_007;
    private static final int PERSON = 70_008;
    private static final int PEOPLE = 70_009;
    private static final int POSITIVE = 70_010;

    static final TypeRegistry REGISTRY = TypeRegistry.builtIn()
            .with(List.of(
                    PgType.base(HSTORE, "hstore"),
                    PgType.array(HSTORE + 1, "_hstore", HSTORE),
                    PgType.base(LTREE, "ltree"),
                    PgType.base(VECTOR, "vector"),
                    PgType.base(HALFVEC, "halfvec"),
                    PgType.base(SPARSEVEC, "sparsevec"),
                    PgType.enumeration(MOOD, "mood", List.of("sad", "ok")),
                    PgType.composite(
                            ADDRESS,
                            "address",
                            List.of(new PgType.Field("street", 25), new PgType.Field("numbers", 1007))),
                    PgType.composite(
                            PERSON,
                            "person",
                            List.of(
                                    new PgType.Field("name", 25),
                                    new PgType.Field("home", ADDRESS),
                                    new PgType.Field("mood", MOOD),
                                    new PgType.Field("income", 3906))),
                    PgType.array(PEOPLE, "_person", PERSON),
                    PgType.domain(POSITIVE, "positive", 23)));

    private static final Map<String, String> ALIASES =
            Map.of("\"char\"", "char", "bit(3)", "bit", "bit(8)", "bit", "varchar(5)", "varchar", "char(8)", "bpchar");

    private SampleTypes() {}

    /** Returns all types, in order. */
    static List<Integer> oids() {
        return REGISTRY.types().stream().map(PgType::oid).toList();
    }

    /** Returns encodings of what the files of literals hold, as far as those are spelled as the server does, and more. */
    static List<Encoding> encodings() {
        List<Encoding> encodings = new ArrayList<>();
        for (String file : List.of("/types/literals.txt", "/types/extensions.txt")) {
            for (Literals.Literal literal : Literals.of(file)) {
                String name = literal.type().endsWith("[]")
                        ? "_" + literal.type().substring(0, literal.type().length() - 2)
                        : ALIASES.getOrDefault(literal.type(), literal.type());
                REGISTRY.typeNamed(name).ifPresent(type -> add(type.oid(), literal.text(), encodings));
            }
        }
        add(MOOD, "ok", encodings);
        add(ADDRESS, "(\"Main St\",\"{1,NULL}\")", encodings);
        add(PERSON, "(Ann,\"(Main,{1})\",ok,\"[1.5,2)\")", encodings);
        add(PEOPLE, "{\"(Ann,\\\"(Main,{1})\\\",ok,\\\"[1.5,2)\\\")\",NULL}", encodings);
        encodings.add(new Encoding(2249, true, Bytes.ofHex("00000002 00000017 00000004 0000002a 00000019 ffffffff")));
        return encodings;
    }

    private static void add(int oid, String text, List<Encoding> encodings) {
        encodings.add(new Encoding(oid, false, Bytes.utf8(text)));
        binary(oid, text, REGISTRY.codec(oid), encodings);
    }

    private static <T> void binary(int oid, String text, Codec<T> codec, List<Encoding> encodings) {
        try {
            var out = new ValueWriter();
            codec.writeBinary(codec.parse(text), out);
            encodings.add(new Encoding(oid, true, out.toBytes()));
        } catch (MalformedValueException e) {
            // Spelled otherwise than the server spells it; the text alone is a sample.
        }
    }
}
