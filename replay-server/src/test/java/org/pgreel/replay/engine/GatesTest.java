package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.replay.TestRecording.ready;
import static org.pgreel.replay.TestRecording.row;
import static org.pgreel.replay.TestRecording.user;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.TestRecording;

/** What one connection did to another in the recording, it does to it in the replay. */
final class GatesTest extends PlayedRecording {
    private static final int PROCESS = 7;

    private void recordCancel() {
        TestRecording.Connection alice = recording.connection("alice", PROCESS).sends(new Query("select pg_sleep(60)"));
        recording.cancelOf(PROCESS);
        alice.answers(ErrorResponse.of("ERROR", "57014", "canceling statement due to user request"), ready())
                .sends(new Query("select 1"))
                .answers(row("1"));
    }

    @Test
    void theAnswerToACancelledStatementWaitsForTheCancel() {
        recordCancel();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        BackendKeyData key = client.takeKey();

        client.send(new Query("select pg_sleep(60)"));
        assertThat(client.take()).isEmpty();
        var canceler = new TestClient(engine).send(new CancelRequest(key.processId(), key.secretKey()));

        assertThat(canceler.effects.closed).isTrue();
        assertThat(canceler.effects.takeFlushes()).isEmpty();
        assertThat(client.takeNames()).containsExactly("ErrorResponse", "ReadyForQuery");
        assertThat(client.send(new Query("select 1")).takeNames()).contains("DataRow");
        client.send(new Terminate());
        assertThat(engine.report().text()).contains("cancel request for connection 1: played");
        assertThat(engine.report().passed()).isTrue();
    }

    @Test
    void aCancelThatComesBeforeItsStatementIsNotForgotten() {
        recordCancel();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        BackendKeyData key = client.takeKey();

        new TestClient(engine).send(new CancelRequest(key.processId(), key.secretKey()));
        assertThat(client.take()).isEmpty();

        assertThat(client.send(new Query("select pg_sleep(60)")).takeNames())
                .containsExactly("ErrorResponse", "ReadyForQuery");
    }

    @Test
    void aCancelWithAWrongKeyIsIgnored() {
        recordCancel();
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        client.take();
        client.send(new Query("select pg_sleep(60)"));

        var canceler = new TestClient(engine).send(new CancelRequest(PROCESS, Bytes.utf8("wrong")));

        assertThat(canceler.effects.closed).isTrue();
        assertThat(client.take()).isEmpty();
        assertThat(engine.report().cancels()).hasSize(1);
        assertThat(engine.report().cancels().get(0).connection()).isNull();
        assertThat(engine.report().connections()).hasSize(1);
    }

    @Test
    void aCancelThatWasNotRecordedIsReportedAndHasNoEffect() {
        recording.connection("alice", PROCESS).sends(new Query("select 1")).answers(row("1"));
        ReplayEngine engine = engine();
        var client = TestClient.loggedIn(engine, user("alice"));
        BackendKeyData key = client.takeKey();

        new TestClient(engine).send(new CancelRequest(key.processId(), key.secretKey()));

        assertThat(engine.report().text()).contains("connection 1: not in the recording, without effect");
        assertThat(client.send(new Query("select 1")).takeNames()).contains("DataRow");
    }

    @Test
    void aStatementTimeoutWaitsForNobody() {
        recording
                .connection("alice", PROCESS)
                .sends(new Query("select pg_sleep(60)"))
                .answers(ErrorResponse.of("ERROR", "57014", "canceling statement due to statement timeout"), ready());
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        assertThat(client.send(new Query("select pg_sleep(60)")).takeNames())
                .containsExactly("ErrorResponse", "ReadyForQuery");
    }

    private void recordNotify() {
        TestRecording.Connection listener = recording
                .connection("listener", 10)
                .sends(new Query("listen c"))
                .answers(new CommandComplete("LISTEN"), ready());
        recording
                .connection("notifier", 11)
                .sends(new Query("select 1"))
                .answers(row("1"))
                .sends(new Query("notify c"))
                .answers(new CommandComplete("NOTIFY"), ready());
        listener.answers(new NotificationResponse(11, "c", ""))
                .sends(new Query("select 2"))
                .answers(row("2"));
    }

    @Test
    void aNotificationWaitsForTheNotifyOfWhoSentIt() {
        recordNotify();
        ReplayEngine engine = engine();
        var listener = TestClient.loggedIn(engine, user("listener"));
        listener.take();
        assertThat(listener.send(new Query("listen c")).takeNames())
                .containsExactly("CommandComplete", "ReadyForQuery");
        var notifier = TestClient.loggedIn(engine, user("notifier"));

        notifier.send(new Query("select 1"));
        assertThat(listener.take()).isEmpty();
        notifier.send(new Query("notify c"));

        assertThat(listener.take()).containsExactly(new NotificationResponse(11, "c", ""));
    }

    @Test
    void aNotificationDoesNotWaitForASenderWhoEnded() {
        recordNotify();
        ReplayEngine engine = engine();
        var listener = TestClient.loggedIn(engine, user("listener"));
        listener.send(new Query("listen c")).take();
        var notifier = TestClient.loggedIn(engine, user("notifier"));

        notifier.connection.endOfStream();

        assertThat(listener.takeNames()).containsExactly("NotificationResponse");
    }

    @Test
    void aNotificationDoesNotWaitLongForASenderWhoDoesNotCome() {
        recordNotify();
        var listener = TestClient.loggedIn(engine(), user("listener"));
        listener.send(new Query("listen c")).take();
        assertThat(listener.effects.armed(ReplayTimer.SENDER)).isTrue();

        listener.connection.elapsed(ReplayTimer.SENDER);

        assertThat(listener.takeNames()).containsExactly("NotificationResponse");
    }

    @Test
    void aListenerThatGoesOnGetsItsNotificationFirst() {
        recordNotify();
        var listener = TestClient.loggedIn(engine(), user("listener"));
        listener.send(new Query("listen c")).take();

        assertThat(listener.send(new Query("select 2")).takeNames())
                .startsWith("NotificationResponse", "RowDescription");
    }

    @Test
    void aNotificationOfItsOwnFollowsTheNotify() {
        recording
                .connection("alice", PROCESS)
                .sends(new Query("notify c"))
                .answers(new CommandComplete("NOTIFY"), new NotificationResponse(PROCESS, "c", ""), ready());
        var client = TestClient.loggedIn(engine(), user("alice"));
        client.take();

        assertThat(client.send(new Query("notify c")).takeNames())
                .containsExactly("CommandComplete", "NotificationResponse", "ReadyForQuery");
        assertThat(client.flushes()).isEqualTo(1);
    }

    private void recordOrder() {
        TestRecording.Connection writer = recording
                .connection("writer", 20)
                .sends(new Query("insert"))
                .answers(new CommandComplete("INSERT 0 1"), ready());
        recording.connection("reader", 21).sends(new Query("select count")).answers(row("1"));
        writer.sends(new Query("delete")).answers(new CommandComplete("DELETE 1"), ready());
    }

    private ReplayEngine gated() {
        return new ReplayEngine(recording.playable(), ReplaySettings.DEFAULTS.withGates(true), new SeededEntropy());
    }

    @Test
    void withGatesAnAnswerWaitsForWhatWasAnsweredElsewhereBefore() {
        recordOrder();
        ReplayEngine engine = gated();
        var reader = TestClient.loggedIn(engine, user("reader"));
        var writer = TestClient.loggedIn(engine, user("writer"));
        reader.take();
        writer.take();

        assertThat(reader.send(new Query("select count")).take()).isEmpty();
        assertThat(writer.send(new Query("insert")).takeNames()).containsExactly("CommandComplete", "ReadyForQuery");
        assertThat(reader.takeNames()).contains("DataRow");
        assertThat(writer.send(new Query("delete")).takeNames()).containsExactly("CommandComplete", "ReadyForQuery");
    }

    @Test
    void withoutGatesNobodyWaits() {
        recordOrder();
        var reader = TestClient.loggedIn(engine(), user("reader"));

        assertThat(reader.send(new Query("select count")).takeNames()).contains("DataRow");
    }

    @Test
    void aGateIsNotKeptForOneWhoEndedNorForEver() {
        recordOrder();
        ReplayEngine engine = gated();
        var reader = TestClient.loggedIn(engine, user("reader"));
        var writer = TestClient.loggedIn(engine, user("writer"));
        reader.take();
        reader.send(new Query("select count"));
        writer.connection.endOfStream();
        assertThat(reader.takeNames()).contains("DataRow");

        var alone = TestClient.loggedIn(gated(), user("reader"));
        alone.take();
        assertThat(alone.send(new Query("select count")).take()).isEmpty();
        assertThat(alone.effects.armedFor(ReplayTimer.SENDER)).hasSeconds(10);
        alone.connection.elapsed(ReplayTimer.SENDER);
        assertThat(alone.takeNames()).contains("DataRow");
    }

    /** Three clients, one of which is asked now and then; what each asks waits for what was answered before. */
    @Test
    void withGatesTheRecordedOrderIsKeptHoweverLateAClientIs() {
        List<String> order =
                List.of("ann", "bob", "ann", "cid", "bob", "cid", "ann", "bob", "cid", "cid", "bob", "ann");
        Map<String, TestRecording.Connection> recorded = new HashMap<>();
        for (String name : List.of("ann", "bob", "cid")) {
            recorded.put(name, recording.connection(name, PROCESS));
        }
        for (int i = 0; i < order.size(); i++) {
            recorded.get(order.get(i)).sends(new Query("select " + i)).answers(row(String.valueOf(i)));
        }
        recorded.values().forEach(connection -> connection.sends(new Terminate()));

        for (long seed = 0; seed < 10; seed++) {
            assertThat(answeredLate(order, new Random(seed))).as("seed " + seed).containsExactlyElementsOf(order);
        }
    }

    /** Plays the program; in each turn one client at random goes on, if it has been answered. Returns who was answered when. */
    private List<String> answeredLate(List<String> order, Random random) {
        ReplayEngine engine = gated();
        Map<String, TestClient> clients = new TreeMap<>();
        Map<String, Deque<Integer>> questions = new HashMap<>();
        for (String name : List.of("ann", "bob", "cid")) {
            clients.put(name, TestClient.loggedIn(engine, user(name)));
            clients.get(name).take();
            questions.put(name, new ArrayDeque<>());
        }
        for (int i = 0; i < order.size(); i++) {
            questions.get(order.get(i)).add(i);
        }
        Set<String> waiting = new HashSet<>();
        List<String> answered = new ArrayList<>();
        List<String> names = List.copyOf(clients.keySet());
        while (answered.size() < order.size()) {
            String next = names.get(random.nextInt(names.size()));
            if (!waiting.contains(next) && !questions.get(next).isEmpty()) {
                waiting.add(next);
                clients.get(next).send(new Query("select " + questions.get(next).remove()));
            }
            // Whose gate opens is answered at once, in the order of the recording.
            while (answered.size() < order.size()) {
                String due = order.get(answered.size());
                List<String> came = clients.get(due).takeNames();
                if (!came.contains("ReadyForQuery")) {
                    assertThat(came).isEmpty();
                    break;
                }
                assertThat(waiting.remove(due)).isTrue();
                answered.add(due);
            }
        }
        clients.values().forEach(client -> client.send(new Terminate()));
        assertThat(engine.report().passed()).as(engine.report().text()).isTrue();
        return answered;
    }
}
