package org.pgreel.type;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Row;
import org.pgreel.protocol.wire.Bytes;

/**
 * Compares the bytes of a codec with those of the server's own functions. What a type's send function returns to SQL has to
 * be what the codec writes for the value that it read from the type's text; so has the field of a binary COPY to the client;
 * and what the codec wrote has to be taken by the receive function, which SQL cannot call but a binary COPY from the client
 * does, and to be the same value then.
 */
final class ServerBytes {
    private static final int SIGNATURE = 11;
    private static final int COPY_HEADER = SIGNATURE + 2 * Integer.BYTES;
    private static final long PATIENCE_SECONDS = 60;

    /** The call for a value v: some types share the function of another. */
    private static final String SEND_FUNCTION = """
            SELECT t.oid::text,
                   p.oid::regproc || '(v'
                   || CASE WHEN a.typtype = 'p' OR a.oid = t.oid THEN '' ELSE '::' || a.oid::regtype END || ')'
              FROM pg_type t JOIN pg_proc p ON p.oid = t.typsend JOIN pg_type a ON a.oid = p.proargtypes[0]
             WHERE t.oid = '%s'::regtype""";

    private final TypedSession session;
    private final TypeRegistry types;
    private final List<String> problems;
    private int compared;

    /** A value of a type as an expression of SQL, and what its text and its bytes are for the server. */
    private record Sent(String expression, int typeOid, String send, Bytes text, Bytes bytes) {}

    ServerBytes(TypedSession session, TypeRegistry types, List<String> problems) {
        this.session = session;
        this.types = types;
        this.problems = problems;
    }

    /** Returns how many values were compared. */
    int compared() {
        return compared;
    }

    /**
     * Compares a value, if its type has a binary format; what is not as it has to be is a problem.
     *
     * @param expression the value as an expression of SQL
     * @param type the type, as SQL names it
     * @param received whether the server takes in binary what it sends in binary
     */
    void compare(String expression, String type, boolean received) {
        try {
            Sent sent = sent(expression, type);
            if (types.codec(sent.typeOid()).formats().hasBinary()) {
                compare(sent, type, types.codec(sent.typeOid()), received);
                compared++;
            }
        } catch (Exception e) {
            problems.add(expression + ": " + e);
        }
    }

    private Sent sent(String expression, String type) throws Exception {
        Row functions = row(SEND_FUNCTION.formatted(type));
        String send = Objects.requireNonNull(functions.text(1));
        Row row = session.query(ParameterizedQuery.of(
                        "SELECT " + send + ", v FROM (SELECT " + expression + " AS v) AS given", List.of()))
                .onlyRow();
        byte[] bytes = Objects.requireNonNull(row.get(0, byte[].class));
        return new Sent(
                expression,
                (int) Long.parseLong(Objects.requireNonNull(functions.text(0))),
                send,
                Objects.requireNonNull(row.bytes(1)),
                Bytes.wrap(bytes));
    }

    private <T> void compare(Sent sent, String type, Codec<T> codec, boolean received) throws Exception {
        byte[] text = sent.text().toArray();
        T value = TypeRegistry.decode(codec, false, text, 0, text.length);
        var out = new ValueWriter();
        codec.writeBinary(value, out);
        same(sent, "the codec writes", out.toBytes());
        same(sent, "COPY TO STDOUT sends", copiedOut(sent.expression()));
        if (received) {
            same(sent, "having received what the codec wrote, the server sends", copiedIn(sent, type, out.toBytes()));
        }
    }

    private void same(Sent sent, String what, Bytes bytes) {
        if (!bytes.equals(sent.bytes())) {
            problems.add(sent.expression() + ": " + what + " " + bytes.hex() + ", " + sent.send() + " returns "
                    + sent.bytes().hex());
        }
    }

    /** Returns the only field of the only row of a COPY in binary format. */
    private Bytes copiedOut(String expression) throws Exception {
        var data = session.run("COPY (SELECT " + expression + ") TO STDOUT (FORMAT binary)")
                .only()
                .copyData();
        byte[] all = new byte[data.stream().mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes piece : data) {
            piece.copyTo(all, at);
            at += piece.length();
        }
        ByteBuffer row = ByteBuffer.wrap(all, COPY_HEADER, all.length - COPY_HEADER);
        if (row.getShort() != 1) {
            throw new IllegalStateException("COPY sends not one field");
        }
        byte[] field = new byte[row.getInt()];
        row.get(field);
        if (row.getShort() != -1 || row.hasRemaining()) {
            throw new IllegalStateException("COPY sends more than one row");
        }
        return Bytes.wrap(field);
    }

    /** Has the server receive bytes as a value of the type, and returns what its send function makes of that. */
    private Bytes copiedIn(Sent sent, String type, Bytes bytes) throws Exception {
        session.run("CREATE TEMPORARY TABLE received (v " + type + ")");
        try {
            ByteBuffer data =
                    ByteBuffer.allocate(COPY_HEADER + Short.BYTES + Integer.BYTES + bytes.length() + Short.BYTES);
            data.put(HexFormat.of().parseHex("5047434f50590aff0d0a00"))
                    .putInt(0)
                    .putInt(0);
            data.putShort((short) 1).putInt(bytes.length()).put(bytes.toArray()).putShort((short) -1);
            session.session()
                    .copyIn("COPY received FROM STDIN (FORMAT binary)", data.array())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Row back = session.query(ParameterizedQuery.of("SELECT " + sent.send() + ", v FROM received", List.of()))
                    .onlyRow();
            if (!Objects.equals(back.bytes(1), sent.text())) {
                problems.add(sent.expression() + ": received in binary it is the text " + back.text(1));
            }
            return Bytes.wrap(Objects.requireNonNull(back.get(0, byte[].class)));
        } finally {
            session.run("DROP TABLE received");
        }
    }

    private Row row(String sql) throws Exception {
        return session.run(sql).only().onlyRow();
    }

    /** Returns a literal as an expression of SQL, whatever is in it. */
    static String expression(Literals.Literal literal) {
        return "'" + literal.text().replace("'", "''") + "'::" + literal.type();
    }

    /** Returns the literals of each type that a server of that version knows, in order. */
    static List<Literals.Literal> known(String resource, int major) {
        List<Literals.Literal> known = new ArrayList<>(Literals.of(resource));
        known.removeIf(literal -> literal.since() > major);
        return known;
    }
}
