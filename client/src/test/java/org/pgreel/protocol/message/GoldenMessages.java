package org.pgreel.protocol.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pgreel.protocol.message.ErrorFields.Field;
import org.pgreel.protocol.message.StartupMessage.Parameter;
import org.pgreel.protocol.wire.Bytes;

/** Every message with the bytes that the manual's chapter "Message Formats" gives it; written by hand. */
public final class GoldenMessages {
    /** How the message is found in a stream. */
    public enum Form {
        FRONTEND,
        BACKEND,
        UNTYPED,
        ANSWER
    }

    /**
     * A message and its bytes.
     *
     * @param openFrom the length of body from which on any length is legal, or −1 when none but the one is
     */
    public record Row(Form form, Message message, Bytes bytes, PasswordKind passwordKind, int openFrom) {
        Row openFrom(int length) {
            return new Row(form, message, bytes, passwordKind, length);
        }

        int headerLength() {
            return form == Form.ANSWER ? 0 : form == Form.UNTYPED ? 4 : 5;
        }

        /** Decodes a body as that of this row's message. */
        Message decode(byte[] body) {
            return switch (form) {
                case FRONTEND -> FrontendMessageDecoder.decode(bytes.byteAt(0), body, 0, body.length, passwordKind);
                case BACKEND -> BackendMessageDecoder.decode(bytes.byteAt(0), body, 0, body.length);
                case UNTYPED -> FrontendMessageDecoder.decodeUntyped(body, 0, body.length);
                case ANSWER -> message instanceof SSLResponse ? new SSLResponse(body[0]) : new GSSENCResponse(body[0]);
            };
        }

        byte[] body() {
            return bytes.slice(headerLength(), bytes.length()).toArray();
        }

        @Override
        public String toString() {
            return message.name() + " " + bytes.hex();
        }
    }

    /** The table. */
    public static final List<Row> ALL = List.of(
            untyped(
                    new StartupMessage(StartupMessage.VERSION_3_0, parameters("user", "pony", "database", "7669")),
                    "00000021 00030000 7573657200 706f6e7900 646174616261736500 3736363900 00"),
            untyped(
                    new StartupMessage(
                            StartupMessage.VERSION_3_2, List.of(new Parameter("user", "a"), new Parameter("user", ""))),
                    "00000016 00030002 7573657200 6100 7573657200 00 00"),
            untyped(new StartupMessage(3 << 16 | 9999, List.of()), "00000009 0003270f 00"),
            untyped(new SSLRequest(), "00000008 04d2162f"),
            untyped(new GSSENCRequest(), "00000008 04d21630"),
            untyped(new CancelRequest(12345, key(67890)), "00000010 04d2162e 00003039 00010932")
                    .openFrom(12),
            untyped(
                            new CancelRequest(-7, Bytes.ofHex("0001020304050607")),
                            "00000014 04d2162e fffffff9 0001020304050607")
                    .openFrom(12),
            frontend(new PasswordMessage("pwd"), "70 00000008 70776400"),
            frontend(new PasswordMessage(""), "70 00000005 00"),
            password(
                    new SASLInitialResponse("SCRAM-SHA-256", Bytes.utf8("n,,n=,r=abc")),
                    "70 00000021 534352414d2d5348412d32353600 0000000b 6e2c2c6e3d2c723d616263",
                    PasswordKind.SASL_INITIAL),
            password(
                    new SASLInitialResponse("SCRAM-SHA-256", null),
                    "70 00000016 534352414d2d5348412d32353600 ffffffff",
                    PasswordKind.SASL_INITIAL),
            password(
                    new SASLInitialResponse("OAUTHBEARER", Bytes.EMPTY),
                    "70 00000014 4f4155544842454152455200 00000000",
                    PasswordKind.SASL_INITIAL),
            password(
                            new SASLResponse(Bytes.utf8("c=biws,r=abc,p=dGVzd")),
                            "70 00000018 633d626977732c723d6162632c703d6447567a64",
                            PasswordKind.SASL)
                    .openFrom(0),
            password(new GSSResponse(Bytes.ofHex("6082")), "70 00000006 6082", PasswordKind.GSS)
                    .openFrom(0),
            frontend(
                    new Query("SELECT 1, 2, 3 FROM tabl"),
                    "51 0000001d 53454c45435420312c20322c20332046524f4d207461626c00"),
            frontend(new Query("sélect '\uDCFF'"), "51 00000010 73c3a96c6563742027 ff2700"),
            frontend(new Parse("", "S $1", List.of()), "50 0000000c 00 5320243100 0000"),
            frontend(new Parse("", "S $1", List.of(23)), "50 00000010 00 5320243100 0001 00000017"),
            frontend(
                    new Parse("s1", "select $1, $2", List.of(0, -1)),
                    "50 0000001f 733100 73656c6563742024312c20243200 0002 00000000 ffffffff"),
            frontend(
                    new Bind("", "", List.of(0), Values.ofText("abc"), List.of(1)),
                    "42 00000017 00 00 0001 0000 0001 00000003 616263 0001 0001"),
            frontend(
                    new Bind("", "", List.of(0), Values.ofText((String) null), List.of(1)),
                    "42 00000014 00 00 0001 0000 0001 ffffffff 0001 0001"),
            frontend(new Bind("", "", List.of(), Values.EMPTY, List.of(1)), "42 0000000e 00 00 0000 0000 0001 0001"),
            frontend(
                    new Bind("", "", List.of(1), Values.of(List.of(key(42))), List.of(1)),
                    "42 00000018 00 00 0001 0001 0001 00000004 0000002a 0001 0001"),
            frontend(
                    new Bind("", "", List.of(1, 1, 1, 1), dateValues(), List.of(1)),
                    "42 0000004a 00 00 0004 0001 0001 0001 0001 0004 00000008 0000000000000000 00000008 0000000000000000 00000004 00000000 00000010 00000000000000000000000000000000 0001 0001"),
            frontend(
                    new Bind("p", "s", List.of(0, 1, 0), threeValues(), List.of(1)),
                    "42 0000002b 7000 7300 0003 0000 0001 0000 0003 00000005 68656c6c6f 00000004 0000002a ffffffff 0001 0001"),
            frontend(new Describe(Target.PORTAL, ""), "44 00000006 50 00"),
            frontend(new Describe(Target.STATEMENT, "s1"), "44 00000008 53 733100"),
            frontend(new Close(Target.STATEMENT, "s1"), "43 00000008 53 733100"),
            frontend(new Close(Target.PORTAL, ""), "43 00000006 50 00"),
            frontend(new Execute("", 0), "45 00000009 00 00000000"),
            frontend(new Execute("p", 50), "45 0000000a 7000 00000032"),
            frontend(new Flush(), "48 00000004"),
            frontend(new Sync(), "53 00000004"),
            frontend(
                    new FunctionCall(1598, List.of(), Values.ofText("7", null), 1),
                    "46 00000017 0000063e 0000 0002 00000001 37 ffffffff 0001"),
            frontend(new CopyData(Bytes.utf8("abc")), "64 00000007 616263").openFrom(0),
            frontend(new CopyDone(), "63 00000004"),
            frontend(new CopyFail("err"), "66 00000008 65727200"),
            frontend(new Terminate(), "58 00000004"),
            frontend(new UnknownMessage((byte) 'y', Bytes.ofHex("00ff")), "79 00000006 00ff")
                    .openFrom(0),
            answer(new SSLResponse((byte) 'S'), "53"),
            answer(new GSSENCResponse((byte) 'N'), "4e"),
            backend(new AuthenticationOk(), "52 00000008 00000000"),
            backend(new AuthenticationKerberosV5(), "52 00000008 00000002"),
            backend(new AuthenticationCleartextPassword(), "52 00000008 00000003"),
            backend(new AuthenticationMD5Password(Bytes.ofHex("01020304")), "52 0000000c 00000005 01020304"),
            backend(new AuthenticationGSS(), "52 00000008 00000007"),
            backend(new AuthenticationGSSContinue(Bytes.ofHex("0506")), "52 0000000a 00000008 0506")
                    .openFrom(4),
            backend(new AuthenticationSSPI(), "52 00000008 00000009"),
            backend(
                    new AuthenticationSASL(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
                    "52 0000002a 0000000a 534352414d2d5348412d3235362d504c555300 534352414d2d5348412d32353600 00"),
            backend(new AuthenticationSASL(List.of()), "52 00000009 0000000a 00"),
            backend(
                            new AuthenticationSASLContinue(Bytes.utf8("r=abcd,s=QQ==,i=4096")),
                            "52 0000001c 0000000b 723d616263642c733d51513d3d2c693d34303936")
                    .openFrom(4),
            backend(new AuthenticationSASLFinal(Bytes.utf8("v=AAAA")), "52 0000000e 0000000c 763d41414141")
                    .openFrom(4),
            backend(new AuthenticationUnknown(6, Bytes.EMPTY), "52 00000008 00000006")
                    .openFrom(4),
            backend(new BackendKeyData(4711, key(-2)), "4b 0000000c 00001267 fffffffe")
                    .openFrom(8),
            backend(
                            new BackendKeyData(-4711, Bytes.ofHex("ff".repeat(32))),
                            "4b 00000028 ffffed99 ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
                    .openFrom(8),
            backend(new BindComplete(), "32 00000004"),
            backend(new CloseComplete(), "33 00000004"),
            backend(new CommandComplete("INSERT 0 1"), "43 0000000f 494e534552542030203100"),
            backend(new CommandComplete(""), "43 00000005 00"),
            backend(new CopyInResponse(0, List.of(0, 0)), "47 0000000b 00 0002 0000 0000"),
            backend(new CopyOutResponse(1, List.of(1)), "48 00000009 01 0001 0001"),
            backend(new CopyBothResponse(0, List.of()), "57 00000007 00 0000"),
            backend(new CopyData(Bytes.EMPTY), "64 00000004").openFrom(0),
            backend(new CopyDone(), "63 00000004"),
            backend(new DataRow(Values.ofText("1", null, "")), "44 00000013 0003 00000001 31 ffffffff 00000000"),
            backend(new DataRow(Values.EMPTY), "44 00000006 0000"),
            backend(new EmptyQueryResponse(), "49 00000004"),
            backend(
                    ErrorResponse.of("ERROR", "42601", "no"),
                    "45 0000001e 53 4552524f5200 56 4552524f5200 43 343236303100 4d 6e6f00 00"),
            backend(
                    new ErrorResponse(new ErrorFields(List.of(new Field('\u00e9', ""), new Field('M', "\uDCE9")))),
                    "45 0000000a e900 4de900 00"),
            backend(new ErrorResponse(new ErrorFields(List.of())), "45 00000005 00"),
            backend(
                    NoticeResponse.of("WARNING", "01000", "hi"),
                    "4e 00000022 53 5741524e494e4700 56 5741524e494e4700 43 303130303000 4d 686900 00"),
            backend(new FunctionCallResponse(Bytes.utf8("x")), "56 00000009 00000001 78"),
            backend(new FunctionCallResponse(null), "56 00000008 ffffffff"),
            backend(
                    new NegotiateProtocolVersion(3 << 16, List.of("_pq_.a", "")),
                    "76 00000014 00030000 00000002 5f70715f2e6100 00"),
            backend(new NoData(), "6e 00000004"),
            backend(new NotificationResponse(4711, "chan", "pay"), "41 00000011 00001267 6368616e00 70617900"),
            backend(new ParameterDescription(List.of(23, 25)), "74 0000000e 0002 00000017 00000019"),
            backend(new ParameterStatus("TimeZone", "UTC"), "53 00000011 54696d655a6f6e6500 55544300"),
            backend(new ParseComplete(), "31 00000004"),
            backend(new PortalSuspended(), "73 00000004"),
            backend(new ReadyForQuery(TransactionStatus.IDLE), "5a 00000005 49"),
            backend(new ReadyForQuery(TransactionStatus.IN_BLOCK), "5a 00000005 54"),
            backend(new ReadyForQuery(TransactionStatus.FAILED), "5a 00000005 45"),
            backend(new RowDescription(List.of()), "54 00000006 0000"),
            backend(
                    new RowDescription(List.of(
                            new FieldDescription("n", 16384, -7, 23, 4, -1, 1), FieldDescription.of("", 25, -1))),
                    "54 0000002d 0002 6e00 00004000 fff9 00000017 0004 ffffffff 0001 00 00000000 0000 00000019 ffff ffffffff 0000"),
            backend(new UnknownMessage((byte) '/', Bytes.EMPTY), "2f 00000004").openFrom(0));

    private GoldenMessages() {}

    private static Row frontend(Message message, String hex) {
        return new Row(Form.FRONTEND, message, Bytes.ofHex(hex), PasswordKind.PASSWORD, -1);
    }

    private static Row password(Message message, String hex, PasswordKind kind) {
        return new Row(Form.FRONTEND, message, Bytes.ofHex(hex), kind, -1);
    }

    private static Row backend(Message message, String hex) {
        return new Row(Form.BACKEND, message, Bytes.ofHex(hex), PasswordKind.PASSWORD, -1);
    }

    private static Row untyped(Message message, String hex) {
        return new Row(Form.UNTYPED, message, Bytes.ofHex(hex), PasswordKind.PASSWORD, -1);
    }

    private static Row answer(Message message, String hex) {
        return new Row(Form.ANSWER, message, Bytes.ofHex(hex), PasswordKind.PASSWORD, -1);
    }

    private static List<Parameter> parameters(String... namesAndValues) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(new Parameter(namesAndValues[i], namesAndValues[i + 1]));
        }
        return parameters;
    }

    private static Bytes key(int value) {
        return Bytes.wrap(new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    private static Values threeValues() {
        return Values.of(Arrays.asList(Bytes.utf8("hello"), key(42), null));
    }

    /** A timestamp, a time, a date and an interval in binary, all zero. */
    private static Values dateValues() {
        return Values.of(List.of(zeros(8), zeros(8), zeros(4), zeros(16)));
    }

    private static Bytes zeros(int length) {
        return Bytes.wrap(new byte[length]);
    }
}
