package org.pgreel.recorder.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageReader;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * One message as libpq's {@code PQtrace} prints it in regress mode without times (fe-trace.c): OIDs, process ids and keys
 * are {@code NNNN}, places in the server's source {@code SSSS}, lengths of errors {@code NN}.
 */
final class PqtraceMessage {

    private static final String OID = " NNNN";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final MessageReader body;

    private PqtraceMessage(MessageReader body) {
        this.body = body;
    }

    /** Returns the line with its end; null for CopyData, which libpq does not print. */
    static byte @Nullable [] line(Direction direction, Message message) {
        var writer = new MessageWriter(Integer.MAX_VALUE);
        message.encode(writer);
        byte[] bytes = writer.toBytes().toArray();
        char type = (char) (bytes[0] & 0xff);
        if (type == 'd') {
            return null;
        }
        boolean frontend = direction == Direction.FRONTEND;
        boolean diagnostic = !frontend && (type == 'E' || type == 'N');
        var printed = new PqtraceMessage(new MessageReader(message.name(), bytes, 5, bytes.length));
        printed.text(direction.letter() + "\t" + (diagnostic ? "NN" : Integer.toString(bytes.length - 1)) + "\t");
        if (frontend) {
            printed.frontend(type, message.name());
        } else {
            printed.backend(type, message.name());
        }
        printed.text("\n");
        return printed.line.toByteArray();
    }

    private void text(String text) {
        line.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void frontend(char type, String name) {
        switch (type) {
            case 'B' -> bind();
            case 'C', 'D' -> named(name).octet().string();
            case 'E' -> named(name).string().int32();
            case 'F' -> functionCall();
            case 'P' -> parse();
            case 'Q', 'f' -> named(name).string();
            case 'c', 'H', 'S', 'X' -> text(name);
            default -> unknown(type);
        }
    }

    private void backend(char type, String name) {
        switch (type) {
            case 'A' -> named(name).oid().string().string();
            case 'C' -> named(name).string();
            case 'D' -> {
                named(name);
                values(int16());
            }
            case 'E', 'N' -> diagnostic(name);
            case 'G', 'H', 'W' -> {
                named(name).octet();
                repeat(int16(), this::int16);
            }
            case 'K' -> named(name).oid().oid();
            case 'S' -> named(name).string().string();
            case 'T' -> {
                named(name);
                repeat(
                        int16(),
                        () -> string().oid().number().oid().number().int32().number());
            }
            case 'V' -> {
                named(name);
                value();
            }
            case 'Z' -> named(name).octet();
            case 't' -> {
                named(name);
                repeat(int16(), this::oid);
            }
            case 'v' -> named(name).int32().int32();
            case '1', '2', '3', 'I', 'c', 'n', 's' -> text(name);
            default -> unknown(type);
        }
    }

    private void unknown(char type) {
        text("Unknown message: " + String.format("%02x", (int) type));
    }

    private PqtraceMessage named(String name) {
        text(name + "\t");
        return this;
    }

    private static void repeat(int count, Runnable part) {
        for (int i = 0; i < count; i++) {
            part.run();
        }
    }

    private void bind() {
        named("Bind").string().string();
        repeat(int16(), this::int16);
        values(int16());
        repeat(int16(), this::int16);
    }

    private void parse() {
        named("Parse").string().string();
        repeat(int16(), this::oid);
    }

    private void functionCall() {
        named("FunctionCall").oid();
        repeat(int16(), this::int16);
        values(int16());
        int16();
    }

    private void diagnostic(String name) {
        named(name);
        for (byte letter = body.readByte(); letter != 0; letter = body.readByte()) {
            text(" " + (char) letter);
            if (letter == 'L' || letter == 'F' || letter == 'R') {
                body.readStringBytes();
                text(" \"SSSS\"");
            } else {
                string();
            }
        }
        text(" \\x00");
    }

    private void values(int count) {
        for (int i = 0; i < count; i++) {
            value();
        }
    }

    private void value() {
        int length = body.readInt32();
        text(" " + length);
        if (length < 0) {
            return;
        }
        Bytes value = body.readBytes(length);
        text(" '");
        for (int i = 0; i < length; i++) {
            int octet = value.byteAt(i) & 0xff;
            text(printable(octet) ? String.valueOf((char) octet) : String.format("\\x%02x", octet));
        }
        text("'");
    }

    private static boolean printable(int octet) {
        return octet >= ' ' && octet <= '~';
    }

    private PqtraceMessage octet() {
        int octet = body.readByte() & 0xff;
        text(printable(octet) ? " " + (char) octet : String.format(" \\x%02x", octet));
        return this;
    }

    /** libpq reads these numbers without a sign and shows them so, lengths of types too. */
    private int int16() {
        int value = body.readInt16();
        text(" " + value);
        return value;
    }

    private PqtraceMessage number() {
        int16();
        return this;
    }

    private PqtraceMessage int32() {
        text(" " + body.readInt32());
        return this;
    }

    private PqtraceMessage oid() {
        body.readInt32();
        text(OID);
        return this;
    }

    private PqtraceMessage string() {
        text(" \"");
        line.writeBytes(body.readStringBytes().toArray());
        text("\"");
        return this;
    }
}
