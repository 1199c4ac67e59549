package org.pgreel.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;
import org.pgreel.tap.WireTap;

/** Bytes of small conversations, written by hand so that tests of the recorder trust no encoder. */
public final class Conversations {

    private Conversations() {}

    /** Returns who talks to whom in these conversations. */
    public static SessionOpening opening() {
        return new SessionOpening(
                SessionOpening.Role.PROXY, "127.0.0.1:50001", "127.0.0.1:5432", Map.of("user", "alice"));
    }

    /** Returns a message: type, length, body. */
    public static byte[] message(char type, byte[]... parts) {
        byte[] body = join(parts);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    /** Returns a message without a type. */
    public static byte[] startup(int code, byte[]... parts) {
        byte[] body = join(parts);
        return ByteBuffer.allocate(8 + body.length)
                .putInt(8 + body.length)
                .putInt(code)
                .put(body)
                .array();
    }

    /** Returns a string with the zero that ends it. */
    public static byte[] string(String text) {
        return bytes(text + "\0");
    }

    /** Returns the bytes of a text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a number of four bytes. */
    public static byte[] int4(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** Returns all bytes, one part behind the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Returns a StartupMessage of alice. */
    public static byte[] startupOfAlice() {
        return startup(196608, string("user"), string("alice"), new byte[1]);
    }

    /** Returns what a server says that trusts the client, up to its first ReadyForQuery. */
    public static byte[] greeting() {
        return join(
                message('R', int4(0)),
                message('S', string("server_version"), string("18.6")),
                message('K', int4(4711), int4(0x5ec2e700)),
                message('Z', bytes("I")));
    }

    /** Returns a Query. */
    public static byte[] query(String sql) {
        return message('Q', string(sql));
    }

    /** Returns the answer to a query that gives one text. */
    public static byte[] oneRow(String value) {
        return join(
                message('D', new byte[] {0, 1}, int4(value.length()), bytes(value)),
                message('C', string("SELECT 1")),
                message('Z', bytes("I")));
    }

    /**
     * Lets a session happen: a login on trust, queries with one row each, a Terminate.
     *
     * @param recorder who hears of it
     * @param queries how many queries
     */
    public static void happen(WireTap recorder, int queries) {
        SessionTap session = begin(recorder);
        for (int i = 0; i < queries; i++) {
            ask(session, i);
        }
        end(session);
    }

    /** Lets a session begin: a login on trust. */
    public static SessionTap begin(WireTap recorder) {
        SessionTap session = recorder.sessionOpened(opening());
        session.connectionOpened(1);
        written(session, startupOfAlice());
        read(session, greeting());
        return session;
    }

    /** Lets a query happen whose text and row carry a number. */
    public static void ask(SessionTap session, int number) {
        written(session, query("select 'number " + number + "'"));
        read(session, oneRow("number " + number));
    }

    /** Lets a session end by a Terminate. */
    public static void end(SessionTap session) {
        written(session, message('X'));
        session.connectionClosed(1, EndKind.FIN, By.CLIENT);
        session.closed(By.CLIENT, EndKind.FIN);
    }

    /** Lets the frontend of connection 1 say something. */
    public static void written(SessionTap session, byte[] bytes) {
        session.written(1, bytes, 0, bytes.length);
    }

    /** Lets the backend of connection 1 say something. */
    public static void read(SessionTap session, byte[] bytes) {
        session.read(1, bytes, 0, bytes.length);
    }
}
