package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.answer;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.error;
import static org.pgreel.session.Messages.row;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.Parameter;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.BindComplete;
import org.pgreel.protocol.message.ParseComplete;

/** Several operations on the wire at once. */
class PipelineTest {

    private static final List<String> ONE = List.of("Parse", "Bind", "Describe", "Execute", "Sync");

    @Test
    void operationsSubmittedTogetherLeaveInOneWrite() {
        SessionRig rig = SessionRig.with(o -> o.pipelineDepth(2));
        rig.reacting(event -> {
            if (event.equals("pgSessionAuthenticated")) {
                submit(rig, "a", "b", "c");
            }
        });

        rig.ready();

        assertThat(rig.effects.sentNames()).isEmpty();
        assertThat(rig.effects.bytesWritten()).isNotEmpty();
        rig.receive(extended("1"));
        assertThat(rig.effects.sentNames()).containsExactlyElementsOf(ONE);
        rig.receive(extended("2")).receive(extended("3"));
        assertThat(rig.heard)
                .containsExactly(
                        "a succeeded",
                        "pgTransactionStatus I",
                        "b succeeded",
                        "pgTransactionStatus I",
                        "c succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void operationsDoNotWaitForEachOtherUnlessToldTo() {
        SessionRig rig = SessionRig.plain().ready();
        SessionRig patient = SessionRig.with(o -> o.pipelineDepth(1)).ready();

        submit(rig, "a", "b");
        submit(patient, "a", "b");

        assertThat(rig.effects.sentNames()).hasSize(2 * ONE.size());
        assertThat(patient.effects.sentNames()).containsExactlyElementsOf(ONE);
    }

    @Test
    void aFailureIsOneOperationsAlone() {
        SessionRig rig = SessionRig.with(o -> o.pipelineDepth(8)).ready();
        submit(rig, "a", "b", "c");

        rig.receive(extended("1")).receive(error("ERROR", "42P01"), IDLE).receive(extended("3"));

        assertThat(rig.heard)
                .containsExactly(
                        "a succeeded",
                        "pgTransactionStatus I",
                        "b: ServerError",
                        "pgTransactionStatus I",
                        "c succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void nothingIsSentBehindASimpleQueryBeforeItIsAnswered() {
        SessionRig rig = SessionRig.with(o -> o.pipelineDepth(8)).ready();

        submit(rig, "a");
        rig.query("select 1");
        submit(rig, "b");

        assertThat(rig.effects.sentNames()).containsExactly("Parse", "Bind", "Describe", "Execute", "Sync", "Query");
        rig.receive(extended("1")).receive(answer("1"));
        assertThat(rig.effects.sentNames()).hasSize(11);
        rig.receive(extended("2"));
        assertThat(rig.heard).endsWith("b succeeded", "pgTransactionStatus I");
    }

    @Test
    void anEndLeavesThoseOnTheWireInDoubtAndNoOthers() {
        SessionRig rig = SessionRig.with(o -> o.pipelineDepth(2)).ready();
        submit(rig, "a", "b", "c");

        rig.core.endOfStream();

        assertThat(rig.heard)
                .containsExactly(
                        "a: ConnectionLost may-have-executed may-have-committed",
                        "b: ConnectionLost may-have-executed may-have-committed",
                        "c: ConnectionLost",
                        "pgSessionShutdown ConnectionLost");
    }

    private static void submit(SessionRig rig, String... names) {
        for (String name : names) {
            rig.watch(name, rig.session.query("select '" + name + "'", List.of()));
        }
    }

    static BackendMessage[] extended(String value) {
        return new BackendMessage[] {
            new ParseComplete(), new BindComplete(), columns("n"), row(value), done("SELECT 1"), IDLE
        };
    }

    /** What the transport does not take stays with the operations, which have not even put their messages together. */
    @Test
    void unsentBytesStayBelowTheMarkAndOneStatement() {
        int mark = 64 << 10;
        int size = 100 << 10;
        SessionRig rig = SessionRig.with(o -> o.pipelineDepth(1_000)).ready();
        rig.effects.fillsAt(mark);
        List<Parameter> large = List.of(Parameter.text("x".repeat(size)));

        for (int i = 0; i < 200; i++) {
            rig.watch("q" + i, rig.session.query("select $1", large));
        }

        assertThat(rig.effects.heldMax()).isBetween(mark, mark + size + 200);
        int written = rig.effects.bytesWritten().length;
        assertThat(written).isLessThan(2 * (mark + size));
        for (int i = 0; i < 200; i++) {
            rig.effects.drain();
        }
        assertThat(rig.effects.sentNames().stream().filter("Sync"::equals)).hasSize(200);
        assertThat(rig.effects.heldMax()).isLessThanOrEqualTo(mark + size + 200);
    }
}
