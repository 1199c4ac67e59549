package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.PgException;
import org.pgreel.client.RetryPolicy;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.SslMode;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.TransactionRunner;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.transport.RawServer;

/** What is known of a transaction whose COMMIT is not answered as it should be. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class CommitOutcomeTest {
    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final RawServer server = new RawServer();
    private final ManualTimers timers = new ManualTimers();
    private final AtomicInteger attempts = new AtomicInteger();
    private Session session = WATCHED.connect(
            ConnectOptions.builder()
                    .host("127.0.0.1")
                    .port(server.port())
                    .user("alice")
                    .password(ScriptedBackend.PASSWORD)
                    .sslMode(SslMode.DISABLE),
            new RecordedLife());
    private RawServer.Peer peer;
    private ScriptedBackend backend;

    @BeforeEach
    void login() throws Exception {
        peer = server.accept();
        backend = ScriptedBackend.on(peer.socket());
        backend.login();
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        peer.close();
        server.close();
    }

    private CompletableFuture<String> begun() throws IOException {
        TransactionRunner runner = new TransactionRunner(RetryPolicy.DEFAULT, timers.runningAtOnce(), () -> 0);
        CompletableFuture<String> outcome = runner.run(session, TransactionOptions.DEFAULTS, transaction -> {
            attempts.incrementAndGet();
            return CompletableFuture.completedFuture("done");
        });
        answerBegin();
        backend.readMessage('Q');
        return outcome;
    }

    private void answerBegin() throws IOException {
        backend.readMessage('Q');
        backend.send(new CommandComplete(Bytes.utf8("BEGIN")), new ReadyForQuery(TransactionStatus.IN_BLOCK));
    }

    private static <T extends PgException> T failure(CompletableFuture<?> future, Class<T> kind) {
        Throwable thrown = future.handle((value, failure) -> failure)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(thrown).isInstanceOf(kind);
        return kind.cast(thrown);
    }

    @Test
    void aSessionLostBehindCommitMayHaveCommittedAndIsNotTriedAgain() throws Exception {
        CompletableFuture<String> outcome = begun();
        peer.close();

        ConnectionLostException lost = failure(outcome, ConnectionLostException.class);
        assertThat(lost.mayHaveExecuted()).isTrue();
        assertThat(lost.mayHaveCommitted()).isTrue();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anErrorInAnswerToCommitRolledBackAndIsTriedAgainIfItsCodeSaysSo() throws Exception {
        CompletableFuture<String> outcome = begun();
        backend.send(
                ErrorResponse.of("ERROR", "40001", "could not serialize"), new ReadyForQuery(TransactionStatus.IDLE));
        answerBegin();
        backend.readMessage('Q');
        backend.send(ErrorResponse.of("ERROR", "23503", "no such parent"), new ReadyForQuery(TransactionStatus.IDLE));

        ServerErrorException error = failure(outcome, ServerErrorException.class);
        assertThat(error.sqlState()).isEqualTo("23503");
        assertThat(error.mayHaveCommitted()).isFalse();
        assertThat(error.getSuppressed()).hasSize(1);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aFatalErrorInAnswerToCommitMayHaveCommittedWhateverItsCode() throws Exception {
        CompletableFuture<String> outcome = begun();
        backend.send(ErrorResponse.of("FATAL", "40001", "the server goes down"));
        peer.close();

        assertThat(failure(outcome, ServerErrorException.class).mayHaveCommitted())
                .isTrue();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aBeginThatFailsGivesNoHandleAndLeavesTheSessionFree() throws Exception {
        CompletableFuture<Transaction> refused = session.begin();
        backend.readMessage('Q');
        backend.send(ErrorResponse.of("ERROR", "57014", "canceled"), new ReadyForQuery(TransactionStatus.IDLE));
        assertThat(failure(refused, ServerErrorException.class).sqlState()).isEqualTo("57014");

        CompletableFuture<Transaction> begun = session.begin();
        assertThatThrownBy(session::begin).isInstanceOf(IllegalStateException.class);
        answerBegin();
        assertThat(begun.get(30, TimeUnit.SECONDS).isOpen()).isTrue();
    }
}
