package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.report.RecordedConnectionId;
import org.pgreel.replay.source.Ending;

/** How a recorded connection ended, and how the one that plays it ends. */
final class EndingTest extends PlayedRecording {
    @Test
    void aClientThatEndsEarlyLeavesTheRestOver() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"), new Terminate());

        assertThat(only(engine).outcome()).isEqualTo(ConnectionOutcome.LEFT_OVER);
        assertThat(only(engine).leftOver()).isEqualTo(1);
        assertThat(only(engine).line()).contains("1 of 2 messages, ended early: 1 message not played");
        assertThat(engine.report().passed()).isFalse();
    }

    @Test
    void aPlainEndOfStreamIsAsGoodAsTerminate() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"), new Query("select 2"));

        client.connection.endOfStream();

        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void aClientThatEndsItsSideIsStillAnswered() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();
        client.effects.room(1);
        client.send(new Query("select 1"), new Query("select 2"));

        client.connection.endOfStream();
        assertThat(client.effects.closed).isFalse();
        client.effects.room(Integer.MAX_VALUE);
        client.connection.writable();

        assertThat(client.take()).hasSize(8);
        assertThat(client.effects.closed).isTrue();
    }

    @Test
    void aClientThatEndsInsideAMessageIsReported() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1").toBytes().slice(0, 7));

        client.connection.reset();

        assertThat(only(engine).line()).endsWith("the client ended in the middle of a message");
        assertThat(client.effects.aborted).isTrue();
    }

    @Test
    void aResetInTheMiddleOfTheLastAnswerIsReported() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.effects.room(1);
        client.send(new Query("select 1"), new Query("select 2"));

        client.connection.reset();

        assertThat(only(engine).outcome()).isEqualTo(ConnectionOutcome.LEFT_OVER);
        assertThat(only(engine).line()).endsWith("the connection broke before the client had all answers");
        assertThat(engine.report().passed()).isFalse();
    }

    @Test
    void aResetBehindTheEndOfTheClientsSideIsReportedToo() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.effects.room(1);
        client.send(new Query("select 1"), new Query("select 2"));
        client.connection.endOfStream();

        client.connection.reset();

        assertThat(only(engine).outcome()).isEqualTo(ConnectionOutcome.LEFT_OVER);
    }

    @Test
    void aResetWhereTheRecordedClientEndedInOrderIsReported() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"), new Query("select 2"));

        client.connection.reset();

        assertThat(only(engine).outcome()).isEqualTo(ConnectionOutcome.LEFT_OVER);
        assertThat(only(engine).line()).endsWith("the connection broke where the recorded client ended in order");
    }

    @Test
    void aResetIsAnEndWhereTheRecordedClientWasLost() {
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"))
                .answers(row("1"))
                .ends(Ending.Kind.CLIENT_LOST);
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"));

        client.connection.reset();

        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void theServersEndFollowsItsLastMessage() {
        recording
                .connection("alice", 7)
                .sends(new Query("select pg_terminate_backend(7)"))
                .answers(ErrorResponse.of("FATAL", "57P01", "terminating connection"))
                .ends(Ending.Kind.SERVER_CLOSED);
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        assertThat(client.effects.closed).isFalse();

        client.send(new Query("select pg_terminate_backend(7)"));

        assertThat(client.takeError().sqlState()).isEqualTo("57P01");
        assertThat(client.effects.closed).isTrue();
        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void aResetWaitsForTheCycleThatItLeftUnanswered() {
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"))
                .answers(row("1"))
                .sends(INSERT)
                .ends(Ending.Kind.SERVER_RESET);
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"));
        client.send(INSERT[0], INSERT[1], INSERT[2]);
        assertThat(client.effects.aborted).isFalse();

        client.send(INSERT[3]);

        assertThat(client.effects.aborted).isTrue();
        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void aMessageThatTheServerCutOffIsPlayedSo() {
        Bytes half = new DataRow(Values.ofText("12345678")).toBytes().slice(0, 9);
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"))
                .bytes(Direction.BACKEND, half)
                .ends(Ending.Kind.SERVER_RESET);
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        client.send(new Query("select 1"));

        assertThat(client.effects.takeFlushes()).containsExactly(half.toArray());
        assertThat(client.effects.aborted).isTrue();
    }

    @Test
    void aReportNamesWhatNobodyPlayed() {
        twoQueries();
        ReplayEngine engine = engine();

        assertThat(engine.report().unplayed()).hasSize(1);
        assertThat(engine.report().unplayed().get(0).recorded()).isEqualTo(new RecordedConnectionId(1, 1));
        assertThat(engine.report().leftOver()).isEqualTo(2);
        assertThat(engine.report().passed()).isFalse();
    }
}
