package org.pgreel.replay.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A question that no recording answers.
 *
 * @param connection the number of the connection that asked it, in the order of arrival
 * @param statement the statement
 * @param reason why it was not answered, as part of a sentence
 * @param nearest where the recorded exchange stands that is nearest to it, as {@code #1@9}; empty if there is none
 * @param differences in what the two differ, field by field; empty if the nearest was used up
 */
public record ExchangeMiss(
        int connection, String statement, String reason, String nearest, List<FieldDifference> differences) {

    private static final int SHOWN = 100;

    /** Copies the list. */
    public ExchangeMiss {
        differences = List.copyOf(differences);
    }

    /** Returns the miss as one sentence without a full stop; it is what the client is told. */
    public String sentence() {
        var sentence = new StringBuilder("the recording has no answer: ").append(reason);
        if (!differences.isEmpty()) {
            sentence.append("; the nearest exchange, ").append(nearest).append(", differs in ");
            sentence.append(differences.get(0).line());
            if (differences.size() > 1) {
                sentence.append(" and ").append(differences.size() - 1).append(" more");
            }
        }
        return sentence.toString();
    }

    /** Returns the miss as lines for a person. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("connection " + connection + " asked what was not recorded: " + shortened(statement));
        lines.add("    " + reason + (nearest.isEmpty() ? "" : "; nearest is " + nearest));
        differences.forEach(difference -> lines.add("    " + difference.line()));
        return lines;
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
