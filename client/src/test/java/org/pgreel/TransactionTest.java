package org.pgreel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgreel.client.ConnectionLostException;
import org.pgreel.client.IsolationLevel;
import org.pgreel.client.Parameter;
import org.pgreel.client.Savepoint;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.Session;
import org.pgreel.client.Transaction;
import org.pgreel.client.TransactionOptions;
import org.pgreel.client.TransactionRolledBackException;
import org.pgreel.postgres.PostgresServer;
import org.pgreel.protocol.message.TransactionStatus;

/** Transactions and savepoints against a real server. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class TransactionTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @RegisterExtension
    static final WatchedClient WATCHED = new WatchedClient();

    private final Session session = WATCHED.connect(WatchedClient.to(SERVER), new RecordedLife());

    @BeforeEach
    void table() throws Exception {
        done(session.query("CREATE TEMPORARY TABLE t (n int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)"));
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        session.ended().get(30, TimeUnit.SECONDS);
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private List<String> rows() throws Exception {
        return done(session.query("SELECT n FROM t ORDER BY n")).only().rows().stream()
                .map(row -> String.valueOf(row.text(0)))
                .toList();
    }

    @Test
    void whatIsCommittedStaysAndWhatIsRolledBackDoesNot() throws Exception {
        Transaction kept = done(session.begin());
        done(kept.query("INSERT INTO t VALUES ($1)", List.of(Parameter.text("1"))));
        done(kept.commit());
        Transaction undone = done(session.begin());
        done(undone.query("INSERT INTO t VALUES (2)"));
        done(undone.rollback());

        assertThat(rows()).containsExactly("1");
        assertThat(kept.isOpen()).isFalse();
    }

    @Test
    void theOptionsReachTheServer() throws Exception {
        TransactionOptions options = TransactionOptions.of(IsolationLevel.SERIALIZABLE)
                .withReadOnly(true)
                .withDeferrable(true);
        Transaction transaction = done(session.begin(options));

        for (String[] expected : new String[][] {
            {"transaction_isolation", "serializable"},
            {"transaction_read_only", "on"},
            {"transaction_deferrable", "on"}
        }) {
            assertThat(done(transaction.query("SHOW " + expected[0]))
                            .only()
                            .onlyRow()
                            .text(0))
                    .isEqualTo(expected[1]);
        }
        done(transaction.commit());
        assertThat(TransactionOptions.DEFAULTS
                        .withReadOnly(false)
                        .withDeferrable(false)
                        .beginStatement())
                .isEqualTo("BEGIN READ WRITE NOT DEFERRABLE");
    }

    @Test
    void aHandleIsGoodForOneTransaction() throws Exception {
        Transaction committed = done(session.begin());
        done(committed.commit());
        assertThatThrownBy(() -> committed.query("SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the transaction was committed: a handle is good for one transaction");
        assertThatThrownBy(committed::rollback).isInstanceOf(IllegalStateException.class);

        Transaction rolledBack = done(session.begin());
        CompletableFuture<Void> first = rolledBack.rollback();
        assertThatThrownBy(rolledBack::commit).isInstanceOf(IllegalStateException.class);
        done(first);
        assertThatThrownBy(() -> rolledBack.savepoint("s")).hasMessageContaining("was rolled back");
    }

    @Test
    void aTransactionThatAStatementEndedTakesNoMore() throws Exception {
        Transaction transaction = done(session.begin());
        done(session.query("COMMIT"));

        assertThatThrownBy(() -> transaction.query("INSERT INTO t VALUES (1)"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was ended by a statement that did not go by its handle");
        done(done(session.begin()).commit());
    }

    @Test
    void aSecondTransactionAtOnceIsRefused() throws Exception {
        CompletableFuture<Transaction> first = session.begin();
        assertThatThrownBy(session::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in a transaction already");
        Transaction transaction = done(first);
        assertThatThrownBy(session::begin).isInstanceOf(IllegalStateException.class);
        done(transaction.rollback());

        done(session.query("BEGIN"));
        assertThatThrownBy(session::begin).isInstanceOf(IllegalStateException.class);
        done(session.query("ROLLBACK"));
        done(done(session.begin()).rollback());
    }

    @Test
    void committingAnAbortedTransactionIsAFailureThatSaysSo() throws Exception {
        Transaction transaction = done(session.begin());
        done(transaction.query("INSERT INTO t VALUES (1)"));
        assertThatThrownBy(() -> done(transaction.query("SELECT 1/0")))
                .cause()
                .isInstanceOf(ServerErrorException.class);

        assertThatThrownBy(() -> done(transaction.commit()))
                .cause()
                .isInstanceOfSatisfying(TransactionRolledBackException.class, failure -> {
                    assertThat(failure.getMessage()).contains("ROLLBACK").contains("22012");
                    assertThat(failure.mayHaveCommitted()).isFalse();
                    assertThat(failure.getCause()).isInstanceOf(ServerErrorException.class);
                });
        assertThat(rows()).isEmpty();
    }

    @Test
    void aDeferredConstraintFailsTheCommitAndNothingIsPermanent() throws Exception {
        Transaction transaction = done(session.begin());
        done(transaction.query("INSERT INTO t VALUES (1), (1)"));

        assertThatThrownBy(() -> done(transaction.commit()))
                .cause()
                .isInstanceOfSatisfying(ServerErrorException.class, error -> {
                    assertThat(error.sqlState()).isEqualTo("23505");
                    assertThat(error.effect()).isEqualTo(ServerEffect.NONE);
                });
        assertThat(rows()).isEmpty();
        assertThat(session.transactionStatus()).contains(TransactionStatus.IDLE);
        assertThatThrownBy(transaction::rollback).hasMessageContaining("failed to commit");
    }

    @Test
    void aSavepointBringsAnAbortedTransactionBack() throws Exception {
        Transaction transaction = done(session.begin());
        done(transaction.query("INSERT INTO t VALUES (1)"));
        Savepoint savepoint = done(transaction.savepoint("with \"quotes\" and blanks"));
        assertThatThrownBy(() -> done(transaction.query("SELECT 1/0"))).hasMessageContaining("division");
        assertThat(transaction.abortedBy()).isPresent();
        assertThatThrownBy(() -> done(savepoint.release())).hasMessageContaining("25P02");

        done(savepoint.rollbackTo());
        assertThat(transaction.abortedBy()).isEmpty();
        done(transaction.query("INSERT INTO t VALUES (2)"));
        done(savepoint.release());
        done(transaction.commit());

        assertThat(rows()).containsExactly("1", "2");
        assertThatThrownBy(savepoint::rollbackTo).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void laterSavepointsAreGoneWithAnEarlierOne() throws Exception {
        Transaction transaction = done(session.begin());
        Savepoint outer = done(transaction.savepoint("outer"));
        assertThatThrownBy(() -> transaction.savepoint("outer")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> transaction.savepoint("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        Savepoint inner = done(transaction.savepoint("inner"));

        CompletableFuture<Void> undone = outer.rollbackTo();
        CompletableFuture<Savepoint> behind = transaction.savepoint("behind");
        done(undone);
        assertThatThrownBy(inner::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the savepoint inner is gone, or about to be");
        done(done(behind).release());
        done(outer.release());
        done(transaction.rollback());
        assertThatThrownBy(outer::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nestedWorkThatFailsUndoesItselfAlone() throws Exception {
        int answer = done(session.inTransaction(transaction -> transaction
                .query("INSERT INTO t VALUES (1)")
                .thenCompose(first -> transaction.nested(savepoint -> transaction
                        .query("INSERT INTO t VALUES (2)")
                        .thenCompose(second -> transaction.query("SELECT 1/0"))))
                .handle((result, failure) -> failure)
                .thenCompose(failure -> transaction.nested(savepoint -> transaction.query("INSERT INTO t VALUES (3)")))
                .thenCompose(third -> transaction.nested(
                        savepoint -> transaction.query("SELECT 1/0").handle((swallowed, failure) -> "no failure")))
                .handle((result, failure) -> failure == null ? 0 : 42)));

        assertThat(answer).isEqualTo(42);
        assertThat(rows()).containsExactly("1", "3");
    }

    @Test
    void aCommitThatWasNeverSentHasNotCommitted() throws Exception {
        Transaction transaction = done(session.begin());
        done(transaction.query("INSERT INTO t VALUES (1)"));
        Integer victim = session.processId().orElseThrow();
        // The backend is told to end, and does so inside the statement or at the COMMIT behind it.
        CompletableFuture<?> last = transaction.query("SELECT pg_terminate_backend(" + victim + "), pg_sleep(60)");
        CompletableFuture<Void> commit = transaction.commit();

        assertThatThrownBy(() -> done(last)).isNotNull();
        assertThatThrownBy(() -> done(commit)).cause().isInstanceOfSatisfying(ConnectionLostException.class, lost -> {
            assertThat(lost.mayHaveExecuted()).isFalse();
            assertThat(lost.mayHaveCommitted()).isFalse();
        });
    }
}
