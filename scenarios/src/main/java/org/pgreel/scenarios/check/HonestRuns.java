package org.pgreel.scenarios.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.replay.server.ServerCertificate;

/** Runs the client against healthy servers, each kind once, and says what it managed. Safe for use by several threads. */
final class HonestRuns {
    /** A healthy server answers at once, so a client that takes long is slow and does not wait for ever. */
    private static final Duration HEALTHY = Duration.ofSeconds(30);

    private final PlayedClient client;
    private final Pattern crash;
    private final Passwords passwords;
    private final Map<Honest, CompletableFuture<Managed>> runs = new ConcurrentHashMap<>();

    HonestRuns(PlayedClient client, Pattern crash, Passwords passwords) {
        this.client = client;
        this.crash = crash;
        this.passwords = passwords;
    }

    /** How the client ended against a healthy server, and what is wrong with that; "" when nothing is. */
    record Managed(Honest server, ClientEnd end, String problem) {
        boolean good() {
            return problem.isEmpty();
        }

        Control control() {
            return new Control(server.words(), good(), problem);
        }
    }

    /**
     * Returns how the client manages the server; runs it the first time.
     *
     * @param waits is told when the client only waits
     */
    Managed of(Honest server, Runnable waits) throws IOException, InterruptedException {
        var mine = new CompletableFuture<Managed>();
        CompletableFuture<Managed> first = runs.putIfAbsent(server, mine);
        if (first == null) {
            try {
                mine.complete(run(server, "honest", waits));
            } catch (IOException | RuntimeException | InterruptedException failed) {
                mine.completeExceptionally(failed);
                throw failed;
            }
            return mine.getNow(null);
        }
        try {
            return first.get();
        } catch (ExecutionException failed) {
            throw new IOException("the client could not be run against a healthy server", failed.getCause());
        }
    }

    /** Runs the client once more, so that what it prints can be compared with the time before. */
    Managed again(Honest server) throws IOException, InterruptedException {
        return run(server, "again", () -> {});
    }

    /** Returns what has been run so far. */
    List<Control> controls() {
        var controls = new ArrayList<Control>();
        runs.values().forEach(run -> {
            if (run.isDone() && !run.isCompletedExceptionally()) {
                controls.add(run.join().control());
            }
        });
        controls.sort((one, other) -> one.name().compareTo(other.name()));
        return controls;
    }

    private Managed run(Honest server, String name, Runnable waits) throws IOException, InterruptedException {
        String run = name + " " + server.words() + server.asking();
        String password = passwords.of(run);
        PlayedClient.Played played = client.run(
                new PlayedClient.Play(
                        name,
                        server.parsed(),
                        server.settings(),
                        server.asking(),
                        ServerCertificate.VALID,
                        password,
                        passwords.seed(run)),
                HEALTHY,
                waits);
        return new Managed(server, played.end(), problem(played, password));
    }

    private String problem(PlayedClient.Played played, String password) {
        ClientEnd end = played.end();
        PlayReport report = played.report();
        String said = end.firstError().replace(password, "…");
        String words = said.isEmpty() ? "" : "; it says: " + said;
        if (report.connections().isEmpty()) {
            return "it never connected" + words;
        }
        if (end.how() == ClientEnd.How.NEVER_ENDED) {
            return "it did not end within the time" + words;
        }
        if (end.status() != 0) {
            return "it ended with status " + end.status() + words;
        }
        if (crash.matcher(end.errors()).find()) {
            return "it ended with status 0, and its standard error looks like a crash" + words;
        }
        if (report.failed()) {
            return "the server says: " + report.problems().get(0);
        }
        return "";
    }
}
