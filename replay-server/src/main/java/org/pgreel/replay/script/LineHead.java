package org.pgreel.replay.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.LineReader;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;

/** What a line begins with: a step that is whole, or a block whose bodies follow. */
sealed interface LineHead {
    /** A line that is a step by itself. */
    record Whole(Step step) implements LineHead {}

    /**
     * The first line of a block.
     *
     * @param between the word between its parts; null when it has one part only
     * @param made makes the step of the bodies
     */
    record Block(@Nullable String between, Function<List<List<ScriptLine>>, Step> made) implements LineHead {}

    /** Reads the line up to its comment. */
    static LineHead read(LineReader in) {
        return new Reader(in).read();
    }

    /** Reads one line. */
    final class Reader {
        private final LineReader in;

        private Reader(LineReader in) {
            this.in = in;
        }

        private LineHead read() {
            int column = in.column();
            for (char marker : new char[] {'>', '<', '@'}) {
                if (in.sees(String.valueOf(marker))) {
                    in.skip(1);
                    in.skipBlanks();
                    return new Whole(told(marker));
                }
            }
            if (in.sees("!")) {
                in.skip(1);
                in.skipBlanks();
                return new Whole(new Step.FaultLine(FaultReader.read(in)));
            }
            if (in.sees("|")) {
                in.skip(1);
                boolean counted = in.blankThenMore();
                return new Whole(new Step.Boundary(counted ? in.number("a number of bytes", 1, Integer.MAX_VALUE) : 0));
            }
            String word = in.word();
            in.skipBlanks();
            return switch (word) {
                case "F" -> new Whole(played(Direction.FRONTEND));
                case "B" -> new Whole(played(Direction.BACKEND));
                case "note" -> new Whole(new Step.Note(in.bytes().text()));
                case "signal" -> new Whole(gate(true));
                case "await" -> new Whole(gate(false));
                case "never" -> new Whole(never());
                case "use" -> use();
                default -> block(column, word);
            };
        }

        private LineHead block(int column, String word) {
            return switch (word) {
                case "connection" -> connection();
                case "statement" -> statement();
                case "either" -> parts("or", Step.EitherBlock::new);
                case "unordered" -> parts("and", Step.UnorderedBlock::new);
                case "optional" -> parts(null, bodies -> new Step.OptionalBlock(bodies.get(0)));
                case "repeat" -> repeat();
                default -> throw in.unknownWord(column, word, "beginning of a line", Words.BEGINNINGS);
            };
        }

        private Step played(Direction direction) {
            return Played.read(in, direction);
        }

        private Step told(char marker) {
            int column = in.column();
            String word = in.bare("a name");
            String session = null;
            if (in.sees(":")) {
                in.skip(1);
                in.skipBlanks();
                session = word;
                column = in.column();
                word = in.bare("a name");
            }
            Words.requireTold(in, column, marker, word);
            return new Step.Told(marker, session, word, Played.fields(in));
        }

        private Step gate(boolean opens) {
            String label = in.bare("a label");
            int count = in.blankThenMore() ? in.number("how often", 1, Integer.MAX_VALUE) : 1;
            return new Step.Gate(opens, label, count);
        }

        private Step never() {
            String after = null;
            if (in.seesWord("after")) {
                in.skip("after".length());
                in.skipBlanks();
                after = in.bare("a label");
                in.skipBlanks();
            }
            int column = in.column();
            String word = in.word();
            in.skipBlanks();
            if (word.equals("statement")) {
                return new Step.Never(after, null, in.value());
            }
            if (!word.equals("F") || !(played(Direction.FRONTEND) instanceof Step.MessageLine message)) {
                throw in.failure(column, "expected \"F\" and a message, or \"statement\"");
            }
            return new Step.Never(after, message, null);
        }

        private LineHead use() {
            int column = in.column();
            String name = in.bare("the name of a block");
            if (!Words.BLOCKS.contains(name)) {
                throw in.unknownWord(column, name, "ready-made block", Words.BLOCKS);
            }
            List<Field> fields = fieldsBeforeBody();
            if (!in.sees("{")) {
                return new Whole(new Step.Use(name, fields, null));
            }
            in.skip(1);
            return new Block(null, bodies -> new Step.Use(name, fields, bodies.get(0)));
        }

        private LineHead statement() {
            Value sql = in.value();
            List<Field> fields = fieldsBeforeBody();
            return opened(null, bodies -> new Step.StatementBlock(sql, fields, bodies.get(0)));
        }

        private List<Field> fieldsBeforeBody() {
            var fields = new ArrayList<Field>();
            while (in.blankThenMore() && !in.sees("{")) {
                fields.add(in.field());
            }
            return fields;
        }

        private LineHead parts(@Nullable String between, Function<List<List<ScriptLine>>, Step> made) {
            return opened(between, made);
        }

        private LineHead connection() {
            Step.Connections which = connections();
            in.skipBlanks();
            return opened(null, bodies -> new Step.ConnectionBlock(which, bodies.get(0)));
        }

        private Step.Connections connections() {
            if (in.sees("*")) {
                in.skip(1);
                return new Step.Connections(Step.Connections.Kind.ANY, 1, Integer.MAX_VALUE);
            }
            int column = in.column();
            String word = in.bare("a number, 1..3, 4.., * or cancel");
            if (word.equals("cancel")) {
                return new Step.Connections(Step.Connections.Kind.CANCEL, 0, 0);
            }
            int[] range = range(column, word, 1);
            if (!word.contains("..")) {
                return new Step.Connections(Step.Connections.Kind.ONE, range[0], range[0]);
            }
            return range[1] == Integer.MAX_VALUE
                    ? new Step.Connections(Step.Connections.Kind.FROM, range[0], range[1])
                    : new Step.Connections(Step.Connections.Kind.RANGE, range[0], range[1]);
        }

        private LineHead repeat() {
            int least = 0;
            int most = Integer.MAX_VALUE;
            if (!in.sees("{")) {
                int column = in.column();
                int[] range = range(column, in.bare("how often, or \"{\""), 0);
                least = range[0];
                most = range[1];
            }
            int from = least;
            int to = most;
            in.skipBlanks();
            return opened(null, bodies -> new Step.RepeatBlock(from, to, bodies.get(0)));
        }

        /** Reads {@code 3}, {@code 1..2} or {@code 4..}. */
        private int[] range(int column, String word, int least) {
            int dots = word.indexOf("..");
            String first = dots < 0 ? word : word.substring(0, dots);
            String last = dots < 0 ? word : word.substring(dots + 2);
            try {
                int from = Integer.parseInt(first);
                int to = last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last);
                if (from >= least && to >= from) {
                    return new int[] {from, to};
                }
            } catch (NumberFormatException notANumber) {
                throw in.failure(column, "expected a number, 1..3 or 4.. and not \"" + word + "\"");
            }
            throw in.failure(column, "\"" + word + "\" is no range of numbers from " + least + " on");
        }

        private LineHead opened(@Nullable String between, Function<List<List<ScriptLine>>, Step> made) {
            in.skipBlanks();
            if (!in.sees("{")) {
                throw in.failure("expected \"{\" at the end of the line");
            }
            in.skip(1);
            return new Block(between, made);
        }
    }
}
