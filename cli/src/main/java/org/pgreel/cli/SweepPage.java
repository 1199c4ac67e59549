package org.pgreel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pgreel.scenarios.check.CheckCase;
import org.pgreel.scenarios.check.CheckReport;
import org.pgreel.scenarios.sweep.Fault;
import org.pgreel.scenarios.sweep.ForeignSweep;
import org.pgreel.scenarios.sweep.SweptStream;

/** Writes how a program fared in a sweep as one page of HTML: the bytes that the server and it say, coloured by grade. */
final class SweepPage {
    private static final String PLACE = "/*DATA*/";

    private final ForeignSweep.Plan plan;
    private final CheckReport report;

    SweepPage(ForeignSweep.Result result) {
        this.plan = result.plan();
        this.report = result.report();
    }

    /**
     * Writes it.
     *
     * @param program what was swept, in words
     * @throws CommandFailedException input/output: it cannot be written
     */
    void write(Path file, String program) {
        try {
            String page = template();
            int place = page.indexOf(PLACE);
            // Nothing in it can end the script element that holds it.
            String data = Json.line(document(program)).replace("<", "\\u003c");
            Files.writeString(file, page.substring(0, place) + data + page.substring(place + PLACE.length()));
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(file + " cannot be written: " + Failures.what(e), e);
        }
    }

    private static String template() throws IOException {
        try (InputStream in = SweepPage.class.getResourceAsStream("sweep.html")) {
            if (in == null) {
                throw new IllegalStateException("sweep.html is not in this build, please report this");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Object> document(String program) {
        Map<String, CheckCase> cases = new LinkedHashMap<>();
        report.cases().forEach(it -> cases.put(it.name(), it));
        var runs = new ArrayList<Map<String, Object>>();
        for (ForeignSweep.Planned planned : plan.planned()) {
            CheckCase it = cases.get(planned.scenario().name());
            if (it != null) {
                runs.add(run(planned, it));
            }
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("program", program);
        document.put("streams", plan.streams().stream().map(SweepPage::stream).toList());
        document.put(
                "effects",
                runs.stream().map(run -> run.get("effect")).distinct().toList());
        document.put("counts", report.counts());
        document.put("product", plan.product());
        document.put("skipped", plan.skipped());
        document.put("runs", runs);
        return document;
    }

    private static Map<String, Object> stream(SweptStream stream) {
        var messages = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < stream.names().size(); i++) {
            messages.add(Map.of(
                    "name", stream.names().get(i),
                    "from", stream.boundaries().get(i),
                    "to", stream.boundaries().get(i + 1)));
        }
        return Map.of(
                "direction", String.valueOf(stream.direction().letter()),
                "bytes", stream.bytes().hex(),
                "messages", messages);
    }

    private static Map<String, Object> run(ForeignSweep.Planned planned, CheckCase it) {
        Fault fault = planned.fault();
        SweptStream stream = fault.stream();
        int from = fault.offset();
        int to = from + 1;
        if (fault.tamper().kind().ofMessages()) {
            from = stream.boundaries().get(fault.messageNumber());
            to = stream.boundaries().get(fault.messageNumber() + 1);
        }
        var run = new LinkedHashMap<String, Object>();
        run.put("direction", String.valueOf(stream.direction().letter()));
        run.put("line", planned.line().replaceFirst("^! ", ""));
        run.put("effect", fault.tamper().kind().name().toLowerCase(Locale.ROOT));
        run.put("from", from);
        run.put("to", to);
        run.put("grade", it.grade().word());
        run.put("got", it.got());
        return run;
    }
}
