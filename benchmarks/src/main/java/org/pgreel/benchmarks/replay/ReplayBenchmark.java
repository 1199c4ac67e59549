package org.pgreel.benchmarks.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgreel.benchmarks.proxy.Between;
import org.pgreel.postgres.PostgresServer;

/**
 * The replay server beside PostgreSQL under pgbench, 50 pipelined selects of recorded keys a transaction, and beside a Netty
 * server that writes as many bytes from its memory, one recorded answer of 1 GiB. One select a transaction is beside a Netty
 * server that looks at nothing, too. All in paired rounds.
 */
public final class ReplayBenchmark {
    private static final int[] CLIENTS = {1, 8};
    private static final int SELECTS = 50;
    private static final int KEYS = 1000;
    private static final String POINT = "SELECT abalance FROM pgbench_accounts WHERE aid = ";
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    /** More than 1 GiB. */
    private static final String LARGE = "copy (select repeat('x', 1023) from generate_series(1, 1050000)) to stdout";

    private final PostgresServer server;
    private final Path directory;

    private ReplayBenchmark(PostgresServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * Runs it.
     *
     * @param arguments the number of rounds (15) and the seconds of each run of pgbench (2)
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        Path directory = Files.createTempDirectory("pgreel-replay-benchmark");
        try {
            var benchmark = new ReplayBenchmark(PostgresServer.shared(), directory);
            benchmark.pipelined(rounds, seconds);
            benchmark.points(rounds, seconds);
            benchmark.large(rounds);
        } finally {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void pipelined(int rounds, int seconds) throws IOException, InterruptedException {
        var lines = new ArrayList<String>(List.of("\\startpipeline"));
        for (int key = 1; key <= SELECTS; key++) {
            lines.add("select abalance from pgbench_accounts where aid = " + key + ";");
        }
        lines.add("\\endpipeline");
        Path script = Files.write(directory.resolve("selects.sql"), lines);
        output("pgbench", "-i", "-q", "-s", "1", "-p", port(server.port()), server.database());
        Path journal = Files.createDirectory(directory.resolve("pipelined"));
        try (Between proxy = Between.recording(server, journal)) {
            bench(proxy.port(), script, 1, "-t", "2");
        }
        try (Between replay = replay("pgreel replay", journal)) {
            List<List<Double>> ratios = new ArrayList<>();
            List<List<Double>> rates = new ArrayList<>();
            for (int clients : CLIENTS) {
                bench(replay.port(), script, clients, "-T", "5");
                var ratio = new ArrayList<Double>();
                var rate = new ArrayList<Double>();
                for (int round = 0; round < rounds; round++) {
                    double direct = bench(server.port(), script, clients, "-T", String.valueOf(seconds));
                    double replayed = bench(replay.port(), script, clients, "-T", String.valueOf(seconds));
                    ratio.add(replayed / direct);
                    rate.add(replayed * SELECTS);
                }
                ratios.add(ratio);
                rates.add(rate);
            }
            System.out.println("| 50 pipelined selects | selects/s, replayed | x " + server.version() + " |");
            System.out.println("| --- | ---: | ---: |");
            for (int i = 0; i < CLIENTS.length; i++) {
                System.out.printf(
                        "| %d clients | %,.0f | %.2f |%n", CLIENTS[i], median(rates.get(i)), median(ratios.get(i)));
            }
        }
    }

    /** The select of {@code pgbench -S}, one a transaction and not pipelined, of keys all of which were recorded. */
    private void points(int rounds, int seconds) throws IOException, InterruptedException {
        var each = new ArrayList<String>();
        for (int key = 1; key <= KEYS; key++) {
            each.add(POINT + key + ";");
        }
        Path recorded = Files.write(directory.resolve("each.sql"), each);
        Path script = Files.write(
                directory.resolve("point.sql"), List.of("\\set aid random(1, " + KEYS + ")", POINT + ":aid;"));
        Path journal = Files.createDirectory(directory.resolve("points"));
        try (Between proxy = Between.recording(server, journal)) {
            rate("simple", proxy.port(), recorded, 1, "-t", "1");
        }
        try (Between replay = replay("pgreel replay", journal);
                Between canned = Between.program("Netty", directory, "-Xmx256m", PointProgram.class, "points")) {
            System.out.println("| pgbench -S, " + KEYS + " keys | transactions/s, replayed | x canned Netty | x "
                    + server.version() + " |");
            System.out.println("| --- | ---: | ---: | ---: |");
            for (int clients : CLIENTS) {
                var rates = new ArrayList<Double>();
                var ofCanned = new ArrayList<Double>();
                var ofServer = new ArrayList<Double>();
                for (Between warmed : List.of(replay, canned)) {
                    rate("simple", warmed.port(), script, clients, "-T", "3");
                }
                for (int round = 0; round < rounds; round++) {
                    String length = String.valueOf(seconds);
                    double direct = rate("simple", server.port(), script, clients, "-T", length);
                    double replayed = rate("simple", replay.port(), script, clients, "-T", length);
                    double peer = rate("simple", canned.port(), script, clients, "-T", length);
                    rates.add(replayed);
                    ofCanned.add(replayed / peer);
                    ofServer.add(replayed / direct);
                }
                System.out.printf(
                        "| %d clients | %,.0f | %.2f | %.2f |%n",
                        clients, median(rates), median(ofCanned), median(ofServer));
            }
        }
    }

    private void large(int rounds) throws IOException, InterruptedException {
        Path journal = Files.createDirectory(directory.resolve("large"));
        try (Between proxy = Between.recording(server, journal)) {
            output("psql", "-X", "-q", "-o", "/dev/null", "-p", port(proxy.port()), "-d", "postgres", "-c", LARGE);
        }
        try (Between replay = replay("pgreel replay", journal)) {
            long bytes = LargeAnswer.read(replay.port(), server.user(), LARGE);
            try (Between memory = Between.program(
                    "Netty", directory, "-XX:MaxDirectMemorySize=2g", BytesProgram.class, String.valueOf(bytes))) {
                var ratio = new ArrayList<Double>();
                var rate = new ArrayList<Double>();
                LargeAnswer.read(memory.port(), server.user(), LARGE);
                for (int round = 0; round < rounds; round++) {
                    double peer = seconds(memory);
                    double replayed = seconds(replay);
                    ratio.add(peer / replayed);
                    rate.add(bytes / replayed / 1e6);
                }
                System.out.printf(
                        "%nAn answer of %,d bytes, heap 256 MiB: %,.0f MB/s, %.2f x Netty from memory (least %.2f)%n",
                        bytes,
                        median(rate),
                        median(ratio),
                        ratio.stream().mapToDouble(r -> r).min().orElse(0));
            }
        }
    }

    private double seconds(Between between) throws IOException {
        long began = System.nanoTime();
        LargeAnswer.read(between.port(), server.user(), LARGE);
        return (System.nanoTime() - began) / 1e9;
    }

    private Between replay(String name, Path journal) throws IOException, InterruptedException {
        return Between.program(
                name,
                directory,
                "-Xmx256m",
                ReplayProgram.class,
                journal.resolve("journal").toString());
    }

    private double bench(int port, Path script, int clients, String... length)
            throws IOException, InterruptedException {
        return rate("prepared", port, script, clients, length);
    }

    private double rate(String protocol, int port, Path script, int clients, String... length)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("pgbench", "-n", "-M", protocol, "-f", script.toString()));
        command.addAll(List.of("-c", String.valueOf(clients), "-j", String.valueOf(Math.min(2, clients))));
        command.addAll(List.of(length));
        command.addAll(List.of("-p", port(port), server.database()));
        Matcher matcher = TPS.matcher(output(command.toArray(String[]::new)));
        if (!matcher.find()) {
            throw new IOException("pgbench gave no rate");
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static String port(int port) {
        return Integer.toString(port);
    }

    private String output(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGUSER",
                        server.user(),
                        "PGPASSWORD",
                        server.password(),
                        "PGSSLMODE",
                        "disable",
                        "PGCLIENTENCODING",
                        "UTF8"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command[0] + " failed: " + said);
        }
        return said;
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(Double.NaN);
    }
}
