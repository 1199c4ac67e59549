package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgreel.session.Messages.FAILED;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.IN_BLOCK;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgreel.client.BatchResult;
import org.pgreel.client.Parameter;
import org.pgreel.client.PgException;
import org.pgreel.client.RolledBackException;
import org.pgreel.client.ServerEffect;
import org.pgreel.client.ServerErrorException;
import org.pgreel.client.StatementBatch;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.NoData;
import org.pgreel.protocol.message.ParseComplete;

/** One statement for many rows: what is sent, and how it comes out. */
class BatchTest {

    private static final String INSERT = "insert into t values ($1, $2)";

    private final SessionRig rig = SessionRig.plain().ready();

    private static StatementBatch rows(int count) {
        StatementBatch batch = StatementBatch.of(INSERT);
        for (int i = 0; i < count; i++) {
            batch.add(i).add("n" + i).endRow();
        }
        return batch;
    }

    private static BackendMessage[] first() {
        return new BackendMessage[] {new ParseComplete(), new BindComplete(), new NoData(), done("INSERT 0 1")};
    }

    private static PgException failure(CompletableFuture<BatchResult> batch) {
        Throwable failure = batch.handle((result, thrown) -> thrown).join();
        assertThat(failure).isInstanceOf(PgException.class);
        return (PgException) failure;
    }

    @Test
    void theStatementIsParsedOnceAndAllRowsLeaveInOneWriteWithOneSync() {
        var unused = rig.session.execute(rows(3));

        assertThat(rig.effects.asked)
                .containsExactly("write Parse Bind Describe Execute Bind Execute Bind Execute Sync", "flush");
    }

    @Test
    void itSucceedsAtItsReadyForQueryWithACountForEachRow() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(3));

        rig.receive(first()).receive(new BindComplete(), done("INSERT 0 0"), new BindComplete(), done("INSERT 0 2"));
        assertThat(batch).isNotDone();
        rig.receive(IDLE);

        BatchResult result = batch.join();
        assertThat(result.size()).isEqualTo(3);
        assertThat(result.rowCount(0)).isEqualTo(1);
        assertThat(result.rowCount(1)).isZero();
        assertThat(result.rowCount(2)).isEqualTo(2);
        assertThat(result.total()).isEqualTo(3);
    }

    @Test
    void aRowThatTheServerRefusesIsNamedAndNothingIsLeft() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(3));

        rig.receive(first()).receive(new BindComplete(), error("ERROR", "23505"), IDLE);

        assertThat(failure(batch)).isInstanceOfSatisfying(RolledBackException.class, failure -> {
            assertThat(failure.failedIndex()).isEqualTo(1);
            assertThat(failure.effect()).isEqualTo(ServerEffect.NONE);
            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            ServerErrorException.class,
                            cause -> assertThat(cause.sqlState()).isEqualTo("23505"));
        });
    }

    @Test
    void theFirstRowIsNamedToo() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(2));

        rig.receive(new ParseComplete(), new BindComplete(), new NoData(), error("ERROR", "23505"), FAILED);

        assertThat(failure(batch))
                .isInstanceOfSatisfying(
                        RolledBackException.class,
                        failure -> assertThat(failure.failedIndex()).isZero());
    }

    @Test
    void anErrorBehindTheLastRowIsThatOfTheBatch() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(2));

        rig.receive(first()).receive(new BindComplete(), done("INSERT 0 1"), error("ERROR", "23503"), IDLE);

        assertThat(failure(batch)).isInstanceOf(ServerErrorException.class);
        assertThat(failure(batch).effect()).isEqualTo(ServerEffect.NONE);
    }

    @Test
    void aFatalErrorBehindTheLastRowLeavesItInDoubt() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(2));

        rig.receive(first()).receive(new BindComplete(), done("INSERT 0 1"), error("FATAL", "57P01"));
        rig.core.endOfStream();

        assertThat(failure(batch).effect()).isEqualTo(ServerEffect.MAY_HAVE_COMMITTED);
    }

    @Test
    void aBatchWithoutRowsSendsNothing() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(0));

        assertThat(rig.effects.asked).isEmpty();
        assertThat(batch.join().size()).isZero();
    }

    @Test
    void anotherOperationFollowsBehindItsSync() {
        CompletableFuture<BatchResult> batch = rig.session.execute(rows(2));
        var unused = rig.session.query("select 1");

        rig.receive(first()).receive(new BindComplete(), done("INSERT 0 1"), IN_BLOCK);

        assertThat(batch).isCompleted();
        assertThat(rig.effects.asked).anyMatch(asked -> asked.contains("Query"));
    }

    @Test
    void rowsOfAnotherShapeAreRefused() {
        StatementBatch batch = rows(1);

        assertThatThrownBy(() -> batch.add("one")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.add(1).endRow())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 has 1 values, and the first has 2");
        batch.add("two");
        assertThatThrownBy(() -> batch.add(3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(batch.endRow().rows()).isEqualTo(2);
    }

    @Test
    void nullHasTheTypeOfTheOthers() {
        StatementBatch batch = StatementBatch.of(INSERT);
        batch.addNull().add((String) null).endRow();
        batch.add(7L).add(Parameter.text("é")).endRow();

        assertThat(batch.formats()).containsExactly(1, 0);
        assertThat(batch.parameters(0)).allMatch(parameter -> parameter.value() == null);
        assertThat(batch.parameters(0).get(0).typeOid()).isEqualTo(20);
        assertThat(batch.parameters(1)).containsExactly(Parameter.of(7L), Parameter.text("é"));
    }

    @Test
    void whatIsBeingExecutedCannotBeChanged() {
        StatementBatch batch = rows(1);
        var unused = rig.session.execute(batch);

        assertThatThrownBy(() -> batch.add(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(batch::clear).isInstanceOf(IllegalStateException.class);
        rig.receive(first()).receive(IDLE);
        assertThat(batch.clear().rows()).isZero();
    }

    @Test
    void aRowThatWasNotEndedIsNotSent() {
        StatementBatch batch = rows(1);
        batch.add(1);

        assertThatThrownBy(() -> rig.session.execute(batch)).isInstanceOf(IllegalStateException.class);
        assertThat(rig.effects.asked).isEmpty();
    }
}
