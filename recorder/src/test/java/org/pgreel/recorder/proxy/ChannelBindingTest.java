package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.CertificateAuthority;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recordings;

/** The ways in which psql logs in by SCRAM through a proxy, and what becomes of its binding to the channel. */
@Timeout(120)
class ChannelBindingTest {

    private static final String PASSWORD = "a password that nobody else has";

    @TempDir
    static Path files;

    @TempDir
    Path temporary;

    private static PostgresServer server;
    private static Path certificate;
    private static Path key;

    private final InMemoryJournal journal = new InMemoryJournal("run");
    private final List<String> problems = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startServer() throws IOException {
        certificate = files.resolve("server.crt");
        key = files.resolve("server.key");
        CertificateAuthority.create("the server's authority")
                .issue(List.of("localhost", "127.0.0.1"))
                .writeTo(certificate, key);
        server = PostgresServer.start(PostgresOptions.defaults()
                .tls()
                .setting("ssl_cert_file", certificate.toString())
                .setting("ssl_key_file", key.toString())
                .role("alice", PASSWORD, AuthMethod.SCRAM_SHA_256)
                .role("trusting", PASSWORD, AuthMethod.TRUST));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void requirePsql() {
        Programs.require("psql", "psql", "--version");
    }

    @Test
    void plaintextToTlsWithTheOfferPassedIsRefusedByTheClient() throws Exception {
        assertThat(login(proxy().channelBinding(BindingPolicy.PASS), "sslmode=disable")
                        .errors())
                .contains("server offered SCRAM-SHA-256-PLUS authentication over a non-SSL connection");
    }

    @Test
    void plaintextToTlsWithTheOfferStruckOutWorks() throws Exception {
        assertWorks(login(proxy().channelBinding(BindingPolicy.STRIP), "sslmode=disable"));
    }

    @Test
    void twoCertificatesWithTheOfferPassedFailTheServersCheck() throws Exception {
        assertThat(login(made().channelBinding(BindingPolicy.PASS), "sslmode=require")
                        .errors())
                .contains("FATAL:  SCRAM channel binding check failed");
    }

    @Test
    void twoCertificatesWithTheOfferStruckOutFailTheNegotiation() throws Exception {
        assertThat(login(made().channelBinding(BindingPolicy.STRIP), "sslmode=require")
                        .errors())
                .contains("FATAL:  SCRAM channel binding negotiation error");
    }

    @Test
    void twoCertificatesWorkForAClientThatDoesNotBind() throws Exception {
        assertWorks(login(made().channelBinding(BindingPolicy.STRIP), "sslmode=require channel_binding=disable"));
    }

    @Test
    void tlsToPlaintextWorks() throws Exception {
        assertWorks(login(made().upstreamSslMode(SslMode.DISABLE), "sslmode=require"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void theServersOwnCertificateLetsTheBindingPass(String binding) throws Exception {
        RecordingProxyBuilder proxy = proxy().clientTls(ProxyCertificate.ofFiles(certificate, key));
        assertWorks(login(proxy, "sslmode=require channel_binding=" + binding));
        assertThat(problems).isEmpty();
    }

    @Test
    void byItselfAPlaintextClientWorks() throws Exception {
        assertWorks(login(proxy().upstreamSslMode(SslMode.REQUIRE), "sslmode=prefer"));
    }

    @Test
    void byItselfAnOwnCertificateLeavesTheLegOnThisMachineWithoutTls() throws Exception {
        assertWorks(login(made().upstreamSslMode(SslMode.PREFER), "sslmode=require"));
    }

    @Test
    void byItselfAGivenCertificateThatIsNotTheServersDoesSoToo() throws Exception {
        Path other = files.resolve("other.crt");
        Path otherKey = files.resolve("other.key");
        CertificateAuthority.create("another").issue(List.of("127.0.0.1")).writeTo(other, otherKey);
        RecordingProxyBuilder proxy =
                proxy().clientTls(ProxyCertificate.ofFiles(other, otherKey)).upstreamSslMode(SslMode.PREFER);
        assertWorks(login(proxy, "sslmode=require"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslmode=require channel_binding=require", "sslmode=require channel_binding=disable"})
    void aProxyWithACredentialLogsInItself(String wish) throws Exception {
        RecordingProxyBuilder proxy = made().upstreamSslMode(SslMode.REQUIRE).login(new ProxyLogin("alice", PASSWORD));
        assertWorks(login(proxy, wish));
        assertThat(problems).isEmpty();
    }

    @Test
    void itDoesSoForAPlaintextClientWhereItIsTold() throws Exception {
        RecordingProxyBuilder proxy = proxy().upstreamSslMode(SslMode.REQUIRE)
                .channelBinding(BindingPolicy.REAUTHENTICATE)
                .login(new ProxyLogin("alice", PASSWORD));
        assertWorks(login(proxy, "sslmode=disable"));
    }

    @Test
    void nobodyGetsInByTheProxysCredentialWhoDoesNotKnowThePassword() throws Exception {
        RecordingProxyBuilder proxy = made().upstreamSslMode(SslMode.REQUIRE).login(new ProxyLogin("alice", PASSWORD));
        Programs.Ran ran = psql(proxy, "alice", "sslmode=require", "a guess");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errors()).contains("FATAL:  password authentication failed for user \"alice\"");
    }

    @Test
    void aUserWithoutPasswordGetsInBesidesTheCredential() throws Exception {
        RecordingProxyBuilder proxy =
                made().upstreamSslMode(SslMode.REQUIRE).login(new ProxyLogin("trusting", PASSWORD));
        assertWorks(psql(proxy, "trusting", "sslmode=require", PASSWORD));
    }

    @Test
    void whereNothingWorksByItselfTheProxySaysWhatToChoose() throws Exception {
        Programs.Ran ran = login(made().upstreamSslMode(SslMode.REQUIRE), "sslmode=require");
        assertThat(ran.errors()).contains("FATAL:  SCRAM channel binding check failed");
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("give the server's own", "--user", "--upstream-sslmode disable");
    }

    private static void assertWorks(Programs.Ran ran) {
        assertThat(ran.errors()).isEmpty();
        assertThat(ran.status()).isZero();
        assertThat(ran.output()).isEqualTo("it works\n");
    }

    private RecordingProxyBuilder proxy() {
        return RecordingProxy.builder(new Recorder(journal), "127.0.0.1", server.port())
                .upstreamSslMode(SslMode.REQUIRE)
                .onProblem(problems::add);
    }

    private RecordingProxyBuilder made() throws IOException {
        return proxy().clientTls(ProxyCertificate.made());
    }

    private Programs.Ran login(RecordingProxyBuilder proxy, String wish) throws Exception {
        return psql(proxy, "alice", wish, PASSWORD);
    }

    private Programs.Ran psql(RecordingProxyBuilder builder, String user, String wish, String password)
            throws Exception {
        Programs.Ran ran;
        try (RecordingProxy proxy = builder.start()) {
            String target = "host=127.0.0.1 gssencmode=disable dbname=" + server.database() + " user=" + user + " port="
                    + proxy.address().getPort() + " " + wish;
            ran = Programs.run(
                    temporary,
                    List.of("psql", "-X", "-A", "-t", "-c", "select 'it works'", target),
                    Map.of("PGPASSWORD", password),
                    "");
        }
        assertThat(Recordings.of(journal).verification().complete()).isTrue();
        return ran;
    }
}
