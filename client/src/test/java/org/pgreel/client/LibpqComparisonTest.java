package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.client.connect.ConnectEnvironment;
import org.pgreel.client.connect.ConnectionStringException;

/**
 * The same connection strings, variables and files are given to psql, which is libpq, and to us; a server writes down
 * who logs in, and with which password. Skipped, with a sentence, where psql is not installed.
 */
@Timeout(60)
class LibpqComparisonTest {

    @TempDir
    Path home;

    @BeforeEach
    void psqlIsInstalled() {
        boolean installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "psql")));
        assumeTrue(installed, "psql is not installed: libpq cannot be compared with");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host=127.0.0.1 port={port} user=ada",
                "host=127.0.0.1 port={port} user=ada dbname=shop",
                "host=127.0.0.1 port={port} user=ada dbname=''",
                "host=127.0.0.1 port='{port}'user='a b'dbname = 'x\\'y\\\\z'",
                "host=nowhere.invalid hostaddr=127.0.0.1 port={port} user=ada",
                "hostaddr=127.0.0.1 port={port} user=ada password=p\\ q",
                "host=127.0.0.1 port={port} user=ada password='it''",
                "host=127.0.0.1 port={port} user=eve user=ada",
                "host=127.0.0.1 port=' {port} ' user=ada",
                "host=127.0.0.1,127.0.0.1 port={port} user=ada",
                "host=127.0.0.1 port={port} user=ada application_name=app",
                "host=127.0.0.1 port={port} user=ada options='-c geqo=off'",
                "host=127.0.0.1 port={port} user=ada sslmode=disable",
                "host=127.0.0.1 port={port} user=ada sslmode=prefer gssencmode=disable",
                "host=127.0.0.1 port={port} user=ada requiressl=0",
                "host=127.0.0.1 port={port} user=ada hots=a",
                "host=127.0.0.1 port={port} user=ada sslmode=nonsense",
                "host=127.0.0.1 port={port} user=ada channel_binding=nonsense",
                "host=127.0.0.1 port={port}x user=ada",
                "host=127.0.0.1 port=99999 user=ada",
                "host=127.0.0.1,127.0.0.1,127.0.0.1 port={port},{port} user=ada",
                "host=127.0.0.1 port={port} user",
                "host=127.0.0.1 port={port} user='ada",
                "postgresql://ada@127.0.0.1:{port}",
                "postgres://ada@127.0.0.1:{port}/",
                "postgres://ada:s%3Acr%20t@127.0.0.1:{port}/shop",
                "postgresql://ada@127.0.0.1:{port}/shop?application_name=%C3%A9",
                "postgresql://ada@/shop?host=127.0.0.1&port={port}",
                "postgresql:///shop?host=127.0.0.1&port={port}&user=ada&password=x",
                "postgresql://127.0.0.1:{port}/a%2Fb?user=ada",
                "postgresql://ada@127.0.0.1:{port},127.0.0.1:{port}/shop",
                "postgresql://ada:p:q@127.0.0.1:{port}/shop",
                "postgresql://ada:p+q@127.0.0.1:{port}/shop?options=-c%20geqo%3Doff",
                "postgresql://ada@127.0.0.1:{port}/shop?ssl=false",
                "postgresql://ada@127.0.0.1:{port}/shop?nonsense=1",
                "postgresql://ada@127.0.0.1:{port}/shop?user",
                "postgresql://ada@127.0.0.1:{port}/shop?user=a=b",
                "postgresql://ada%zz@127.0.0.1:{port}/shop",
                "postgresql://ada@127.0.0.1:{port}/sh%00op",
                "postgresql://ada@[::1:{port}/shop",
                "postgresql://ada@[]:{port}/shop",
            })
    void aString(String template) throws Exception {
        compare(template, Map.of());
    }

    @Test
    void theEnvironment() throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGHOST", "127.0.0.1");
        variables.put("PGPORT", "{port}");
        variables.put("PGUSER", "ada");
        compare("", variables);
        variables.put("PGDATABASE", "shop");
        variables.put("PGPASSWORD", "s3cr3t");
        variables.put("PGOPTIONS", "-c geqo=off");
        variables.put("PGDATESTYLE", "ISO, DMY");
        variables.put("PGTZ", "UTC");
        variables.put("PGGEQO", "off");
        compare("", variables);
        compare("user=eve dbname=''", variables);
        compare("postgresql://eve@/other", variables);
        variables.put("PGSSLMODE", "nonsense");
        compare("", variables);
    }

    @Test
    void aService() throws Exception {
        Path file = home.resolve(".pg_service.conf");
        Files.writeString(
                file,
                "# services\n[other]\nuser=no\n\n[shop]\nhost=127.0.0.1\nuser=ada\ndbname= sp ace\n[late]\nuser=x\n");
        Map<String, String> variables = Map.of("PGPORT", "{port}", "PGUSER", "env", "PGDATABASE", "env");
        compare("service=shop", variables);
        compare("service=shop user=eve", variables);
        compare("postgresql:///mine?service=shop", variables);
        compare("service=absent", variables);
        compare("", Map.of("PGPORT", "{port}", "PGSERVICE", "shop"));
        Files.writeString(file, "[shop]\nhost=127.0.0.1\nnonsense=1\n");
        compare("service=shop", variables);
        compare("service=shop", Map.of("PGSERVICEFILE", "/no/such/file", "PGPORT", "{port}"));
    }

    @Test
    void aPasswordFile() throws Exception {
        Path file = home.resolve(".pgpass");
        String login = "host=127.0.0.1 port={port} user=ada dbname=";
        Files.writeString(file, """
                # a remark
                other:*:*:ada:wrong
                127.0.0.1:*:a\\:b:ada:colon
                127.0.0.1:1:shop:ada:port
                127.0.0.1:*:shop:ada:pass\\\\wo\\:rd:rest
                *:*:*:ada:
                *:*:*:eve:eve
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        compare(login + "shop", Map.of());
        compare(login + "a:b", Map.of());
        compare(login + "other", Map.of());
        compare(login + "shop password=given", Map.of());
        compare("host=nowhere.invalid hostaddr=127.0.0.1 port={port} user=eve", Map.of());
        compare(login + "shop passfile=/no/such", Map.of());
        Path moved = Files.move(file, home.resolve("mine"));
        compare(login + "shop", Map.of("PGPASSFILE", moved.toString()));
        Files.setPosixFilePermissions(moved, PosixFilePermissions.fromString("rw-r-----"));
        compare(login + "shop", Map.of("PGPASSFILE", moved.toString()));
    }

    /** What psql sends and what we would send is equal, or both refuse. */
    private void compare(String template, Map<String, String> variables) throws Exception {
        try (LoginCatcher server = new LoginCatcher()) {
            String port = Integer.toString(server.port());
            String text = template.replace("{port}", port);
            Map<String, String> environment = new TreeMap<>();
            variables.forEach((name, value) -> environment.put(name, value.replace("{port}", port)));
            runPsql(text, environment);
            ConnectEnvironment ours = new ConnectEnvironment(environment, home, System.getProperty("user.name"));
            if (server.wasAsked()) {
                assertThat(ours(text, ours)).as(text).isEqualTo(theirs(server.caught()));
            } else {
                assertThatThrownBy(() -> ConnectOptions.builder(text, ours))
                        .as(text)
                        .isInstanceOf(ConnectionStringException.class);
            }
        }
    }

    private static Map<String, String> theirs(Map<String, String> caught) {
        Map<String, String> theirs = new TreeMap<>(caught);
        theirs.remove("client_encoding");
        theirs.remove("application_name", "psql");
        return theirs;
    }

    private static Map<String, String> ours(String text, ConnectEnvironment environment) {
        ConnectOptions options = ConnectOptions.builder(text, environment).build();
        Map<String, String> ours = new TreeMap<>(options.startupParameters());
        ours.remove("client_encoding");
        ours.remove("DateStyle", "ISO");
        options.password(options.address())
                .filter(password -> password.length > 0)
                .ifPresent(password -> ours.put("password", new String(password)));
        return ours;
    }

    private void runPsql(String text, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder psql =
                new ProcessBuilder("psql", "-X", "-w", "-c", "", text.isEmpty() ? "application_name=psql" : text);
        psql.environment().keySet().removeIf(name -> name.startsWith("PG"));
        psql.environment().put("HOME", home.toString());
        psql.environment().put("PGCONNECT_TIMEOUT", "5");
        psql.environment().putAll(variables);
        psql.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = psql.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("psql did not end");
        }
    }
}
