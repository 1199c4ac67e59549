package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.postgres.CertificateAuthority;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.postgres.PostgresServer;

/** A replay lets in those whom a file names, and those who show a certificate. */
@Timeout(120)
class SeveralUsersTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private Path tape;
    private Path users;

    @BeforeEach
    void recordATape() throws IOException {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        tape = directory.resolve("one.pgreel");
        PostgresServer postgres = PostgresServer.shared();
        String upstream = postgres.host() + ":" + postgres.port();
        String command = "PGPASSWORD='" + postgres.password() + "' psql -X -U " + postgres.user() + " -d "
                + postgres.database() + " -c 'select 42'";
        assertThat(run("record", "--upstream", upstream, "--tape", tape.toString(), "--", "sh", "-c", command))
                .as(err.toString())
                .isZero();
        users = directory.resolve("users");
        Files.createFile(users, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(users, "# who may\n" + postgres.user() + ":one\\:two\nbob:builder\n");
    }

    private int replay(List<String> options, String... command) {
        var arguments = new ArrayList<>(List.of("replay", tape.toString(), "--match", "exchange"));
        arguments.addAll(options);
        arguments.add("--");
        arguments.addAll(List.of(command));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Pgreel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void theProgramLogsInWithThePasswordOfItsUser() throws IOException {
        for (String method : List.of("password", "md5", "scram-sha-256")) {
            List<String> options = List.of("--auth", method, "--users", users.toString());

            assertThat(replay(options, "psql", "-X", "-c", "select 42"))
                    .as(out + "" + err)
                    .isZero();
            assertThat(replay(options, "sh", "-c", "PGUSER=bob PGPASSWORD=builder psql -X -c 'select 1'"))
                    .as(out + "" + err)
                    .isZero();
            assertThat(replay(options, "sh", "-c", "PGUSER=bob PGPASSWORD='one:two' psql -X -c 'select 1'"))
                    .isEqualTo(ExitStatus.CHECK_FAILED);
            assertThat(out.toString()).contains("password authentication failed for user \"bob\"");
        }
    }

    @Test
    void aCertificateLetsItsUserIn() throws IOException {
        PostgresServer postgres = PostgresServer.shared();
        CertificateAuthority authority = CertificateAuthority.create("ours");
        Path root = directory.resolve("ca.crt");
        authority.writeTo(root);
        authority.issueTo(postgres.user()).writeTo(directory.resolve("c.crt"), directory.resolve("c.key"));
        List<String> options = List.of("--auth", "cert", "--client-ca", root.toString());
        String shown = "PGSSLCERT=" + directory.resolve("c.crt") + " PGSSLKEY=" + directory.resolve("c.key") + " ";

        assertThat(replay(options, "sh", "-c", shown + "psql -X -c 'select 42'"))
                .as(out + "" + err)
                .isZero();
        assertThat(replay(options, "sh", "-c", shown + "PGUSER=bob psql -X -c 'select 42'"))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("certificate authentication failed for user \"bob\"");
        assertThat(replay(options, "sh", "-c", "PGSSLCERT=none psql -X -c 'select 42'"))
                .isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat(out.toString()).contains("connection requires a valid client certificate");
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsServed() throws IOException {
        String file = users.toString();
        refused(List.of("--auth", "md5", "--users", file, "--user", "x"), "leave out --user");
        refused(List.of("--auth", "cert"), "give --client-ca FILE");
        refused(List.of("--users", file, "--fault", "reset @ B CommandComplete"), "for a replay without faults");
        Files.writeString(users, "secretword\n");
        refused(List.of("--auth", "md5", "--users", file), "users, line 1 is not user:password");
        assertThat(err.toString()).doesNotContain("secretword");
        Files.writeString(users, "bob:one\nbob:two\n");
        refused(List.of("--auth", "md5", "--users", file), "line 2 names the user bob once more");
        Files.writeString(users, "# nobody\n");
        refused(List.of("--auth", "md5", "--users", file), "names nobody");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r-----"));
        refused(List.of("--auth", "md5", "--users", file), "may be read by others");
    }

    private void refused(List<String> options, String why) {
        assertThat(replay(options, "true")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains(why);
    }
}
