package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.cell.TextCell;
import org.pgreel.replay.volatility.Question;

/**
 * What a client asked, and in which state: two exchanges are the same question if these are equal, and never otherwise.
 *
 * @param sql the statement, exactly
 * @param types the types that the client gave for its parameters, 0 where it gave none
 * @param parameters the values of the parameters as text, however they were sent; null for NULL
 * @param status the transaction status before it
 * @param state what was changed since the login, see {@link SessionState}
 */
record ExchangeKey(
        String sql, List<Integer> types, List<@Nullable String> parameters, TransactionStatus status, String state) {

    private static final String BINARY = "binary ";

    ExchangeKey {
        types = List.copyOf(types);
        parameters = parameters.isEmpty() ? List.of() : Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** Returns the key of a statement without parameters. */
    static ExchangeKey of(String sql, TransactionStatus status, String state) {
        return new ExchangeKey(sql, List.of(), List.of(), status, state);
    }

    /** Returns the key of a call of a function, which has no statement. */
    static ExchangeKey of(FunctionCall call, TransactionStatus status, String state) {
        String words = "function call of " + Integer.toUnsignedString(call.function())
                + (call.resultFormat() == 0 ? "" : " with its result in binary");
        List<Integer> none = List.of();
        return new ExchangeKey(words, none, parameters(call.arguments(), none, call.argumentFormats()), status, state);
    }

    /** Returns the key of a statement without parameters, but for what stands in the holes of its text. */
    static ExchangeKey of(Question question, TransactionStatus status, String state) {
        return new ExchangeKey(
                question.sql(), List.of(), new ArrayList<@Nullable String>(question.values()), status, state);
    }

    /** Returns this key with what stands in the holes of the statement's text behind the parameters. */
    ExchangeKey with(List<String> holes) {
        if (holes.isEmpty()) {
            return this;
        }
        var values = new ArrayList<@Nullable String>(parameters);
        values.addAll(holes);
        return new ExchangeKey(sql, types, values, status, state);
    }

    /** Returns one type for each parameter. */
    static List<Integer> types(List<Integer> given, int count) {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(i < given.size() ? given.get(i) : 0);
        }
        return types;
    }

    /**
     * Returns the values as text; a binary one whose type is not known is told by its digits.
     *
     * @param resolved the types, as far as anybody said them
     * @param formats as Bind gives them: none, one for all, or one for each
     */
    static List<@Nullable String> parameters(Values values, List<Integer> resolved, List<Integer> formats) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < values.count(); i++) {
            Bytes value = values.value(i);
            int type = i < resolved.size() ? resolved.get(i) : 0;
            texts.add(value == null ? null : text(value, type, Formats.of(formats, i)));
        }
        return texts;
    }

    private static String text(Bytes value, int type, int format) {
        if (format == 0) {
            return value.text();
        }
        Bytes text = TextCell.exactly(type, value);
        return text == null ? BINARY + value.hex() : text.text();
    }

    /** Tells whether the question is the same but for the state in which it is asked. */
    boolean asksTheSame(ExchangeKey other) {
        return sql.equals(other.sql) && types.equals(other.types) && parameters.equals(other.parameters);
    }
}
