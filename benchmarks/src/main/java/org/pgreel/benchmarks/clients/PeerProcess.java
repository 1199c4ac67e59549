package org.pgreel.benchmarks.clients;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgreel.benchmarks.peer.Measurement;
import org.pgreel.benchmarks.peer.Target;
import org.pgreel.benchmarks.peer.Workload;

/** A peer's process: passes orders on and reads the answers, one line each. Used by one thread. */
final class PeerProcess implements AutoCloseable {

    private static final long LIMIT_SECONDS = 180;
    private static final long END_SECONDS = 5;

    private final String name;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a process; what it writes to standard error comes out of this one's.
     *
     * @param name how it is called in messages
     * @param command the command with its arguments
     */
    static PeerProcess start(String name, List<String> command) throws IOException {
        return new PeerProcess(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** Returns whether the peer can do the workload; it is then ready to. */
    boolean open(Workload workload, Target target) throws IOException {
        String[] answer = ask("open " + workload.label() + " " + target.words(), "opened", "unsupported");
        return answer[0].equals("opened");
    }

    Measurement round(int repeats, long seed) throws IOException {
        return Measurement.parse(ask("round " + repeats + " " + seed, "measured"), 1);
    }

    void done() throws IOException {
        ask("close", "closed");
    }

    /** Reads the next line of a process that speaks without being asked. */
    String[] hear(String... expected) throws IOException {
        return words(readLine("its first word"), "its first word", expected);
    }

    private String[] ask(String order, String... expected) throws IOException {
        String shown = order.startsWith("open")
                ? String.join(" ", List.of(order.split(" ")).subList(0, 2))
                : order;
        try {
            orders.write(order);
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            throw new IOException(name + " ended instead of answering to " + shown, e);
        }
        return words(readLine(shown), shown, expected);
    }

    private String[] words(String answer, String asked, String... expected) throws IOException {
        String[] words = answer.split(" ");
        if (!List.of(expected).contains(words[0])) {
            throw new IOException(name + " answered to " + asked + ": " + answer);
        }
        return words;
    }

    private String readLine(String asked) throws IOException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::blockingLine);
        try {
            return line.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(name + " did not answer to " + asked + " within " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(name + " ended instead of answering to " + asked, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " was asked " + asked, e);
        }
    }

    private String blockingLine() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("end of its output");
            }
            return line;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException alreadyGone) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
