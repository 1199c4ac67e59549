package org.pgreel.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.exchange.DeclaredDifferences;
import org.pgreel.replay.exchange.UndeclaredDifference;

/** Tells where two recordings differ beside what a file declares, for people and for machines. */
final class DeclaredText {
    private static final int STATEMENT_MAX = 140;

    private final DeclaredDifferences.Result result;

    DeclaredText(DeclaredDifferences.Result result) {
        this.result = result;
    }

    void print(PrintWriter out) {
        for (UndeclaredDifference difference : result.undeclared()) {
            out.println(place(difference) + ": " + statement(difference));
            difference.what().forEach(line -> out.println("    " + line));
        }
        int undeclared = result.undeclared().size();
        String declared = count(result.declared(), "place differs", "places differ") + " as declared";
        out.println(
                undeclared == 0
                        ? count(result.questions(), "question is alike", "questions are alike") + "; " + declared
                        : count(undeclared, "question differs", "questions differ") + " where nothing is declared; "
                                + declared);
    }

    private static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    private static String place(UndeclaredDifference difference) {
        String one = difference.one();
        String other = difference.other();
        return one == null ? String.valueOf(other) : other == null ? one : one + " and " + other;
    }

    private static String statement(UndeclaredDifference difference) {
        String flat = difference.statement().replaceAll("\\s+", " ").strip();
        return flat.length() <= STATEMENT_MAX ? flat : flat.substring(0, STATEMENT_MAX) + "…";
    }

    /** Returns the document, made of maps, lists, words and numbers. */
    Map<String, @Nullable Object> document() {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("same", result.undeclared().isEmpty());
        document.put("questions", result.questions());
        document.put("declared", result.declared());
        document.put(
                "undeclared",
                result.undeclared().stream().map(DeclaredText::document).toList());
        return document;
    }

    private static Map<String, @Nullable Object> document(UndeclaredDifference difference) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("left", difference.one());
        fields.put("right", difference.other());
        fields.put("statement", difference.statement());
        fields.put("what", difference.what());
        return fields;
    }
}
