package org.pgreel;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.CopyOut;
import org.pgreel.client.Inflow;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;

/** Copies 256 MiB out of a server, slowly, and 256 MiB into it, in a heap that is far smaller. */
final class BulkProgram {
    private static final int LINE = 1024;
    private static final int LINES = 256 << 10;
    private static final long PAUSE_EVERY = 8 << 20;

    private BulkProgram() {}

    /**
     * Runs it.
     *
     * @param arguments host, port, user, password and database
     */
    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .password(arguments[3])
                .database(arguments[4])
                .sslMode(SslMode.DISABLE)
                .build();
        try (PgClient client = PgClient.create();
                Session session = client.connect(options, new SessionStatusNotify() {})) {
            PrintStream out = new PrintStream(System.out, true);
            out.println("copied out " + copiedOut(session));
            out.println("copied in " + copiedIn(session));
        }
    }

    private static long copiedOut(Session session) throws Exception {
        Executor later = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);
        CompletableFuture<Inflow> valve = new CompletableFuture<>();
        AtomicLong bytes = new AtomicLong();
        CopyOut copy = session.copyOut(
                "COPY (SELECT repeat('x', " + (LINE - 1) + ") FROM generate_series(1, " + LINES + ")) TO STDOUT",
                data -> {
                    long before = bytes.getAndAdd(data.length());
                    if (before / PAUSE_EVERY != bytes.get() / PAUSE_EVERY) {
                        valve.thenAccept(inflow -> {
                            inflow.pause();
                            later.execute(inflow::resume);
                        });
                    }
                });
        valve.complete(copy);
        QueryResult unused = copy.done().get(100, TimeUnit.SECONDS);
        return bytes.get();
    }

    private static long copiedIn(Session session) throws Exception {
        session.query("CREATE TEMPORARY TABLE bulk (line text)").get(30, TimeUnit.SECONDS);
        session.query("INSERT INTO bulk VALUES ('x')").get(30, TimeUnit.SECONDS);
        QueryResult result = session.copyIn("COPY bulk FROM STDIN").feed(new Lines());
        return result.rowCount().orElseThrow();
    }

    /** Lines of one length, made as they are read. */
    private static final class Lines extends InputStream {
        private long at;

        @Override
        public int read() {
            return at == (long) LINES * LINE ? -1 : ++at % LINE == 0 ? '\n' : 'y';
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            int count = (int) Math.min(length, (long) LINES * LINE - at);
            for (int i = 0; i < count; i++) {
                buffer[from + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
