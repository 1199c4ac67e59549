package org.pgreel.type;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.protocol.wire.Bytes;

/** A literal through a server and back, in text and in binary. */
final class RoundTrip {
    /** Java writes the same numbers otherwise, and the styles of interval and tsquery are the server's affair. */
    private static final Set<String> SPELLED_OTHERWISE = Set.of(
            "float4",
            "float8",
            "interval",
            "tsquery",
            "point",
            "lseg",
            "box",
            "path",
            "polygon",
            "line",
            "circle",
            "vector",
            "halfvec",
            "sparsevec");

    private final TypedSession session;
    private final TypeRegistry types;
    private final String type;
    private final String name;
    private final boolean received;
    private final List<String> problems;

    /** What the server makes of a value in the two formats. */
    private record Seen(int typeOid, Bytes text, @Nullable Bytes binary) {}

    private RoundTrip(TypedSession session, TypeRegistry types, Literals.Literal literal, List<String> problems) {
        this.session = session;
        this.types = types;
        this.type = literal.type();
        this.name = literal.type() + " '" + literal.text() + "'";
        this.received = literal.received();
        this.problems = problems;
    }

    /** Adds what was not as it has to be. */
    static void check(TypedSession session, TypeRegistry types, Literals.Literal literal, List<String> problems) {
        var trip = new RoundTrip(session, types, literal, problems);
        try {
            Seen seen = trip.seen(Parameter.text(literal.text()));
            trip.check(seen, types.codec(seen.typeOid()));
        } catch (Exception e) {
            problems.add(trip.name + ": " + e);
        }
    }

    private Seen seen(Parameter value) throws Exception {
        var query = ParameterizedQuery.of("SELECT $1::" + type, List.of(value));
        Row text = session.query(query).onlyRow();
        int oid = text.description().columns().get(0).typeOid();
        Bytes binary = types.codec(oid).formats().hasBinary()
                ? session.query(query.withBinaryResults()).onlyRow().bytes(0)
                : null;
        return new Seen(oid, Objects.requireNonNull(text.bytes(0)), binary);
    }

    private <T> void check(Seen seen, Codec<T> codec) throws Exception {
        T fromText = decode(codec, false, seen.text());
        if (seen.binary() != null) {
            T fromBinary = decode(codec, true, seen.binary());
            if (!comparable(fromText).equals(comparable(fromBinary))) {
                problems.add(name + ": text gives " + fromText + ", binary " + fromBinary);
            }
            var out = new ValueWriter();
            codec.writeBinary(fromBinary, out);
            if (!out.toBytes().equals(seen.binary())) {
                problems.add(name + ": written " + out.toBytes().hex() + ", the server's "
                        + seen.binary().hex());
            }
            if (received) {
                Seen again = seen(Parameter.binary(seen.typeOid(), out.toBytes()));
                if (!again.equals(seen)) {
                    problems.add(name + ": binary comes back as " + again.text().text());
                }
            }
        }
        if (codec.formats().hasText()) {
            if (!SPELLED_OTHERWISE.contains(type.replace("[]", ""))
                    && !codec.print(fromText).equals(seen.text().text())) {
                problems.add(name + ": printed " + codec.print(fromText) + ", the server's "
                        + seen.text().text());
            }
            Seen again = seen(Parameter.text(codec.print(fromText)));
            if (!again.equals(seen)) {
                problems.add(name + ": as text " + codec.print(fromText) + " comes back as "
                        + again.text().text());
            }
        }
    }

    private static <T> T decode(Codec<T> codec, boolean binary, Bytes bytes) {
        byte[] buffer = bytes.toArray();
        return TypeRegistry.decode(codec, binary, buffer, 0, buffer.length);
    }

    /** Arrays have no equality of their own. */
    static Object comparable(Object value) {
        return value instanceof byte[] bytes
                ? Bytes.wrap(bytes)
                : value instanceof PgArray<?> array ? array.map(RoundTrip::comparable) : value;
    }
}
