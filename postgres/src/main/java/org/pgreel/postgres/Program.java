package org.pgreel.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program that ends by itself, and keeps what it wrote. */
final class Program {

    private static final int SECONDS_MAX = 60;

    private Program() {}

    /** How a program ended. */
    record Outcome(int status, String output) {

        void requireSuccess(String what) {
            if (status != 0) {
                throw new PostgresUnavailableException(what + " ended with status " + status + ": " + output.strip());
            }
        }
    }

    static Outcome run(List<String> command, String input) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        setEnvironment(builder);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PostgresUnavailableException("cannot run " + command.get(0) + ": " + e.getMessage(), e);
        }
        CompletableFuture<Process> watched = process.onExit()
                .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
                .whenComplete((ended, late) -> {
                    if (late != null) {
                        process.destroyForcibly();
                    }
                });
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading its input; its status and output say why.
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Outcome outcome = new Outcome(process.waitFor(), output);
            if (watched.isCompletedExceptionally()) {
                throw new PostgresUnavailableException(command.get(0) + " did not end within " + SECONDS_MAX + " s");
            }
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PostgresUnavailableException("interrupted while " + command.get(0) + " was running", e);
        }
    }

    /** The server's messages are read by us, so they have to be in English; and a user's PGDATA must not reach it. */
    static void setEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
    }
}
