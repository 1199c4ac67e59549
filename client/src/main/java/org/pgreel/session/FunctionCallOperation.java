package org.pgreel.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.FunctionResult;
import org.pgreel.client.Parameter;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.FunctionCallResponse;
import org.pgreel.protocol.message.Values;

/** A function called by its OID, without SQL ("Function Call" in the manual's "Message Flow"). */
final class FunctionCallOperation extends Operation<FunctionResult> {

    private final boolean binary;
    private @Nullable FunctionCallResponse response;

    FunctionCallOperation(int function, List<Parameter> arguments, boolean binaryResult) {
        super(
                "",
                List.of(new FunctionCall(
                        function,
                        arguments.stream().map(a -> a.binary() ? 1 : 0).toList(),
                        Values.of(arguments.stream().map(Parameter::value).toList()),
                        binaryResult ? 1 : 0)));
        this.binary = binaryResult;
    }

    @Override
    String kind() {
        return "function-call";
    }

    @Override
    boolean leavesRoomBehind() {
        return false;
    }

    @Override
    boolean commitsBehindCompletion() {
        return true;
    }

    @Override
    FunctionResult result() {
        return new FunctionResult(binary, response == null ? null : response.value());
    }

    @Override
    void copyInAsked(Outbound outbound) {
        throw SessionEnd.violation("CopyInResponse in answer to a function call");
    }

    @Override
    void acknowledged(BackendMessage message) {
        if (message instanceof FunctionCallResponse given) {
            response = given;
        }
    }

    @Override
    boolean isAnswered() {
        return hasFailed() || response != null;
    }
}
