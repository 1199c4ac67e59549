package org.pgreel;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.ScramCredential;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.authentication.ScramSha256Server;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.AuthenticationSASL;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.MessageWriter;

/**
 * A backend that goes as far through a SCRAM login as a test wants, one step at a time, on the test's own thread.
 */
final class ScriptedBackend {
    static final String PASSWORD = "opensesame";
    static final byte[] KEY_OF_NOBODY = {1, 2, 3, 4};
    private static final ScramCredential CREDENTIAL =
            ScramCredential.of(PASSWORD, "salt of the test".getBytes(StandardCharsets.UTF_8), ScramSha256.ITERATIONS);

    /** The steps of a login, in order. */
    enum Step {
        STARTUP,
        OFFER,
        FIRST,
        CHALLENGE,
        RESPONSE,
        OUTCOME,
        OK,
        PARAMETERS
    }

    private final DataInputStream in;
    private final OutputStream out;
    private final boolean byteByByte;
    private ScramSha256Server.@Nullable Challenge challenge;
    private byte[] proof = new byte[0];

    private ScriptedBackend(InputStream in, OutputStream out, boolean byteByByte) {
        this.in = new DataInputStream(in);
        this.out = out;
        this.byteByByte = byteByByte;
    }

    static ScriptedBackend on(Socket socket) throws IOException {
        return new ScriptedBackend(socket.getInputStream(), socket.getOutputStream(), false);
    }

    static ScriptedBackend byteByByte(Socket socket) throws IOException {
        return new ScriptedBackend(socket.getInputStream(), socket.getOutputStream(), true);
    }

    void send(Message... messages) throws IOException {
        MessageWriter writer = new MessageWriter();
        for (Message message : messages) {
            message.encode(writer);
        }
        if (!byteByByte) {
            out.write(writer.array(), 0, writer.length());
            return;
        }
        for (int at = 0; at < writer.length(); at++) {
            out.write(writer.array(), at, 1);
            out.flush();
        }
    }

    /** Reads an untyped message: SSLRequest or StartupMessage. */
    byte[] readUntyped() throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    /** Reads a typed message; its type must be the expected one. */
    byte[] readMessage(char type) throws IOException {
        int found = in.read();
        if (found < 0) {
            throw new EOFException("the client ended the connection; expected " + type);
        }
        if (found != type) {
            throw new AssertionError("the client sent " + (char) found + "; expected " + type);
        }
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    /** Goes through the login up to and including a step. */
    void loginUpTo(Step last) throws IOException {
        for (Step step : Step.values()) {
            perform(step);
            if (step == last) {
                return;
            }
        }
    }

    void login() throws IOException {
        loginUpTo(Step.PARAMETERS);
        send(new ReadyForQuery(TransactionStatus.IDLE));
    }

    /** Answers one simple query with one value. */
    void answer(String value) throws IOException {
        readMessage('Q');
        send(
                new RowDescription(List.of(FieldDescription.of("answer", 25, -1))),
                new DataRow(Values.ofText(value)),
                new CommandComplete(Bytes.utf8("SELECT 1")),
                new ReadyForQuery(TransactionStatus.IDLE));
    }

    private void perform(Step step) throws IOException {
        switch (step) {
            case STARTUP -> readUntyped();
            case OFFER -> send(new AuthenticationSASL(List.of(ScramSha256.MECHANISM)));
            case FIRST ->
                challenge = ScramSha256Server.unbound(CREDENTIAL, "nonceOfTheServer")
                        .challenge(ScramSha256.MECHANISM, clientFirst(readMessage('p')));
            case CHALLENGE ->
                send(new AuthenticationSASLContinue(Bytes.wrap(challenged().message())));
            case RESPONSE -> proof = challenged().verify(readMessage('p'));
            case OUTCOME -> send(new AuthenticationSASLFinal(Bytes.wrap(proof)));
            case OK -> send(new AuthenticationOk());
            case PARAMETERS ->
                send(
                        new ParameterStatus("client_encoding", "UTF8"),
                        new BackendKeyData(4711, Bytes.wrap(KEY_OF_NOBODY)));
        }
    }

    private ScramSha256Server.Challenge challenged() {
        if (challenge == null) {
            throw new AssertionError("the login has not come so far");
        }
        return challenge;
    }

    /** Returns what follows the mechanism's name and the length in SASLInitialResponse. */
    private static byte[] clientFirst(byte[] body) {
        int name = ScramSha256.MECHANISM.length() + 1;
        byte[] data = new byte[body.length - name - Integer.BYTES];
        System.arraycopy(body, name + Integer.BYTES, data, 0, data.length);
        return data;
    }
}
