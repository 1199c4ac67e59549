package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The shop in other languages: on node-postgres, psycopg and psql. Where a program is not installed, the test is skipped. */
final class ForeignShops {
    private static final List<String> MODULES =
            List.of("/usr/lib/node_modules", "/usr/local/lib/node_modules", "/usr/share/nodejs");

    private ForeignShops() {}

    private static String script(String name) throws IOException {
        try (var in = ForeignShops.class.getResourceAsStream("/clients/" + name)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean runs(List<String> command, Map<String, String> environment) throws Exception {
        return ClientProgram.run(command, "", environment).status() == 0;
    }

    private static String output(ClientProgram.Result result) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.status()).isZero();
        return result.output();
    }

    static String node(RecordedRun.Target target, boolean changed) throws Exception {
        Map<String, String> environment = new HashMap<>(target.environment());
        environment.put("NODE_PATH", System.getenv().getOrDefault("NODE_PATH", String.join(":", MODULES)));
        assumeTrue(
                runs(List.of("node", "-e", "require('pg'); require('pg-copy-streams')"), environment),
                "node has no modules pg and pg-copy-streams (npm install -g pg pg-copy-streams)");
        return output(ClientProgram.run(command("node", changed), script("shop.js"), environment));
    }

    private static List<String> command(String program, boolean changed) {
        return changed ? List.of(program, "-", "changed") : List.of(program, "-");
    }

    static String psycopg(RecordedRun.Target target, boolean changed) throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            boolean there = python.startsWith("/") ? Files.isExecutable(Path.of(python)) : true;
            if (there && runs(List.of(python, "-c", "import psycopg, psycopg_pool"), target.environment())) {
                return output(ClientProgram.run(command(python, changed), script("shop.py"), target.environment()));
            }
        }
        assumeTrue(false, "python3 has no psycopg and psycopg_pool (python3-psycopg, python3-psycopg-pool)");
        return "";
    }

    /** Has no pool: one psql begins and ends, and four are at work at once. */
    static String psql(RecordedRun.Target target, boolean changed) throws Exception {
        psqlOf(
                target,
                "create table account (id int primary key, name text, balance numeric(10, 2));\n"
                        + "copy account from stdin;\n" + ShopAccounts.LINES + "\\.\n");
        List<String> lines = new ArrayList<>();
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<String>> workers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String script = psqlWorker(w, changed && w == 2 ? "3.50" : "2.50");
                workers.add(CompletableFuture.supplyAsync(() -> psqlOf(target, script), threads));
            }
            for (CompletableFuture<String> worker : workers) {
                lines.add(worker.get(60, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        return String.join("\n", lines) + psqlOf(target, "copy (select * from account order by id) to stdout;\n");
    }

    private static String psqlWorker(int w, String amount) {
        var script = new StringBuilder("\\set VERBOSITY verbose\nlisten news_" + w + ";\n"
                + "prepare read (int) as select name, balance from account where id = $1;\n");
        for (int i = 10 * w; i < 10 * w + 10; i++) {
            script.append("execute read (" + i + ");\n");
        }
        script.append("begin;\n");
        script.append("update account set balance = balance - " + amount + " where id = " + 10 * w + ";\n");
        script.append("update account set balance = balance + 2.50 where id = " + (10 * w + 1) + ";\n");
        script.append("commit;\nbegin;\n");
        script.append("insert into account values (" + 10 * w + ", 'again', 0);\nrollback;\n");
        script.append("select balance from account where id = " + 10 * w + " \\gdesc\n");
        script.append("select balance from account where id = " + 10 * w + ";\n");
        script.append("notify news_" + w + ", 'worker " + w + " done';\n");
        return script.toString();
    }

    private static String psqlOf(RecordedRun.Target target, String script) {
        try {
            ClientProgram.Result result = ClientProgram.run(List.of("psql", "-X", "-A"), script, target.environment());
            // The process id of the sender is another in each run.
            return (result.output() + result.errors()).replaceAll("process with PID \\d+", "process");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
