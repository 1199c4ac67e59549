package org.pgreel.protocol.conversation;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.pgreel.postgres.AuthMethod;
import org.pgreel.postgres.PostgresOptions;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.postgres.PostgresSource;
import org.pgreel.postgres.PostgresUnavailableException;
import org.pgreel.protocol.message.BackendMessage;

/**
 * What real servers answer, PostgreSQL 14 to 18 and those installed here, is what the automaton holds legal; each
 * {@link ServerExchanges} and each way to log in is a test on each of them.
 */
@Timeout(300)
final class RealServerTest {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    @TestFactory
    Stream<DynamicContainer> onEachServer(TestReporter reporter) throws IOException {
        return sources().stream().map(source -> onServer(source, reporter));
    }

    private static List<PostgresSource> sources() throws IOException {
        List<PostgresSource> sources = new ArrayList<>();
        for (String major : List.of("18", "17", "16", "15", "14")) {
            sources.add(PostgresSource.embedded(major));
        }
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                versions.sorted()
                        .map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                        .forEach(bin -> sources.add(new PostgresSource.Installed(bin)));
            }
        }
        return sources;
    }

    /** The server is started when its tests begin and stopped when the stream is closed behind them. */
    private static DynamicContainer onServer(PostgresSource source, TestReporter reporter) {
        return dynamicContainer(source.toString(), Stream.of(source).flatMap(any -> tests(source, reporter)));
    }

    private static Stream<DynamicNode> tests(PostgresSource source, TestReporter reporter) {
        PostgresServer server;
        try {
            server = start(source);
        } catch (PostgresUnavailableException e) {
            return Stream.of(dynamicTest("is not available", () -> Assumptions.abort(e.getMessage())));
        }
        reporter.publishEntry("server", server.describe());
        Stream<DynamicNode> exchanges =
                ServerExchanges.ALL.stream().map(exchange -> dynamicTest(exchange.name(), () -> run(server, exchange)));
        Stream<DynamicNode> logins = new ServerLogins(server)
                .all().stream()
                        .map(login ->
                                dynamicTest(login.name(), () -> login.run().on(server)));
        DynamicNode pipelines = dynamicTest("random pipelines", () -> new ServerPipelines(server).run());
        return Stream.concat(logins, Stream.concat(exchanges, Stream.of(pipelines)))
                .onClose(server::close);
    }

    private static PostgresServer start(PostgresSource source) {
        PostgresOptions options = PostgresOptions.defaults()
                .source(source)
                .auth(AuthMethod.TRUST)
                .role("clear", "secret", AuthMethod.PASSWORD)
                .role("md5", "secret", AuthMethod.MD5)
                .role("scram", "secret", AuthMethod.SCRAM_SHA_256)
                .hba("host replication all all trust")
                .setting("wal_level", "logical")
                .tls();
        PostgresServer server = PostgresServer.start(options);
        try (WireClient client = ServerLogins.loggedIn(server)) {
            client.send(ServerExchanges.SCHEMA);
            for (BackendMessage message = client.next(); !message.name().equals("ReadyForQuery"); ) {
                message = client.next();
            }
        } catch (IOException e) {
            server.close();
            throw new AssertionError(e);
        }
        return server;
    }

    private static void run(PostgresServer server, ServerExchanges.ServerExchange exchange) throws IOException {
        try (WireClient client = ServerLogins.loggedIn(server)) {
            exchange.run().with(client);
            ServerLogins.settle(client);
        }
    }
}
