package org.pgreel.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/**
 * A parsed script for machines, so that another program need not know the grammar.
 *
 * <p>A line is {@code {"line": N, "step": KIND, …}}; blocks hold their lines in {@code body} or {@code parts}. Lines
 * with a comment alone are left out.
 */
public final class ScriptJson {
    private ScriptJson() {}

    /** Returns the script's lines. */
    public static List<Map<String, Object>> of(Script script) {
        return lines(script.lines());
    }

    private static List<Map<String, Object>> lines(List<ScriptLine> lines) {
        var list = new ArrayList<Map<String, Object>>();
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step != null) {
                var fields = new LinkedHashMap<String, Object>();
                fields.put("line", line.number());
                fields.put("step", kind(step));
                step(step, fields);
                list.add(fields);
            }
        }
        return list;
    }

    private static String kind(Step step) {
        if (step instanceof Step.MessageLine) {
            return "message";
        }
        if (step instanceof Step.EventLine) {
            return "event";
        }
        if (step instanceof Step.FaultLine) {
            return "fault";
        }
        if (step instanceof Step.Gate gate) {
            return gate.opens() ? "signal" : "await";
        }
        if (step instanceof Step.Told told) {
            return switch (told.kind()) {
                case '>' -> "operation";
                case '<' -> "result";
                default -> "callback";
            };
        }
        return step.getClass().getSimpleName().replace("Block", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static void step(Step step, Map<String, Object> out) {
        if (step instanceof Step.MessageLine message) {
            sent(message.direction(), message.name(), message.fields(), out);
        } else if (step instanceof Step.EventLine event) {
            sent(event.direction(), event.name(), event.fields(), out);
        } else if (step instanceof Step.Boundary boundary) {
            out.put("bytes", boundary.bytesIntoNext());
        } else if (step instanceof Step.FaultLine fault) {
            out.putAll(FaultJson.of(fault.fault()));
        } else if (step instanceof Step.Gate gate) {
            out.put("label", gate.label());
            out.put("count", gate.count());
        } else if (step instanceof Step.Never never) {
            never(never, out);
        } else if (step instanceof Step.Told told) {
            out.put("session", told.session());
            out.put("name", told.word());
            out.put("fields", fields(told.fields()));
        } else if (step instanceof Step.Note note) {
            out.put("text", note.text());
        } else {
            block(step, out);
        }
    }

    private static void sent(Direction direction, String name, List<Field> fields, Map<String, Object> out) {
        out.put("direction", String.valueOf(direction.letter()));
        out.put("name", name);
        out.put("fields", fields(fields));
    }

    private static void never(Step.Never never, Map<String, Object> out) {
        out.put("after", never.after());
        if (never.message() != null) {
            out.put("name", never.message().name());
            out.put("fields", fields(never.message().fields()));
        } else if (never.statement() != null) {
            out.put("statement", ValueJson.of(never.statement()));
        }
    }

    private static void block(Step step, Map<String, Object> out) {
        if (step instanceof Step.ConnectionBlock block) {
            out.put("connections", block.which().word());
            out.put("body", lines(block.body()));
        } else if (step instanceof Step.StatementBlock block) {
            out.put("sql", ValueJson.of(block.sql()));
            out.put("fields", fields(block.fields()));
            out.put("body", lines(block.body()));
        } else if (step instanceof Step.EitherBlock block) {
            out.put("parts", parts(block.parts()));
        } else if (step instanceof Step.UnorderedBlock block) {
            out.put("parts", parts(block.parts()));
        } else if (step instanceof Step.OptionalBlock block) {
            out.put("body", lines(block.body()));
        } else if (step instanceof Step.RepeatBlock block) {
            out.put("least", block.least());
            out.put("most", block.most() == Integer.MAX_VALUE ? null : block.most());
            out.put("body", lines(block.body()));
        } else if (step instanceof Step.Use use) {
            out.put("block", use.block());
            out.put("fields", fields(use.fields()));
            out.put("body", use.body() == null ? null : lines(use.body()));
        }
    }

    private static List<List<Map<String, Object>>> parts(List<List<ScriptLine>> parts) {
        return parts.stream().map(ScriptJson::lines).toList();
    }

    /** Returns the fields, each a value, a named value, an override, a column, or the open rest. */
    static List<Map<String, Object>> fields(List<Field> fields) {
        return fields.stream().map(ScriptJson::field).toList();
    }

    private static Map<String, Object> field(Field field) {
        var out = new LinkedHashMap<String, Object>();
        if (field instanceof Field.Plain plain) {
            out.put("value", ValueJson.of(plain.value()));
        } else if (field instanceof Field.Named named) {
            out.put("name", named.name());
            out.put("value", ValueJson.of(named.value()));
        } else if (field instanceof Field.Overriding override) {
            out.put("override", override.name());
            out.put("value", ValueJson.of(override.value()));
        } else if (field instanceof Field.Column column) {
            out.put("column", column.name());
            out.put("type", column.type());
            column.attributes().forEach(attribute -> out.put(attribute.name(), attribute(attribute.value())));
        } else {
            out.put("rest", true);
        }
        return out;
    }

    private static Object attribute(@Nullable Value value) {
        return value == null ? true : ValueJson.of(value);
    }
}
