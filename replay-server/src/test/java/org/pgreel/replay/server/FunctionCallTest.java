package org.pgreel.replay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Relay;
import org.pgreel.client.RelayReceiver;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.SslMode;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.Matching;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.server.RecordedRun.Target;

/** Function calls of a real server are recorded, and answered by function, arguments and format. */
@Timeout(120)
class FunctionCallTest {

    private static final int INT4_PLUS = 177;
    private static final int INT4_DIVIDED = 154;

    private static FunctionCall call(int function, String left, String right) {
        return new FunctionCall(function, List.of(0), Values.ofText(left, right), 0);
    }

    /** Says each message when the one before is answered; returns what came, a list for each. */
    private static List<List<String>> calls(Target target, FunctionCall... calls) throws Exception {
        ConnectOptionsBuilder options = ConnectOptions.builder()
                .host("127.0.0.1")
                .port(target.port())
                .user(target.user())
                .password(target.password())
                .database("postgres")
                .sslMode(SslMode.DISABLE);
        var heard = new Heard();
        List<List<String>> all = new ArrayList<>();
        try (PgClient client = PgClient.create()) {
            Relay relay = client.relay(options.build(), new SessionStatusNotify() {}, heard);
            for (FunctionCall call : calls) {
                CompletableFuture<List<String>> answer = heard.next();
                relay.send(List.of(call));
                all.add(answer.get(30, TimeUnit.SECONDS));
            }
            relay.session().close();
        }
        return all;
    }

    private static final class Heard implements RelayReceiver {
        private final List<String> lines = new ArrayList<>();
        private CompletableFuture<List<String>> answer = new CompletableFuture<>();

        synchronized CompletableFuture<List<String>> next() {
            answer = new CompletableFuture<>();
            return answer;
        }

        @Override
        public synchronized void heard(BackendMessage message) {
            lines.add(TranscriptWriter.line(Direction.BACKEND, message).substring(2));
            if (message instanceof ReadyForQuery) {
                answer.complete(List.copyOf(lines));
                lines.clear();
            }
        }

        @Override
        public void oversized(byte type) {
            answer.completeExceptionally(new AssertionError("oversized"));
        }
    }

    @Test
    void whatARealServerAnsweredIsAnsweredAgain() throws Exception {
        FunctionCall sum = call(INT4_PLUS, "40", "2");
        FunctionCall failing = call(INT4_DIVIDED, "1", "0");
        RecordedRun<List<List<String>>> recorded = RecordedRun.of(target -> calls(target, sum, failing, sum));
        assertThat(recorded.result().get(0)).containsExactly("FunctionCallResponse \"42\"", "ReadyForQuery I");
        assertThat(recorded.result().get(1)).anyMatch(line -> line.contains("22012"));

        try (ReplayServer server = ReplayServer.builder(recorded.recording())
                .settings(
                        ReplaySettings.DEFAULTS.withMatching(Matching.EXCHANGE).withStrict(true))
                .start()) {
            Target target = recorded.target(server, "");
            List<List<String>> replayed = calls(target, sum, failing, sum);
            assertThat(replayed.get(0)).isEqualTo(recorded.result().get(0));
            assertThat(replayed.get(1)).isEqualTo(recorded.result().get(1));
            assertThat(replayed.get(2)).isEqualTo(recorded.result().get(2));
            assertThat(server.report().exchanges().passed())
                    .as(server.report().text())
                    .isTrue();

            assertThat(calls(target, call(INT4_PLUS, "40", "3")).get(0)).anyMatch(line -> line.contains("RP001"));
            assertThat(server.report().exchanges().misses()).hasSize(1);
        }
    }
}
