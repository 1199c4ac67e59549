package org.pgreel.scenarios.fuzz;

import java.util.Map;
import java.util.TreeMap;
import org.pgreel.recorder.importing.ImportFormat;
import org.pgreel.recorder.tape.TapeForm;

/** The targets by the names that {@code ./fuzz} takes; the corpus of each lies in a directory of its name. */
final class FuzzTargets {
    private static final Map<String, FuzzTarget> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("frames", new FramesTarget()),
            Map.entry("backend-messages", MessagesTarget::backend),
            Map.entry("frontend-messages", MessagesTarget::frontend),
            Map.entry("untyped-messages", MessagesTarget::untyped),
            Map.entry("connection", new ConnectionTarget()),
            Map.entry("masking", new MaskingTarget()),
            Map.entry("transcript", TextTargets::transcript),
            Map.entry("script", TextTargets::script),
            Map.entry("scenario", TextTargets::scenario),
            Map.entry("redaction-rules", TextTargets::redactionRules),
            Map.entry("volatility", TextTargets::volatility),
            Map.entry("connection-string", TextTargets::connectionString),
            Map.entry("events", new EventsTarget()),
            Map.entry("text-tape", new TapeTarget(TapeForm.TEXT)),
            Map.entry("binary-tape", new TapeTarget(TapeForm.BINARY)),
            Map.entry("encrypted-tape", new EncryptedTapeTarget()),
            Map.entry("import-script", new ImportTarget(ImportFormat.SCRIPT)),
            Map.entry("import-jsonl", new ImportTarget(ImportFormat.JSONL)),
            Map.entry("import-pqtrace", new ImportTarget(ImportFormat.PQTRACE)),
            Map.entry("import-pcapng", new ImportTarget(ImportFormat.PCAPNG)),
            Map.entry("sasl", new SaslTarget()),
            Map.entry("types", new TypesTarget())));

    private FuzzTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.copyOf(ALL);
    }

    static FuzzTarget named(String name) {
        FuzzTarget target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException(
                    "there is no target \"" + name + "\"; there are " + String.join(", ", ALL.keySet()));
        }
        return target;
    }
}
