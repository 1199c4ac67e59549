package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.error;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgreel.client.FunctionResult;
import org.pgreel.client.Parameter;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.FunctionCallResponse;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;

/** Functions called without SQL. */
class FunctionCallTest {

    @Test
    void theResultComesAsTheBytesThatWereAskedFor() {
        SessionRig rig = SessionRig.plain().ready();
        Bytes seven = Bytes.ofHex("00000007");
        CompletableFuture<FunctionResult> text = rig.session.callFunction(
                1598, List.of(Parameter.text("a"), Parameter.binary(23, seven), Parameter.ofNull()), false);
        rig.receive(new FunctionCallResponse(Bytes.utf8("x")), IDLE);
        CompletableFuture<FunctionResult> binary = rig.session.callFunction(1599, List.of(), true);
        rig.receive(new FunctionCallResponse(null), IDLE);

        assertThat(rig.effects.sent)
                .containsExactly(
                        new FunctionCall(
                                1598,
                                List.of(0, 1, 0),
                                Values.of(java.util.Arrays.asList(Bytes.utf8("a"), seven, null)),
                                0),
                        new FunctionCall(1599, List.of(), Values.of(List.of()), 1));
        assertThat(text.join()).isEqualTo(new FunctionResult(false, Bytes.utf8("x")));
        assertThat(binary.join().isNull()).isTrue();
        assertThat(binary.join().binary()).isTrue();
    }

    @Test
    void anErrorFailsItAndAReadyForQueryWithoutResultIsAViolation() {
        SessionRig rig = SessionRig.plain().ready();
        rig.watch("f", rig.session.callFunction(1, List.of(), false)).receive(error("ERROR", "42883"), IDLE);
        rig.watch("g", rig.session.callFunction(1, List.of(), false)).receive(IDLE);

        assertThat(rig.heard)
                .containsExactly(
                        "f: ServerError",
                        "pgTransactionStatus I",
                        "g: ProtocolViolation may-have-executed may-have-committed",
                        "pgSessionShutdown ProtocolViolation");
    }
}
