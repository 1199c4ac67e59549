package org.pgreel.cli;

import java.time.Duration;
import org.pgreel.recorder.proxy.ProxyLimits;
import picocli.CommandLine.Option;

/** How long a proxy waits for others, and how many it serves. */
final class LimitOptions {

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            description = "How many sessions are forwarded at once; a further client gets FATAL 53300. Default: any "
                    + "number.")
    int maxSessions;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            converter = CheckCommand.DurationConverter.class,
            description = "How long the server has to accept a connection, and again to agree on TLS. Default: 10s.")
    Duration connect = Duration.ofSeconds(10);

    @Option(
            names = "--login-timeout",
            paramLabel = "TIME",
            converter = CheckCommand.DurationConverter.class,
            description = "How long a client has to say who it is, TLS included; 0s for ever. Default: 60s.")
    Duration login = Duration.ofSeconds(60);

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = CheckCommand.DurationConverter.class,
            description = "After how long a session ends in which neither side says anything. Default: never.")
    Duration idle = Duration.ZERO;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = CheckCommand.DurationConverter.class,
            description = "How long sessions may go on after SIGTERM or SIGINT until they are reset. Default: 300ms.")
    Duration drain = Duration.ofMillis(300);

    /**
     * Returns the limits.
     *
     * @throws CommandFailedException wrong usage: a limit that cannot be one
     */
    ProxyLimits limits() {
        try {
            return ProxyLimits.DEFAULTS
                    .connect(connect)
                    .greeting(login)
                    .idle(idle)
                    .drain(drain)
                    .sessions(maxSessions);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage(Failures.what(e));
        }
    }
}
