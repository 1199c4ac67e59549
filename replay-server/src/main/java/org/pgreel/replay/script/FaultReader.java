package org.pgreel.replay.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.LineReader;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;

/** Reads a fault: label, effects, moment. */
final class FaultReader {
    private final LineReader in;

    private FaultReader(LineReader in) {
        this.in = in;
    }

    static Fault read(LineReader in) {
        return new FaultReader(in).fault();
    }

    private Fault fault() {
        String label = null;
        int column = in.column();
        String word = in.bare("an effect");
        if (in.sees(":")) {
            in.skip(1);
            in.skipBlanks();
            label = word;
            column = in.column();
            word = in.bare("an effect");
        }
        var effects = new ArrayList<Effect>();
        effects.add(effect(column, word));
        while (more(",")) {
            column = in.column();
            effects.add(effect(column, in.bare("an effect")));
        }
        Moment moment = more("@") ? moment() : null;
        return new Fault(label, effects, moment);
    }

    private boolean more(String sign) {
        in.skipBlanks();
        if (in.atEnd() || !in.sees(sign)) {
            return false;
        }
        in.skip(1);
        in.skipBlanks();
        return true;
    }

    private Effect effect(int column, String word) {
        return switch (word) {
            case "omit" -> new Effect.Omit();
            case "duplicate" -> new Effect.Duplicate();
            case "swap" -> new Effect.Swap();
            case "insert" -> insert();
            case "truncate" -> new Effect.Truncate(number("a number of bytes", 0));
            case "corrupt" -> corrupt();
            case "set" -> set();
            case "split" -> new Effect.Split(number("a number of bytes", 1));
            case "chop" -> new Effect.Chop(number("a number of bytes", 1));
            case "ignore" -> new Effect.Ignore();
            case "swallow" -> new Effect.Swallow();
            case "deaf" -> new Effect.Deaf();
            case "coalesce" -> new Effect.Coalesce(number("a number of bytes", 1));
            case "throttle" -> new Effect.Throttle(number("bytes in a second", 1));
            case "occupy" -> new Effect.Occupy(number("a number of connections", 1));
            case "delay" -> new Effect.Delay(duration());
            case "stall" -> new Effect.Stall(durationIfAny());
            case "eof" -> new Effect.Eof();
            case "close" -> new Effect.Close();
            case "reset" -> new Effect.Reset();
            default -> throw in.unknownWord(column, word, "effect of a fault", Words.EFFECTS);
        };
    }

    private int number(String expected, int least) {
        in.skipBlanks();
        return in.number(expected, least, Integer.MAX_VALUE);
    }

    private Effect insert() {
        in.skipBlanks();
        requireWord("B");
        in.skipBlanks();
        int column = in.column();
        String name = in.bare("the name of a message");
        requireMessage(column, name, Direction.BACKEND);
        List<Field> fields = fields();
        fields.forEach(field -> Played.requireComplete(in, field));
        return new Effect.Insert(name, fields);
    }

    private void requireWord(String word) {
        if (!in.seesWord(word)) {
            throw in.failure("expected \"" + word + "\"");
        }
        in.skip(word.length());
    }

    private void requireMessage(int column, String name, Direction direction) {
        List<String> known = MessageNames.of(direction);
        if (!known.contains(name)) {
            String kind = direction == Direction.FRONTEND ? "frontend message" : "backend message";
            throw in.unknownWord(column, name, kind, known);
        }
    }

    private Effect corrupt() {
        int at = number("an offset in bytes", 0);
        in.skipBlanks();
        return new Effect.Corrupt(at, in.bytes());
    }

    private Effect set() {
        in.skipBlanks();
        int column = in.column();
        if (!in.atEnd() && in.field() instanceof Field.Named named) {
            return new Effect.Set(named);
        }
        throw in.failure(column, "expected a field and what it is set to, as in set length=3");
    }

    private Duration duration() {
        in.skipBlanks();
        int column = in.column();
        return Durations.parse(in, column, in.bare("a time, as 300ms or 2s"));
    }

    private @Nullable Duration durationIfAny() {
        in.skipBlanks();
        return in.atEnd() || in.sees(",") || in.sees("@") ? null : duration();
    }

    /** Reads fields up to a comma, a moment, an ordinal, a byte or the end. */
    private List<Field> fields() {
        var fields = new ArrayList<Field>();
        while (true) {
            in.skipBlanks();
            if (ordinalFollows() || in.atEnd() || in.sees(",") || in.seesWord("@") || in.seesWord("byte")) {
                return fields;
            }
            fields.add(Played.known(in, in.field()));
        }
    }

    /** {@code #3} and {@code #*} are no comments here, since a comment has a blank behind its sign. */
    private boolean ordinalFollows() {
        if (in.sees("#*")) {
            return true;
        }
        for (char digit = '0'; digit <= '9'; digit++) {
            if (in.sees("#" + digit)) {
                return true;
            }
        }
        return false;
    }

    private Moment moment() {
        int column = in.column();
        String word = in.bare("a moment");
        switch (word) {
            case "byte":
                return new Moment.AtByte(number("a number of bytes", 0));
            case "message":
                return new Moment.AtNumber(number("a message's number", 1));
            case "connection":
                return new Moment.AtConnection(number("a connection's number", 1));
            case "status":
                return new Moment.AtStatus(status());
            case "before":
                return message(Moment.Side.BEFORE);
            case "after":
                return message(Moment.Side.AFTER);
            case "F":
                return message(Moment.Side.AT, Direction.FRONTEND);
            case "B":
                return message(Moment.Side.AT, Direction.BACKEND);
            default:
                throw in.unknownWord(column, word, "moment", Words.MOMENTS);
        }
    }

    private Moment message(Moment.Side side) {
        in.skipBlanks();
        int column = in.column();
        String word = in.bare("F or B");
        if (!word.equals("F") && !word.equals("B")) {
            throw in.failure(column, "expected F or B and a message, and not \"" + word + "\"");
        }
        return message(side, word.equals("F") ? Direction.FRONTEND : Direction.BACKEND);
    }

    private Moment message(Moment.Side side, Direction direction) {
        in.skipBlanks();
        int column = in.column();
        String name = in.bare("the name of a message");
        requireMessage(column, name, direction);
        List<Field> fields = fields();
        int ordinal = 1;
        if (ordinalFollows()) {
            in.skip(1);
            ordinal = Moment.EACH;
            if (in.sees("*")) {
                in.skip(1);
            } else {
                ordinal = in.number("which of them", 1, Integer.MAX_VALUE);
            }
            in.skipBlanks();
        }
        int offset = -1;
        if (in.seesWord("byte")) {
            in.skip("byte".length());
            offset = number("a number of bytes", 0);
        }
        return new Moment.AtMessage(side, direction, name, fields, ordinal, offset);
    }

    private TransactionStatus status() {
        in.skipBlanks();
        int column = in.column();
        String letter = in.bare("I, T or E");
        for (TransactionStatus status : TransactionStatus.values()) {
            if (letter.equals(String.valueOf(status.indicator()))) {
                return status;
            }
        }
        throw in.failure(column, "expected I, T or E and not \"" + letter + "\"");
    }
}
