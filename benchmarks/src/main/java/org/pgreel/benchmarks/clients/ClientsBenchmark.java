package org.pgreel.benchmarks.clients;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pgreel.benchmarks.canned.CannedServer;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Workload;

/**
 * PgReel beside pgjdbc, vertx-pg-client and r2dbc-postgresql: starts a PostgreSQL, a canned server and a process for each
 * client, lets them do their rounds interleaved, and writes what came out.
 */
public final class ClientsBenchmark {

    private final Plan plan;
    private final Launcher launcher;
    private final PrintWriter out;
    private final List<Rounds> all = new ArrayList<>();

    ClientsBenchmark(Plan plan, Launcher launcher, PrintWriter out) {
        this.plan = plan;
        this.launcher = launcher;
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param arguments see {@code benchmarks/README.md}; the system property {@code benchmarks.home} names the source tree
     * @throws Exception if anything fails, a checksum that does not agree among it
     */
    public static void main(String[] arguments) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try {
            Plan plan = Plan.parse(List.of(arguments));
            Path home = Path.of(System.getProperty("benchmarks.home", ""));
            new ClientsBenchmark(plan, new Launcher(home, "target/quick", plan.flags()), out).run();
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage() + "\n\n" + Plan.USAGE);
            System.exit(2);
        }
    }

    /** Measures and returns all rounds. */
    List<Rounds> run() throws IOException, SQLException {
        String begun = conditions();
        Map<Contender, PeerProcess> peers = new LinkedHashMap<>();
        try {
            for (Contender contender : Contender.all()) {
                if (plan.includes(contender) && launcher.isBuilt(contender.module())) {
                    peers.put(
                            contender,
                            launcher.start(
                                    contender.name(),
                                    contender.module(),
                                    contender.mainClass(),
                                    contender.arguments()));
                }
            }
            String server = matches(peers);
            report(List.of(
                    begun,
                    "at the end " + load(),
                    server,
                    "seed " + plan.seed() + ", " + plan.rounds() + " rounds of " + plan.seconds() + " s, flags "
                            + String.join(" ", plan.flags())));
        } finally {
            peers.values().forEach(PeerProcess::close);
        }
        return all;
    }

    private String matches(Map<Contender, PeerProcess> peers) throws IOException, SQLException {
        String server = "no PostgreSQL";
        if (plan.sites().contains(Site.POSTGRES)) {
            try (Database database = Database.start(plan.rows())) {
                server = database.describe() + ", fsync off, shared_buffers 512 MB, unlogged tables";
                matches(peers, new Match(plan, Site.POSTGRES, database.target(), database));
            }
        }
        if (plan.sites().contains(Site.CANNED)) {
            canned(peers);
        }
        return server;
    }

    private void canned(Map<Contender, PeerProcess> peers) throws IOException {
        String main = CannedServer.class.getName();
        try (PeerProcess canned =
                launcher.start("the canned server", "benchmarks", main, List.of(Integer.toString(plan.rows())))) {
            int port = Integer.parseInt(canned.hear("listening")[1]);
            Target target = new Target("127.0.0.1", port, "bench", "bench", "bench", plan.rows(), CannedServer.KEYS);
            Match.Between nothing = new Match.Between() {
                @Override
                public void before(Workload workload) {}

                @Override
                public void after(Workload workload, int repeats) {}
            };
            matches(peers, new Match(plan, Site.CANNED, target, nothing));
        }
    }

    private void matches(Map<Contender, PeerProcess> peers, Match match) throws IOException {
        for (Workload workload : plan.workloads()) {
            if (match.isPossible(workload)) {
                Rounds rounds = match.run(workload, peers);
                all.add(rounds);
                summary(rounds);
            }
        }
    }

    private void summary(Rounds rounds) {
        out.printf(
                Locale.ROOT,
                "%-6s %-13s",
                rounds.workload().label(),
                rounds.site().label());
        for (Contender contender : rounds.contenders()) {
            Contender first = rounds.contenders().get(0);
            out.printf(
                    Locale.ROOT,
                    "  %s %,.0f/s (%.2f) %.2f us %,.0f B;",
                    contender,
                    rounds.perSecond(contender).median(),
                    rounds.ratio(contender, first).median(),
                    rounds.processorMicros(contender),
                    rounds.allocated(contender));
        }
        out.println();
    }

    private void report(List<String> conditions) throws IOException {
        Files.createDirectories(plan.out());
        String page = MarkdownReport.of(conditions, all);
        Files.writeString(plan.out().resolve("clients.md"), page);
        Files.writeString(plan.out().resolve("clients.json"), JsonReport.of(conditions, all));
        Files.writeString(plan.out().resolve("summary.md"), Summary.of(all));
        out.println(page);
        out.println("written to " + plan.out().resolve("clients.md") + " and "
                + plan.out().resolve("clients.json"));
    }

    private static String conditions() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + System.getProperty("java.version") + ", " + load();
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "load %.2f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
