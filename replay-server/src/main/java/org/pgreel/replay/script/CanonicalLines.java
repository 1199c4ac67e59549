package org.pgreel.replay.script;

import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.Value;

/** Gives each message of a script its one spelling, as a transcript's writer spells it. */
final class CanonicalLines {
    private CanonicalLines() {}

    static List<ScriptLine> of(List<ScriptLine> lines) {
        return lines.stream().map(CanonicalLines::of).toList();
    }

    private static ScriptLine of(ScriptLine line) {
        return line.step() == null
                ? line
                : new ScriptLine(
                        line.number(), line.column(), line.stamp(), of(line.number(), line.step()), line.comment());
    }

    private static Step of(int number, Step step) {
        if (step instanceof Step.MessageLine message) {
            return message(number, message);
        }
        if (step instanceof Step.ConnectionBlock block) {
            return new Step.ConnectionBlock(block.which(), of(block.body()));
        }
        if (step instanceof Step.StatementBlock block) {
            return new Step.StatementBlock(block.sql(), block.fields(), of(block.body()));
        }
        if (step instanceof Step.EitherBlock block) {
            return new Step.EitherBlock(
                    block.parts().stream().map(CanonicalLines::of).toList());
        }
        if (step instanceof Step.UnorderedBlock block) {
            return new Step.UnorderedBlock(
                    block.parts().stream().map(CanonicalLines::of).toList());
        }
        if (step instanceof Step.OptionalBlock block) {
            return new Step.OptionalBlock(of(block.body()));
        }
        if (step instanceof Step.RepeatBlock block) {
            return new Step.RepeatBlock(block.least(), block.most(), of(block.body()));
        }
        if (step instanceof Step.Use use && use.body() != null) {
            return new Step.Use(use.block(), use.fields(), of(use.body()));
        }
        return step;
    }

    /** What is known only when it is played, and what a person wrote shorter than its bytes, stays as it is spelled. */
    private static Step message(int number, Step.MessageLine message) {
        var overrides = new ArrayList<Field>();
        var plain = new ArrayList<Field>();
        for (Field field : message.fields()) {
            (field instanceof Field.Overriding ? overrides : plain).add(field);
        }
        if (!plain.stream().allMatch(CanonicalLines::isWhole)) {
            return message;
        }
        var item = new Item.MessageItem(message.direction(), message.name(), plain, Math.max(1, message.column()));
        var spelled = MessageForms.write(message.direction(), MessageForms.read(item, number), true);
        var fields = new ArrayList<>(spelled.fields());
        fields.addAll(overrides);
        return new Step.MessageLine(message.direction(), message.name(), fields, message.column());
    }

    private static boolean isWhole(Field field) {
        if (field instanceof Field.Plain plain) {
            return isWhole(plain.value());
        }
        return field instanceof Field.Named named ? isWhole(named.value()) : field instanceof Field.Column;
    }

    private static boolean isWhole(Value value) {
        return value.atoms().stream()
                .allMatch(atom -> atom instanceof Atom.Literal
                        || atom instanceof Atom.Bare
                        || atom instanceof Atom.Group group
                                && group.fields().stream().allMatch(CanonicalLines::isWhole));
    }
}
