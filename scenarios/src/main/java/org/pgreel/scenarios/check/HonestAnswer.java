package org.pgreel.scenarios.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.scenarios.file.Scenario;

/**
 * What a healthy server answers to a scenario's statement: the lines that the scenario's own answer has, without what is
 * wrong with it, so that a client prints the same where the scenario is harmless.
 */
final class HonestAnswer {
    private final Scenario scenario;
    private final String statement;
    private final int index;

    HonestAnswer(Scenario scenario, String statement, int index) {
        this.scenario = scenario;
        this.statement = statement;
        this.index = index;
    }

    /** Returns the lines in the order of the simple protocol. */
    List<String> lines() {
        List<ScriptLine> own = own();
        if (first(own, "CopyOutResponse") != null) {
            return copyOut(own);
        }
        if (first(own, "CopyInResponse") != null
                || statement.toLowerCase(Locale.ROOT).matches("copy .* from stdin.*")) {
            return copyIn(own);
        }
        ScriptLine description = first(own, "RowDescription");
        if (description != null) {
            return rows(own, description);
        }
        if (first(own, "EmptyQueryResponse") != null) {
            return List.of("B EmptyQueryResponse");
        }
        ScriptLine complete = first(own, "CommandComplete");
        if (complete != null && index >= scenario.answers().size()) {
            return List.of(complete.toString());
        }
        return unknown();
    }

    /** The lines of the scenario's answer: those of its statement block, or those behind the message with the text. */
    private List<ScriptLine> own() {
        List<ScriptLine> flat = ScriptSearch.flat(scenario.script().lines());
        for (ScriptLine line : flat) {
            if (line.step() instanceof Step.StatementBlock block
                    && ScriptSearch.text(block.sql()).filter(statement::equals).isPresent()) {
                return ScriptSearch.flat(block.body());
            }
        }
        return behindTheMessage(flat);
    }

    private List<ScriptLine> behindTheMessage(List<ScriptLine> flat) {
        var own = new ArrayList<ScriptLine>();
        boolean found = false;
        for (ScriptLine line : flat) {
            if (line.step() instanceof Step.MessageLine message && ScriptSearch.awaits(line, message.name())) {
                boolean asks = message.name().equals("Query") || message.name().equals("Parse");
                boolean here = asks && line.toString().contains(ScriptSearch.quoted(statement));
                if (asks && found && !here) {
                    break;
                }
                found |= here;
            } else if (found) {
                own.add(line);
            }
        }
        return own;
    }

    private static @Nullable ScriptLine first(List<ScriptLine> lines, String message) {
        for (ScriptLine line : lines) {
            if (ScriptSearch.sends(line, message) && !ScriptSearch.overrides(line)) {
                return line;
            }
        }
        return null;
    }

    private List<String> rows(List<ScriptLine> own, ScriptLine description) {
        var lines = new ArrayList<String>();
        lines.add(description.toString());
        if (index < scenario.answers().size()) {
            lines.add("B DataRow " + ScriptSearch.quoted(scenario.answers().get(index)));
            lines.add("B CommandComplete \"SELECT 1\"");
            return lines;
        }
        for (ScriptLine line : own) {
            if (ScriptSearch.sends(line, "CommandComplete") || ScriptSearch.sends(line, "ReadyForQuery")) {
                break;
            }
            if (ScriptSearch.sends(line, "DataRow") && !ScriptSearch.overrides(line)) {
                lines.add(line.toString());
            }
        }
        ScriptLine complete = first(own, "CommandComplete");
        lines.add(complete != null ? complete.toString() : "B CommandComplete \"SELECT " + (lines.size() - 1) + "\"");
        return lines;
    }

    private static List<String> copyOut(List<ScriptLine> own) {
        var lines = new ArrayList<String>();
        lines.add(String.valueOf(first(own, "CopyOutResponse")));
        for (ScriptLine line : own) {
            if (ScriptSearch.sends(line, "CopyDone")) {
                break;
            }
            if (ScriptSearch.sends(line, "CopyData") && !ScriptSearch.overrides(line)) {
                lines.add(line.toString());
            }
        }
        lines.add("B CopyDone");
        ScriptLine complete = first(own, "CommandComplete");
        lines.add(complete != null ? complete.toString() : "B CommandComplete \"COPY " + (lines.size() - 2) + "\"");
        return lines;
    }

    private static List<String> copyIn(List<ScriptLine> own) {
        ScriptLine response = first(own, "CopyInResponse");
        ScriptLine complete = first(own, "CommandComplete");
        return List.of(
                response == null ? "B CopyInResponse text [text]" : response.toString(),
                "repeat 0.. {",
                "F CopyData ...",
                "}",
                "F CopyDone",
                complete == null ? "B CommandComplete \"COPY 0\"" : complete.toString());
    }

    /** The scenario never comes to an answer, so any will do, of the kind that the statement's first word promises. */
    private List<String> unknown() {
        String word = statement.strip().split("[\\s;(]", 2)[0].toUpperCase(Locale.ROOT);
        if (word.equals("SELECT") || word.equals("SHOW") || word.equals("VALUES") || word.equals("WITH")) {
            String answer =
                    index < scenario.answers().size() ? scenario.answers().get(index) : "1";
            boolean number = answer.matches("-?\\d{1,9}");
            return List.of(
                    "B RowDescription \"?column?\":" + (number ? "int4" : "text"),
                    "B DataRow " + ScriptSearch.quoted(answer),
                    "B CommandComplete \"SELECT 1\"");
        }
        String tag = switch (word) {
            case "INSERT" -> "INSERT 0 1";
            case "UPDATE", "DELETE", "MERGE" -> word + " 1";
            case "CREATE", "DROP", "ALTER" -> word + " TABLE";
            case "END" -> "COMMIT";
            default -> word;
        };
        return List.of("B CommandComplete " + ScriptSearch.quoted(tag));
    }
}
