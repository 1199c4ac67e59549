package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.RequireAuth;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.CertificateAuthority;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.Values;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.engine.ClientCertificates;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.postgresql.util.PSQLException;

/** Several users log in to a replay, by passwords and by certificates, and others are refused as PostgreSQL refuses them. */
@Timeout(120)
class SeveralUsersTest {

    private static final Map<String, String> USERS = Map.of("alice", "wonderland", "bob", "builder");

    @TempDir
    private static Path directory;

    private final TestRecording recording = new TestRecording();

    @BeforeAll
    static void issueCertificates() throws IOException {
        CertificateAuthority trusted = CertificateAuthority.create("trusted");
        trusted.writeTo(directory.resolve("trusted.crt"));
        trusted.issueTo("alice").writeTo(directory.resolve("alice.crt"), directory.resolve("alice.key"));
        trusted.issueTo("bob").writeTo(directory.resolve("bob.crt"), directory.resolve("bob.key"));
        CertificateAuthority.create("other")
                .issueTo("alice")
                .writeTo(directory.resolve("forged.crt"), directory.resolve("forged.key"));
    }

    @BeforeEach
    void recordTwoUsers() {
        for (String user : List.of("alice", "bob")) {
            recording
                    .connection(user, 4711)
                    .sends(new Query("select 1"))
                    .answers(
                            new RowDescription(List.of(FieldDescription.of("n", 23, 4))),
                            new DataRow(Values.ofText("1")),
                            new CommandComplete("SELECT 1"),
                            TestRecording.ready());
        }
    }

    private ReplayServer.Builder server(ReplaySettings settings) {
        return ReplayServer.builder(recording.playable()).settings(settings.withMatching(Matching.EXCHANGE));
    }

    private static String jdbc(ReplayServer server, String user, Map<String, String> more) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("sslmode", "disable");
        more.forEach(properties::setProperty);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + user, properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void ours(ConnectOptionsBuilder options) throws Exception {
        try (PgClient client = PgClient.create()) {
            Session session = client.connect(options.build(), new SessionStatusNotify() {});
            session.ready().get(30, TimeUnit.SECONDS);
            session.close();
        }
    }

    private static ConnectOptionsBuilder options(ReplayServer server, String user) {
        return ConnectOptions.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user(user)
                .database(user)
                .sslMode(SslMode.DISABLE);
    }

    @ParameterizedTest
    @EnumSource(names = "TRUST", mode = EnumSource.Mode.EXCLUDE)
    void eachUserHasAPasswordOfItsOwn(AuthenticationMethod method) throws Exception {
        try (ReplayServer server =
                server(ReplaySettings.DEFAULTS.withUsers(method, USERS)).start()) {
            for (Map.Entry<String, String> user : USERS.entrySet()) {
                String name = user.getKey();
                assertThat(jdbc(server, name, Map.of("password", user.getValue())))
                        .isEqualTo("1");
                ours(options(server, name).password(user.getValue()).requireAuth(RequireAuth.any()));
            }
            for (String name : List.of("alice", "bob", "mallory")) {
                for (String wrong : List.of("wrong", name.equals("alice") ? "builder" : "wonderland")) {
                    assertThatThrownBy(() -> jdbc(server, name, Map.of("password", wrong)))
                            .isInstanceOfSatisfying(
                                    PSQLException.class,
                                    refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"))
                            .hasMessage("FATAL: password authentication failed for user \"" + name + "\"");
                    assertThatThrownBy(() ->
                                    ours(options(server, name).password(wrong).requireAuth(RequireAuth.any())))
                            .isInstanceOf(ExecutionException.class)
                            .hasMessageContaining("28P01");
                }
            }
        }
    }

    private ReplayServer certified(ClientCertificates asked) throws IOException {
        return server(ReplaySettings.DEFAULTS.withClientCertificates(asked))
                .clientAuthorities(directory.resolve("trusted.crt"))
                .start();
    }

    private static Map<String, String> shows(String certificate) throws IOException, InterruptedException {
        // pgjdbc reads keys in DER only.
        Path key = directory.resolve(certificate + ".pk8");
        byte[] pem = Files.readAllBytes(directory.resolve(certificate + ".key"));
        String body = new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----|\\s", "");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(key, Base64.getDecoder().decode(body));
        return Map.of(
                "sslmode",
                "require",
                "sslcert",
                directory.resolve(certificate + ".crt").toString(),
                "sslkey",
                key.toString());
    }

    private static ConnectOptionsBuilder ours(ReplayServer server, String user, String certificate) {
        return options(server, user)
                .sslMode(SslMode.REQUIRE)
                .sslCertificate(directory.resolve(certificate + ".crt"), directory.resolve(certificate + ".key"));
    }

    @Test
    void aCertificateNamesItsUser() throws Exception {
        try (ReplayServer server = certified(ClientCertificates.NAMES_USER)) {
            assertThat(jdbc(server, "alice", shows("alice"))).isEqualTo("1");
            ours(ours(server, "bob", "bob"));

            assertThatThrownBy(() -> jdbc(server, "bob", shows("alice")))
                    .hasMessage("FATAL: certificate authentication failed for user \"bob\"");
            assertThatThrownBy(() -> ours(ours(server, "alice", "bob"))).hasMessageContaining("28000");
            assertThatThrownBy(() -> jdbc(server, "alice", Map.of("sslmode", "require")))
                    .hasMessage("FATAL: connection requires a valid client certificate");
            assertThatThrownBy(() -> jdbc(server, "alice", Map.of()))
                    .hasMessage(
                            "FATAL: no pg_hba.conf entry for host \"127.0.0.1\", user \"alice\", database \"alice\", "
                                    + "no encryption");
            assertThatThrownBy(() -> jdbc(server, "alice", shows("forged"))).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> ours(ours(server, "alice", "forged"))).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void aVerifiedCertificateGoesWithAPassword() throws Exception {
        ReplaySettings settings = ReplaySettings.DEFAULTS
                .withUsers(AuthenticationMethod.SCRAM_SHA_256, USERS)
                .withClientCertificates(ClientCertificates.VERIFIED);
        try (ReplayServer server = server(settings)
                .clientAuthorities(directory.resolve("trusted.crt"))
                .start()) {
            ours(ours(server, "bob", "alice").password("builder"));

            assertThatThrownBy(() -> ours(ours(server, "bob", "alice").password("wonderland")))
                    .hasMessageContaining("28P01");
            assertThatThrownBy(() ->
                            ours(options(server, "bob").sslMode(SslMode.REQUIRE).password("builder")))
                    .hasMessageContaining("28000");
        }
    }

    @Test
    void psqlShowsItsCertificate() throws Exception {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        try (ReplayServer server = certified(ClientCertificates.NAMES_USER)) {
            assertThat(psql(server, "alice", "alice")).isEqualTo("1");
            assertThat(psql(server, "bob", "alice"))
                    .contains("FATAL:  certificate authentication failed for user \"bob\"");
            assertThat(psql(server, "alice", "none"))
                    .contains("FATAL:  connection requires a valid client certificate");
            assertThat(psql(server, "alice", "forged")).contains("alert");
        }
    }

    private static String psql(ReplayServer server, String user, String certificate) throws Exception {
        String options = "host=127.0.0.1 port=" + server.port() + " user=" + user + " dbname=" + user
                + " sslmode=require sslcert=" + directory.resolve(certificate + ".crt") + " sslkey="
                + directory.resolve(certificate + ".key");
        Process psql = new ProcessBuilder("psql", "-X", "-A", "-t", "-w", options, "-c", "select 1")
                .redirectErrorStream(true)
                .start();
        String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said.strip();
    }
}
