package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.replay.TestRecording.ready;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParseComplete;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Bytes;

/** A client that follows the recording gets what was recorded, however either of the two cuts and pipelines. */
final class FollowingTest extends PlayedRecording {
    @Test
    void eachAnswerLeavesInOneWriteAsSoonAsItsQueryCame() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        client.send(new Query("select 1"));
        assertThat(client.take()).containsExactly(row("1"));
        assertThat(client.flushes()).isEqualTo(1);
        client.send(new Query("select 2"));
        assertThat(client.take()).containsExactly(row("2"));
        client.send(new Terminate());

        assertThat(client.effects.closed).isTrue();
        assertThat(engine.report().passed()).isTrue();
        assertThat(engine.report().text()).contains("played #1: 2 of 2 messages, played to the end");
    }

    @Test
    void howTheClientsBytesAreCutMakesNoDifference() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        client.sendByteByByte(new Query("select 1"));
        assertThat(client.take()).containsExactly(row("1"));
        client.sendByteByByte(new Query("select 2")).sendByteByByte(new Terminate());
        assertThat(client.take()).containsExactly(row("2"));

        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void whatWasRecordedOneByOneIsPlayedToAClientThatPipelines() {
        twoQueries();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        client.send(new Query("select 1"), new Query("select 2"), new Terminate());

        assertThat(client.takeNames())
                .containsExactly(
                        "RowDescription",
                        "DataRow",
                        "CommandComplete",
                        "ReadyForQuery",
                        "RowDescription",
                        "DataRow",
                        "CommandComplete",
                        "ReadyForQuery");
        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void whatWasPipelinedIsPlayedToAClientThatWaitsForEachAnswer() {
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"), new Query("select 2"))
                .answers(row("1"))
                .answers(row("2"));
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        client.send(new Query("select 1"));
        assertThat(client.take()).containsExactly(row("1"));
        client.send(new Query("select 2"));
        assertThat(client.take()).containsExactly(row("2"));
    }

    @Test
    void aClientThatFlushesAfterEachMessageGetsWhatEachMessageEarns() {
        recording
                .connection("alice", 7)
                .sends(INSERT)
                .answers(new ParseComplete(), new BindComplete(), new CommandComplete("INSERT 0 1"), ready());
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        assertThat(client.send(INSERT[0]).takeNames()).containsExactly("ParseComplete");
        assertThat(client.send(INSERT[1]).takeNames()).containsExactly("BindComplete");
        assertThat(client.send(INSERT[2]).takeNames()).containsExactly("CommandComplete");
        assertThat(client.send(INSERT[3]).takeNames()).containsExactly("ReadyForQuery");
    }

    @Test
    void aNoticeFollowsTheMessageBeforeIt() {
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"))
                .answers(row("1"))
                .answers(new NoticeResponse(
                        ErrorResponse.of("NOTICE", "00000", "by the way").fields()))
                .sends(new Query("select 2"))
                .answers(row("2"));
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        client.send(new Query("select 1"));
        assertThat(client.takeNames()).endsWith("ReadyForQuery", "NoticeResponse");
        assertThat(client.flushes()).isEqualTo(1);
    }

    @Test
    void aNoticeOfAStatementIsNotSentBeforeTheStatementCame() {
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"))
                .answers(row("1"))
                .sends(new Query("do $$ begin raise notice 'done'; end $$"))
                .answers(
                        new NoticeResponse(
                                ErrorResponse.of("NOTICE", "00000", "done").fields()),
                        new CommandComplete("DO"),
                        ready());
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        client.send(new Query("select 1"));
        assertThat(client.takeNames()).endsWith("ReadyForQuery");
        client.send(new Query("do $$ begin raise notice 'done'; end $$"));
        assertThat(client.takeNames()).containsExactly("NoticeResponse", "CommandComplete", "ReadyForQuery");
    }

    @Test
    void aNoticeAmongPipelinedAnswersWaitsForNoMoreThanTheAnswerBehindIt() {
        recording
                .connection("alice", 7)
                .sends(new Query("select 1"), new Query("select 2"))
                .answers(new NoticeResponse(
                        ErrorResponse.of("NOTICE", "00000", "by the way").fields()))
                .answers(row("1"))
                .answers(row("2"));
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        client.send(new Query("select 1"));
        assertThat(client.takeNames())
                .containsExactly("NoticeResponse", "RowDescription", "DataRow", "CommandComplete", "ReadyForQuery");
    }

    @Test
    void aLongAnswerWaitsUntilTheClientTakesMore() {
        String big = "y".repeat(3_000_000);
        recording.connection("alice", 7).sends(new Query("select big")).answers(row(big));
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();
        client.effects.room(100_000);

        client.send(new Query("select big"));
        int before = client.effects.takeFlushes().stream()
                .mapToInt(flush -> flush.length)
                .sum();
        client.effects.room(Integer.MAX_VALUE);
        client.connection.writable();
        int after = client.effects.takeFlushes().stream()
                .mapToInt(flush -> flush.length)
                .sum();

        assertThat(before).isBetween(100_000, 200_000);
        assertThat(before + after).isGreaterThan(3_000_000);
    }

    @Test
    void theClientsBytesMayBeCutAnywhere() {
        recording
                .connection("alice", 7)
                .sends(INSERT)
                .answers(new ParseComplete(), new BindComplete(), new CommandComplete("INSERT 0 1"), ready())
                .sends(new Query("select 1"))
                .answers(row("1"));
        Bytes sent = Bytes.EMPTY;
        for (FrontendMessage message : INSERT) {
            sent = sent.plus(message.toBytes());
        }
        sent = sent.plus(new Query("select 1").toBytes());
        for (int cut = 0; cut <= sent.length(); cut++) {
            var client = TestClient.loggedIn(engine(), user("alice"));
            client.take();

            client.send(sent.slice(0, cut)).send(sent.slice(cut, sent.length()));

            assertThat(client.take()).as("cut at %s", cut).hasSize(8);
        }
    }

    @Test
    void messagesThatAreTooLongToBeDecodedArePlayed() {
        String big = "z".repeat(17 << 20);
        recording
                .connection("alice", 7)
                .sends(new Query("select '" + big + "'"))
                .answers(row(big))
                .sends(new Query("select 2"))
                .answers(row("2"));
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();

        byte[] query = new Query("select '" + big + "'").toBytes().toArray();
        client.connection.received(query, 0, query.length);
        long came = client.effects.takeFlushes().stream()
                .mapToLong(flush -> flush.length)
                .sum();
        assertThat(came).isGreaterThan(17 << 20);

        client.connection.received(new Query("select 2").toBytes().toArray(), 0, 14);
        assertThat(client.effects.takeFlushes()).hasSize(1);
        assertThat(engine.report().departures()).isEmpty();
    }
}
