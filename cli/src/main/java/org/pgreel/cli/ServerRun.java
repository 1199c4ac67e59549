package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a server until it is told to stop, or for as long as one program runs against it: prints where it listens, writes
 * the ready file, waits, and stops it in order.
 */
final class ServerRun {

    private final ServerOutput output;
    private final ListenOptions listening;

    ServerRun(PrintWriter out, OutputOptions options, ListenOptions listening) {
        this.output = new ServerOutput(out, options);
        this.listening = listening;
    }

    /** Stops the server, reports, and returns the exit status of the verdict. */
    @FunctionalInterface
    interface Stop {
        int stop();
    }

    /** Returns where the server's events are printed. */
    ServerOutput output() {
        return output;
    }

    /**
     * Runs to the end.
     *
     * @param address where the server listens
     * @param remark what else to say of it
     * @param words the program to run against it; null to run until SIGTERM or SIGINT
     * @param login whom the program logs in as
     * @param stop stops the server and judges
     * @return the exit status: of the verdict, or 1 if the program failed
     */
    int until(HostAndPort address, String remark, @Nullable List<String> words, ProgramRun.Login login, Stop stop)
            throws InterruptedException {
        var signal = StopSignal.listening();
        int status = ExitStatus.INPUT_OUTPUT;
        try {
            if (words == null) {
                output.listening(address, remark);
                listening.tellReady(address);
                signal.await();
                status = stop.stop();
            } else {
                listening.tellReady(address);
                int programStatus = new ProgramRun(address, login).run(words);
                status = Math.max(stop.stop(), judged(words.get(0), programStatus));
            }
            return status;
        } finally {
            signal.stopped(status);
        }
    }

    private int judged(String program, int status) {
        if (status == 0) {
            return ExitStatus.DONE;
        }
        output.event("program", Map.of("program", program, "status", status), program + " ended with status " + status);
        return ExitStatus.CHECK_FAILED;
    }
}
