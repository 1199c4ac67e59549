package org.pgreel.benchmarks.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgreel.postgres.PostgresServer;

/**
 * {@code pgbench -S -M prepared} with 1 and 8 clients through the recording proxy (with one
 * stripe and with two), HAProxy in TCP mode, pgbouncer in
 * session mode and directly. Every round runs all of them in random order, because the speed of a shared machine changes
 * within seconds; the ratios are medians of the rounds' own.
 */
public final class ProxyBenchmark {

    private static final int[] CLIENTS = {1, 8};
    private static final int STRIPES = 2;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final Pattern DONE = Pattern.compile("transactions actually processed: ([0-9]+)");

    private final PostgresServer server;
    private final int seconds;
    private final Map<String, List<Double>> tps = new LinkedHashMap<>();
    private final Map<String, List<Double>> micros = new LinkedHashMap<>();

    private ProxyBenchmark(PostgresServer server, int seconds) {
        this.server = server;
        this.seconds = seconds;
    }

    /**
     * Runs it.
     *
     * @param arguments the number of rounds (15), the seconds of each run (2), and maybe {@code stripes}, to compare only the
     *     proxy with itself
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        PostgresServer server = PostgresServer.shared();
        Path directory = Files.createTempDirectory("pgreel-proxy-benchmark");
        try (Between nothing = Between.nothing(server);
                Between recording = Between.recording(server, directory);
                Between striped = Between.recording(server, directory, STRIPES);
                Between haproxy = Between.haproxy(server, directory);
                Between pgbouncer = Between.pgbouncer(server, directory)) {
            new ProxyBenchmark(server, seconds)
                    .run(
                            rounds,
                            arguments.length > 2 && arguments[2].equals("stripes")
                                    ? List.of(recording, striped)
                                    : List.of(nothing, haproxy, recording, striped, pgbouncer));
        } finally {
            delete(directory);
        }
    }

    private void run(int rounds, List<Between> all) throws IOException, InterruptedException {
        output(List.of(
                "pgbench",
                "-i",
                "-q",
                "-s",
                "10",
                "-h",
                "127.0.0.1",
                "-p",
                port(all.get(0)),
                "-U",
                server.user(),
                server.database()));
        // Not counted: the first run of each warms it up.
        for (Between between : all) {
            measure(between, CLIENTS[1]);
        }
        tps.clear();
        micros.clear();
        Random chance = new Random();
        for (int round = 1; round <= rounds; round++) {
            for (int clients : CLIENTS) {
                List<Between> order = new ArrayList<>(all);
                Collections.shuffle(order, chance);
                for (Between between : order) {
                    measure(between, clients);
                }
            }
            System.err.println("round " + round + " of " + rounds);
        }
        print(all, rounds);
    }

    private void measure(Between between, int clients) throws IOException, InterruptedException {
        long before = between.processorTime().toNanos();
        String said = output(List.of(
                "pgbench",
                "-n",
                "-S",
                "-M",
                "prepared",
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(2, clients)),
                "-T",
                Integer.toString(seconds),
                "-h",
                "127.0.0.1",
                "-p",
                port(between),
                "-U",
                server.user(),
                server.database()));
        long spent = between.processorTime().toNanos() - before;
        String key = clients + between.name();
        tps.computeIfAbsent(key, name -> new ArrayList<>()).add(found(TPS, said));
        micros.computeIfAbsent(key, name -> new ArrayList<>()).add(spent / 1e3 / found(DONE, said));
    }

    private static double found(Pattern pattern, String said) throws IOException {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new IOException("pgbench said something else: " + said);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static String port(Between between) {
        return Integer.toString(between.port());
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PGPASSWORD", server.password(), "PGSSLMODE", "disable"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command.get(0) + " failed: " + said);
        }
        return said;
    }

    private void print(List<Between> all, int rounds) {
        System.out.printf(
                "pgbench -S -M prepared, %s, %d paired rounds of %d s each; medians%n",
                server.version(), rounds, seconds);
        for (int clients : CLIENTS) {
            System.out.printf(
                    "%n| %d client%s | tps | x %s | x %s | CPU us/tx | CPU x %4$s |%n",
                    clients,
                    clients == 1 ? "" : "s",
                    all.get(0).name(),
                    all.get(1).name());
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
            for (Between between : all) {
                String key = clients + between.name();
                System.out.printf(
                        "| %s | %,.0f | %.2f | %.2f | %.1f | %.2f |%n",
                        between.name(),
                        median(values(tps, key)),
                        ratio(tps, key, clients + all.get(0).name()),
                        ratio(tps, key, clients + all.get(1).name()),
                        median(values(micros, key)),
                        ratio(micros, key, clients + all.get(1).name()));
            }
        }
    }

    private static double ratio(Map<String, List<Double>> of, String key, String base) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < values(of, key).size(); round++) {
            ratios.add(values(of, key).get(round) / values(of, base).get(round));
        }
        return median(ratios);
    }

    private static List<Double> values(Map<String, List<Double>> of, String key) {
        return Objects.requireNonNull(of.get(key), key);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(Double.NaN);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
