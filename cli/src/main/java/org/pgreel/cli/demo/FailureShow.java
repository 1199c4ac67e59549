package org.pgreel.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgreel.PgClient;
import org.pgreel.cli.demo.DemoResult.ProvokedFailure;
import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.SslMode;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.play.ServerSettings;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.server.ScriptServer;

/** Three failures that a healthy server never produces on demand, each a script of a few lines, and what our client says of them. */
final class FailureShow {

    /** How long a login or a verdict may take; they take milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String PASSWORD = "demo-password";

    private static final List<Failure> FAILURES = List.of(
            new Failure("a junk byte in answer to SSLRequest", "ProtocolViolation", SslMode.REQUIRE, """
                    F SSLRequest
                    B SSLResponse X
                    F end
                    """),
            new Failure("a forged SCRAM signature", "ServerVerificationFailed", SslMode.DISABLE, """
                    use startup
                    use scram signature=forged
                    B AuthenticationOk
                    use ready
                    F end
                    """),
            new Failure("too many connections", "TooManyConnections", SslMode.DISABLE, """
                    use startup
                    B ErrorResponse FATAL 53300 "sorry, too many clients already"
                    B close
                    """));

    private record Failure(String name, String expected, SslMode sslMode, String script) {}

    private FailureShow() {}

    /**
     * Serves each script to our client.
     *
     * @param client the client
     * @return what it reported, in the order of the show
     * @throws DemoFailedException if a script was not played to its end
     */
    static List<ProvokedFailure> run(PgClient client)
            throws DemoFailedException, IOException, TimeoutException, InterruptedException {
        var provoked = new ArrayList<ProvokedFailure>();
        for (Failure failure : FAILURES) {
            provoked.add(provoke(client, failure));
        }
        return provoked;
    }

    private static ProvokedFailure provoke(PgClient client, Failure failure)
            throws DemoFailedException, IOException, TimeoutException, InterruptedException {
        var settings = ServerSettings.DEFAULTS.withAuthentication(AuthenticationMethod.SCRAM_SHA_256, PASSWORD);
        try (ScriptServer server = ScriptServer.builder(Script.parse(failure.script()))
                .settings(settings)
                .start()) {
            var reported = reported(client, server, failure);
            PlayReport report = server.await(PATIENCE);
            if (!report.passed()) {
                throw new DemoFailedException(
                        "the script '" + failure.name() + "' was not played to its end: " + report.text(), null);
            }
            return reported;
        }
    }

    private static ProvokedFailure reported(PgClient client, ScriptServer server, Failure failure)
            throws DemoFailedException, TimeoutException, InterruptedException {
        var options = ConnectOptions.builder()
                .host(server.host())
                .port(server.port())
                .user("pilot")
                .password(PASSWORD)
                .sslMode(failure.sslMode())
                .connectTimeout(PATIENCE)
                .build();
        try (var session = client.connect(options)) {
            session.ready().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new ProvokedFailure(failure.name(), failure.expected(), "nothing", "the login succeeded");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectFailedException refused) {
                return new ProvokedFailure(
                        failure.name(),
                        failure.expected(),
                        refused.reason().name(),
                        refused.reason().sentence());
            }
            throw new DemoFailedException(
                    "the client failed in an unknown way at '" + failure.name() + "'", e.getCause());
        }
    }
}
