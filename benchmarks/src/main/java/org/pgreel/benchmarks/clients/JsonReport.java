package org.pgreel.benchmarks.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pgreel.benchmarks.peer.Measurement;

/** The result for programs: one object with {@code conditions}, {@code results} and {@code goals}. */
final class JsonReport {
    private JsonReport() {}

    /**
     * Writes the object.
     *
     * @param conditions what was measured and on what machine
     * @param all every workload at every site
     */
    static String of(List<String> conditions, List<Rounds> all) {
        List<String> results = new ArrayList<>();
        List<String> goals = new ArrayList<>();
        for (Rounds rounds : all) {
            rounds.contenders().forEach(contender -> results.add(result(rounds, contender)));
            Goals.of(rounds).forEach(goal -> goals.add(goal(goal)));
        }
        return "{\"conditions\": "
                + array(conditions.stream().map(JsonReport::string).toList()) + ",\n\"results\": " + array(results)
                + ",\n\"goals\": " + array(goals) + "}\n";
    }

    private static String result(Rounds rounds, Contender contender) {
        Statistics.Spread ratio = rounds.ratio(contender, rounds.contenders().get(0));
        return "{\"workload\": " + string(rounds.workload().label()) + ", \"site\": "
                + string(rounds.site().name().toLowerCase(Locale.ROOT)) + ", \"client\": " + string(contender.name())
                + ", \"perSecond\": " + number(rounds.perSecond(contender).median())
                + ", \"ratioToFirst\": " + spread(ratio)
                + ", \"p50Micros\": " + number(rounds.micros(contender, Measurement::p50))
                + ", \"p99Micros\": " + number(rounds.micros(contender, Measurement::p99))
                + ", \"processorMicros\": " + number(rounds.processorMicros(contender))
                + ", \"allocatedBytes\": " + number(rounds.allocated(contender)) + "}";
    }

    private static String goal(Goals.Outcome goal) {
        return "{\"workload\": " + string(goal.workload().label()) + ", \"site\": "
                + string(goal.site().name().toLowerCase(Locale.ROOT)) + ", \"subject\": "
                + string(goal.subject().name()) + ", \"against\": "
                + string(goal.against().name()) + ", \"figure\": " + string(goal.figure())
                + ", \"" + (goal.cost() ? "most" : "least") + "\": " + number(goal.least())
                + ", \"ratio\": " + spread(goal.ratio()) + ", \"reached\": " + goal.reached() + "}";
    }

    private static String spread(Statistics.Spread spread) {
        return "[" + number(spread.low()) + ", " + number(spread.median()) + ", " + number(spread.high()) + "]";
    }

    private static String array(List<String> elements) {
        return elements.isEmpty() ? "[]" : "[\n  " + String.join(",\n  ", elements) + "\n]";
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
    }

    private static String string(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
