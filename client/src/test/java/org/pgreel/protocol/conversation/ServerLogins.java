package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.authentication.Md5Password;
import org.pgreel.protocol.authentication.SaltedPassword;
import org.pgreel.protocol.authentication.ScramSha256Client;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationSASLContinue;
import org.pgreel.protocol.message.AuthenticationSASLFinal;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.Flush;
import org.pgreel.protocol.message.GSSENCRequest;
import org.pgreel.protocol.message.GSSENCResponse;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.SSLRequest;
import org.pgreel.protocol.message.SSLResponse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Bytes;

/** Ways to log in to a real server, and to be refused. */
final class ServerLogins {
    private static final byte[] PASSWORD = "secret".getBytes(StandardCharsets.UTF_8);
    private static final String LET_IN = "AuthenticationOk BackendKeyData ReadyForQuery";
    private static final int NATIVE_3_2 = 18;

    private final PostgresServer server;

    ServerLogins(PostgresServer server) {
        this.server = server;
    }

    /** One login. */
    record Login(String name, Run run) {}

    /** Logs in, or tries to. */
    interface Run {
        void on(PostgresServer server) throws IOException, GeneralSecurityException;
    }

    List<Login> all() {
        return List.of(
                new Login("login without password", any -> settle(loggedIn(server))),
                new Login("login by password", any -> password()),
                new Login("login by MD5", any -> md5()),
                new Login("login by SCRAM", any -> scram(connect())),
                new Login("login by SCRAM inside TLS", any -> scram(insideTls())),
                new Login("wrong password", any -> wrongPassword()),
                new Login("no such database", any -> noDatabase()),
                new Login("protocol 3.2", any -> protocol32()),
                new Login("an option of the protocol that nobody knows", any -> protocolOption()),
                new Login("encryption by GSSAPI", any -> gss()),
                new Login("cancel", any -> cancel()),
                new Login("Terminate in place of a password", any -> leave()),
                new Login("a timeline of replication ends by CopyDone", any -> replication()),
                new Login("a Sync during replication is the end", any -> replicationEnds()),
                new Login("base backup", any -> baseBackup()),
                new Login("statement_timeout has passed when a Flush comes", any -> timeout()));
    }

    private WireClient connect() throws IOException {
        return WireClient.connect(server.host(), server.port());
    }

    static WireClient loggedIn(PostgresServer server) throws IOException {
        return WireClient.connect(server.host(), server.port())
                .send(startup(StartupMessage.VERSION_3_0, server.user(), server.database(), Map.of()))
                .expect(LET_IN);
    }

    private StartupMessage startup(String user) {
        return startup(StartupMessage.VERSION_3_0, user, server.database(), Map.of());
    }

    private static StartupMessage startup(int version, String user, String database, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>(more);
        parameters.put("user", user);
        parameters.put("database", database);
        return StartupMessage.of(version, parameters);
    }

    /** Shows that nothing is left over: the next answer is that of the next question. */
    static void settle(WireClient client) throws IOException {
        try (client) {
            if (client.conversation().phase() != Phase.ENDED
                    && !client.conversation().isTerminated()) {
                client.send(ServerExchanges.query("select 42"))
                        .expect("RowDescription DataRow CommandComplete ReadyForQuery");
                assertThat(client.conversation().phase()).isEqualTo(Phase.IDLE);
                assertThat(client.conversation().readyOwed()).isEqualTo(ReadyOwed.NONE);
                client.send(new Terminate()).expectEnd();
            }
            client.foldInCausalOrder();
        }
    }

    private void password() throws IOException {
        settle(connect()
                .send(startup("clear"))
                .expect("AuthenticationCleartextPassword")
                .send(new PasswordMessage("secret"))
                .expect(LET_IN));
    }

    private void md5() throws IOException {
        WireClient client = connect().send(startup("md5"));
        byte[] salt = client.next(AuthenticationMD5Password.class).salt().toArray();
        settle(client.send(new PasswordMessage(Md5Password.answer("md5", PASSWORD, salt)))
                .expect(LET_IN));
    }

    private void scram(WireClient client) throws IOException {
        ScramSha256Client scram = ScramSha256Client.unbound("rOprNGfwEbeRWgbNEkqO");
        client.send(startup("scram"))
                .expect("AuthenticationSASL")
                .send(new SASLInitialResponse(scram.mechanism(), Bytes.wrap(scram.firstMessage())));
        var challenge = scram.challenge(
                client.next(AuthenticationSASLContinue.class).data().toArray(), 100_000);
        var proof = challenge.answer(SaltedPassword.derive(PASSWORD, challenge.salt(), challenge.iterations()));
        client.send(new SASLResponse(Bytes.wrap(proof.message())));
        proof.verify(client.next(AuthenticationSASLFinal.class).data().toArray());
        settle(client.expect(LET_IN));
    }

    private WireClient insideTls() throws IOException, GeneralSecurityException {
        WireClient client = connect().send(new SSLRequest());
        assertThat(client.next(SSLResponse.class).answer()).isEqualTo((byte) 'S');
        client.startTls(trusting());
        return client;
    }

    private SSLSocketFactory trusting() throws IOException, GeneralSecurityException {
        byte[] pem = Files.readAllBytes(server.caCertificate().orElseThrow());
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        store.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private void wrongPassword() throws IOException {
        WireClient client = connect()
                .send(startup("clear"))
                .expect("AuthenticationCleartextPassword")
                .send(new PasswordMessage("wrong"))
                .expect("ErrorResponse(FATAL)");
        client.expectEnd();
        settle(client);
    }

    private void noDatabase() throws IOException {
        WireClient client = connect()
                .send(startup(StartupMessage.VERSION_3_0, server.user(), "nowhere", Map.of()))
                .expect("AuthenticationOk ErrorResponse(FATAL)");
        client.expectEnd();
        settle(client);
    }

    private void protocol32() throws IOException {
        String negotiated = server.majorVersion() < NATIVE_3_2 ? "NegotiateProtocolVersion " : "";
        settle(connect()
                .send(startup(StartupMessage.VERSION_3_2, server.user(), server.database(), Map.of()))
                .expect(negotiated + LET_IN));
    }

    private void protocolOption() throws IOException {
        settle(connect()
                .send(startup(
                        StartupMessage.VERSION_3_0, server.user(), server.database(), Map.of("_pq_.unknown", "1")))
                .expect("NegotiateProtocolVersion " + LET_IN));
    }

    /** A server built with GSSAPI is willing even without a key table; then this is as far as it goes. */
    private void gss() throws IOException {
        try (WireClient client = connect().send(new GSSENCRequest())) {
            if (client.next(GSSENCResponse.class).answer() == 'N') {
                settle(client.send(startup(server.user())).expect(LET_IN));
            }
        }
    }

    private void cancel() throws IOException {
        try (WireClient client = connect().send(new CancelRequest(1, Bytes.ofHex("00000000")))) {
            client.expectEnd();
        }
    }

    private void leave() throws IOException {
        WireClient client = connect()
                .send(startup("clear"))
                .expect("AuthenticationCleartextPassword")
                .send(new Terminate())
                .expect("ErrorResponse(FATAL)");
        client.expectEnd();
        settle(client);
    }

    private WireClient walSender() throws IOException {
        return connect()
                .send(startup(
                        StartupMessage.VERSION_3_0,
                        server.user(),
                        server.database(),
                        Map.of("replication", "database")))
                .expect(LET_IN);
    }

    private WireClient replicating() throws IOException {
        return walSender()
                .send(ServerExchanges.query("CREATE_REPLICATION_SLOT s TEMPORARY LOGICAL test_decoding"))
                .expect("RowDescription DataRow CommandComplete ReadyForQuery")
                .send(ServerExchanges.query("START_REPLICATION SLOT s LOGICAL 0/0"))
                .expect("CopyBothResponse");
    }

    private void replication() throws IOException {
        settle(replicating()
                .send(new CopyDone())
                .expect("CopyData* CopyDone CopyData* CommandComplete CommandComplete ReadyForQuery"));
    }

    private void replicationEnds() throws IOException {
        WireClient client = replicating().send(new Sync()).expect("CopyData* ErrorResponse(FATAL)");
        client.expectEnd();
        settle(client);
    }

    private void baseBackup() throws IOException {
        boolean oneCopy = server.majorVersion() >= 15;
        settle(walSender()
                .send(ServerExchanges.query(oneCopy ? "BASE_BACKUP (CHECKPOINT 'fast')" : "BASE_BACKUP FAST"))
                .expect("RowDescription DataRow CommandComplete RowDescription DataRow* CommandComplete")
                .expect("CopyOutResponse CopyData* CopyDone RowDescription DataRow CommandComplete")
                .expect("CommandComplete ReadyForQuery"));
    }

    private void timeout() throws IOException {
        WireClient client = loggedIn(server);
        client.send(ServerExchanges.query("set statement_timeout = 50")).expect("CommandComplete ReadyForQuery");
        client.send(ServerExchanges.parse("select 1"), new Flush()).expect("ParseComplete");
        client.flushUntilAnswered();
        settle(client.expect("ErrorResponse").send(new Sync()).expect("ReadyForQuery"));
    }
}
