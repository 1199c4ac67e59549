package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;

/** Both directions full at once: nobody waits for ever, and what is not sent yet stays with the application. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class PipelinedFlowTest {
    private static final int STATEMENTS = 1_000;
    private static final int SIZE = 1 << 20;
    private static final int BUFFERS = 64 << 10;
    private static final int BYTEA = 17;

    /** One statement, what the transport takes before it says that it is full, and what the kernel doubles. */
    private static final long UNSENT_MAX = SIZE + 16L * BUFFERS;

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private static List<CompletableFuture<Integer>> submitAll(Session session) {
        byte[] value = new byte[SIZE];
        Arrays.fill(value, (byte) 7);
        Parameter parameter = Parameter.binary(BYTEA, Bytes.wrap(value));
        ParameterizedQuery query =
                ParameterizedQuery.of("SELECT $1", List.of(parameter)).withBinaryResults();
        List<CompletableFuture<Integer>> lengths = new ArrayList<>();
        for (int i = 0; i < STATEMENTS; i++) {
            lengths.add(session.query(query).thenApply(result -> {
                Bytes echo = result.rows().isEmpty() ? null : result.onlyRow().bytes(0);
                return echo == null ? 0 : echo.length();
            }));
        }
        return lengths;
    }

    private static void await(List<CompletableFuture<Integer>> lengths, int expected) throws Exception {
        CompletableFuture.allOf(lengths.toArray(CompletableFuture<?>[]::new)).get(240, TimeUnit.SECONDS);
        assertThat(lengths).allSatisfy(length -> assertThat(length).isCompletedWithValue(expected));
    }

    @Test
    void aThousandMegabytesGoBothWaysOverSmallBuffers() throws Exception {
        ConnectOptionsBuilder options =
                WatchedClient.to(PostgresServer.shared()).socketBuffers(BUFFERS).pipelineDepth(STATEMENTS);
        Session session = WATCHED.connect(options, new RecordedLife());

        await(submitAll(session), SIZE);

        session.close();
    }

    /** Reads nothing until it is let, then everything. */
    private static final class DeafServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket();
        private final AtomicLong received = new AtomicLong();
        private final CountDownLatch listens = new CountDownLatch(1);
        private final CompletableFuture<Void> served;

        DeafServer() throws IOException {
            listening.setReceiveBufferSize(BUFFERS);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            served = CompletableFuture.runAsync(this::serve);
        }

        int port() {
            return listening.getLocalPort();
        }

        private void serve() {
            try (Socket socket = listening.accept()) {
                ScriptedBackend backend = ScriptedBackend.on(socket);
                backend.login();
                if (!listens.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody let it listen");
                }
                DataInputStream in = new DataInputStream(socket.getInputStream());
                for (int syncs = 0; syncs < STATEMENTS; ) {
                    int type = in.read();
                    int length = in.readInt();
                    in.skipNBytes(length - Integer.BYTES);
                    received.addAndGet(length + 1L);
                    syncs += type == 'S' ? 1 : 0;
                    answer(type, backend);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static void answer(int type, ScriptedBackend backend) throws IOException {
            switch (type) {
                case 'P' -> backend.send(new ParseComplete());
                case 'B' -> backend.send(new BindComplete());
                case 'D' -> backend.send(new NoData());
                case 'E' -> backend.send(new CommandComplete("SELECT 0"));
                case 'S' -> backend.send(new ReadyForQuery(TransactionStatus.IDLE));
                default -> throw new AssertionError("the client sent " + (char) type);
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @Test
    void aServerThatIsDeafForFiveSecondsGetsAllBehindThat() throws Exception {
        try (DeafServer server = new DeafServer()) {
            CountedTap written = new CountedTap();
            Session session = WATCHED.connect(
                    ConnectOptions.builder()
                            .host(InetAddress.getLoopbackAddress().getHostAddress())
                            .port(server.port())
                            .user("deaf")
                            .password(ScriptedBackend.PASSWORD)
                            .sslMode(SslMode.DISABLE)
                            .socketBuffers(BUFFERS)
                            .pipelineDepth(STATEMENTS)
                            .tap(written),
                    new RecordedLife());
            session.ready().get(30, TimeUnit.SECONDS);

            List<CompletableFuture<Integer>> lengths = submitAll(session);
            boolean early = lengths.get(0)
                    .handle((length, failure) -> true)
                    .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                    .get(30, TimeUnit.SECONDS);

            assertThat(early).as("answered by a deaf server").isFalse();
            assertThat(written.bytes()).as("handed to the transport").isLessThan(UNSENT_MAX);
            server.listens.countDown();
            await(lengths, 0);
            server.served.get(30, TimeUnit.SECONDS);
            assertThat(server.received.get()).isGreaterThan((long) STATEMENTS * SIZE);
            session.close();
        }
    }
}
