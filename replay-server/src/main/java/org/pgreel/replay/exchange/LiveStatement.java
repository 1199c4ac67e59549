package org.pgreel.replay.exchange;

import java.util.List;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.replay.volatility.Question;

/**
 * A statement that the client prepared.
 *
 * @param types the types that it gave for the parameters
 */
record LiveStatement(Question question, List<Integer> types) {
    String sql() {
        return question.sql();
    }

    /** Returns what a Bind asks with it. */
    ExchangeKey key(Bind bind, ExchangeLibrary library, ConnectionScope scope, TransactionStatus status, String state) {
        Values values = bind.parameters();
        if (values.count() == 0) {
            return new ExchangeKey(sql(), List.of(), List.of(), status, state).with(question.values());
        }
        StatementShape shape = library.shape(scope, sql(), types, true);
        List<Integer> resolved = shape == null || shape.parameterTypes() == null ? types : shape.parameterTypes();
        return new ExchangeKey(
                        sql(),
                        ExchangeKey.types(types, values.count()),
                        ExchangeKey.parameters(values, resolved, bind.parameterFormats()),
                        status,
                        state)
                .with(question.values());
    }
}
