package org.pgreel.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a server until it is told to stop, or for as long as one program runs against it: prints where it listens, writes
 * the ready file, waits, and stops it in order.
 */
final class ServerRun {

    private static final Duration LOOKING_PERIOD = Duration.ofMillis(20);

    private final ServerOutput output;
    private final ListenOptions listening;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private Duration patience = Duration.ZERO;
    private @Nullable BooleanSupplier over;
    private boolean succeeded;

    ServerRun(PrintWriter out, OutputOptions options, ListenOptions listening) {
        this.output = new ServerOutput(out, options);
        this.listening = listening;
    }

    /**
     * A server that runs.
     *
     * @param address where it listens
     * @param remark what else to say of it
     * @param login whom a program logs in as
     * @param close stops it; called at least once, harmless the second time
     */
    record Served(HostAndPort address, String remark, ProgramRun.Login login, Runnable close) {}

    /**
     * Says how long the server may take to stop, besides what every server takes.
     *
     * @param more the time that its connections are given
     */
    void stopsWithin(Duration more) {
        patience = more;
    }

    /**
     * Says that the server stops by itself.
     *
     * @param condition asked now and then whether its work is done
     */
    void endsWhen(BooleanSupplier condition) {
        over = condition;
    }

    /**
     * Adds what the line for machines says of the server besides its address.
     *
     * @param field the field's name
     * @param value its value
     */
    void tells(String field, Object value) {
        details.put(field, value);
    }

    /** Tells whether the program that ran against the server has succeeded, or the server was told to stop. */
    boolean succeeded() {
        return succeeded;
    }

    /** Returns where the server's events are printed. */
    ServerOutput output() {
        return output;
    }

    /**
     * Runs to the end.
     *
     * @param server the server
     * @param words the program to run against it; null to run until SIGTERM or SIGINT
     * @param verdict reports, once the server is stopped, and returns the exit status of the verdict
     * @return the exit status: of the verdict, or 1 if the program failed
     */
    int until(Served server, @Nullable List<String> words, IntSupplier verdict) throws InterruptedException {
        var signal = StopSignal.listening(patience);
        int status = ExitStatus.INPUT_OUTPUT;
        try {
            int ran = words == null ? served(server, signal) : program(server, words, signal);
            succeeded = ran == ExitStatus.DONE;
            server.close().run();
            status = Math.max(verdict.getAsInt(), ran);
            return status;
        } finally {
            // Whatever went wrong, all is closed before the signal may end the JVM.
            server.close().run();
            signal.stopped(status);
        }
    }

    private int served(Served server, StopSignal signal) throws InterruptedException {
        output.listening(server.address(), server.remark(), details);
        listening.tellReady(server.address());
        BooleanSupplier condition = over;
        if (condition == null) {
            signal.await();
        } else {
            while (!signal.await(LOOKING_PERIOD) && !condition.getAsBoolean()) {
                // Looks again.
            }
        }
        return ExitStatus.DONE;
    }

    private int program(Served server, List<String> words, StopSignal signal) throws InterruptedException {
        listening.tellReady(server.address());
        return judged(words.get(0), new ProgramRun(server.address(), server.login()).run(words, signal));
    }

    private int judged(String program, int status) {
        if (status == 0) {
            return ExitStatus.DONE;
        }
        output.event("program", Map.of("program", program, "status", status), program + " ended with status " + status);
        return ExitStatus.CHECK_FAILED;
    }
}
