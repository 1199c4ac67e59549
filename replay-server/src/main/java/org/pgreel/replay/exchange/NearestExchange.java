package org.pgreel.replay.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.report.ExchangeMiss;
import org.pgreel.replay.report.FieldDifference;

/** Finds the recorded exchange that is nearest to a question, to help a person; it never decides about an answer. */
final class NearestExchange {

    private static final int SHOWN = 120;
    private static final int BEFORE = 40;

    private NearestExchange() {}

    static ExchangeMiss miss(
            List<RecordedExchange> all,
            @Nullable RecordedExchange due,
            int connection,
            ExchangeKey key,
            String reason,
            Questions questions) {
        RecordedExchange nearest = null;
        long best = Long.MIN_VALUE;
        for (RecordedExchange exchange : all) {
            long likeness = likeness(exchange.key, key, questions) + (exchange == due ? 1 : 0);
            if (likeness > best) {
                best = likeness;
                nearest = exchange;
            }
        }
        if (nearest == null) {
            return new ExchangeMiss(connection, key.sql(), reason, "", List.of());
        }
        return new ExchangeMiss(
                connection, key.sql(), reason, nearest.place(), differences(nearest.key, key, questions));
    }

    private static long likeness(ExchangeKey recorded, ExchangeKey got, Questions questions) {
        if (recorded.sql().equals(got.sql())) {
            return Integer.MAX_VALUE
                    - 2L * differences(recorded, got, questions).size();
        }
        String left = recorded.sql();
        String right = got.sql();
        int shorter = Math.min(left.length(), right.length());
        int before = 0;
        while (before < shorter && left.charAt(before) == right.charAt(before)) {
            before++;
        }
        int behind = 0;
        while (behind < shorter - before
                && left.charAt(left.length() - 1 - behind) == right.charAt(right.length() - 1 - behind)) {
            behind++;
        }
        return 2L * (before + behind) - Math.max(left.length(), right.length());
    }

    private static List<FieldDifference> differences(ExchangeKey recorded, ExchangeKey got, Questions questions) {
        List<FieldDifference> differences = new ArrayList<>();
        if (!recorded.sql().equals(got.sql())) {
            int at = firstDifference(recorded.sql(), got.sql());
            differences.add(new FieldDifference("statement", quoted(recorded.sql(), at), quoted(got.sql(), at)));
        }
        parameters(recorded, got, questions, differences);
        if (recorded.status() != got.status()) {
            differences.add(new FieldDifference(
                    "transaction status",
                    String.valueOf(recorded.status().indicator()),
                    String.valueOf(got.status().indicator())));
        }
        if (!recorded.state().equals(got.state())) {
            differences.add(new FieldDifference(
                    "what the session has set", quoted(recorded.state(), 0), quoted(got.state(), 0)));
        }
        return differences;
    }

    private static void parameters(
            ExchangeKey recorded, ExchangeKey got, Questions questions, List<FieldDifference> differences) {
        if (recorded.parameters().size() != got.parameters().size()) {
            differences.add(new FieldDifference(
                    "parameters",
                    String.valueOf(recorded.parameters().size()),
                    String.valueOf(got.parameters().size())));
            return;
        }
        for (int i = 0; i < got.parameters().size(); i++) {
            String left = recorded.parameters().get(i);
            String right = got.parameters().get(i);
            if (!Objects.equals(left, right) && !questions.mayDiffer(recorded, got, i)) {
                int at = firstDifference(left == null ? "" : left, right == null ? "" : right);
                differences.add(new FieldDifference("parameter " + (i + 1), quoted(left, at), quoted(right, at)));
            }
        }
        if (!recorded.types().equals(got.types())) {
            differences.add(new FieldDifference(
                    "types of the parameters",
                    recorded.types().toString(),
                    got.types().toString()));
        }
    }

    private static int firstDifference(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length() && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String quoted(@Nullable String text, int around) {
        if (text == null) {
            return "NULL";
        }
        int from = text.length() <= SHOWN ? 0 : Math.max(0, Math.min(around - BEFORE, text.length() - SHOWN));
        int to = Math.min(text.length(), from + SHOWN);
        String shown = text.substring(from, to).replace("\n", "\\n");
        return (from > 0 ? "…" : "") + '"' + shown + '"' + (to < text.length() ? "…" : "");
    }
}
