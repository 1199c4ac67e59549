package org.pgreel.recorder.masking;

import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.int4;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.message;
import static org.pgreel.recorder.Conversations.startup;
import static org.pgreel.recorder.Conversations.startupOfAlice;
import static org.pgreel.recorder.Conversations.string;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.pgreel.protocol.wire.Direction;

/** Every way to log in, with the secrets that must appear nowhere. The SCRAM exchange is that of RFC 7677. */
final class Logins {

    static final String PASSWORD = "pencil-of-alice!";
    static final String PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    static final String SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
    static final String MD5_RESPONSE = "md5a1b2c3d4e5f60718293a4b5c6d7e8f90";
    static final String TOKEN = "eyJhbGciOi.bearer-token.c2lnbmF0dXJl";
    static final byte[] GSS_TOKEN = HexFormat.of().parseHex("60820251deadbeefcafef00d0102030405060708ff00");
    static final byte[] KEY = HexFormat.of().parseHex("5ec2e70a");
    static final byte[] LONG_KEY =
            HexFormat.of().parseHex("00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef");

    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST = "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private Logins() {}

    /** What one side says, as one write. */
    record Step(Direction direction, byte[] bytes) {}

    /** A login, and what must not be stored of it. */
    record Login(String name, List<Step> steps, List<byte[]> secrets) {

        @Override
        public String toString() {
            return name;
        }

        /** Returns the spellings in which a secret could show itself. */
        List<byte[]> spellings() {
            List<byte[]> spellings = new ArrayList<>();
            for (byte[] secret : secrets) {
                spellings.add(secret);
                spellings.add(Base64.getEncoder().encode(secret));
                spellings.add(bytes(HexFormat.of().formatHex(secret)));
                spellings.add(bytes(HexFormat.of().withUpperCase().formatHex(secret)));
            }
            return spellings;
        }
    }

    static Stream<Login> all() {
        return Stream.of(
                login("cleartext", List.of(f(startupOfAlice()), b(request(3)), f(password(PASSWORD))), bytes(PASSWORD)),
                login(
                        "md5",
                        List.of(f(startupOfAlice()), b(request(5, int4(0x01020304))), f(password(MD5_RESPONSE))),
                        bytes(MD5_RESPONSE),
                        bytes(MD5_RESPONSE.substring(3))),
                scram("SCRAM-SHA-256", "n,,", "biws"),
                scram("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,", "cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAAEC"),
                login(
                        "OAUTHBEARER",
                        List.of(
                                f(startupOfAlice()),
                                b(request(10, string("OAUTHBEARER"), new byte[1])),
                                f(initial("OAUTHBEARER", "n,,\u0001auth=Bearer " + TOKEN + "\u0001\u0001"))),
                        bytes(TOKEN)),
                login(
                        "OAUTHBEARER refused",
                        List.of(
                                f(startupOfAlice()),
                                b(request(10, string("OAUTHBEARER"), new byte[1])),
                                f(initial("OAUTHBEARER", "n,,\u0001auth=Bearer " + TOKEN + "\u0001\u0001")),
                                b(request(11, bytes("{\"status\":\"invalid_token\"}"))),
                                f(message('p', bytes("\u0001")))),
                        bytes(TOKEN)),
                login(
                        "GSS",
                        List.of(
                                f(startupOfAlice()),
                                b(request(7)),
                                f(message('p', GSS_TOKEN)),
                                b(request(8, GSS_TOKEN)),
                                f(message('p', GSS_TOKEN))),
                        GSS_TOKEN),
                login("SSPI", List.of(f(startupOfAlice()), b(request(9)), f(message('p', GSS_TOKEN))), GSS_TOKEN),
                login(
                        "behind SSLRequest and GSSENCRequest",
                        List.of(
                                f(startup(80877104)),
                                b(bytes("N")),
                                f(startup(80877103)),
                                b(bytes("S")),
                                f(startupOfAlice()),
                                b(request(3)),
                                f(password(PASSWORD))),
                        bytes(PASSWORD)),
                login(
                        "a password where SASL was asked for",
                        List.of(
                                f(startupOfAlice()),
                                b(request(10, string("SCRAM-SHA-256"), new byte[1])),
                                f(password(PASSWORD))),
                        bytes(PASSWORD)),
                login(
                        "a password that nobody asked for",
                        List.of(f(startupOfAlice()), f(password(PASSWORD))),
                        bytes(PASSWORD)),
                login(
                        "a password behind AuthenticationOk",
                        List.of(f(startupOfAlice()), b(request(0)), f(password(PASSWORD))),
                        bytes(PASSWORD)),
                login(
                        "secrets among the start-up parameters",
                        List.of(
                                f(startupWith("user", "alice", "password", PASSWORD, "application_name", "psql")),
                                b(request(3)),
                                f(password(PASSWORD))),
                        bytes(PASSWORD)),
                login(
                        "secrets of every name among the start-up parameters",
                        List.of(f(startupWith(
                                "my.ApiToken",
                                TOKEN,
                                "client_SECRET",
                                PROOF,
                                "SSLPassword",
                                PASSWORD,
                                "passfile",
                                MD5_RESPONSE))),
                        bytes(TOKEN),
                        bytes(PROOF),
                        bytes(PASSWORD),
                        bytes(MD5_RESPONSE)),
                login(
                        "a secret that no zero ends among the start-up parameters",
                        List.of(f(startup(196608, string("user"), string("alice"), string("token"), bytes(TOKEN)))),
                        bytes(TOKEN)),
                new Login(
                        "key of protocol 3.2",
                        List.of(
                                f(startup(196610, string("user"), string("alice"), new byte[1])),
                                b(join(request(0), message('K', int4(4711), LONG_KEY), message('Z', bytes("I"))))),
                        List.of(LONG_KEY)),
                new Login("cancel", List.of(f(startup(80877102, int4(4711), KEY))), List.of(KEY)),
                new Login(
                        "cancel of protocol 3.2",
                        List.of(f(startup(80877102, int4(4711), LONG_KEY))),
                        List.of(LONG_KEY)));
    }

    private static Login scram(String mechanism, String gs2, String binding) {
        String last = "c=" + binding + ",r=" + SERVER_NONCE + ",p=" + PROOF;
        return login(
                mechanism,
                List.of(
                        f(startupOfAlice()),
                        b(request(10, string("SCRAM-SHA-256-PLUS"), string("SCRAM-SHA-256"), new byte[1])),
                        f(initial(mechanism, gs2 + "n=,r=" + NONCE)),
                        b(request(11, bytes(SERVER_FIRST))),
                        f(message('p', bytes(last))),
                        b(request(12, bytes("v=" + SIGNATURE)))),
                bytes(PROOF),
                Base64.getDecoder().decode(PROOF),
                bytes(SIGNATURE),
                Base64.getDecoder().decode(SIGNATURE));
    }

    private static Login login(String name, List<Step> steps, byte[]... secrets) {
        List<Step> all = new ArrayList<>(steps);
        byte[] key = join(int4(4711), KEY);
        all.add(b(join(request(0), message('K', key), message('Z', bytes("I")))));
        all.add(f(message('Q', string("select 1"))));
        List<byte[]> list = new ArrayList<>(List.of(secrets));
        list.add(KEY);
        return new Login(name, all, list);
    }

    /** Returns a StartupMessage with these names and values. */
    static byte[] startupWith(String... namesAndValues) {
        byte[] parameters = new byte[0];
        for (String word : namesAndValues) {
            parameters = join(parameters, string(word));
        }
        return startup(196608, parameters, new byte[1]);
    }

    static byte[] request(int code, byte[]... data) {
        return message('R', int4(code), join(data));
    }

    static byte[] password(String password) {
        return message('p', string(password));
    }

    private static byte[] initial(String mechanism, String data) {
        return message('p', string(mechanism), int4(data.length()), bytes(data));
    }

    static Step f(byte[] bytes) {
        return new Step(Direction.FRONTEND, bytes);
    }

    static Step b(byte[] bytes) {
        return new Step(Direction.BACKEND, bytes);
    }
}
