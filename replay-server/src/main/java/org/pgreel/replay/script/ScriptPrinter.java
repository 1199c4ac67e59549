package org.pgreel.replay.script;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.fault.Effect;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;

/** Spells scripts, each in the one canonical way: two blanks for each block that a line stands in. */
final class ScriptPrinter {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private ScriptPrinter() {}

    static String print(List<ScriptLine> lines) {
        var printer = new ScriptPrinter();
        printer.lines(lines, 0);
        return printer.out.toString();
    }

    /** Returns the line; of a block, the line that begins it. */
    static String head(ScriptLine line) {
        String text = line.step() == null ? "" : head(line.step());
        String stamp = line.stamp() == null ? "" : line.stamp() + " ";
        return stamp + text + (hasBody(line.step()) ? " {" : "") + comment(line, !text.isEmpty());
    }

    private static String comment(ScriptLine line, boolean behind) {
        String comment = line.comment();
        if (comment == null) {
            return "";
        }
        return (behind ? " " : "") + (comment.isEmpty() ? "#" : "# " + comment);
    }

    private static boolean hasBody(@Nullable Step step) {
        return step instanceof Step.Use use
                ? use.body() != null
                : step != null && !Bodies.of(step).isEmpty();
    }

    private void lines(List<ScriptLine> lines, int depth) {
        for (ScriptLine line : lines) {
            String head = head(line);
            out.append(head.isEmpty() ? "" : INDENT.repeat(depth)).append(head).append('\n');
            Step step = line.step();
            if (hasBody(step)) {
                bodies(step, depth);
            }
        }
    }

    private void bodies(@Nullable Step step, int depth) {
        String between = step instanceof Step.UnorderedBlock ? "} and {" : "} or {";
        boolean first = true;
        for (List<ScriptLine> body : step == null ? List.<List<ScriptLine>>of() : Bodies.of(step)) {
            if (!first) {
                out.append(INDENT.repeat(depth)).append(between).append('\n');
            }
            first = false;
            lines(body, depth + 1);
        }
        out.append(INDENT.repeat(depth)).append("}\n");
    }

    static String head(Step step) {
        if (step instanceof Step.MessageLine message) {
            return words(message.direction(), message.name(), message.fields());
        }
        if (step instanceof Step.EventLine event) {
            return words(event.direction(), event.name(), event.fields());
        }
        if (step instanceof Step.Boundary boundary) {
            return boundary.bytesIntoNext() == 0 ? "|" : "| " + boundary.bytesIntoNext();
        }
        if (step instanceof Step.FaultLine fault) {
            return "! " + fault(fault.fault());
        }
        if (step instanceof Step.Told told) {
            String session = told.session() == null ? "" : told.session() + ": ";
            return told.kind() + " " + session + named(told.word(), told.fields());
        }
        if (step instanceof Step.Note note) {
            return "note " + value(Value.of(note.text()));
        }
        return blockHead(step);
    }

    private static String blockHead(Step step) {
        if (step instanceof Step.ConnectionBlock block) {
            return "connection " + block.which().word();
        }
        if (step instanceof Step.StatementBlock block) {
            return named("statement " + value(block.sql()), block.fields());
        }
        if (step instanceof Step.EitherBlock) {
            return "either";
        }
        if (step instanceof Step.UnorderedBlock) {
            return "unordered";
        }
        if (step instanceof Step.OptionalBlock) {
            return "optional";
        }
        if (step instanceof Step.RepeatBlock repeat) {
            return repeat(repeat);
        }
        if (step instanceof Step.Use use) {
            return named("use " + use.block(), use.fields());
        }
        if (step instanceof Step.Gate gate) {
            return (gate.opens() ? "signal " : "await ") + gate.label() + (gate.count() == 1 ? "" : " " + gate.count());
        }
        Step.Never never = (Step.Never) step;
        String after = never.after() == null ? "" : "after " + never.after() + " ";
        return "never " + after
                + (never.message() != null ? head(never.message()) : "statement " + value(never.statement()));
    }

    private static String repeat(Step.RepeatBlock repeat) {
        if (repeat.least() == 0 && repeat.most() == Integer.MAX_VALUE) {
            return "repeat";
        }
        if (repeat.least() == repeat.most()) {
            return "repeat " + repeat.least();
        }
        return "repeat " + repeat.least() + ".." + (repeat.most() == Integer.MAX_VALUE ? "" : repeat.most());
    }

    static String fault(Fault fault) {
        var effects = new StringJoiner(", ");
        fault.effects().forEach(effect -> effects.add(effect(effect)));
        String label = fault.label() == null ? "" : fault.label() + ": ";
        return label + effects + (fault.moment() == null ? "" : " @ " + moment(fault.moment()));
    }

    private static String effect(Effect effect) {
        String name = effect.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        if (effect instanceof Effect.Insert insert) {
            return "insert " + words(Direction.BACKEND, insert.name(), insert.fields());
        }
        if (effect instanceof Effect.Corrupt corrupt) {
            return "corrupt " + corrupt.at() + " x\"" + corrupt.bytes().hex() + "\"";
        }
        if (effect instanceof Effect.Set set) {
            return named("set", List.of(set.field()));
        }
        if (effect instanceof Effect.Delay delay) {
            return name + " " + Durations.word(delay.time());
        }
        if (effect instanceof Effect.Stall stall) {
            return stall.time() == null ? name : name + " " + Durations.word(stall.time());
        }
        Integer number = number(effect);
        return number == null ? name : name + " " + number;
    }

    private static @Nullable Integer number(Effect effect) {
        if (effect instanceof Effect.Truncate truncate) {
            return truncate.bytes();
        }
        if (effect instanceof Effect.Split split) {
            return split.at();
        }
        if (effect instanceof Effect.Chop chop) {
            return chop.size();
        }
        if (effect instanceof Effect.Coalesce coalesce) {
            return coalesce.bytes();
        }
        if (effect instanceof Effect.Throttle throttle) {
            return throttle.bytesPerSecond();
        }
        return effect instanceof Effect.Occupy occupy ? occupy.connections() : null;
    }

    private static String moment(Moment moment) {
        if (moment instanceof Moment.AtByte at) {
            return "byte " + at.offset();
        }
        if (moment instanceof Moment.AtNumber at) {
            return "message " + at.number();
        }
        if (moment instanceof Moment.AtConnection at) {
            return "connection " + at.number();
        }
        if (moment instanceof Moment.AtStatus at) {
            return "status " + at.status().indicator();
        }
        Moment.AtMessage at = (Moment.AtMessage) moment;
        String side = at.side().word().isEmpty() ? "" : at.side().word() + " ";
        String ordinal = at.ordinal() == 1 ? "" : at.ordinal() == Moment.EACH ? " #*" : " #" + at.ordinal();
        return side
                + words(at.direction(), at.name(), at.fields())
                + ordinal
                + (at.offset() < 0 ? "" : " byte " + at.offset());
    }

    static String words(Direction direction, String name, List<Field> fields) {
        return Line.of(new Item.MessageItem(direction, name, fields, 0)).toString();
    }

    private static String named(String head, List<Field> fields) {
        return head + words(Direction.FRONTEND, "X", fields).substring("F X".length());
    }

    private static String value(@Nullable Value value) {
        return value == null
                ? ""
                : words(Direction.FRONTEND, "X", List.of(Field.of(value))).substring("F X ".length());
    }
}
