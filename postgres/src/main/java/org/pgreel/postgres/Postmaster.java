package org.pgreel.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server process. It is the child of a small shell that waits for its standard input to end: when this JVM goes away, in whatever way,
 * the shell ends the server and removes its directory.
 */
final class Postmaster {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final int START_SECONDS_MAX = 60;
    private static final int START_LOOK_MILLIS = 250;
    private static final int START_LOOKS_MAX = START_SECONDS_MAX * 1000 / START_LOOK_MILLIS;
    private static final int STOP_SECONDS_MAX = 20;
    private static final int LOG_LINES_MAX = 200;

    /** First argument: the directory to remove. The rest: the server's command. */
    private static final String GUARD = """
            trap '' INT TERM HUP PIPE
            directory=$1
            shift
            "$@" </dev/null &
            server=$!
            how=QUIT
            read -r how || how=QUIT
            kill -"$how" "$server" 2>/dev/null
            if [ "$how" = STOP ]; then
                echo 'the server stands still' 2>/dev/null
                read -r how || how=KILL
                kill -"$how" "$server" 2>/dev/null
            fi
            wait "$server"
            echo 'the server has ended' 2>/dev/null
            read -r how
            rm -rf "$directory"
            """;

    private final Process guard;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> still = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final Thread hook = new Thread(() -> stop("QUIT"), "pgreel-postgres-stop");

    private Postmaster(Process guard) {
        this.guard = guard;
    }

    /**
     * Starts the server and waits until it accepts connections.
     *
     * @return the running server
     * @throws PortTakenException if another process took the port meanwhile
     */
    static Postmaster start(List<String> serverCommand, Path directory) throws PortTakenException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "pgreel-postgres", directory.toString()));
        command.addAll(serverCommand);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Program.setEnvironment(builder);
        Postmaster postmaster;
        try {
            postmaster = new Postmaster(builder.start());
        } catch (IOException e) {
            throw new PostgresUnavailableException("cannot start PostgreSQL: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(postmaster.hook);
        Thread reader = new Thread(postmaster::readLog, "pgreel-postgres-log");
        reader.setDaemon(true);
        reader.start();
        postmaster.awaitReady();
        return postmaster;
    }

    private void readLog() {
        try (BufferedReader lines = guard.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("{}", line);
                keep(line);
                if (line.contains("database system is ready to accept ")) {
                    ready.complete(true);
                } else if (line.contains("database system is shut down")) {
                    ready.complete(false);
                } else if (line.equals("the server stands still")) {
                    still.complete(true);
                } else if (line.equals("the server has ended")) {
                    ended.complete(true);
                }
            }
        } catch (IOException e) {
            LOG.debug("the server's log ended: {}", e.getMessage());
        }
        ready.complete(false);
        still.complete(true);
        ended.complete(true);
    }

    private synchronized void keep(String line) {
        if (lastLines.size() == LOG_LINES_MAX) {
            lastLines.removeFirst();
        }
        lastLines.addLast(line);
    }

    synchronized List<String> log() {
        return List.copyOf(lastLines);
    }

    private void awaitReady() throws PortTakenException {
        String problem;
        try {
            if (becomesReady()) {
                return;
            }
            problem = "PostgreSQL did not start";
        } catch (TimeoutException e) {
            problem = "PostgreSQL was not ready within " + START_SECONDS_MAX + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "interrupted while PostgreSQL was starting";
        }
        stop("QUIT");
        String log = String.join("\n", log());
        if (log.contains("Address already in use")) {
            throw new PortTakenException();
        }
        throw new PostgresUnavailableException(problem + "; its last words:\n" + log);
    }

    /** Waits until the server is ready, or has ended with or without a word about it. */
    private boolean becomesReady() throws TimeoutException, InterruptedException {
        boolean seen = false;
        for (int look = 0; look < START_LOOKS_MAX; look++) {
            try {
                return ready.get(START_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (TimeoutException notYet) {
                boolean runs = guard.children().findAny().isPresent();
                if (seen && !runs) {
                    return ready.getNow(false);
                }
                seen |= runs;
            }
        }
        throw new TimeoutException();
    }

    /** Ends the server by a signal and removes its directory. Does nothing when that has happened already. */
    void stop(String signal) {
        if (!Thread.currentThread().equals(hook)) {
            removeHook();
        }
        tellGuard(signal);
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the server's guard has ended already: {}", e.getMessage());
        }
        try {
            if (!guard.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL did not stop within {} s and is killed", STOP_SECONDS_MAX);
                guard.descendants().forEach(ProcessHandle::destroyForcibly);
                guard.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellGuard(String signal) {
        try {
            OutputStream stdin = guard.getOutputStream();
            stdin.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
            stdin.flush();
        } catch (IOException e) {
            LOG.debug("the server's guard has ended already: {}", e.getMessage());
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is ending, its hook stops the server too");
        }
    }

    /**
     * Kills the server and its children with SIGKILL, and waits until they are gone: as long as one lives, the server cannot
     * be started again. The guard stays, and with it the directory, until {@link #stop}.
     */
    void kill9() {
        // A server that stands still begins no further child while its children are listed.
        tellGuard("STOP");
        await(still, "stand still");
        List<ProcessHandle> children =
                guard.children().flatMap(ProcessHandle::children).toList();
        tellGuard("KILL");
        await(ended, "end when it was killed");
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> await(child.onExit(), "end with all its processes"));
    }

    private static void await(CompletableFuture<?> event, String what) {
        try {
            event.get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("PostgreSQL did not {} within {} s", what, STOP_SECONDS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another process took the port between our looking for it and the server's listening on it. */
    static final class PortTakenException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
