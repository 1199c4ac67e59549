package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.SslMode;
import org.pgreel.client.SslNegotiation;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.recorder.Programs;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.certificate.MadeCertificate;
import org.pgreel.recorder.journal.InMemoryJournal;

/** The ladder of sslmode, direct TLS and client certificates on the leg to a real server. */
@Timeout(120)
class RealServerTlsTest {

    private static final int DIRECT_SINCE = 17;
    private static final String WHOAMI =
            "select usename, ssl from pg_stat_ssl join pg_stat_activity using (pid) where pid = pg_backend_pid()";

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
    static void start() throws Exception {
        certificate = files.resolve("client.crt");
        key = files.resolve("client.key");
        // Its common name is localhost, and it is its own authority.
        TlsSockets.write(MadeCertificate.forThisHost(), certificate, key);
        server = PostgresServer.start(PostgresOptions.defaults()
                .tls()
                .setting("ssl_ca_file", certificate.toString())
                .role("localhost", "unused", AuthMethod.SCRAM_SHA_256)
                .role("bob", "unused", AuthMethod.TRUST)
                .hba("hostssl all localhost 127.0.0.1/32 cert"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"REQUIRE", "VERIFY_CA", "VERIFY_FULL"})
    void everyRungOfTheLadderReachesTheServer(SslMode mode) throws Exception {
        Programs.Ran ran = psql("bob", tls(mode).sslRootCertificate(authority()));
        assertThat(ran.errors()).isEmpty();
        assertThat(ran.output()).isEqualTo("bob|t\n");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        Programs.Ran ran = psql("bob", tls(SslMode.VERIFY_CA).sslRootCertificate(certificate));
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.errors()).contains("FATAL:  PgReel cannot reach the server", "the TLS handshake failed");
    }

    @Test
    void aRootFileThatIsMissingIsNamed() throws Exception {
        Programs.Ran ran = psql("bob", tls(SslMode.VERIFY_FULL).sslRootCertificate(files.resolve("nowhere.crt")));
        assertThat(ran.errors()).contains("FATAL:  PgReel cannot reach the server", "nowhere.crt");
    }

    @Test
    void tlsBeginsDirectlyWhereItIsTold() throws Exception {
        int major = Integer.parseInt(server.version().split("\\.", -1)[0]);
        Assumptions.assumeTrue(major >= DIRECT_SINCE, "this server does not know direct TLS");
        Programs.Ran ran = psql("bob", tls(SslMode.REQUIRE).sslNegotiation(SslNegotiation.DIRECT));
        assertThat(ran.output()).isEqualTo("bob|t\n");
    }

    @Test
    void theProxyShowsItsCertificateToTheServer() throws Exception {
        Programs.Ran refused = psql("localhost", tls(SslMode.REQUIRE));
        assertThat(refused.errors()).contains("connection requires a valid client certificate");
        Programs.Ran ran = psql("localhost", tls(SslMode.REQUIRE).sslCertificate(certificate, key));
        assertThat(ran.errors()).isEmpty();
        assertThat(ran.output()).isEqualTo("localhost|t\n");
    }

    private static Path authority() {
        return server.caCertificate().orElseThrow();
    }

    private static ConnectOptionsBuilder tls(SslMode mode) {
        return ConnectOptions.builder().user("any").sslMode(mode);
    }

    private Programs.Ran psql(String user, ConnectOptionsBuilder upstream) throws Exception {
        Programs.require("psql", "psql", "--version");
        try (RecordingProxy proxy = RecordingProxy.builder(new Recorder(journal), "127.0.0.1", server.port())
                .upstreamTls(upstream.build().tls())
                .onProblem(problems::add)
                .start()) {
            String target = "host=127.0.0.1 dbname=" + server.database() + " user=" + user + " port="
                    + proxy.address().getPort();
            return Programs.run(temporary, List.of("psql", "-X", "-A", "-t", "-c", WHOAMI, target), Map.of(), "");
        }
    }
}
