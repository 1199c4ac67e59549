package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.replay.TestRecording.ready;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.report.ConnectionOutcome;
import org.pgreel.replay.report.Departure;

/** A client that leaves the recording is told where, and so is the report. */
final class DepartingTest extends PlayedRecording {
    @Test
    void theFirstDepartingMessageIsNamedToClientAndReport() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"));
        client.take();

        client.send(new Query("select 3"));

        ErrorResponse error = client.takeError();
        assertThat(error.severity()).isEqualTo("FATAL");
        assertThat(error.sqlState()).isEqualTo("RP002");
        assertThat(error.message())
                .isEqualTo("departed from the recording at frontend message 2 (#1@12), Query.sql:"
                        + " expected \"select 2\", got \"select 3\"");
        assertThat(client.effects.closed).isTrue();
        Departure departure = engine.report().departures().get(0);
        assertThat(departure.message()).isEqualTo(2);
        assertThat(departure.field()).isEqualTo("Query.sql");
        assertThat(departure.expected()).isEqualTo("\"select 2\"");
        assertThat(departure.got()).isEqualTo("\"select 3\"");
        assertThat(departure.transcript()).hasSize(5).first().asString().contains("select 1");
        assertThat(engine.report().passed()).isFalse();
    }

    @Test
    void aDepartureInAParameterIsNamedByItsIndex() {
        recording
                .connection("alice", 7)
                .sends(INSERT)
                .answers(new ParseComplete(), new BindComplete(), new CommandComplete("INSERT 0 1"), ready());
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        client.send(INSERT[0], new Bind("", "", List.of(0), Values.ofText("b"), List.of()), INSERT[2], INSERT[3]);

        assertThat(client.takeError().message())
                .endsWith("frontend message 2 (#1@8), Bind.parameters[0]: expected \"a\", got \"b\"");
    }

    @Test
    void theRightNumberOfWrongMessagesIsADeparture() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        client.send(new Sync(), new Sync(), new Terminate());

        assertThat(client.takeError().message())
                .endsWith("frontend message 1 (#1@7), Query: expected Query \"select 1\", got Sync");
        assertThat(only(engine).outcome()).isEqualTo(ConnectionOutcome.DEPARTED);
    }

    @Test
    void aClientThatGoesOnIsToldThatTheRecordingEnds() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.send(new Query("select 1"), new Query("select 2"));
        client.take();

        client.send(new Query("select 3"));

        assertThat(client.takeError().message())
                .contains("message 3", "the recording ends here", "got Query \"select 3\"");
    }

    @Test
    void aLongDepartureIsShownAroundTheDifference() {
        String sql = "select '" + "x".repeat(5000) + "'";
        recording.connection("alice", 7).sends(new Query(sql + " a")).answers(row("1"));
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        client.send(new Query(sql + " b"));

        String message = client.takeError().message();
        assertThat(message).contains("xxx' a\"", "xxx' b\"").hasSizeLessThan(500);
    }

    @Test
    void aMessageThatCannotBeReadIsADeparture() {
        twoQueries();
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        client.send(Bytes.ofHex("51 00000002"));

        assertThat(client.takeError().message()).contains("a message of type 'Q' and 3 bytes that cannot be shown");
    }

    @Test
    void aDepartureDuringALongAnswerDoesNotCutItsMessages() {
        recording.connection("alice", 7).sends(new Query("select big")).answers(row("y".repeat(300_000)));
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();
        client.effects.room(100_000);
        client.send(new Query("select big"), new Query("select other"));
        assertThat(client.effects.closed).isFalse();

        client.effects.room(Integer.MAX_VALUE);
        client.connection.writable();

        assertThat(client.takeNames())
                .containsExactly("RowDescription", "DataRow", "CommandComplete", "ReadyForQuery", "ErrorResponse");
        assertThat(client.effects.closed).isTrue();
    }

    @Test
    void aMessageThatIsTooLongToBeShownIsADeparture() {
        String big = "z".repeat(17 << 20);
        recording.connection("alice", 7).sends(new Query(big)).answers(row("1"));
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        byte[] query = new Query(big).toBytes().toArray();
        query[query.length - 2] = 'x';
        client.connection.received(query, 0, query.length);

        assertThat(client.takeError().message())
                .contains("a message of type 'Q' and 17825798 bytes that cannot be shown");
    }
}
