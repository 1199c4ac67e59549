package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.AuthenticationMethod;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;

/** Puts the lines of ready-made blocks in the place of {@code use}; housekeeping alone stays, being no lines. */
final class Blocks {
    private static final String HOUSEKEEPING = "housekeeping";

    private final ServerSettings settings;

    Blocks(ServerSettings settings) {
        this.settings = settings;
    }

    /** Returns the lines with the blocks' own in the place of each {@code use}. */
    List<ScriptLine> expanded(List<ScriptLine> lines) {
        var expanded = new ArrayList<ScriptLine>();
        for (ScriptLine line : lines) {
            if (line.step() instanceof Step.Use use && !use.block().equals(HOUSEKEEPING)) {
                expanded.addAll(lines(use, line.number()));
            } else if (line.step() != null) {
                expanded.add(new ScriptLine(
                        line.number(), line.column(), line.stamp(), expanded(line.step()), line.comment()));
            }
        }
        return expanded;
    }

    private Step expanded(Step step) {
        if (step instanceof Step.ConnectionBlock block) {
            return new Step.ConnectionBlock(block.which(), expanded(block.body()));
        }
        if (step instanceof Step.StatementBlock block) {
            return new Step.StatementBlock(block.sql(), block.fields(), expanded(block.body()));
        }
        if (step instanceof Step.EitherBlock block) {
            return new Step.EitherBlock(
                    block.parts().stream().map(this::expanded).toList());
        }
        if (step instanceof Step.UnorderedBlock block) {
            return new Step.UnorderedBlock(
                    block.parts().stream().map(this::expanded).toList());
        }
        if (step instanceof Step.OptionalBlock block) {
            return new Step.OptionalBlock(expanded(block.body()));
        }
        if (step instanceof Step.RepeatBlock block) {
            return new Step.RepeatBlock(block.least(), block.most(), expanded(block.body()));
        }
        return step;
    }

    private List<ScriptLine> lines(Step.Use use, int number) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Field field : use.fields()) {
            if (!(field instanceof Field.Named named)) {
                throw new NotationException(number, Math.max(1, field.column()), "expected name=value");
            }
            fields.put(named.name(), spelled(named));
        }
        List<String> own = text(use.block(), fields);
        List<ScriptLine> lines = numbered(Script.parse(String.join("\n", own)).lines(), number);
        return use.body() == null ? lines : overridden(use, lines);
    }

    /** Returns the value as it is spelled in a line. */
    private static String spelled(Field.Named named) {
        var item = new Item.MessageItem(Direction.FRONTEND, "X", List.of(Field.of(named.value())), 0);
        return Line.of(item).toString().substring("F X ".length());
    }

    private static List<ScriptLine> numbered(List<ScriptLine> lines, int number) {
        var numbered = new ArrayList<ScriptLine>();
        for (ScriptLine line : lines) {
            Step step = line.step();
            if (step instanceof Step.OptionalBlock optional) {
                step = new Step.OptionalBlock(numbered(optional.body(), number));
            }
            numbered.add(new ScriptLine(number, line.column(), null, step, null));
        }
        return numbered;
    }

    private List<String> text(String block, Map<String, String> fields) {
        return switch (block) {
            case "startup" -> startup(fields);
            case "tls" -> List.of("F SSLRequest", "B SSLResponse S", "F tls");
            case "trust" -> List.of("B AuthenticationOk");
            case "cleartext" ->
                List.of("B AuthenticationCleartextPassword", "F PasswordMessage <secret check=cleartext>");
            case "md5" ->
                List.of(
                        "B AuthenticationMD5Password " + fields.getOrDefault("salt", "<salt>"),
                        "F PasswordMessage <secret check=md5>");
            case "scram" -> scram(fields);
            case "parameters" -> parameters(fields);
            case "key" -> key(fields);
            case "ready" -> ready(fields);
            default -> login(fields);
        };
    }

    private List<String> startup(Map<String, String> fields) {
        var lines = new ArrayList<String>(List.of("optional {", "F SSLRequest"));
        lines.addAll(tls(fields) ? List.of("B SSLResponse S", "F tls") : List.of("B SSLResponse N"));
        lines.add("}");
        var parameters = new StringBuilder();
        for (String name : List.of("user", "database", "application_name", "options", "replication")) {
            if (fields.containsKey(name)) {
                parameters.append(' ').append(name).append('=').append(fields.get(name));
            }
        }
        lines.add("F StartupMessage " + fields.getOrDefault("version", "*") + parameters + " ...");
        return lines;
    }

    private boolean tls(Map<String, String> fields) {
        String said = fields.get("tls");
        return said == null ? settings.tls() : said.equals("on") || said.equals("true") || said.equals("yes");
    }

    private static List<String> scram(Map<String, String> fields) {
        String first = given(fields, "iterations", "salt", "nonce", "server-nonce", "extra");
        String last = given(fields, "signature");
        return List.of(
                "B AuthenticationSASL <mechanisms>",
                "F SASLInitialResponse <regex \"SCRAM-SHA-256(?:-PLUS)?\"> <client-first>",
                "B AuthenticationSASLContinue <server-first" + first + ">",
                "F SASLResponse <client-final>",
                "B AuthenticationSASLFinal <server-final" + last + ">");
    }

    private static String given(Map<String, String> fields, String... names) {
        var text = new StringBuilder();
        for (String name : names) {
            if (fields.containsKey(name)) {
                text.append(' ').append(name).append('=').append(fields.get(name));
            }
        }
        return text.toString();
    }

    private List<String> parameters(Map<String, String> fields) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("in_hot_standby", quoted(settings.standby() ? "on" : "off"));
        parameters.put("integer_datetimes", quoted("on"));
        parameters.put("TimeZone", quoted("UTC"));
        parameters.put("IntervalStyle", quoted("postgres"));
        parameters.put("is_superuser", quoted("off"));
        parameters.put("application_name", quoted(""));
        parameters.put("default_transaction_read_only", quoted(settings.standby() ? "on" : "off"));
        parameters.put("scram_iterations", quoted("4096"));
        parameters.put("DateStyle", quoted("ISO, MDY"));
        parameters.put("standard_conforming_strings", quoted("on"));
        parameters.put("session_authorization", quoted("postgres"));
        parameters.put("client_encoding", quoted("UTF8"));
        parameters.put("server_version", quoted(settings.version()));
        parameters.put("server_encoding", quoted("UTF8"));
        fields.forEach((name, value) -> {
            if (!List.of("pid", "key", "status", "tls", "user", "database", "version")
                    .contains(name)) {
                parameters.put(name, value.startsWith("\"") ? value : quoted(value));
            }
        });
        var lines = new ArrayList<String>();
        parameters.forEach((name, value) -> lines.add("B ParameterStatus " + quoted(name) + " " + value));
        return lines;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static List<String> key(Map<String, String> fields) {
        return List.of(
                "B BackendKeyData " + fields.getOrDefault("pid", "<pid>") + " " + fields.getOrDefault("key", "<key>"));
    }

    private List<String> ready(Map<String, String> fields) {
        var lines = new ArrayList<>(parameters(fields));
        lines.addAll(key(fields));
        lines.add("B ReadyForQuery " + fields.getOrDefault("status", "I"));
        return lines;
    }

    private List<String> login(Map<String, String> fields) {
        var lines = new ArrayList<>(startup(fields));
        if (settings.authentication() != AuthenticationMethod.TRUST) {
            lines.addAll(text(
                    switch (settings.authentication()) {
                        case PASSWORD -> "cleartext";
                        case MD5 -> "md5";
                        default -> "scram";
                    },
                    Map.of()));
        }
        lines.add("B AuthenticationOk");
        lines.addAll(ready(fields));
        return lines;
    }

    /** Puts the B lines of the body, with the faults before them, in the place of the block's own of that name. */
    private static List<ScriptLine> overridden(Step.Use use, List<ScriptLine> own) {
        var lines = new ArrayList<>(own);
        var faults = new ArrayList<ScriptLine>();
        for (ScriptLine line : use.body() == null ? List.<ScriptLine>of() : use.body()) {
            if (line.step() instanceof Step.FaultLine) {
                faults.add(line);
            } else if (line.step() instanceof Step.MessageLine message && message.direction() == Direction.BACKEND) {
                int at = indexOf(lines, message);
                if (at < 0) {
                    throw new NotationException(
                            line.number(), 1, "the block " + use.block() + " sends no " + message.name());
                }
                lines.set(at, line);
                lines.addAll(at, faults);
                faults.clear();
            } else if (line.step() != null) {
                throw new NotationException(
                        line.number(), 1, "only B and ! lines stand in the body of a ready-made block");
            }
        }
        lines.addAll(faults);
        return lines;
    }

    /** Returns where the block sends such a message, a ParameterStatus by its name too; −1 if nowhere. */
    private static int indexOf(List<ScriptLine> lines, Step.MessageLine message) {
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).step() instanceof Step.MessageLine other
                    && other.direction() == Direction.BACKEND
                    && other.name().equals(message.name())) {
                boolean same = !message.name().equals("ParameterStatus") || sameFirst(other, message);
                if (same) {
                    return i;
                }
                found = i;
            }
        }
        return found;
    }

    private static boolean sameFirst(Step.MessageLine one, Step.MessageLine other) {
        return value(one) != null && java.util.Objects.equals(value(one), value(other));
    }

    private static @Nullable Object value(Step.MessageLine line) {
        return !line.fields().isEmpty() && line.fields().get(0) instanceof Field.Plain plain ? plain.value() : null;
    }
}
