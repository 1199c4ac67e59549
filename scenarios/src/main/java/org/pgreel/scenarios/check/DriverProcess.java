package org.pgreel.scenarios.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One process of a client in driver mode. Used by one thread at a time. */
final class DriverProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TICK_MILLIS = 50;

    private final Process process;
    private final ProcessTree tree;
    private final KeptText errors;
    private final Queue<JsonNode> outcomes = new ConcurrentLinkedQueue<>();
    private volatile @Nullable RunWatch watching;
    private boolean usable = true;

    private DriverProcess(Process process) {
        this.process = process;
        this.tree = new ProcessTree(process);
        this.errors = KeptText.of(process.getErrorStream(), "pgreel-check-err");
    }

    /** Starts the program. */
    static DriverProcess start(ProgramCommand command) throws IOException {
        var builder = new ProcessBuilder(command.words());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        var driver = new DriverProcess(builder.start());
        var reader = new Thread(driver::read, "pgreel-check-out");
        reader.setDaemon(true);
        reader.start();
        var unused = driver.process.onExit().thenRun(driver::tell);
        return driver;
    }

    /** What is no outcome is the program's own chatter, and means nothing. */
    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode outcome = parsed(line);
                if (outcome != null) {
                    outcomes.add(outcome);
                    tell();
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            // The process is gone, which its exit tells.
        }
    }

    private static @Nullable JsonNode parsed(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node != null && node.hasNonNull("name") && node.hasNonNull("exit") ? node : null;
        } catch (JsonProcessingException chatter) {
            return null;
        }
    }

    private void tell() {
        RunWatch current = watching;
        if (current != null) {
            current.changed();
        }
    }

    /** Tells whether it can be told of another run. */
    boolean usable() {
        return usable && process.isAlive();
    }

    /** Ends it and what it has started. */
    void kill() {
        tree.kill();
    }

    ClientEnd run(String name, CaseLogin login, RunWatch watch, RunLimits limits, Runnable waits)
            throws IOException, InterruptedException {
        watching = watch;
        usable = false;
        int before = errors.length();
        var patience = new ClientPatience(watch, limits, waits, tree.busy());
        send(name, login);
        JsonNode outcome = outcome(name);
        while (outcome == null && process.isAlive() && patience.goesOn(tree, errors.written())) {
            watch.await(TICK_MILLIS);
            outcome = outcome(name);
        }
        if (outcome != null) {
            usable = true;
            return new ClientEnd(
                    ClientEnd.How.EXITED,
                    outcome.path("exit").asInt(),
                    outcome.path("stdout").asText(),
                    outcome.path("stderr").asText() + errors.since(before),
                    patience.seconds(),
                    patience.busy());
        }
        boolean died = !process.isAlive();
        kill();
        int status = process.waitFor();
        ClientEnd.How how = died ? ProgramClient.how(status) : ClientEnd.How.NEVER_ENDED;
        return new ClientEnd(how, status, "", errors.since(before), patience.seconds(), patience.busy());
    }

    private @Nullable JsonNode outcome(String name) {
        for (JsonNode outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            if (outcome.path("name").asText().equals(name)) {
                return outcome;
            }
        }
        return null;
    }

    private void send(String name, CaseLogin login) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", name);
        fields.put("host", login.host());
        fields.put("port", login.port());
        fields.put("user", login.user());
        fields.put("password", login.password());
        fields.put("dbname", login.database());
        fields.put("sslmode", login.sslmode());
        fields.put("sql", login.statements().isEmpty() ? "" : login.statements().get(0));
        fields.put("statements", login.statements());
        fields.put("url", login.url());
        fields.put("jdbcUrl", login.jdbcUrl());
        try {
            OutputStream input = process.getOutputStream();
            input.write((JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException gone) {
            // It has died between two runs, or reads no more: its exit, or its time, says so.
        }
    }
}
